"""The tree's nodes from the grammar's rules: one function a rule.

Each takes the values of the rule's symbols. The value of a terminal is its
match, of a nonterminal what its rule's function gave.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from sys import intern
from typing import Any, NamedTuple

from texrc.source import Span
from texrc.syntax import ast
from texrc.syntax.limits import MAX_COLUMNS, MAX_LABELS, MAX_OPERATIONS

Values = list[Any]
Builder = Callable[[Values], Any]

_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t"}


class LimitReached(Exception):
    """The text has more of something than the compiler takes."""

    def __init__(self, code: str, message: str, span: Span, help: str) -> None:
        super().__init__(message)
        self.code, self.message, self.span, self.help = code, message, span, help


class _Marks(NamedTuple):
    marks: tuple[ast.Mark, ...]
    span: Span


class _Columns(NamedTuple):
    columns: tuple[ast.Column, ...]
    span: Span


class Builders:
    """The functions by rule name, for one parse, with what that parse counts."""

    def __init__(self) -> None:
        self._columns = 0
        self._depths: dict[int, int] = {}
        """Operations below each other, by the identity of the expression on top."""

    def function(self, rule: str) -> Builder | None:
        """None for rules that only hand on the value of their one symbol."""
        if rule.startswith("__"):
            return _list
        return getattr(self, f"on_{rule}", None)

    # --- the file -------------------------------------------------------------

    def on_start(self, values: Values) -> ast.Dataset:
        name, title, parts = values[1], values[2], values[4:-1]
        topic = next((part for part in parts if isinstance(part, ast.Text)), None)
        model = next((part for part in parts if isinstance(part, ast.Model)), None)
        columns = next(part for part in parts if isinstance(part, _Columns))
        return ast.Dataset(
            name, _text(title), topic, columns.columns, model, _around(values), columns.span
        )

    def on_topic(self, values: Values) -> ast.Text:
        return _text(values[1])

    def on_columns(self, values: Values) -> _Columns:
        return _Columns(tuple(values[2]), _around(values))

    def on_model(self, values: Values) -> ast.Model:
        return ast.Model(tuple(values[2]), _around(values))

    # --- columns --------------------------------------------------------------

    def on_column(self, values: Values) -> ast.Column:
        name, type_ = values[0], values[2]
        self._columns += 1
        if self._columns > MAX_COLUMNS:
            raise LimitReached(
                "TX006",
                f"more than {MAX_COLUMNS:,} columns",
                name.span,
                f"a dataset may have {MAX_COLUMNS:,} columns",
            )
        domain: ast.Domain | None = None
        marks: tuple[ast.Mark, ...] = ()
        description = None
        for part in values[3:]:
            if isinstance(part, _Marks):
                marks = part.marks
            elif isinstance(part, re.Match):
                description = _text(part)
            else:
                domain = part
        return ast.Column(name, type_, domain, marks, description, _around(values))

    def on_range(self, values: Values) -> ast.RangeDomain:
        return ast.RangeDomain(values[1], values[3], _around(values))

    def on_labels(self, values: Values) -> ast.LabelsDomain:
        return ast.LabelsDomain(_domain_labels(values), _around(values))

    def on_levels(self, values: Values) -> ast.LevelsDomain:
        return ast.LevelsDomain(_domain_labels(values), _around(values))

    def on_marks(self, values: Values) -> _Marks:
        return _Marks(_items(values[1:-1]), _around(values))

    def on_mark(self, values: Values) -> ast.Mark:
        text = _text(values[1]) if len(values) == 2 else None
        return ast.Mark(values[0], text, _around(values))

    # --- the model ------------------------------------------------------------

    def on_marginal(self, values: Values) -> ast.Marginal:
        return ast.Marginal(values[0], values[2], _around(values))

    def on_conditional(self, values: Values) -> ast.Conditional:
        return ast.Conditional(values[0], _items(values[2:-2]), values[-1], _around(values))

    def on_definition(self, values: Values) -> ast.Definition:
        return ast.Definition(values[0], values[2], _around(values))

    def on_table(self, values: Values) -> ast.Table:
        head = values[0] if isinstance(values[0], ast.Name) else None
        first = 1 if head is None else 2
        return ast.Table(head, _items(values[first : first + 2]), _around(values))

    def on_parts(self, values: Values) -> ast.Parts:
        return ast.Parts(values[0], _items(values[2:-1]), _around(values))

    def on_entry(self, values: Values) -> ast.Entry:
        start, keys = values[0]
        value = values[2]
        return ast.Entry(keys, value, Span(start, value.span.end))

    def on_keys(self, values: Values) -> tuple[int, tuple[ast.Key, ...]]:
        if len(values) == 1:
            return values[0].span.start, (values[0],)
        return _start(values[0]), _items(values[1:-1])

    def on_label_key(self, values: Values) -> ast.LabelKey:
        label = values[0]
        return ast.LabelKey(label, label.span)

    def on_any_key(self, values: Values) -> ast.AnyKey:
        return ast.AnyKey(_around(values))

    def on_bound_key(self, values: Values) -> ast.BoundKey:
        return ast.BoundKey(_sign(values[0]), values[1], _around(values))

    def on_interval_key(self, values: Values) -> ast.IntervalKey:
        return ast.IntervalKey(values[0], values[1], _around(values))

    def on_low(self, values: Values) -> ast.Label:
        return values[0]

    def on_from(self, values: Values) -> ast.Number:
        start, end = values[0].span(values[0].lastindex)
        return ast.Number(values[0].group(values[0].lastindex)[:-2], Span(start, end - 2))

    def on_negative_from(self, values: Values) -> ast.Number:
        number = self.on_from(values[1:])
        return ast.Number("-" + number.raw, Span(_start(values[0]), number.span.end))

    # --- expressions ----------------------------------------------------------

    def on_add(self, values: Values) -> ast.Binary:
        return self._binary("+", values)

    def on_sub(self, values: Values) -> ast.Binary:
        return self._binary("-", values)

    def on_mul(self, values: Values) -> ast.Binary:
        return self._binary("*", values)

    def on_div(self, values: Values) -> ast.Binary:
        return self._binary("/", values)

    def on_pow(self, values: Values) -> ast.Binary:
        return self._binary("**", values)

    def _binary(self, operator: ast.Operator, values: Values) -> ast.Binary:
        node = ast.Binary(operator, values[0], values[2], _around(values))
        self._go_deeper(node, (values[0], values[2]))
        return node

    def on_neg(self, values: Values) -> ast.Negation:
        node = ast.Negation(values[1], _around(values))
        self._go_deeper(node, (values[1],))
        return node

    def on_constant(self, values: Values) -> ast.Constant:
        number = self.on_number(values)
        return ast.Constant(number, number.span)

    def on_reference(self, values: Values) -> ast.Reference:
        return ast.Reference(values[0], values[0].span)

    def on_call(self, values: Values) -> ast.Call:
        node = ast.Call(values[0], _items(values[2:-1]), _around(values))
        # `max` of n arguments is n - 1 operations, each on the one before.
        self._go_deeper(node, node.arguments, max(1, len(node.arguments) - 1))
        return node

    def on_indicator(self, values: Values) -> ast.Indicator:
        return ast.Indicator(values[1], _sign(values[2]), values[3], _around(values))

    def on_atom(self, values: Values) -> ast.Expression:
        """An expression in round brackets, which its span takes in."""
        inner = values[1]
        node = replace(inner, span=_around(values))
        if id(inner) in self._depths:
            self._depths[id(node)] = self._depths.pop(id(inner))
        return node

    def _go_deeper(
        self, node: ast.Expression, below: tuple[ast.Expression, ...], levels: int = 1
    ) -> None:
        depths = self._depths
        depth = levels + max((depths.get(id(expression), 0) for expression in below), default=0)
        if depth > MAX_OPERATIONS:
            raise LimitReached(
                "TX005",
                f"more than {MAX_OPERATIONS} operations below each other",
                Span(node.span.end - 1, node.span.end),
                "group the terms of a long sum or product with round brackets",
            )
        depths[id(node)] = depth

    # --- words and signs ------------------------------------------------------

    def on_number(self, values: Values) -> ast.Number:
        match = values[0]
        start, end = match.span(match.lastindex)
        return ast.Number(intern(match.group(match.lastindex)), Span(start, end))

    def on_negative(self, values: Values) -> ast.Number:
        number = self.on_number(values[1:])
        return ast.Number("-" + number.raw, Span(_start(values[0]), number.span.end))

    def on_word(self, values: Values) -> ast.Name:
        match = values[0]
        start, end = match.span(match.lastindex)
        raw = match.group(match.lastindex)
        if raw[0] == "`":
            raw = raw[1:-1].replace("``", "`")
        return ast.Name(intern(raw), Span(start, end))


def _list(values: Values) -> Values:
    """One item more of a repetition; separators fall away."""
    if isinstance(values[0], list):
        values[0].append(values[-1])
        return values[0]
    return [values[-1]]


def _items(values: Values) -> tuple[Any, ...]:
    """The first item and, where it is there, the list of the further ones."""
    if len(values) == 2 and isinstance(values[1], list):
        return (values[0], *values[1])
    return (values[0],) if values else ()


def _domain_labels(values: Values) -> tuple[ast.Label, ...]:
    labels = _items(values[1:-1])
    if len(labels) > MAX_LABELS:
        raise LimitReached(
            "TX006",
            f"more than {MAX_LABELS:,} labels",
            labels[MAX_LABELS].span,
            f"a column may have {MAX_LABELS:,} labels",
        )
    return labels


def _start(match: re.Match[str]) -> int:
    return match.start(match.lastindex or 0)


def _place(value: Any) -> Span:
    if isinstance(value, re.Match):
        return Span(_start(value), value.end())
    return value.span


def _around(values: Values) -> Span:
    return Span(_place(values[0]).start, _place(values[-1]).end)


def _sign(match: re.Match[str]) -> Any:
    return match.group(match.lastindex or 0)


def _text(match: re.Match[str]) -> ast.Text:
    raw = _sign(match)[1:-1]
    if "\\" in raw:
        raw = _ESCAPE.sub(lambda escape: _ESCAPED.get(escape[1], escape[1]), raw)
    return ast.Text(raw, _place(match))
