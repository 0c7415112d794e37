"""Thresholds of labels, laid out for the loops that compare random numbers with them.

Emitted samplers hold a copy of this file.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

NUMBER_BITS = 63
LEADING_BITS = 16
MOST_MARKED = 1 / 256
"""A guide is made larger until so few cells are marked,"""
LARGEST_GUIDE = 1 << 16
"""or until it has so many entries,"""
FEWEST_ENTRIES = 16
"""but not less than this for each label of a row,"""
LARGE_GUIDE = 1 << 22
"""which is 2 where the guide would have more entries than these."""

MOST_STATES = {
    False: ((1, 6), (4, 3), (64, 2)),
    True: ((1, 9), (64, 7)),
}
"""Up to how many states comparing is faster than a guide, for so many rows at once; without
and with AVX-512, with which a threshold costs 0.05 ns a cell for one row and 0.08 for 64.
A guide costs 0.4 ns."""


class Thresholds:
    """uint64[rows, states - 1], ascending in a row: a label is how many a number reaches.

    The number is whole, in [0, 2^63). Where they are few, ``leading`` has the 16 leading bits
    of each (uint16), those of one label together, with room for 1, 4 or 64 rows; else
    ``guide`` has an entry (uint8 or uint16) for each row and each value of a number's leading
    bits: its label, or the least that it may be, marked by the highest bit. The other is empty.
    (Chen and Asau, "On generating random variates from an empirical distribution", AIIE
    Transactions 6, 1974.)
    """

    def __init__(self, thresholds: npt.NDArray[np.uint64], wide_vectors: bool | None) -> None:
        """``wide_vectors`` tells whether the processor has AVX-512; None asks for neither table."""
        self.rows = len(thresholds)
        self.states = thresholds.shape[1] + 1
        self.all = np.ascontiguousarray(thresholds).reshape(-1)
        self.leading = np.empty(0, np.uint16)
        self.guide: npt.NDArray[Any] = np.empty(0, code_type(self.states))
        if wide_vectors is None or self.states < 2:
            return
        room = _room(self.rows, self.states, wide_vectors)
        if room:
            self.leading = _leading(thresholds, room)
        else:
            self.guide = _guide(thresholds, _guide_bits(self.rows, self.states))


def code_type(states: int) -> np.dtype:
    """The type of the codes of so many labels.

    A byte up to 128, which leaves the highest bit free and is an int8 index for Arrow.
    """
    return np.dtype(np.uint8 if states <= 128 else np.uint16)


def _room(rows: int, states: int, wide_vectors: bool) -> int:
    """How many rows are compared with at once; 0 where a guide is faster."""
    for room, most in MOST_STATES[wide_vectors]:
        if rows <= room:
            return room if states <= most else 0
    return 0


def _leading(thresholds: npt.NDArray[np.uint64], room: int) -> npt.NDArray[np.uint16]:
    """A threshold of 2^63, which no number reaches, gets the largest 16 bits."""
    leading = np.zeros((thresholds.shape[1], room), np.uint16)
    unused = np.uint64(NUMBER_BITS - LEADING_BITS)
    leading[:, : len(thresholds)] = np.minimum(thresholds >> unused, np.uint64(0xFFFF)).T
    return leading.reshape(-1)


def _guide_bits(rows: int, states: int) -> int:
    fewest = FEWEST_ENTRIES if rows * states * FEWEST_ENTRIES <= LARGE_GUIDE else 2
    bits = 1
    while bits < LEADING_BITS:
        enough = states - 1 <= MOST_MARKED * (1 << bits) or rows << (bits + 1) > LARGEST_GUIDE
        if enough and 1 << bits >= fewest * states:
            break
        bits += 1
    return bits


def _guide(thresholds: npt.NDArray[np.uint64], bits: int) -> npt.NDArray[Any]:
    rows, count = thresholds.shape
    kind = code_type(count + 1)
    width = np.uint64(NUMBER_BITS - bits)
    part = thresholds & ((np.uint64(1) << width) - np.uint64(1)) != 0
    entry = (thresholds >> width).astype(np.int64)
    ends = np.full((rows, count + 2), 1 << bits)
    ends[:, 0] = 0
    ends[:, 1:-1] = entry + part
    labels = np.tile(np.arange(count + 1, dtype=kind), rows)
    guide = np.repeat(labels, np.diff(ends).reshape(-1)).reshape(rows, 1 << bits)
    # Within an entry the label is at least that of the first threshold there: written last.
    row, label = (places[::-1] for places in np.nonzero(part))
    guide[row, entry[row, label]] = label + (1 << (8 * kind.itemsize - 1))
    return guide.reshape(-1)
