"""The values that a column may take: what boxes have as their sides."""

from __future__ import annotations

import math
from dataclasses import dataclass

from texrc.ir.atoms import ends
from texrc.ir.network import Column, ColumnType
from texrc.passes.intervals import Interval


@dataclass(frozen=True, slots=True)
class Numbers:
    """A numeric column's values: closed pieces in ascending order, of whole numbers or all."""

    pieces: tuple[tuple[float, float], ...]
    whole: bool

    @property
    def hull(self) -> Interval:
        return Interval(self.pieces[0][0], self.pieces[-1][1], self.whole)

    @property
    def is_single(self) -> bool:
        return self.pieces[0][0] == self.pieces[-1][1]

    def clip(self, low: float, high: float) -> Numbers | None:
        """The values from low to high, None where there is none."""
        pieces = tuple(
            (max(first, low), min(last, high))
            for first, last in self.pieces
            if first <= high and last >= low
        )
        return Numbers(pieces, self.whole) if pieces else None

    def halves(self) -> tuple[Numbers, ...]:
        """Two parts; cut at a gap, at zero, or in the middle."""
        low, high, _, _ = self.hull
        if len(self.pieces) > 1:
            middle = len(self.pieces) // 2
            parts = (self.pieces[:middle], self.pieces[middle:])
            return tuple(Numbers(part, self.whole) for part in parts)
        if low < 0.0 < high:
            cut = 0.0
        else:
            cut = low + (high - low) / 2
            cut = float(math.floor(cut)) if self.whole else min(cut, math.nextafter(high, low))
        after = cut + 1.0 if self.whole else math.nextafter(cut, math.inf)
        parts = (self.clip(low, cut), self.clip(after, high))
        return tuple(part for part in parts if part is not None)

    def at(self, share: float) -> float:
        """The value below which about this share of the values lies, 0 <= share <= 1."""
        extra = 1.0 if self.whole else 0.0
        left = share * sum(last - first + extra for first, last in self.pieces)
        for first, last in self.pieces:
            width = last - first + extra
            if left <= width:
                value = first + left
                return min(float(math.floor(value)) if self.whole else value, last)
            left -= width
        return self.pieces[-1][1]

    def holds(self, value: float) -> bool:
        if self.whole and not value.is_integer():
            return False
        return any(first <= value <= last for first, last in self.pieces)

    def single(self, value: float) -> Numbers:
        return Numbers(((value, value),), self.whole)


@dataclass(frozen=True, slots=True)
class Codes:
    """A discrete column's values: bit i of ``mask`` for code i."""

    mask: int

    @property
    def hull(self) -> int:
        return self.mask

    @property
    def is_single(self) -> bool:
        return self.mask.bit_count() == 1

    @property
    def members(self) -> list[int]:
        return [code for code in range(self.mask.bit_length()) if self.mask >> code & 1]

    def halves(self) -> tuple[Codes, ...]:
        codes = self.members
        middle = len(codes) // 2
        return tuple(
            Codes(sum(1 << code for code in part))
            for part in (codes[:middle], codes[middle:])
            if part
        )

    def at(self, share: float) -> int:
        codes = self.members
        return codes[min(int(share * len(codes)), len(codes) - 1)]

    def holds(self, value: float) -> bool:
        return value.is_integer() and value >= 0.0 and bool(self.mask >> int(value) & 1)

    def single(self, value: float) -> Codes:
        return Codes(1 << int(value))


Domain = Numbers | Codes
Side = Interval | int
"""A domain as interval arithmetic takes it: a hull, or a mask of codes."""


def declared(column: Column) -> Domain:
    """Everything that a column's declaration allows."""
    if column.is_discrete:
        return Codes((1 << len(column.labels)) - 1)
    return Numbers((ends(column),), column.type is ColumnType.INTEGER)
