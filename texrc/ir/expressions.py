"""Arithmetic over the columns of a row: a closed language without calls out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from texrc.source import Span

FUNCTIONS: dict[str, tuple[int, int | None]] = {
    "exp": (1, 1),
    "log": (1, 1),
    "sqrt": (1, 1),
    "abs": (1, 1),
    "floor": (1, 1),
    "min": (2, None),
    "max": (2, None),
    "clamp": (3, 3),
}
"""Least and largest number of arguments; None is no limit."""


def _place() -> Span | None:
    return field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as written, exact."""

    value: Decimal
    span: Span | None = _place()
    kind: Literal["constant"] = "constant"


@dataclass(frozen=True, slots=True)
class ColumnValue:
    """The value of a numeric column; ``column`` is its place in `Network.columns`."""

    column: int
    span: Span | None = _place()
    kind: Literal["column"] = "column"


@dataclass(frozen=True, slots=True)
class Negate:
    """Minus the operand."""

    operand: Expression
    span: Span | None = _place()
    kind: Literal["negate"] = "negate"


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands; ``**`` is the power."""

    operator: Literal["+", "-", "*", "/", "**"]
    left: Expression
    right: Expression
    span: Span | None = _place()
    kind: Literal["binary"] = "binary"


@dataclass(frozen=True, slots=True)
class Call:
    """``function`` is a key of `FUNCTIONS`."""

    function: Literal["exp", "log", "sqrt", "abs", "floor", "min", "max", "clamp"]
    arguments: tuple[Expression, ...]
    span: Span | None = _place()
    kind: Literal["call"] = "call"


@dataclass(frozen=True, slots=True)
class CodeIndicator:
    """1 where the code of a discrete column compares so with ``code``, else 0.

    Comparisons other than `=` are for ordinal columns, whose codes follow their order.
    """

    column: int
    comparison: Literal["=", "<", "<=", ">", ">="]
    code: int
    span: Span | None = _place()
    kind: Literal["code_indicator"] = "code_indicator"


@dataclass(frozen=True, slots=True)
class NumberIndicator:
    """1 where a numeric column compares so with ``number``, else 0."""

    column: int
    comparison: Literal["=", "<", "<=", ">", ">="]
    number: Decimal
    span: Span | None = _place()
    kind: Literal["number_indicator"] = "number_indicator"


Expression = Constant | ColumnValue | Negate | Binary | Call | CodeIndicator | NumberIndicator


def children(expression: Expression) -> tuple[Expression, ...]:
    """The operands, left to right."""
    match expression:
        case Negate(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it, left to right."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(children(part)))


def columns_of(expression: Expression) -> tuple[int, ...]:
    """The columns an expression reads, each once, in order of appearance."""
    if type(expression) is Constant:
        return ()  # most are
    seen: dict[int, None] = {}
    for part in walk(expression):
        if isinstance(part, ColumnValue | CodeIndicator | NumberIndicator):
            seen.setdefault(part.column)
    return tuple(seen)
