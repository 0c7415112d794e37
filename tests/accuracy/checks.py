"""Counts of draws against the exact masses of their cells.

Every comparison makes at most `MOST_IN_ONE` tests, the suite at most `MOST_COMPARISONS`
comparisons, and each test takes its even share of `FALSE_ALARM` (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy import stats

FALSE_ALARM = 1e-6
"""The probability that a right sampler fails anything here."""
MOST_COMPARISONS = 500
MOST_IN_ONE = 11
TAILS = (1e-3, 1e-4, 1e-5, 1e-6)
"""The shares of the draws whose number is tested at both ends."""
ENOUGH = 25.0
"""Cells with fewer expected draws go together in Pearson's statistic."""

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]


def assert_follow(counts: Counts, masses: Floats, what: str) -> None:
    """The counts are those of independent draws with these masses, which add up to 1.

    A cell of mass zero must be empty.
    """
    assert counts.shape == masses.shape
    assert abs(masses.sum() - 1.0) < 1e-9, what
    assert not counts[masses == 0.0].any(), f"{what}: a cell of probability zero was drawn"
    found = dict(_p_values(counts, masses))
    assert len(found) <= MOST_IN_ONE
    failed = {
        name: p for name, p in found.items() if p < FALSE_ALARM / MOST_COMPARISONS / MOST_IN_ONE
    }
    assert not failed, f"{what}: {failed}"


def _p_values(counts: Counts, masses: Floats) -> Iterator[tuple[str, float]]:
    draws = int(counts.sum())
    yield "Pearson's chi-square", _pearson(counts, masses)
    # The largest distance at the cells' edges is at most Kolmogorov's: p is at least what it
    # would be for the sorted draws.
    seen, due = np.cumsum(counts)[:-1], np.cumsum(masses)[:-1]
    if due.size:
        distance = float(np.abs(seen / draws - due).max())
        yield "Kolmogorov and Smirnov", float(stats.kstwo.sf(distance, draws))
    yield "one cell", min(1.0, masses.size * float(two_sided(counts, draws, masses).min()))
    for end, side in (("lower", slice(None)), ("upper", slice(None, None, -1))):
        seen, due = np.cumsum(counts[side]), np.cumsum(masses[side])
        for tail in TAILS:
            at = int(np.searchsorted(due, tail * (1 - 1e-9)))
            if at < due.size - 1:
                yield f"{end} tail of {due[at]:.3g}", float(two_sided(seen[at], draws, due[at]))


def _pearson(counts: Counts, masses: Floats) -> float:
    expected = masses * counts.sum()
    rare = expected < ENOUGH
    seen = np.append(counts[~rare], counts[rare].sum())
    due = np.append(expected[~rare], expected[rare].sum())
    if due[-1] < ENOUGH:
        seen, due = seen[:-1], due[:-1]
    if due.size < 2:
        return 1.0
    return float(stats.chi2.sf(((seen - due) ** 2 / due).sum(), due.size - 1))


def two_sided(count: Counts | int, draws: int, mass: Floats | float) -> Floats:
    """Twice the smaller tail of the binomial law at the count."""
    law = stats.binom(draws, np.minimum(mass, 1.0))
    return np.minimum(1.0, 2.0 * np.minimum(law.cdf(count), law.sf(np.asarray(count) - 1)))
