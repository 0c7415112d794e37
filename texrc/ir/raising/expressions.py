"""Arithmetic as it is written."""

from __future__ import annotations

from collections.abc import Sequence

from texrc.ir import expressions as ir
from texrc.ir.network import Column
from texrc.ir.raising.spelling import label, name, number
from texrc.syntax import ast
from texrc.syntax.limits import MAX_OPERATIONS


def raise_expression(
    expression: ir.Expression, columns: Sequence[Column], depth: int = 0
) -> ast.Expression:
    """The expression as a tree. Raises ValueError when it is too deep to be parsed again."""
    if depth > MAX_OPERATIONS:
        raise ValueError(
            f"an expression has more than {MAX_OPERATIONS} operations below each other"
        )
    match expression:
        case ir.Constant(value):
            written = ast.Constant(number(value.copy_abs()))
            return ast.Negation(written) if value < 0 else written
        case ir.ColumnValue(column):
            return ast.Reference(name(columns[column].name))
        case ir.Negate(operand):
            return ast.Negation(raise_expression(operand, columns, depth + 1))
        case ir.Binary(operator, left, right):
            return ast.Binary(
                operator,
                raise_expression(left, columns, depth + 1),
                raise_expression(right, columns, depth + 1),
            )
        case ir.Call(function, arguments):
            raised = tuple(raise_expression(item, columns, depth + 1) for item in arguments)
            return ast.Call(ast.Name(function), raised)
        case ir.CodeIndicator(column, comparison, code):
            declared = columns[column]
            return ast.Indicator(name(declared.name), comparison, label(declared.labels[code]))
        case ir.NumberIndicator(column, comparison, bound):
            return ast.Indicator(name(columns[column].name), comparison, number(bound))
