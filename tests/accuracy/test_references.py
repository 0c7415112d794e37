"""The references themselves: scipy's masses beside mpmath's with 50 digits."""

from __future__ import annotations

import numpy as np
import pytest

from tests.accuracy.cases import CONTINUOUS, DRAWS, INTEGERS, Case
from tests.accuracy.references import Counted, Mixed, Truncated

TOLERANCE = 0.03
"""What a mass may move the count of its cell in `DRAWS` draws, in standard deviations."""
LOOKED_AT = 9


@pytest.mark.parametrize("case", CONTINUOUS + INTEGERS, ids=str)
def test_masses_are_exact(case: Case):
    law = case.reference
    if isinstance(law, Mixed):
        for part in law.parts:
            _compare(part, part.grid())
    elif isinstance(law, Truncated):
        _compare(law, law.grid())
    else:
        assert isinstance(law, Counted)
        masses, exact = law.masses(law.grid()), law.law.mpmath
        whole = exact.between(law.low - 1, law.high)
        for at in _some(masses.size):
            k = law.low + at
            _assert_near(masses[at], float(exact.between(k - 1, k) / whole))


def _compare(law: Truncated, edges: np.ndarray) -> None:
    masses = law.masses(edges)
    whole = law.mpmath.between(law.low, law.high)
    for at in _some(masses.size):
        _assert_near(masses[at], float(law.mpmath.between(edges[at], edges[at + 1]) / whole))


def _assert_near(mass: float, exact: float) -> None:
    assert abs(mass - exact) * DRAWS <= TOLERANCE * np.sqrt(exact * DRAWS)


def _some(size: int) -> list[int]:
    """Places at both ends and in between."""
    return sorted(
        {0, 1, size - 2, size - 1, *range(0, size, -(-size // LOOKED_AT))} & {*range(size)}
    )
