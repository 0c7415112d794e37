"""Birthday spacings and collisions: points in a space so large that coincidences are rare.

Marsaglia's tests as in TestU01's Crush. A point is made of the same bits of several words in
turn. Coincidences add up over the blocks to a number with Poisson's distribution; its mean,
for n points of k places, is n^3 / 4k of equal spacings, and n^2 / 2k of points met again,
which holds to the accuracy needed while the sum stays below k^(5/12).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.stats import poisson

from tests.battery.cells import PValue, Words

SPACINGS = [
    (4, 28, 2), (0, 28, 2), (0, 32, 2), (19, 13, 4), (0, 13, 4), (24, 7, 7), (0, 7, 7),
    (29, 3, 16), (0, 3, 16),
]  # fmt: skip
COLLISIONS = [(12, 20, 2), (0, 20, 2), (22, 10, 4), (0, 10, 4), (30, 2, 16), (0, 2, 16)]
"""Lowest bit, bits, words a point."""
TURNS = 8
"""Sorting is slow, so that each test gets every eighth block."""


@njit(nogil=True)
def points(words, shift, bits, fields):
    """uint64: some bits of each of some words, side by side."""
    out = np.empty(words.size // fields, np.uint64)
    mask = np.uint64((1 << bits) - 1)
    for g in range(out.size):
        point = np.uint64(0)
        for f in range(fields):
            field = (np.uint64(words[g * fields + f]) >> np.uint64(shift)) & mask
            point = (point << np.uint64(bits)) | field
        out[g] = point
    return out


def middle(count: int, mean: float) -> float:
    """The chance of more, and half that of just as many."""
    return float(poisson.sf(count, mean) + poisson.pmf(count, mean) / 2)


@dataclass
class Coincidences:
    """Equal spacings of neighbours, or equal points."""

    shift: int
    bits: int
    fields: int
    spacings: bool
    turn: int
    blocks: int = 0
    met: int = 0
    mean: float = 0.0

    def feed(self, words: Words) -> None:
        self.blocks += 1
        if self.blocks % TURNS != self.turn:
            return
        ordered = np.sort(points(words, self.shift, self.bits, self.fields))
        n, places = ordered.size, 2.0 ** (self.bits * self.fields)
        if self.spacings:
            ordered = np.sort(np.diff(ordered))
            self.mean += n**3 / (4 * places)
        else:
            self.mean += n * (n - 1) / (2 * places)
        self.met += int((ordered[1:] == ordered[:-1]).sum())

    def results(self) -> Iterator[PValue]:
        what = "birthday spacings" if self.spacings else "collisions"
        label = f"{what}, {self.fields} x {self.bits} bits from bit {self.shift}"
        yield label, middle(self.met, self.mean)


def spacing_tests() -> list[Coincidences]:
    """All of this file."""
    kinds = [*((of, True) for of in SPACINGS), *((of, False) for of in COLLISIONS)]
    return [Coincidences(*of, spacings, i % TURNS) for i, (of, spacings) in enumerate(kinds)]
