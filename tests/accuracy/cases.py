"""The columns of numbers that are drawn: every family, truncated in every way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.accuracy.checks import Floats
from tests.accuracy.references import Reference, reference

DRAWS = 10_000_000
FEWER = 250_000
"""Of families that cost a microsecond or two a draw; the continuous ones have one case of
`DRAWS` each besides."""


@dataclass(frozen=True)
class Case:
    """A column ``kind [low, high]`` and the distribution it is drawn from."""

    kind: str
    low: float
    high: float
    text: str
    draws: int = DRAWS

    def __str__(self) -> str:
        return f"{self.text} on {self.kind} [{self.low!r}, {self.high!r}]"

    @property
    def reference(self) -> Reference:
        return reference(self.kind, self.text, self.low, self.high)

    def edges(self) -> Floats:
        """The cells in which draws are counted; between whole numbers for an integer column."""
        edges = self.reference.grid()
        if self.kind == "continuous":
            return edges
        ends = [self.low - 0.5, self.high + 0.5]
        return np.unique(np.concatenate([ends[:1], np.floor(edges[1:-1]) + 0.5, ends[1:]]))


def _continuous(text: str, *ranges: tuple[float, float], draws: int = DRAWS) -> list[Case]:
    return [Case("continuous", low, high, text, draws) for low, high in ranges]


def _integer(text: str, *ranges: tuple[float, float], draws: int = DRAWS) -> list[Case]:
    return [Case("integer", low, high, text, draws) for low, high in ranges]


CONTINUOUS = [
    # all of it, a little cut off, most of it cut off on one side, far tails, narrow ranges
    *_continuous("normal(0, 1)", (-12, 12), (-2, 1.5), (0.5, 9), (-30, -1.7)),
    *_continuous("normal(0, 1)", (6, 12), (-40, -8), (30, 31), (-37, -36.9)),
    *_continuous("normal(0, 1)", (1, 1.00001), (-3, -2.9999999), (30, 30.0001), (-0.004, 0.005)),
    *_continuous("normal(-250, 40)", (-100, 100)),
    *_continuous("normal(5, 1e6)", (0, 10)),
    *_continuous("lognormal(1, 0.5)", (0, 1000), (1, 6), (5, 1000), (0, 0.9)),
    *_continuous("lognormal(1, 0.5)", (80, 1000), (1e-6, 0.05), (2.5, 2.500001)),
    *_continuous("lognormal(0, 3)", (0, 1e9), (1e5, 1e9)),
    *_continuous("uniform(-1, 3)", (-5, 5), (0, 5), (-5, -0.999), (0.1, 0.100001)),
    *_continuous("uniform", (-7, 11)),
    *_continuous("exponential(2)", (0, 100), (0, 3), (5, 100), (100, 200), (1200, 1300)),
    *_continuous("exponential(2)", (0, 0.01), (3, 3.00000001)),
    *_continuous("triangular(0, 2, 6)", (0, 6), (-1, 5.5), (4.5, 9), (-1, 0.001)),
    *_continuous("triangular(0, 2, 6)", (5.999, 6), (1.9999, 2.0002)),
    *_continuous("triangular(0, 0, 1)", (0, 1)),
    *_continuous("triangular(0, 1, 1)", (0, 1)),
    *_continuous("gamma(2.5, 3)", (0, 500)),
    *_continuous(
        "gamma(2.5, 3)", (1, 12), (20, 500), (0, 0.5), (120, 500), (7, 7.0001), draws=FEWER
    ),
    *_continuous("gamma(0.2, 1)", (0, 60), (5, 60), draws=FEWER),
    *_continuous("gamma(900, 0.1)", (60, 120), draws=FEWER),
    *_continuous("beta(2, 3.5)", (0, 1)),
    *_continuous("beta(2, 3.5)", (0.2, 0.6), (0.85, 1), (0, 0.01), (0.4, 0.40001), draws=FEWER),
    *_continuous("beta(0.3, 0.4)", (0, 1), draws=FEWER),
    *_continuous("beta(300, 20)", (0.5, 1), (0.5, 0.8), draws=FEWER),
    *_continuous("student_t(3, 0, 1)", (-1000, 1000)),
    *_continuous("student_t(3, 0, 1)", (-2, 1), (4, 1000), (500, 600), (2, 2.00001), draws=FEWER),
    *_continuous("student_t(0.7, 1, 2)", (-1e6, 1e6), draws=FEWER),
    *_continuous("student_t(80, 1, 2)", (-40, 40), draws=FEWER),
    *_continuous("quarters [0.1, 0.2, 0, 0.7]", (-3, 8)),
    *_continuous("quarters [0.00001, 0, 0.00099, 0.999]", (0, 1)),
    *_continuous("mix {0.3: normal(0, 1), 0.7: normal(4, 0.5)}", (-1, 10)),
    *_continuous(
        "mix {0.999: uniform(0, 1), 0.0009: exponential(20), 0.0001: normal(60, 2)}", (0, 70)
    ),
]
INTEGERS = [
    *_integer("normal(4.3, 2)", (-9, 20), (0, 10), (5, 40)),
    *_integer("normal(0, 3)", (19, 40), (-90, -75)),
    *_integer("normal(0, 0.2)", (-3, 3)),
    *_integer("normal(500, 150)", (0, 1000)),
    *_integer("normal(1000000000001, 100000)", (10**12, 10**12 + 3)),
    *_integer("lognormal(1.2, 0.6)", (0, 200), (2, 9), (30, 200)),
    *_integer("uniform(2.25, 7.75)", (0, 10), (3, 5)),
    *_integer("uniform", (-3, 3), (1, 1000)),
    *_integer("exponential(2.5)", (0, 60), (1, 7), (30, 60)),
    *_integer("triangular(-1, 2.3, 8)", (-4, 12), (5, 12)),
    *_integer("gamma(2, 1.5)", (0, 60), (9, 60), draws=FEWER),
    *_integer("beta(0.5, 0.8)", (0, 1), draws=FEWER),
    *_integer("student_t(2.5, 4, 2)", (-500, 500), (20, 90), draws=FEWER),
    *_integer("quarters [0.4, 0.1, 0.2, 0.3]", (1, 10), (0, 7)),
    *_integer("mix {0.6: exponential(2), 0.4: normal(9, 1.5)}", (0, 14)),
    *_integer("poisson(3.7)", (0, 60), (1, 5), (14, 60), draws=FEWER),
    *_integer("poisson(400)", (200, 700), draws=FEWER),
    *_integer("poisson(0.01)", (0, 10), draws=FEWER),
    *_integer("binomial(30, 0.3)", (0, 30), (4, 11), (20, 40), draws=FEWER),
    *_integer("binomial(5000, 0.999)", (4900, 5000), draws=FEWER),
    *_integer("negative_binomial(2.5, 0.4)", (0, 80), (2, 6), (25, 80), draws=FEWER),
    *_integer("negative_binomial(0.3, 0.05)", (-4, 300), draws=FEWER),
]
