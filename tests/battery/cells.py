"""Tests that sort a stream into cells and compare the counts with what chance gives.

They are those of TestU01's Crush (L'Ecuyer and Simard, "TestU01: a C library for empirical
testing of random number generators", ACM TOMS 33, 2007) and of Knuth's volume 2, 3.3.2,
with counts that add up over the whole length, so that a fault shows however thinly it is
spread. Each test is fed blocks of words; what is left over at a block's end is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import comb

import numpy as np
import numpy.typing as npt
from numba import njit
from scipy.stats import chi2

Words = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]
PValue = tuple[str, float]


class Cells:
    """A chi-square test: ``count(counts, words)`` adds a block; ``chances`` are the cells'."""

    def __init__(self, label: str, chances: Floats, count: Callable[..., None]) -> None:
        self.label = label
        self.chances = chances / chances.sum()
        self.counts = np.zeros(chances.size, np.int64)
        self.count = count

    def feed(self, words: Words) -> None:
        self.count(self.counts, words)

    def results(self) -> Iterator[PValue]:
        yield self.label, chi_square(self.counts, self.chances)


def chi_square(counts: npt.NDArray[np.int64], chances: Floats) -> float:
    """The chance of a statistic at least as large; cells expected below 4 are put together."""
    expected = chances * counts.sum()
    rare = expected < 4
    if rare.any():
        counts = np.append(counts[~rare], counts[rare].sum())
        expected = np.append(expected[~rare], expected[rare].sum())
        if expected[-1] < 4:  # still too few: to the smallest of the others
            smallest = np.argmin(expected[:-1])
            counts[smallest] += counts[-1]
            expected[smallest] += expected[-1]
            counts, expected = counts[:-1], expected[:-1]
    return float(chi2.sf(((counts - expected) ** 2 / expected).sum(), expected.size - 1))


def occupancy(balls: int, cells: int) -> Floats:
    """The chances of each number of distinct cells that some balls fall into."""
    chances = np.zeros(cells + 1)
    chances[0] = 1.0
    taken = np.arange(cells + 1) / cells
    for _ in range(balls):
        new = chances * (1.0 - taken)
        chances = chances * taken
        chances[1:] += new[:-1]
    return chances


def binomial(n: int, p: float) -> Floats:
    """The chances of 0 to n."""
    return np.array([comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)])


# --- what falls into which cell ----------------------------------------------------


@njit(nogil=True)
def count_tuples(counts, words, shift, bits, fields):
    """Some bits of each of some words (of 32 bits or 16) in turn."""
    mask = np.uint32((1 << bits) - 1)
    for g in range(words.size // fields):
        cell = 0
        for f in range(fields):
            cell = (cell << bits) | ((words[g * fields + f] >> np.uint32(shift)) & mask)
        counts[cell] += 1


@njit(nogil=True)
def count_gaps(counts, words, shift):
    """How many words stand between words whose 8 bits at the shift are all zero."""
    gap = -1
    for w in words:
        if (w >> np.uint32(shift)) & np.uint32(255):
            gap += gap >= 0
        else:
            if gap >= 0:
                counts[min(gap, counts.size - 1)] += 1
            gap = 0


@njit(nogil=True)
def count_distinct(counts, words, shift, bits, balls):
    """Poker: how many distinct values of some bits (at most 6) a hand holds."""
    mask = np.uint32((1 << bits) - 1)
    for g in range(words.size // balls):
        seen = np.uint64(0)
        for f in range(balls):
            value = (words[g * balls + f] >> np.uint32(shift)) & mask
            seen |= np.uint64(1) << np.uint64(value)
        distinct = 0
        while seen:
            seen &= seen - np.uint64(1)
            distinct += 1
        counts[distinct] += 1


@njit(nogil=True)
def count_coupons(counts, words, shift):
    """How many words it takes until all 16 values of 4 bits have come."""
    seen, length = np.uint32(0), 0
    for w in words:
        seen |= np.uint32(1) << ((w >> np.uint32(shift)) & np.uint32(15))
        length += 1
        if seen == np.uint32(0xFFFF):
            counts[min(length, counts.size - 1)] += 1
            seen, length = np.uint32(0), 0


@njit(nogil=True)
def count_largest(counts, words, among):
    """The largest of some words, by the quantile of its distribution."""
    for g in range(words.size // among):
        largest = np.uint32(0)
        for f in range(among):
            largest = max(largest, words[g * among + f])
        counts[int((((largest + 0.5) / 4294967296.0) ** among) * counts.size)] += 1


@njit(nogil=True)
def count_orders(counts, words):
    """The order of 5 words; the chance of a tie, 2^-32, is of no account."""
    for g in range(words.size // 5):
        cell = 0
        for a in range(1, 5):
            rank = 0
            for b in range(a):
                rank += words[g * 5 + b] < words[g * 5 + a]
            cell = cell * (a + 1) + rank
        counts[cell] += 1


@njit(nogil=True)
def count_light(counts, words, shift):
    """Of 256 words, those whose 3 bits at the shift are all zero."""
    for g in range(words.size // 256):
        light = 0
        for f in range(256):
            light += ((words[g * 256 + f] >> np.uint32(shift)) & np.uint32(7)) == 0
        counts[light] += 1


def _with(function: Callable[..., None], *arguments: int) -> Callable[..., None]:
    return lambda counts, words: function(counts, words, *arguments)


def _on_halves(function: Callable[..., None], *arguments: int) -> Callable[..., None]:
    """The same over the 16-bit halves of the words, the lower one first."""
    return lambda counts, words: function(counts, words.view(np.uint16), *arguments)


def _gap_chances() -> Floats:
    chances = (1 / 256) * (255 / 256) ** np.arange(1024)
    return np.array([*chances[:-1], 1.0 - chances[:-1].sum()], np.float64)


def _coupon_chances() -> Floats:
    reached = np.array([occupancy(n, 16)[16] for n in range(119)])
    return np.array([*np.diff(reached, prepend=0.0), 1.0 - reached[-1]], np.float64)


def cell_tests() -> list[Cells]:
    """All of this file."""
    tuples = [
        Cells(f"tuples of {fields} x {bits} bits from bit {shift}", np.ones(1 << bits * fields),
              _with(count_tuples, shift, bits, fields))
        for shift, bits, fields in [
            (24, 8, 2), (12, 8, 2), (0, 8, 2), (28, 4, 4), (14, 4, 4), (0, 4, 4),
            (31, 1, 16), (0, 1, 16),
        ]
    ]  # fmt: skip
    at = [
        test
        for shift in (0, 12, 24)
        for test in (
            Cells(f"gaps, bits {shift} to {shift + 7}", _gap_chances(), _with(count_gaps, shift)),
            Cells(f"poker 32 of 64 from bit {shift}", occupancy(32, 64),
                  _with(count_distinct, shift, 6, 32)),
            Cells(f"poker 8 of 8 from bit {shift}", occupancy(8, 8),
                  _with(count_distinct, shift, 3, 8)),
            Cells(f"coupons, bits {shift} to {shift + 3}", _coupon_chances(),
                  _with(count_coupons, shift)),
            Cells(f"weights of 256, bits {shift} to {shift + 2}", binomial(256, 1 / 8),
                  _with(count_light, shift)),
        )
    ]  # fmt: skip
    halves = [
        *(Cells(f"halves: tuples of {fields} x {bits} bits from bit {shift}",
                np.ones(1 << bits * fields), _on_halves(count_tuples, shift, bits, fields))
          for shift, bits, fields in [
              (0, 16, 1), (8, 8, 2), (0, 8, 2), (12, 4, 4), (0, 4, 4), (15, 1, 16), (0, 1, 16),
          ]),
        *(Cells(f"halves: gaps, bits {shift} to {shift + 7}", _gap_chances(),
                _on_halves(count_gaps, shift)) for shift in (0, 8)),
        *(Cells(f"halves: coupons, bits {shift} to {shift + 3}", _coupon_chances(),
                _on_halves(count_coupons, shift)) for shift in (0, 12)),
    ]  # fmt: skip
    return [
        *tuples,
        *at,
        *halves,
        *(Cells(f"largest of {among}", np.ones(4096), _with(count_largest, among))
          for among in (5, 16)),
        Cells("orders of 5", np.ones(120), count_orders),
    ]  # fmt: skip
