"""The value of an expression over many rows at once.

``+ - * /``, ``sqrt``, ``abs`` and ``floor`` are NumPy's, exact by IEEE 754 on every machine;
what is not comes from the kernels, through whichever executor runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from texrc.ir.expressions import (
    Binary,
    Call,
    CodeIndicator,
    ColumnValue,
    Constant,
    Expression,
    Negate,
    NumberIndicator,
)
from texrc.kernels.arithmetic import clamp, indicator, larger, smaller

Number = np.float64 | npt.NDArray[np.float64]
"""A constant stays one number; what depends on a column is a float64 a row."""


class Functions(Protocol):
    """Elementary functions of float64, for numbers and arrays."""

    def exp(self, x: Number) -> Number: ...
    def log(self, x: Number) -> Number: ...
    def power(self, x: Number, y: Number) -> Number: ...


class Values(Protocol):
    """The columns of the rows in question."""

    def numbers(self, column: int) -> Number:
        """A numeric column as float64."""
        ...

    def codes(self, column: int) -> npt.NDArray[np.integer]:
        """A discrete column's codes."""
        ...


COMPARE: dict[str, Callable[..., npt.NDArray[np.bool_]]] = {
    "=": np.equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


def evaluate(expression: Expression, values: Values, functions: Functions) -> Number:
    """The float64 value: NaN where it has none (0/0, the log of a negative number)."""
    match expression:
        case Constant(value):
            return np.float64(value)
        case ColumnValue(column):
            return values.numbers(column)
        case CodeIndicator(column, sign, code):
            return indicator(COMPARE[sign](values.codes(column), code))
        case NumberIndicator(column, sign, number):
            return indicator(COMPARE[sign](values.numbers(column), np.float64(number)))
        case Negate(operand):
            return -evaluate(operand, values, functions)
        case Binary(operator, left, right):
            return _binary(
                operator,
                evaluate(left, values, functions),
                evaluate(right, values, functions),
                functions,
            )
        case Call(function, arguments):
            numbers = [evaluate(argument, values, functions) for argument in arguments]
            return _call(function, numbers, functions)


def _binary(operator: str, left: Number, right: Number, functions: Functions) -> Number:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case _:
            return functions.power(left, right)


def _call(function: str, numbers: list[Number], functions: Functions) -> Number:
    match function:
        case "exp":
            return functions.exp(numbers[0])
        case "log":
            return functions.log(numbers[0])
        case "sqrt":
            return np.sqrt(numbers[0])
        case "abs":
            return np.abs(numbers[0])
        case "floor":
            return np.floor(numbers[0])
        case "clamp":
            return clamp(*numbers)
        case _:
            pick = smaller if function == "min" else larger
            value = numbers[0]
            for number in numbers[1:]:
                value = pick(value, number)
            return value
