"""Statements: which column each one models, given which, row by row."""

from __future__ import annotations

from dataclasses import replace

from texrc.diagnostics import Applicability, Edit, Fix, Label
from texrc.diagnostics.suggest import did_you_mean
from texrc.ir.distributions import FAMILIES, Definition, Distribution, Poison
from texrc.ir.lower.expressions import lower_expression, lower_expressions
from texrc.ir.lower.keys import keys_span, lower_keys
from texrc.ir.lower.scope import MOST_SUGGESTIONS, Scope
from texrc.ir.lower.values import lower_value
from texrc.ir.network import ColumnType, Node, Row
from texrc.ir.patterns import Anything, Pattern, UnknownKey
from texrc.source import Span
from texrc.syntax import ast
from texrc.syntax.names import quoted

Parents = list[tuple[int | None, ast.Name]]
"""The names after the bar, each once, with their columns; None for unknown ones."""


def lower_model(model: ast.Model, scope: Scope) -> tuple[Node, ...]:
    """The nodes in the order of their statements, the first of a column only."""
    nodes: dict[int, Node] = {}
    unknown: list[ast.Name] = []
    for statement in model.statements:
        target = statement.target
        column = scope.index.get(target.text)
        if column is None:
            unknown.append(target)
            _lower_statement(statement, -1, scope)
            continue
        node = _lower_statement(statement, column, scope)
        if column in nodes:
            earlier = nodes[column].span
            scope.diagnostics.add(
                "TX203",
                f"`{target.text}` is modelled twice",
                target.span,
                "modelled again",
                secondary=[Label(earlier, "first modelled here")] if earlier else [],
                helps=["keep one of the two statements"],
            )
            continue
        nodes[column] = node
    _report_targets(unknown, nodes, scope)
    return tuple(nodes.values())


def _report_targets(unknown: list[ast.Name], nodes: dict[int, Node], scope: Scope) -> None:
    """TX101 for statements about no column.

    Each may be meant for a column without a statement, which then is not reported as well: the
    one with the nearest name, or any if there are no more such columns than statements.
    """
    free = {c.name: index for index, c in enumerate(scope.columns) if index not in nodes}
    left = 0
    for count, target in enumerate(unknown):
        near = did_you_mean(target.text, free) if count < MOST_SUGGESTIONS else None
        scope.report_unknown(target, near or scope.suggestion(-1, target.text))
        if near is None:
            left += 1
        else:
            column = free.pop(near)
            nodes[column] = _unknown_node(column, target.span)
    if len(free) <= left:
        for column in free.values():
            nodes[column] = _unknown_node(column, None)


def _unknown_node(column: int, span: Span | None) -> Node:
    return Node(column, (), (Row((), Poison(span)),), span)


def _lower_statement(statement: ast.Statement, column: int, scope: Scope) -> Node:
    """The node; ``column`` is -1 where the statement is about no column."""
    name, span = statement.target.span, statement.span
    match statement:
        case ast.Definition(_, expression):
            row = Row((), _lower_definition(statement, column, scope), expression.span)
            return Node(column, (), (row,), name, (), span)
        case ast.Marginal(_, value):
            row = Row((), lower_value(value, column, scope), value.span)
            return Node(column, (), (row,), name, (), span)
        case ast.Conditional(_, names, value):
            parents = _lower_given(names, scope, keyed=_repeats_keys(value, len(names)))
            rows = _lower_rows(value, column, names, parents, scope)
            known = [(parent, name.span) for parent, name in parents if parent is not None]
            if len(known) < len(parents):
                # An unknown parent's key narrows its row, nobody knows how much.
                unclear = (UnknownKey(),) * len(known)
                rows = [replace(row, patterns=unclear) for row in rows]
            given, spans = tuple(zip(*known, strict=True)) or ((), ())
            return Node(column, given, tuple(rows), name, spans, span)


def _repeats_keys(value: ast.Value, count: int) -> bool:
    """Whether a row of a table has as many keys as there are names after the bar."""
    entries = value.entries if isinstance(value, ast.Table) and value.head is None else ()
    return any(len(entry.keys) == count for entry in entries)


def _lower_given(names: tuple[ast.Name, ...], scope: Scope, *, keyed: bool) -> Parents:
    """The columns after the bar; TX206 for one that is there again.

    ``keyed`` says that its rows have a key for it too, which would have to go with it.
    """
    first: dict[int, Span] = {}
    parents: list[tuple[int | None, ast.Name]] = []
    for place, name in enumerate(names):
        column = scope.resolve(name)
        if column is None or column not in first:
            parents.append((column, name))
            if column is not None:
                first[column] = name.span
            continue
        before = names[place - 1].span.end
        scope.diagnostics.add(
            "TX206",
            f"`{name.text}` stands twice after the bar",
            name.span,
            "again",
            secondary=[Label(first[column], "first here")],
            helps=["each column has one place after the bar, and one key in each row"],
            fix=None
            if keyed
            else Fix(
                "remove it",
                (Edit(Span(before, name.span.end), ""),),
                Applicability.SUGGESTED,
            ),
        )
    return parents


def _lower_rows(
    value: ast.Value,
    column: int,
    names: tuple[ast.Name, ...],
    parents: Parents,
    scope: Scope,
) -> list[Row]:
    """The rows, with a pattern for each of the parents."""
    anything = (Anything(),) * len(parents)
    if not (isinstance(value, ast.Table) and value.head is None):
        return [Row(anything, lower_value(value, column, scope), value.span)]
    if _is_plain_distribution(value, column, scope):
        if column >= 0:
            keys = ", ".join(f"`{name.text}`" for name in names)
            scope.diagnostics.add(
                "TX112",
                f"a row of this table starts with a key for {keys}",
                value.span,
                f"probabilities of `{scope.columns[column].name}`, not rows",
                helps=[
                    "if they hold for every row, write `{ _: {...} }`",
                    "if there is nothing to tell apart, leave the bar and its columns out",
                ],
            )
        return [Row((UnknownKey(),) * len(parents), Poison(value.span), value.span)]
    return [
        Row(
            _lower_keys(entry.keys, names, parents, scope),
            lower_value(entry.value, column, scope),
            entry.span,
            keys_span(entry.keys),
        )
        for entry in value.entries
    ]


def _lower_keys(
    keys: tuple[ast.Key, ...], names: tuple[ast.Name, ...], parents: Parents, scope: Scope
) -> tuple[Pattern, ...]:
    """A pattern for each of the parents, whether or not a row has keys for repeated ones."""
    if len(keys) == len(names) > len(parents):
        every = [(scope.index.get(name.text), name) for name in names]
        lower_keys(keys, every, scope)
        return (UnknownKey(),) * len(parents)
    return lower_keys(keys, parents, scope)


def _is_plain_distribution(table: ast.Table, column: int, scope: Scope) -> bool:
    """`y | x ~ {a: 0.2, b: 0.8}`: labels of y with numbers, where rows of x are due."""
    if column >= 0 and not scope.columns[column].is_discrete:
        return False
    return all(
        isinstance(entry.value, ast.Constant)
        or (isinstance(entry.value, ast.Reference) and entry.value.name.text == "rest")
        for entry in table.entries
    )


def _lower_definition(statement: ast.Definition, column: int, scope: Scope) -> Distribution:
    expression = statement.expression
    before = len(scope.read)
    if isinstance(expression, ast.Call) and expression.function.text in FAMILIES:
        return _report_draw(statement, expression, scope)
    lowered = lower_expression(expression, scope)
    if lowered is not None and column >= 0 and column not in scope.poisoned:
        declared = scope.columns[column]
        if declared.is_numeric or declared.type is ColumnType.BOOLEAN:
            return Definition(lowered, expression.span)
        scope.diagnostics.add(
            "TX109",
            f"`{declared.name}` is {declared.type}, and an expression gives a number",
            expression.span,
            "a number",
            secondary=scope.declared_here(column),
            helps=["let numbers drive labels with `~ softmax {label: score, ...}`"],
        )
    return Poison(expression.span, scope.read_since(before))


def _report_draw(statement: ast.Definition, draw: ast.Call, scope: Scope) -> Poison:
    """TX109: `y = normal(0, 1)`."""
    before = len(scope.read)
    lower_expressions(draw.arguments, scope)
    name = statement.target
    scope.diagnostics.add(
        "TX109",
        f"`=` computes a column, and `{draw.function.text}` is a distribution to draw it from",
        draw.function.span,
        "a distribution, not a number",
        fix=Fix(
            f"a draw is written with `~`: `{quoted(name.text)} ~ {draw.function.text}(...)`",
            (Edit(Span(name.span.end, draw.span.start), " ~ "),),
            Applicability.SUGGESTED,
        ),
    )
    return Poison(draw.span, scope.read_since(before))
