"""Expressions as Python text over NumPy arrays: the same operations in the same order.

What reads no column is worked out here, by the functions that would do it there.
"""

from __future__ import annotations

import numpy as np

from texrc.codegen.leaves import NO_COLUMNS
from texrc.ir.evaluation import evaluate
from texrc.ir.expressions import (
    Binary,
    Call,
    CodeIndicator,
    ColumnValue,
    Constant,
    Expression,
    Negate,
    NumberIndicator,
    columns_of,
)
from texrc.kernels import elementary

SUM, PRODUCT, UNARY, ATOM = range(4)
"""How tightly a text holds together."""

FUNCTIONS = {
    "exp": "exp_of",
    "log": "log_of",
    "sqrt": "np.sqrt",
    "abs": "np.abs",
    "floor": "np.floor",
}
COMPARISONS = {"=": "==", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def number_literal(number: float) -> str:
    """A float64 as Python text."""
    return repr(float(number)) if np.isfinite(number) else f"float('{float(number)}')"


def expression_text(expression: Expression, rows: str) -> str:
    """The text of an expression; ``rows`` names the variable with the rows in question."""
    return _text(expression, f", {rows}" if rows != "None" else "")[0]


def _text(expression: Expression, rows: str) -> tuple[str, int]:
    if not columns_of(expression):
        with np.errstate(all="ignore"):
            value = float(evaluate(expression, NO_COLUMNS, elementary))
        return number_literal(value), UNARY if value < 0 or str(value)[0] == "-" else ATOM
    match expression:
        case ColumnValue(column):
            return f"block.numbers({column}{rows})", ATOM
        case CodeIndicator(column, sign, code):
            return f"one_if(block.codes({column}{rows}) {COMPARISONS[sign]} {code})", ATOM
        case NumberIndicator(column, sign, number):
            value = number_literal(float(number))
            return f"one_if(block.numbers({column}{rows}) {COMPARISONS[sign]} {value})", ATOM
        case Negate(operand):
            return f"-{_held(operand, UNARY, rows)}", UNARY
        case Binary("**", left, right):
            return f"power_of({_text(left, rows)[0]}, {_text(right, rows)[0]})", ATOM
        case Binary(operator, left, right):
            level = SUM if operator in "+-" else PRODUCT
            return f"{_held(left, level, rows)} {operator} {_held(right, level + 1, rows)}", level
        case Call(function, arguments):
            return _call_text(function, [_text(a, rows)[0] for a in arguments]), ATOM
        case Constant():
            raise AssertionError("a constant reads no column")


def _held(expression: Expression, level: int, rows: str) -> str:
    """The text, in brackets where it would fall apart."""
    text, own = _text(expression, rows)
    return text if own >= level else f"({text})"


def _call_text(function: str, arguments: list[str]) -> str:
    if function in FUNCTIONS:
        return f"{FUNCTIONS[function]}({arguments[0]})"
    if function == "clamp":
        return f"smaller_of(larger_of({arguments[0]}, {arguments[1]}), {arguments[2]})"
    pick = "smaller_of" if function == "min" else "larger_of"
    text = arguments[0]
    for argument in arguments[1:]:
        text = f"{pick}({text}, {argument})"
    return text
