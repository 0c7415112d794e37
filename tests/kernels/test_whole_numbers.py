"""Whole numbers drawn alike, against exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import numpy as np
import pytest

from texrc.kernels.arithmetic import draw_whole

RANGES = [
    (0, 1),
    (-3, 3),
    (1, 1000),
    (0, 2**32),
    (-(2**31), 2**31 - 1),
    (10**15, 9 * 10**15),
    (0, 3 * 2**50),
    (0, 2**53),
    (-(2**53), 2**53 - 1),
]


def units(count: int, seed: int) -> np.ndarray:
    """The first and last that a generator gives, and others."""
    places = np.random.default_rng(seed).integers(0, 2**52, count)
    places[:2] = 0, 2**52 - 1
    return (places + 0.5) * 2.0**-52


@pytest.mark.parametrize(("first", "last"), RANGES)
def test_the_quantile_of_all_the_bits(first, last):
    u, finer = units(500, 1), np.append(units(499, 2)[::-1], 0.5)
    drawn = draw_whole(u, finer, np.float64(first), np.float64(last))
    count = int(np.float64(last - first + 1))  # 2^53 + 1 is no float: there the last is left out
    for a, b, x in zip(u.tolist(), finer.tolist(), drawn.tolist(), strict=True):
        share = (Fraction(a) + (Fraction(b) - Fraction(1, 2)) / 2**52) * count
        exact = {floor(share + sign * Fraction(1, 10**14)) for sign in (-1, 1)}
        assert int(x) - first in exact and first <= x <= last


@pytest.mark.parametrize(("first", "last"), [(0, 2**53), (-(2**53), 2**53 - 1), (5, 3 * 2**50)])
def test_every_number_of_a_very_wide_range_may_come(first, last):
    """A stretch of neighbours: each has its share of the finer quantiles."""
    u = np.full(64_000, (2**51 + 12_345 + 0.5) * 2.0**-52)
    finer = (np.arange(u.size) + 0.5) / u.size
    drawn = draw_whole(u, finer, np.float64(first), np.float64(last))
    numbers, counts = np.unique(drawn, return_counts=True)
    each = u.size * 2.0**52 / (last - first + 1)
    assert np.array_equal(numbers, np.arange(numbers[0], numbers[-1] + 1))
    assert np.abs(counts[1:-1] - each).max(initial=0) <= 1
    assert counts.max() <= each + 1
