"""Whether everyone draws the same: marginals of each contender beside ours.

Of labels, the share of each; of numbers, the mean, the standard deviation and the shares
below five of our own quantiles. Two samples of n and m rows may differ in a share p by
`TOLERANCE` standard errors sqrt(p (1 - p) (1/n + 1/m)) and 2^-24 for a peer's single
precision; a chance alarm in one of 10,000 comparisons has a probability below 10^-5.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

TOLERANCE = 6.5
SINGLE = 2.0**-24
QUANTILES = (0.01, 0.25, 0.5, 0.75, 0.99)

Shares = list[npt.NDArray[np.floating[Any]]]


class Marginals:
    """The marginals of one table, for others to be compared with."""

    def __init__(self, columns: Sequence[npt.NDArray[Any]], states: Sequence[int]) -> None:
        self.rows = len(columns[0])
        self.states = states
        self.cuts = [
            np.empty(0) if count else np.quantile(column, QUANTILES)
            for column, count in zip(columns, states, strict=True)
        ]
        self.shares = self.shares_of(columns)
        self.moments = _moments(columns, states)

    def shares_of(self, columns: Sequence[npt.NDArray[Any]]) -> Shares:
        """The shares of each column's labels, or below each of our quantiles."""
        return [
            np.bincount(np.asarray(column, np.int64), minlength=count) / len(column)
            if count
            else np.array([np.mean(column <= cut) for cut in cuts], np.float64)
            for column, count, cuts in zip(columns, self.states, self.cuts, strict=True)
        ]

    def deviation(self, columns: Sequence[npt.NDArray[Any]]) -> float:
        """The largest difference of another table's marginals, in units of what is tolerated."""
        rows = len(columns[0])
        largest = self._beyond(self.shares_of(columns), rows)
        for ours, theirs in zip(self.moments, _moments(columns, self.states), strict=True):
            if ours is not None and theirs is not None:
                error = np.sqrt(ours[2] * (1 / rows + 1 / self.rows))
                apart = np.abs(np.subtract(ours[:2], theirs[:2]))
                largest = max(largest, float(np.max(apart / (TOLERANCE * error + SINGLE))))
        return largest

    def deviation_of_counts(self, counts: Sequence[npt.NDArray[Any]]) -> float:
        """As `deviation`, of a table of labels whose counts are told."""
        shares = [each / each.sum() for each in counts]
        return self._beyond(shares, int(counts[0].sum()))

    def _beyond(self, shares: Shares, rows: int) -> float:
        largest = 0.0
        for ours, theirs in zip(self.shares, shares, strict=True):
            if len(ours) != len(theirs):
                return np.inf
            pooled = (ours * self.rows + theirs * rows) / (self.rows + rows)
            # A share of some events in n is at least known to one event.
            variance = np.maximum(pooled * (1 - pooled), 1 / (self.rows + rows))
            error = np.sqrt(variance * (1 / rows + 1 / self.rows))
            largest = max(
                largest, float(np.max(np.abs(ours - theirs) / (TOLERANCE * error + SINGLE)))
            )
        return largest


def _moments(
    columns: Sequence[npt.NDArray[Any]], states: Sequence[int]
) -> list[tuple[float, float, npt.NDArray[np.float64]] | None]:
    """Mean, sd, and the variances of one observation's part in each; None for labels."""
    found: list[tuple[float, float, npt.NDArray[np.float64]] | None] = []
    for column, count in zip(columns, states, strict=True):
        if count:
            found.append(None)
            continue
        values = np.asarray(column, np.float64)
        mean, sd = values.mean(), values.std()
        fourth = np.mean((values - mean) ** 4)
        spread = max((fourth - sd**4) / (4 * sd**2), 0.0) if sd > 0 else 0.0
        found.append((float(mean), float(sd), np.array([sd**2, spread])))
    return found
