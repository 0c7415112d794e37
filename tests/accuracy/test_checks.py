"""What the checks notice, and how often they may cry wolf."""

from __future__ import annotations

import numpy as np
import pytest

from tests.accuracy.cases import CONTINUOUS, DRAWS, INTEGERS
from tests.accuracy.checks import MOST_COMPARISONS, assert_follow
from tests.accuracy.drawing import batches, cell_counts, numbers
from tests.accuracy.references import reference
from tests.accuracy.test_labels import COMPARISONS as OF_LABELS
from tests.accuracy.test_parents import COMPARISONS as OF_PARENTS

OTHERS = 3
"""What is right passes here, twice, and what `test_ranges` compares."""
LAW = reference("continuous", "normal(0, 1)", -12.0, 12.0)
EDGES = LAW.grid()
MASSES = LAW.masses(EDGES)


def test_the_comparisons_are_no_more_than_were_allowed_for():
    assert len(CONTINUOUS) + len(INTEGERS) + OF_LABELS + OF_PARENTS + OTHERS <= MOST_COMPARISONS


@pytest.fixture(scope="module")
def draws() -> np.ndarray:
    rows = batches('y: continuous [-12, 12] "Y"', "y ~ normal(0, 1)", DRAWS, seed=2)
    return np.concatenate([numbers(batch, "y") for batch in rows])


@pytest.fixture(scope="module")
def counts(draws: np.ndarray) -> np.ndarray:
    return cell_counts(draws, EDGES)


def _is_noticed(counts: np.ndarray, masses: np.ndarray = MASSES) -> None:
    with pytest.raises(AssertionError):
        assert_follow(counts, masses, "faulty")


def test_what_is_right_passes(counts):
    assert_follow(counts, MASSES, "right")


@pytest.mark.parametrize(
    "faulty",
    [
        lambda y: y + 0.004,
        lambda y: y * 1.005,
        lambda y: np.where(y > 0, y * 1.006, y),
        lambda y: np.round(y, 2),
        lambda y: np.where(y > 4.0, 4.0, y),
        lambda y: np.minimum(y, 12.0 - 8.9),
    ],
    ids=["mean", "sd", "one side", "rounding", "clipping at 4 sd", "clipping at 3.1 sd"],
)
def test_a_small_fault_of_the_values_is_noticed(draws, faulty):
    _is_noticed(cell_counts(faulty(draws), EDGES))


@pytest.mark.parametrize("tail", [1e-3, 1e-4, 1e-5])
@pytest.mark.parametrize("side", [1, -1])
def test_tails_too_thin_are_noticed(counts, tail, side):
    """By eight standard deviations of their count."""
    thin = counts[::side].copy()
    inside = np.searchsorted(np.cumsum(MASSES[::side]), tail)
    factor = 1 - min(1.0, 8 / np.sqrt(DRAWS * tail))
    thin[:inside] = (thin[:inside] * factor).astype(np.int64)
    _is_noticed(thin[::side])


def test_an_uneven_density_is_noticed(counts):
    """Cells in turn one per cent too light and too heavy."""
    _is_noticed((counts * np.tile([0.99, 1.01], counts.size)[: counts.size]).astype(np.int64))


def test_one_empty_cell_is_noticed(counts):
    holed = counts.copy()
    holed[counts.size // 3] = 0
    _is_noticed(holed)


def test_one_draw_of_probability_zero_is_noticed(counts):
    masses = np.append(MASSES, 0.0)
    assert_follow(np.append(counts, 0), masses, "right")
    _is_noticed(np.append(counts, 1), masses)


def test_a_value_outside_is_noticed():
    with pytest.raises(AssertionError):
        cell_counts(np.array([0.5, np.nextafter(1.0, 2.0)]), np.array([0.0, 0.5, 1.0]))
