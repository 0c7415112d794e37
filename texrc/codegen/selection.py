"""Tables that turn a whole random number into a label.

Probabilities become whole masses that add up to 2^63 exactly, so that zero is never
drawn, what is positive stays possible, and the tables are the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from texrc.codegen.thresholds import NUMBER_BITS

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Selection:
    """For each row of a table, how a whole number in [0, 2^63) picks one of ``states`` labels.

    ``thresholds`` is uint64[rows, states - 1], ascending in each row: the label is how many
    of them the number reaches.
    """

    states: int
    thresholds: npt.NDArray[np.uint64]

    @property
    def rows(self) -> int:
        return len(self.thresholds)

    def at(self, rows: npt.NDArray[np.integer]) -> Selection:
        """The selection whose row i is row ``rows[i]`` of this one."""
        return Selection(self.states, self.thresholds[rows])


def select_by(weights: FloatArray) -> Selection:
    """The selection for float64[rows, states] weights, at least zero, with a positive sum a row."""
    thresholds = np.cumsum(_masses(_shares(weights)), axis=1, dtype=np.uint64)[:, :-1]
    return Selection(weights.shape[1], np.ascontiguousarray(thresholds))


def _shares(weights: FloatArray) -> FloatArray:
    """Weights divided by their sum, which is added up in the order of the labels."""
    scaled = weights / np.max(weights, axis=1, keepdims=True)
    total = np.zeros(len(weights))
    for label in range(weights.shape[1]):
        total = total + scaled[:, label]
    return scaled / total[:, None]


def _masses(shares: FloatArray) -> npt.NDArray[np.uint64]:
    """Whole masses with the sum 2^63 a row, at least 1 where a share is positive.

    The largest share takes what rounding leaves over.
    """
    masses = np.rint(shares * 2.0**NUMBER_BITS).astype(np.uint64)
    masses[(shares > 0.0) & (masses == 0)] = 1
    total = np.zeros(len(masses), np.uint64)
    for label in range(masses.shape[1]):
        total += masses[:, label]
    largest = np.argmax(shares, axis=1)
    whole = np.uint64(1 << NUMBER_BITS)
    masses[np.arange(len(masses)), largest] += whole - total  # wraps as it should
    return masses
