"""Columns of numbers given others: linear regressions, and tables of many families."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr

from tests.accuracy.cases import DRAWS, FEWER, Case
from tests.accuracy.checks import Floats, assert_follow
from tests.accuracy.drawing import batches, cell_counts, codes, numbers

VALUES = 4
"""Of the parent: 0 to 3."""
Line = tuple[float, float]
"""Intercept and slope."""
REGRESSIONS: list[tuple[str, float, float, str, tuple[Line, ...], int]] = [
    ("continuous", -40, 60, "normal", ((-4, 3), (0.5, 1)), DRAWS),
    ("continuous", 0, 5, "normal", ((-4, 3), (0.5, 1)), DRAWS),
    ("continuous", 9, 10, "normal", ((0, 1), (1, 0)), DRAWS),
    ("integer", 0, 12, "normal", ((-4, 3), (0.5, 1)), DRAWS),
    ("continuous", 0.5, 20, "lognormal", ((0, 0.5), (0.6, 0)), DRAWS),
    ("continuous", 1, 30, "exponential", ((0.5, 1),), DRAWS),
    ("continuous", 0, 8, "uniform", ((0, -1), (7, 1)), DRAWS),
    ("continuous", 0, 8, "triangular", ((-2, -1), (1, 1), (7, 1)), DRAWS),
    ("continuous", 1, 30, "gamma", ((0.5, 1), (2, 0)), FEWER),
    ("continuous", 0.1, 1, "beta", ((0.5, 1), (2, 0)), FEWER),
    ("continuous", -5, 30, "student_t", ((1, 1), (0, 1), (2, 0)), FEWER),
    ("integer", 1, 40, "poisson", ((1, 2),), FEWER),
    ("integer", 0, 20, "binomial", ((9, 1), (0.3, 0)), FEWER),
    ("integer", 0, 60, "negative_binomial", ((1, 2), (0.4, 0)), FEWER),
]
TABLE = (
    "normal(2, 1)",
    "normal(12, 2)",
    "lognormal(1, 1)",
    "triangular(0, 1, 9)",
    "exponential(4)",
    "quarters [0.1, 0.2, 0, 0.7]",
    "mix {0.25: uniform(0, 2), 0.75: normal(6, 1)}",
    "uniform",
)
COMPARISONS = len(REGRESSIONS) * VALUES + len(TABLE) + 2


@pytest.mark.parametrize(("kind", "low", "high", "family", "lines", "draws"), REGRESSIONS)
def test_regressions_on_a_whole_number(kind, low, high, family, lines, draws):
    arguments = ", ".join(f"{intercept} + {slope}*k" for intercept, slope in lines)
    cases = []
    for k in range(VALUES):
        values = ", ".join(repr(float(intercept + slope * k)) for intercept, slope in lines)
        cases.append(Case(kind, low, high, f"{family}({values})"))
    columns = f'k: integer [0, {VALUES - 1}] "K" y: {kind} [{low}, {high}] "Y"'
    model = f"k ~ uniform y ~ {family}({arguments})"
    _assert_each(cases, ((numbers(b, "k"), b) for b in batches(columns, model, draws, seed=3)))


def test_a_table_of_many_families():
    cases = [Case("continuous", 0, 8, text) for text in TABLE]
    labels = [f"l{place}" for place in range(len(TABLE))]
    columns = f'k: categorical {{{", ".join(labels)}}} "K" y: continuous [0, 8] "Y"'
    rows = "; ".join(f"{label}: {text}" for label, text in zip(labels, TABLE, strict=True))
    model = f"k ~ uniform y | k ~ {{ {rows} }}"
    _assert_each(cases, ((codes(b, "k"), b) for b in batches(columns, model, DRAWS, seed=4)))


def _assert_each(cases: list[Case], rows) -> None:
    """``rows``: for each batch, which case every row follows, and the batch with its y."""
    edges = [case.edges() for case in cases]
    counts = [np.zeros(own.size - 1, np.int64) for own in edges]
    for which, batch in rows:
        y = numbers(batch, "y")
        for place, own in enumerate(edges):
            counts[place] += cell_counts(y[which == place], own)
    for case, own, seen in zip(cases, edges, counts, strict=True):
        assert_follow(seen, case.reference.masses(own), str(case))


BINS = 64


def test_a_normal_on_a_continuous_parent():
    """The share of the truncated law below y is uniform, whatever x is."""

    def share(x: Floats, y: Floats) -> Floats:
        mean, sd = 2 + 3 * x, 0.5 + x
        low, value, high = (ndtr((end - mean) / sd) for end in (0.0, y, 4.0))
        return (value - low) / (high - low)

    _assert_uniform("continuous [0, 4]", "normal(2 + 3*x, 0.5 + x)", share)


def test_an_exponential_on_a_continuous_parent():
    def share(x: Floats, y: Floats) -> Floats:
        mean = 1 + 2 * x
        return np.expm1((3.0 - y) / mean) / np.expm1((3.0 - 9.0) / mean)

    _assert_uniform("continuous [3, 9]", "exponential(1 + 2*x)", share)


def _assert_uniform(column: str, law: str, share) -> None:
    counts = np.zeros(BINS * BINS, np.int64)
    columns = f'x: continuous [0, 1] "X" y: {column} "Y"'
    for batch in batches(columns, f"x ~ uniform y ~ {law}", DRAWS, seed=5):
        x, y = (numbers(batch, name).astype(np.float64, copy=False) for name in "xy")
        places = [np.clip((part * BINS).astype(np.int64), 0, BINS - 1) for part in (x, share(x, y))]
        counts += np.bincount(places[0] * BINS + places[1], minlength=counts.size)
    assert_follow(counts, np.full(counts.size, 1 / counts.size), law)
