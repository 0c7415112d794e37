"""Atoms: the parts of a column's values that a set of table keys tells apart.

Within an atom every key of the set gives the same answer, so that rows of a
table can be matched by atoms instead of values. A discrete column has an atom
a label. A numeric column is cut where a key begins or ends to match: into
points and intervals, of which only those that hold a value are kept (between
29 and 30 lies no integer). Every pattern matches a contiguous run of atoms.

Written bounds and the edges of quarters are exact numbers; a column's values
are float64. A bound stands for the nearest float64, as a number in an
expression does, so that ``x = 0.1`` meets a drawn 0.1; the edges of quarters
are computed exactly and rounded once.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from texrc.ir.network import Column, ColumnType, Network, Node
from texrc.ir.patterns import (
    Anything,
    BetweenCodes,
    BetweenNumbers,
    ComparesCode,
    ComparesNumber,
    IsCode,
    IsNumber,
    IsQuarter,
    Pattern,
    UnknownKey,
)

MOST_REMEMBERED = 1024
"""Ranges whose quarters and ends are kept: every pass asks for them, and fractions are slow."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A place between two neighbouring values of a numeric column."""

    first: float
    """The smallest value above it."""
    bound: Decimal | Fraction
    """The number as written, or a quarter's edge."""
    below_bound: bool
    """The bound itself lies above the cut, as for ``>= bound`` and ``< bound``."""
    quarter: int = 0
    """The quarter that begins here, 0 if none does."""


@dataclass(frozen=True)
class Partition:
    """The atoms of one column, numbered from 0 in the order of its values.

    ``cuts`` separate the atoms of a numeric column, in ascending order.
    """

    column: Column
    cuts: tuple[Cut, ...] = ()

    @classmethod
    def of(cls, column: Column, patterns: Iterable[Pattern]) -> Partition:
        """The coarsest partition into runs of values that every pattern respects."""
        if column.is_discrete:
            return cls(column)
        low, high = ends(column)
        cuts: dict[float, Cut] = {}
        for pattern in dict.fromkeys(patterns):
            for cut in _begin_and_end(column, pattern):
                if cut is None or not low < cut.first <= high:
                    continue
                if cut.quarter or cut.first not in cuts:
                    cuts[cut.first] = cut
        return cls(column, tuple(cuts[first] for first in sorted(cuts)))

    @cached_property
    def count(self) -> int:
        """How many atoms there are."""
        return len(self.column.labels) if self.column.is_discrete else len(self.cuts) + 1

    @cached_property
    def starts(self) -> tuple[float, ...]:
        """The smallest value of each atom but the first, whole for an integer column.

        ``bisect_right(starts, x)`` is the atom of the number x.
        """
        return tuple(cut.first for cut in self.cuts)

    def atom_of(self, value: float) -> int:
        """The atom of a number; of a code, which is its own atom."""
        return int(value) if self.column.is_discrete else bisect_right(self.starts, value)

    def atoms(self, pattern: Pattern) -> range:
        """The atoms that match a pattern, one of those that the partition was made for."""
        match pattern:
            case Anything() | UnknownKey():
                return range(self.count)
            case IsCode(code):
                return range(code, code + 1)
            case ComparesCode("<", code):
                return range(code)
            case ComparesCode("<=", code):
                return range(code + 1)
            case ComparesCode(">", code):
                return range(code + 1, self.count)
            case ComparesCode(">=", code):
                return range(code, self.count)
            case BetweenCodes(low, high):
                return range(low, high + 1)
            case _:
                begin, end = _begin_and_end(self.column, pattern)
                first = 0 if begin is None else self._index(begin.first)
                stop = self.count if end is None else self._index(end.first)
                return range(first, max(first, stop))

    def mask(self, pattern: Pattern) -> int:
        """The matching atoms as a bitset: bit i for atom i."""
        matched = self.atoms(pattern)
        return ((1 << len(matched)) - 1) << matched.start

    def interval(self, atom: int) -> tuple[float, float]:
        """The smallest and the largest value of an atom of a numeric column."""
        low, high = ends(self.column)
        first = self.cuts[atom - 1].first if atom else low
        if atom == len(self.cuts):
            return first, high
        following = self.cuts[atom].first
        return first, following - 1 if self._whole else math.nextafter(following, -math.inf)

    def witness(self, atom: int) -> Decimal | str:
        """A value of the atom that reads well: a label, or a number with few digits."""
        if self.column.is_discrete:
            return self.column.labels[atom]
        first, last = self.interval(atom)
        if self._whole:
            return Decimal(int(first))
        if first == last:
            return Decimal(repr(first))
        middle = first + (last - first) / 2
        for digits in range(17):
            short = Decimal(f"{middle:.{digits}e}")
            if first < float(short) < last:
                return short
        return Decimal(repr(first))

    def text(self, atom: int) -> str:
        """An atom in words: ``smoker = yes``, ``29 < age < 30``, ``age in q1``."""
        name = self.column.name
        if self.column.is_discrete:
            return f"{name} = {self.column.labels[atom]}"
        lower = self.cuts[atom - 1] if atom else None
        upper = self.cuts[atom] if atom < len(self.cuts) else None
        if quarter := _quarter_between(lower, upper):
            return f"{name} in q{quarter}"
        first, last = self.interval(atom)
        if self._whole:
            low_text, high_text, lower_sign, upper_sign = (
                f"{int(first)}",
                f"{int(last)}",
                "<=",
                "<=",
            )
        else:
            low_text = number_text(lower.bound) if lower else ""
            high_text = number_text(upper.bound) if upper else ""
            lower_sign = "<=" if lower and lower.below_bound else "<"
            upper_sign = "<" if upper and upper.below_bound else "<="
        if lower and first == last:
            return f"{name} = {low_text}"
        if upper and first == last:
            return f"{name} = {number_text(Decimal(repr(first)))}"
        if lower and upper:
            return f"{low_text} {lower_sign} {name} {upper_sign} {high_text}"
        if lower:
            return f"{name} {'>=' if lower_sign == '<=' else '>'} {low_text}"
        return f"{name} {upper_sign} {high_text}" if upper else f"any {name}"

    @property
    def _whole(self) -> bool:
        return self.column.type is ColumnType.INTEGER

    def _index(self, first: float) -> int:
        """The atom that begins at ``first``; 0 below the range, ``count`` above it."""
        low, high = ends(self.column)
        if first <= low:
            return 0
        return self.count if first > high else bisect_right(self.starts, first)


def parent_partition(network: Network, node: Node, place: int) -> Partition:
    """The partition of a node's parent, the one at this place after the bar, by the node's rows."""
    column = network.columns[node.given[place]]
    if column.is_discrete:
        return Partition(column)
    key = (parent_partition, node.column, place)
    known = network.remembered.get(key)
    if known is None or known[0] is not node:
        found = Partition.of(column, (row.patterns[place] for row in node.rows))
        known = network.remembered[key] = (node, found)
    return known[1]


def ends(column: Column) -> tuple[float, float]:
    """The smallest and the largest value of a numeric column."""
    assert column.low is not None and column.high is not None
    return _ends(column.low, column.high, column.type is ColumnType.INTEGER)


@lru_cache(maxsize=MOST_REMEMBERED)
def _ends(low: Decimal, high: Decimal, whole: bool) -> tuple[float, float]:
    if whole:
        return float(math.ceil(low)), float(math.floor(high))
    return float(low), float(high)


def quarter_edges(column: Column) -> tuple[Fraction, Fraction, Fraction, Fraction, Fraction]:
    """The exact edges ``low + k (high - low)/4``, k = 0..4, of a numeric column's quarters."""
    assert column.low is not None and column.high is not None
    return _quarter_edges(column.low, column.high)


@lru_cache(maxsize=MOST_REMEMBERED)
def _quarter_edges(
    low: Decimal, high: Decimal
) -> tuple[Fraction, Fraction, Fraction, Fraction, Fraction]:
    first, last = Fraction(low), Fraction(high)
    step = (last - first) / 4
    return first, first + step, first + 2 * step, first + 3 * step, last


def number_text(number: Decimal | Fraction) -> str:
    """A number as a person writes it, without an exponent where it is of moderate size."""
    if isinstance(number, Fraction):
        number = Decimal(repr(float(number)))
    if number == 0:
        return "0"
    return f"{number.normalize():f}" if -7 <= number.adjusted() < 16 else str(number.normalize())


def _begin_and_end(column: Column, pattern: Pattern) -> tuple[Cut | None, Cut | None]:
    """Where a numeric column's pattern begins and ends to match; None at an end of the range."""
    whole = column.type is ColumnType.INTEGER
    match pattern:
        case IsNumber(number):
            return _cut(number, True, whole), _cut(number, False, whole)
        case BetweenNumbers(low, high):
            return _cut(low, True, whole), _cut(high, False, whole)
        case ComparesNumber("<" | "<=" as sign, number):
            return None, _cut(number, sign == "<", whole)
        case ComparesNumber(sign, number):
            return _cut(number, sign == ">=", whole), None
        case IsQuarter(quarter):
            assert column.low is not None and column.high is not None
            return _quarter_cuts(column.low, column.high, whole)[quarter - 1]
        case _:
            return None, None


def _cut(bound: Decimal | Fraction, below: bool, whole: bool, quarter: int = 0) -> Cut:
    if whole:
        first = float(math.ceil(bound) if below else math.floor(bound) + 1)
    else:
        first = float(bound) if below else math.nextafter(float(bound), math.inf)
    return Cut(first, bound, below, quarter)


@lru_cache(maxsize=MOST_REMEMBERED)
def _quarter_cuts(
    low: Decimal, high: Decimal, whole: bool
) -> tuple[tuple[Cut | None, Cut | None], ...]:
    """Where each quarter of a range begins and ends."""
    edges = _quarter_edges(low, high)
    inner = [_cut(edges[quarter - 1], True, whole, quarter) for quarter in (2, 3, 4)]
    return tuple(zip([None, *inner], [*inner, None], strict=True))


def _quarter_between(lower: Cut | None, upper: Cut | None) -> int:
    """The quarter from one cut to the other, 0 if it is none."""
    if lower is upper:
        return 0
    begins = lower.quarter if lower else 1
    ends_before = upper.quarter if upper else 5
    return begins if begins and ends_before == begins + 1 else 0
