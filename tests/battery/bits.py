"""Tests of single bits: weights, correlations, walks, ranks, linear complexity.

As in TestU01's Crush and in PractRand: correlations are looked for between all pairs of bits
of words some way apart, and between the weights of words at many lags, because that is where
streams side by side would show that they are related.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import comb
from typing import Any

import numpy as np
from numba import njit
from numba.extending import intrinsic
from scipy.stats import chi2, norm

from tests.battery.cells import Cells, Floats, PValue, Words, binomial

LAGS = (
    *range(1, 18), 20, 24, 32, 40, 48, 52, 64, 80, 100, 128, 201, 256, 320, 384, 512, 768, 1024,
    2048, 4096,
)  # fmt: skip
"""A row of 8 columns of draws is 4 words, of 40, 20; the words of a call are 128 apart."""
PAIR_LAGS = (0, 1, 4, 20, 128)
WALK_WORDS = 4


def _weight(_context, word):
    """The number of ones in a word."""

    def generate(_codegen_context, builder, _signature, arguments):
        return builder.ctpop(arguments[0])

    return word(word), generate


weight: Any = intrinsic(_weight)


@njit(nogil=True)
def count_weights(counts, words):
    for w in words:
        counts[weight(w)] += 1


@njit(nogil=True)
def count_weight_classes(counts, words, apart):
    """The weights of 5 words some way apart, each light, lightish, middling, heavyish, heavy."""
    for start in range(0, words.size - 5 * apart + 1, 5 * apart):
        for i in range(start, start + apart):
            cell = 0
            for f in range(5):
                of = weight(words[i + f * apart])
                cell = cell * 5 + (of > 13) + (of > 15) + (of > 16) + (of > 18)
            counts[cell] += 1


def _weight_class_chances() -> Floats:
    chances = binomial(32, 0.5)
    five = np.array([part.sum() for part in np.split(chances, [14, 16, 17, 19])])
    cells = np.ones(1)
    for _ in range(5):
        cells = np.outer(cells, five).ravel()
    return cells


@njit(nogil=True)
def count_at_lags(ones, words, count):
    for start in range(0, count, 4096):
        stop = min(start + 4096, count)
        here = words[start:stop]
        for i in range(len(LAGS)):
            there = words[start + LAGS[i] : stop + LAGS[i]]
            differing = np.uint32(0)
            for j in range(here.size):
                differing = np.uint32(differing + weight(here[j] ^ there[j]))
            ones[i] += differing


class LagWeights:
    """The ones in the exclusive or of words at each lag: n words give N(16 n, 8 n)."""

    def __init__(self) -> None:
        self.words = 0
        self.ones = np.zeros(len(LAGS), np.int64)

    def feed(self, words: Words) -> None:
        count = words.size - max(LAGS)
        self.words += count
        count_at_lags(self.ones, words, count)

    def results(self) -> Iterator[PValue]:
        z = (self.ones - 16.0 * self.words) / np.sqrt(8.0 * self.words)
        for lag, one in zip(LAGS, z, strict=True):
            yield f"bits of words {lag} apart", float(norm.sf(one))


@njit(nogil=True)
def count_pairs(ones, words, lag):
    """ones[a, b] += how often bit a of a word differs from bit b of the one ``lag`` later."""
    planes = np.zeros((2, 32), np.uint64)
    for start in range(0, words.size - lag - 63, 64):
        planes[:] = 0
        for side in range(2):
            for i in range(64):
                w = np.uint64(words[start + side * lag + i])
                for a in range(32):
                    planes[side, a] |= ((w >> np.uint64(a)) & np.uint64(1)) << np.uint64(i)
        for a in range(32):
            for b in range(32):
                ones[a, b] += np.int64(weight(planes[0, a] ^ planes[1, b]))


class Pairs:
    """All pairs of bits of words some way apart, on an eighth of the words."""

    def __init__(self, lag: int) -> None:
        self.lag = lag
        self.words = 0
        self.ones = np.zeros((32, 32), np.int64)

    def feed(self, words: Words) -> None:
        part = words[: words.size // 8]
        count_pairs(self.ones, part, self.lag)
        self.words += (part.size - self.lag) // 64 * 64

    def results(self) -> Iterator[PValue]:
        z = ((self.ones - self.words / 2) / np.sqrt(self.words / 4)).ravel()
        if self.lag == 0:
            z = z.reshape(32, 32)[np.triu_indices(32, 1)]
        yield f"pairs of bits of words {self.lag} apart", float(chi2.sf((z**2).sum(), z.size))


class Balance:
    """The ones of each of the 32 bits, on a quarter of the words."""

    def __init__(self) -> None:
        self.words = 0
        self.ones = np.zeros(32, np.int64)

    def feed(self, words: Words) -> None:
        part = words[: words.size // 4]
        self.words += part.size
        count_ones(self.ones, part)

    def results(self) -> Iterator[PValue]:
        z = (self.ones - self.words / 2) / np.sqrt(self.words / 4)
        yield "ones of each bit", float(chi2.sf((z**2).sum(), 32))


@njit(nogil=True)
def count_ones(ones, words):
    for a in range(32):
        one = 0
        for w in words:
            one += (w >> np.uint32(a)) & np.uint32(1)
        ones[a] += one


@njit(nogil=True)
def count_highest(counts, words):
    """The highest place of a walk of 128 steps, on an eighth of the words."""
    for g in range(words.size // 8 // WALK_WORDS):
        place = highest = 0
        for f in range(WALK_WORDS):
            w = words[g * WALK_WORDS + f]
            for bit in range(32):
                place += 2 * np.int64((w >> np.uint32(bit)) & np.uint32(1)) - 1
                highest = max(highest, place)
        counts[highest] += 1


@njit(nogil=True)
def count_returns(counts, words):
    """How often a walk of 128 steps comes back to where it began, on an eighth of the words."""
    for g in range(words.size // 8 // WALK_WORDS):
        place = back = 0
        for f in range(WALK_WORDS):
            w = words[g * WALK_WORDS + f]
            for bit in range(32):
                place += 2 * np.int64((w >> np.uint32(bit)) & np.uint32(1)) - 1
                back += place == 0
        counts[back] += 1


def _walk_chances() -> tuple[Floats, Floats]:
    """Feller, volume 1, chapter III: the maximum and the returns of a walk of 128 steps."""
    steps = 32 * WALK_WORDS
    ends = np.zeros(steps + 3)  # the chance that the walk ends at a place >= 0
    ends[0 : steps + 1 : 2] = binomial(steps, 0.5)[steps // 2 :]
    highest = ends[:-2] + ends[1:-1]
    returns = np.zeros(steps // 2 + 1)
    for r in range(returns.size):  # C(2n - r, n) 2^(r - 2n)
        n = steps // 2
        returns[r] = comb(2 * n - r, n) / 2 ** (2 * n - r)
    return highest, returns


def bit_tests() -> list[Cells | LagWeights | Pairs | Balance]:
    """All of this file."""
    highest, returns = _walk_chances()
    return [
        Balance(),
        Cells("weights of words", binomial(32, 0.5), count_weights),
        *(
            Cells(f"weights of 5 words {apart} apart", _weight_class_chances(),
                  lambda counts, words, apart=apart: count_weight_classes(counts, words, apart))
            for apart in (1, 4, 8, 20)
        ),
        LagWeights(),
        *(Pairs(lag) for lag in PAIR_LAGS),
        Cells("highest place of walks", highest, count_highest),
        Cells("returns of walks", returns, count_returns),
    ]  # fmt: skip
