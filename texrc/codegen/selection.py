"""Tables that turn a whole random number into a label: thresholds and alias tables.

Probabilities become whole masses that add up to a power of two exactly, so
that zero is never drawn, what is positive stays possible, and the tables are
the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

NARROW_BITS = 31
WIDE_BITS = 63
ALIAS_NARROW_BITS = 31
ALIAS_WIDE_BITS = 51
ALIAS_LABEL_BITS = 12
"""An alias entry is ``threshold << 12 | alias``: 52 bits for a threshold up to 2^51."""

RARE = 2.0**-16
"""A positive probability below this takes the wide path."""

MOST_COMPARED = 5
MOST_COMPARED_ALONE = 12
"""Up to so many labels are drawn by comparing with thresholds, more by an alias table;
where there is one row for all, comparing needs no look-up and pays for longer."""


@dataclass(frozen=True, eq=False)
class Selection:
    """For each row of a table, how a whole random number picks one of ``states`` labels.

    ``wide``: the number is of 63 (alias: 64) bits, else of 31.
    ``alias``: ``table`` is uint64[rows, states] of alias entries; else it holds
    ``states - 1`` ascending thresholds a row, uint32 or (wide) uint64, and the
    label is how many of them the number reaches.
    """

    states: int
    wide: bool
    alias: bool
    table: npt.NDArray[np.uint32 | np.uint64]

    @property
    def rows(self) -> int:
        return len(self.table)

    def at(self, rows: npt.NDArray[np.integer]) -> Selection:
        """The selection whose row i is row ``rows[i]`` of this one."""
        return Selection(self.states, self.wide, self.alias, self.table[rows])


def select_by(weights: FloatArray, wide: bool = False) -> Selection:
    """The selection for float64[rows, states] weights, at least zero, with a positive sum a row.

    It is wide where it is told to be or a probability asks for it.
    """
    rows, states = weights.shape
    shares = _shares(weights)
    wide = wide or bool(np.any((shares > 0.0) & (shares < RARE)))
    alias = states > (MOST_COMPARED_ALONE if rows == 1 else MOST_COMPARED)
    if alias:
        bits = ALIAS_WIDE_BITS if wide else ALIAS_NARROW_BITS
        return Selection(states, wide, True, _alias_entries(shares, bits))
    masses = _masses(shares, WIDE_BITS if wide else NARROW_BITS, 1)
    thresholds = np.cumsum(masses, axis=1, dtype=np.uint64)[:, :-1]
    kind = np.uint64 if wide else np.uint32
    return Selection(states, wide, False, np.ascontiguousarray(thresholds.astype(kind)))


def _shares(weights: FloatArray) -> FloatArray:
    """Weights divided by their sum, which is added up in the order of the labels."""
    scaled = weights / np.max(weights, axis=1, keepdims=True)
    total = np.zeros(len(weights))
    for label in range(weights.shape[1]):
        total = total + scaled[:, label]
    return scaled / total[:, None]


def _masses(shares: FloatArray, bits: int, units: int) -> npt.NDArray[np.uint64]:
    """Whole masses with the sum ``units * 2^bits`` a row, at least 1 where a share is positive.

    The largest share takes what rounding leaves over.
    """
    masses = np.rint(shares * (units * 2.0**bits)).astype(np.uint64)
    masses[(shares > 0.0) & (masses == 0)] = 1
    total = np.zeros(len(masses), np.uint64)
    for label in range(masses.shape[1]):
        total += masses[:, label]
    largest = np.argmax(shares, axis=1)
    masses[np.arange(len(masses)), largest] += (
        np.uint64(units << bits) - total
    )  # wraps as it should
    return masses


def _alias_entries(shares: FloatArray, bits: int) -> npt.NDArray[np.uint64]:
    """Walker's alias tables (Vose's construction, 1991), for all rows at once.

    Every slot has the capacity 2^bits: a label's own part up to its threshold, and the alias's
    from there on. A full slot has its own label as the alias.
    """
    rows, states = shares.shape
    capacity = np.uint64(1 << bits)
    left = _masses(shares, bits, states)
    every = np.arange(rows)
    threshold = np.zeros((rows, states), np.uint64)
    alias = np.tile(np.arange(states, dtype=np.uint64), (rows, 1))
    # Labels with less than the capacity come first, in their order; then the others.
    order = np.argsort(left >= capacity, axis=1, kind="stable")
    giver = np.count_nonzero(left < capacity, axis=1)  # place of the giver in `order`
    after_last_small = giver.copy()
    next_small = np.zeros(rows, np.int64)
    # A giver that sinks below the capacity is the next to be filled, before other small ones.
    sunk = np.full(rows, -1)
    for _ in range(states):
        small_left = next_small < after_last_small
        busy = ((sunk >= 0) | small_left) & (giver < states)
        if not busy.any():
            break
        at = every[busy]
        small = np.where(sunk[at] >= 0, sunk[at], order[at, np.minimum(next_small[at], states - 1)])
        next_small[at] += sunk[at] < 0
        large = order[at, giver[at]]
        threshold[at, small] = left[at, small]
        alias[at, small] = large.astype(np.uint64)
        left[at, large] -= capacity - left[at, small]
        sinks = left[at, large] < capacity
        sunk[at] = np.where(sinks, large, -1)
        giver[at] += sinks
    return (threshold << np.uint64(ALIAS_LABEL_BITS)) | alias
