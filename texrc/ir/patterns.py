"""The keys of a table row: which values of a parent they match."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

ComparisonSign = Literal["<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Anything:
    """`_`"""

    kind: Literal["any"] = "any"


@dataclass(frozen=True, slots=True)
class IsCode:
    """One label of a discrete parent, by its place in the parent's labels."""

    code: int
    kind: Literal["is_code"] = "is_code"


@dataclass(frozen=True, slots=True)
class ComparesCode:
    """`>= plus`: the levels of an ordinal parent on one side of a level."""

    comparison: ComparisonSign
    code: int
    kind: Literal["compares_code"] = "compares_code"


@dataclass(frozen=True, slots=True)
class BetweenCodes:
    """`low..mid`: the levels of an ordinal parent from one to another, both included."""

    low: int
    high: int
    kind: Literal["between_codes"] = "between_codes"


@dataclass(frozen=True, slots=True)
class IsQuarter:
    """`q1`..`q4`: a quarter of a numeric parent's declared range, half-open but the last."""

    quarter: Literal[1, 2, 3, 4]
    kind: Literal["quarter"] = "quarter"


@dataclass(frozen=True, slots=True)
class IsNumber:
    """One value of a numeric parent."""

    number: Decimal
    kind: Literal["is_number"] = "is_number"


@dataclass(frozen=True, slots=True)
class ComparesNumber:
    """`< 25`: the values of a numeric parent on one side of a bound."""

    comparison: ComparisonSign
    number: Decimal
    kind: Literal["compares_number"] = "compares_number"


@dataclass(frozen=True, slots=True)
class BetweenNumbers:
    """`18..30`: the values of a numeric parent from one to another, both included."""

    low: Decimal
    high: Decimal
    kind: Literal["between_numbers"] = "between_numbers"


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """Stands where a key was already reported, so that later passes stay quiet."""

    kind: Literal["unknown"] = "unknown"


Pattern = (
    Anything
    | IsCode
    | ComparesCode
    | BetweenCodes
    | IsQuarter
    | IsNumber
    | ComparesNumber
    | BetweenNumbers
    | UnknownKey
)
