"""Statements: which column each one models, given which, row by row."""

from __future__ import annotations

from texrc.diagnostics import Applicability, Edit, Fix, Label
from texrc.ir.distributions import Definition, Distribution, Poison
from texrc.ir.lower.expressions import lower_expression
from texrc.ir.lower.keys import keys_span, lower_keys
from texrc.ir.lower.scope import Scope
from texrc.ir.lower.values import lower_value
from texrc.ir.network import ColumnType, Node, Row
from texrc.ir.patterns import Anything
from texrc.source import Span
from texrc.syntax import ast


def lower_model(model: ast.Model, scope: Scope) -> tuple[Node, ...]:
    nodes: dict[int, Node] = {}
    for statement in model.statements:
        column = scope.resolve(statement.target)
        node = _lower_statement(statement, -1 if column is None else column, scope)
        if column is None:
            continue
        if column in nodes:
            earlier = nodes[column].span
            scope.diagnostics.add(
                "TX203",
                f"`{statement.target.text}` is modelled twice",
                statement.target.span,
                "modelled again",
                secondary=[Label(earlier, "first modelled here")] if earlier else [],
                helps=["keep one of the two statements"],
            )
            continue
        nodes[column] = node
    return tuple(nodes.values())


def _lower_statement(statement: ast.Statement, column: int, scope: Scope) -> Node:
    match statement:
        case ast.Definition(_, expression):
            row = Row((), _lower_definition(expression, column, scope), expression.span)
            return _node(statement, column, (), (), (row,))
        case ast.Marginal(_, value):
            row = Row((), lower_value(value, column, scope), value.span)
            return _node(statement, column, (), (), (row,))
        case ast.Conditional(_, names, value):
            given, spans = _lower_given(names, scope)
            if len(given) < len(names):
                # The keys no longer line up with the parents: look at the values only.
                _lower_values_only(value, column, scope)
                row = Row((Anything(),) * len(given), Poison(value.span), value.span)
                return _node(statement, column, given, spans, (row,))
            return _node(statement, column, given, spans, _lower_rows(value, column, given, scope))


def _node(
    statement: ast.Statement,
    column: int,
    given: tuple[int, ...],
    spans: tuple[Span, ...],
    rows: tuple[Row, ...],
) -> Node:
    return Node(column, given, rows, statement.target.span, spans, statement.span)


def _lower_given(
    names: tuple[ast.Name, ...], scope: Scope
) -> tuple[tuple[int, ...], tuple[Span, ...]]:
    """The known parents after the bar, each once."""
    given: dict[int, Span] = {}
    for place, name in enumerate(names):
        column = scope.resolve(name)
        if column is None:
            continue
        if column in given:
            before = names[place - 1].span.end
            scope.diagnostics.add(
                "TX206",
                f"`{name.text}` stands twice after the bar",
                name.span,
                "again",
                secondary=[Label(given[column], "first here")],
                fix=Fix(
                    "remove it",
                    (Edit(Span(before, name.span.end), ""),),
                    Applicability.SUGGESTED,
                ),
            )
            continue
        given[column] = name.span
    return tuple(given), tuple(given.values())


def _lower_rows(
    value: ast.Value, column: int, given: tuple[int, ...], scope: Scope
) -> tuple[Row, ...]:
    anything = (Anything(),) * len(given)
    if not (isinstance(value, ast.Table) and value.head is None):
        return (Row(anything, lower_value(value, column, scope), value.span),)
    if _is_plain_distribution(value, column, scope):
        parents = ", ".join(scope.columns[parent].name for parent in given)
        scope.diagnostics.add(
            "TX112",
            f"a row of this table starts with a key for {parents}",
            value.span,
            f"probabilities of `{scope.columns[column].name}`, not rows",
            helps=[
                "if they hold for every row, write `{ _: {...} }`",
                "if there is nothing to tell apart, leave the bar and its columns out",
            ],
        )
        return (Row(anything, Poison(value.span), value.span),)
    rows = []
    for entry in value.entries:
        patterns = lower_keys(entry.keys, given, scope)
        distribution = lower_value(entry.value, column, scope)
        if patterns is None:
            # Matching anything, the row hides what its keys would have covered.
            patterns, distribution = anything, Poison(entry.span)
        rows.append(Row(patterns, distribution, entry.span, keys_span(entry.keys)))
    return tuple(rows)


def _is_plain_distribution(table: ast.Table, column: int, scope: Scope) -> bool:
    """`y | x ~ {a: 0.2, b: 0.8}`: labels of y with numbers, where rows of x are due."""
    if column < 0 or not scope.columns[column].is_discrete:
        return False
    return all(
        isinstance(entry.value, ast.Constant)
        or (isinstance(entry.value, ast.Reference) and entry.value.name.text == "rest")
        for entry in table.entries
    )


def _lower_values_only(value: ast.Value, column: int, scope: Scope) -> None:
    """Look into a table whose parents are unknown, for what is wrong with its values."""
    if isinstance(value, ast.Table) and value.head is None:
        if not _is_plain_distribution(value, column, scope):
            for entry in value.entries:
                lower_value(entry.value, column, scope)
    else:
        lower_value(value, column, scope)


def _lower_definition(expression: ast.Expression, column: int, scope: Scope) -> Distribution:
    lowered = lower_expression(expression, scope)
    if lowered is None or column < 0:
        return Poison(expression.span)
    declared = scope.columns[column]
    if declared.is_discrete and declared.type is not ColumnType.BOOLEAN:
        if column not in scope.poisoned:
            scope.diagnostics.add(
                "TX109",
                f"`{declared.name}` is {declared.type}, and an expression gives a number",
                expression.span,
                "a number",
                secondary=scope.declared_here(column),
                helps=["let numbers drive labels with `~ softmax {label: score, ...}`"],
            )
        return Poison(expression.span)
    return Definition(lowered, expression.span)
