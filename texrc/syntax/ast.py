"""The tree of a `.texr` file as written: frozen, with the place of every part.

One class a construct of `grammar/texr.lark`, under the same name. Spans never
take part in equality, so that two texts with the same meaning of layout and
comments give equal trees: ``parse(format(x)) == parse(x)``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from texrc.source import Span

NOWHERE = Span(0, 0)


def _place() -> Span:
    return field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A column, type, family, function, label or mark; ``text`` is without backticks."""

    text: str
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class Number:
    """A signed number; ``raw`` is its spelling, which labels and the formatter keep."""

    raw: str
    span: Span = _place()

    @property
    def value(self) -> Decimal:
        return Decimal(self.raw)


@dataclass(frozen=True, slots=True)
class Text:
    """A double-quoted text, its escapes resolved."""

    value: str
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class Comment:
    """`# ...` up to the end of its line; ``text`` has the `#`."""

    text: str
    span: Span
    own_line: bool
    """Nothing but white space stands before it on its line."""


Label = Name | Number
"""What may name a category: a word or a number, compared by spelling (`1` is not `1.0`)."""


# --- columns -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RangeDomain:
    """`[low, high]`; both ends belong to it."""

    low: Number
    high: Number
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class LabelsDomain:
    """`{a, b}`: categories without order."""

    labels: tuple[Label, ...]
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class LevelsDomain:
    """`{a < b}`: categories from lowest to highest."""

    labels: tuple[Label, ...]
    span: Span = _place()


Domain = RangeDomain | LabelsDomain | LevelsDomain


@dataclass(frozen=True, slots=True)
class Mark:
    """`target`, or `unit "kg"`."""

    name: Name
    text: Text | None = None
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class Column:
    """`name : type domain (marks) "description"`"""

    name: Name
    type: Name
    domain: Domain | None = None
    marks: tuple[Mark, ...] = ()
    description: Text | None = None
    span: Span = _place()


# --- expressions -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Constant:
    """An unsigned number."""

    number: Number
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class Reference:
    """A bare word: a column, or a keyword such as `rest` and `uniform` where one is due."""

    name: Name
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class Call:
    """`f(x, y)`: a function inside an expression, a family as a value."""

    function: Name
    arguments: tuple[Expression, ...]
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class Negation:
    """`-x`"""

    operand: Expression
    span: Span = _place()


Operator = Literal["+", "-", "*", "/", "**"]
Comparison = Literal["<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Binary:
    """`x + y` and the other operations on two expressions."""

    operator: Operator
    left: Expression
    right: Expression
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class Indicator:
    """`[smoker = yes]`, `[age >= 50]`: 1 where it holds, 0 elsewhere."""

    column: Name
    comparison: Comparison | Literal["="]
    label: Label
    span: Span = _place()


Expression = Constant | Reference | Call | Negation | Binary | Indicator


# --- values ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LabelKey:
    """A label, a number, or a word with a meaning of its own (`q1`, `rest`)."""

    label: Label
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class AnyKey:
    """`_`"""

    span: Span = _place()


@dataclass(frozen=True, slots=True)
class BoundKey:
    """`< 25`, `>= plus`"""

    comparison: Comparison
    label: Label
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class IntervalKey:
    """`18..30`, `low..mid`: both ends belong to it."""

    low: Label
    high: Label
    span: Span = _place()


Key = LabelKey | AnyKey | BoundKey | IntervalKey


@dataclass(frozen=True, slots=True)
class Entry:
    """`key: value` or `(key, key): value`."""

    keys: tuple[Key, ...]
    value: Value
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class Table:
    """`{...}`, or `head {...}` with head one of `weights`, `softmax`, `mix`."""

    head: Name | None
    entries: tuple[Entry, ...]
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class Parts:
    """`quarters [0.1, 0.2, 0.3, 0.4]`"""

    head: Name
    items: tuple[Expression, ...]
    span: Span = _place()


Value = Expression | Table | Parts


# --- the file ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marginal:
    """`y ~ value`"""

    target: Name
    value: Value
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class Conditional:
    """`y | x, z ~ value`"""

    target: Name
    given: tuple[Name, ...]
    value: Value
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class Definition:
    """`y = expression`"""

    target: Name
    expression: Expression
    span: Span = _place()


Statement = Marginal | Conditional | Definition


@dataclass(frozen=True, slots=True)
class Model:
    """`model {...}`: the statements in the order they are written in."""

    statements: tuple[Statement, ...]
    span: Span = _place()


@dataclass(frozen=True, slots=True)
class Dataset:
    """The whole file."""

    name: Name
    title: Text
    topic: Text | None
    columns: tuple[Column, ...]
    model: Model | None
    span: Span = _place()
    columns_span: Span = _place()
    """From the word `columns` to its closing brace."""
    comments: tuple[Comment, ...] = field(default=(), compare=False, repr=False)
    """Every comment of the file in order; the formatter puts them back by place."""
    blank_lines: tuple[int, ...] = field(default=(), compare=False, repr=False)
    """Where runs of blank lines begin, in order; the formatter keeps them, to set groups apart."""
