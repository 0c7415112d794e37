"""Nodes as statements, their rows as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from texrc.ir import distributions as ir
from texrc.ir import patterns
from texrc.ir.expressions import Expression
from texrc.ir.network import Column, Node
from texrc.ir.raising.expressions import raise_expression
from texrc.ir.raising.spelling import label, name, number
from texrc.syntax import ast

_REST = ast.Name("rest")


def raise_node(node: Node, columns: Sequence[Column]) -> ast.Statement:
    """`y ~ value`, `y = expression`, or `y | x ~ ...` with a row for each of the node's rows."""
    target = name(columns[node.column].name)
    if not node.given:
        if len(node.rows) != 1:
            raise ValueError(f"{target.text!r} has no parents after a bar, yet several rows")
        distribution = node.rows[0].distribution
        if isinstance(distribution, ir.Definition):
            return ast.Definition(target, raise_expression(distribution.value, columns))
        return ast.Marginal(target, _value(distribution, node.column, columns))
    if not node.rows:
        raise ValueError(f"{target.text!r} has parents after a bar, yet no rows")
    rows = tuple(
        ast.Entry(
            _keys(row.patterns, node.given, columns),
            _value(row.distribution, node.column, columns),
        )
        for row in node.rows
    )
    value: ast.Value = ast.Table(None, rows)
    if len(rows) == 1 and _matches_anything(node.rows[0].patterns):
        only = rows[0].value
        # `{a: 0.2}` after a bar would be read as a table of rows.
        if not (isinstance(only, ast.Table) and only.head is None):
            value = only
    return ast.Conditional(target, tuple(name(columns[x].name) for x in node.given), value)


def _matches_anything(row: tuple[patterns.Pattern, ...]) -> bool:
    return all(isinstance(pattern, patterns.Anything) for pattern in row)


def _keys(
    row: tuple[patterns.Pattern, ...], given: tuple[int, ...], columns: Sequence[Column]
) -> tuple[ast.Key, ...]:
    if _matches_anything(row):
        return (ast.AnyKey(),)
    return tuple(_key(pattern, columns[column]) for pattern, column in zip(row, given, strict=True))


def _key(pattern: patterns.Pattern, parent: Column) -> ast.Key:
    match pattern:
        case patterns.Anything():
            return ast.AnyKey()
        case patterns.IsCode(code):
            return _label_keys(parent.labels[code])[0]
        case patterns.ComparesCode(comparison, code):
            return ast.BoundKey(comparison, label(parent.labels[code]))
        case patterns.BetweenCodes(low, high):
            return ast.IntervalKey(label(parent.labels[low]), label(parent.labels[high]))
        case patterns.IsQuarter(quarter):
            return ast.LabelKey(ast.Name(f"q{quarter}"))
        case patterns.IsNumber(value):
            return ast.LabelKey(number(value))
        case patterns.ComparesNumber(comparison, value):
            return ast.BoundKey(comparison, number(value))
        case patterns.BetweenNumbers(low, high):
            return ast.IntervalKey(number(low), number(high))
        case patterns.UnknownKey():
            raise ValueError(f"a key for {parent.name!r} has an error")


def _value(distribution: ir.Distribution, column: int, columns: Sequence[Column]) -> ast.Value:
    def written(expressions: Iterable[Expression]) -> tuple[ast.Expression, ...]:
        return tuple(raise_expression(expression, columns) for expression in expressions)

    labels = columns[column].labels
    match distribution:
        case ir.Categorical(probabilities):
            return _table(None, labels, map(_probability, probabilities))
        case ir.Weights(weights):
            return _table("weights", labels, map(_probability, weights))
        case ir.Softmax(scores):
            return _table("softmax", labels, written(scores))
        case ir.Logit(score):
            return ast.Call(ast.Name("logit"), written((score,)))
        case ir.Uniform():
            return ast.Reference(ast.Name("uniform"))
        case ir.Family(family, arguments):
            return ast.Call(ast.Name(family), written(arguments))
        case ir.Quarters(probabilities):
            return ast.Parts(ast.Name("quarters"), tuple(map(_probability, probabilities)))
        case ir.Mixture(weights, components):
            parts = zip(weights, components, strict=True)
            return ast.Table(
                ast.Name("mix"),
                tuple(
                    ast.Entry(
                        (ast.LabelKey(_REST if weight is None else number(weight)),),
                        _value(component, column, columns),
                    )
                    for weight, component in parts
                ),
            )
        case ir.Definition():
            raise ValueError(f"the definition of {columns[column].name!r} cannot stand in a table")
        case ir.Poison():
            raise ValueError(f"the model of {columns[column].name!r} has errors")


def _probability(probability: Decimal | None) -> ast.Expression:
    return ast.Reference(_REST) if probability is None else _constant(str(probability))


# Tables are most of a large network, with the same numbers and labels over and over.
@lru_cache(maxsize=8192)
def _constant(spelled: str) -> ast.Constant:
    return ast.Constant(number(Decimal(spelled)))


@lru_cache(maxsize=8192)
def _label_keys(text: str) -> tuple[ast.Key, ...]:
    return (ast.LabelKey(label(text)),)


def _table(head: str | None, labels: Sequence[str], values: Iterable[ast.Expression]) -> ast.Table:
    entries = tuple(
        ast.Entry(_label_keys(text), value) for text, value in zip(labels, values, strict=True)
    )
    return ast.Table(ast.Name(head) if head else None, entries)
