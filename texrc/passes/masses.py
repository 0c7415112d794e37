"""The exact masses of families in ranges, by the kernels: one call a family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from texrc.kernels import (
    beta,
    binomial,
    closed_form,
    gamma,
    lognormal,
    normal,
    poisson,
    student_t,
)

MASS = {
    "normal": normal.mass_normal,
    "lognormal": lognormal.mass_lognormal,
    "uniform": closed_form.mass_uniform,
    "gamma": gamma.mass_gamma,
    "beta": beta.mass_beta,
    "exponential": closed_form.mass_exponential,
    "student_t": student_t.mass_student_t,
    "triangular": closed_form.mass_triangular,
    "poisson": poisson.mass_poisson,
    "binomial": binomial.mass_binomial,
    "negative_binomial": binomial.mass_negative_binomial,
}


@dataclass(frozen=True, slots=True)
class Question:
    """How much of a family with these parameters lies in [low, high]?"""

    family: str
    parameters: tuple[float, ...]
    low: float
    high: float


def masses(questions: Sequence[Question]) -> list[float]:
    """NaN where the parameters are outside the family's domain."""
    answers = [float("nan")] * len(questions)
    by_family: dict[str, list[int]] = {}
    for number, question in enumerate(questions):
        by_family.setdefault(question.family, []).append(number)
    with np.errstate(all="ignore"):
        for family, numbers in by_family.items():
            rows = [
                (*questions[n].parameters, questions[n].low, questions[n].high) for n in numbers
            ]
            columns = np.array(rows, np.float64).T
            found = np.broadcast_to(MASS[family](*columns), len(numbers))
            for number, mass in zip(numbers, found.tolist(), strict=True):
                answers[number] = mass
    return answers
