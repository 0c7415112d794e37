"""The network as text, for people who look inside (`texrc compile --emit ir`).

Columns and labels stand with the number by which the network knows them, as in
`2:smoker` and `1:yes`; distributions and arithmetic are lists with their operator
first:

    node 3:bmi
      _ -> (normal (- (+ 27.5 (* 0.06 0:age)) (* 1.1 (= 1:sex 0:female))) 6)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from texrc.ir import distributions as d
from texrc.ir import expressions as e
from texrc.ir import patterns as p
from texrc.ir.network import Column, Network, Node
from texrc.syntax.names import quoted, quoted_label


def format_network(network: Network) -> str:
    """A line for each column and each row of a node, in the order of the spec."""
    return "\n".join(_lines(network)) + "\n"


def _lines(network: Network) -> Iterator[str]:
    columns = network.columns
    yield f"network {quoted(network.name)}"
    for number, column in enumerate(columns):
        yield f"column {_column(number, columns)} {_kind(column)}"
    if network.nodes is None:
        yield "no model"
    for node in network.nodes or ():
        yield f"node {_column(node.column, columns)}{_given(node, columns)}"
        for row in node.rows:
            patterns = [
                _pattern(pattern, columns[parent])
                for pattern, parent in zip(row.patterns, node.given, strict=True)
            ]
            keys = ", ".join(patterns) or "_"
            yield f"  {keys} -> {_distribution(row.distribution, columns)}"


def _column(number: int, columns: Sequence[Column]) -> str:
    return f"{number}:{quoted(columns[number].name)}"


def _code(code: int, column: Column) -> str:
    return f"{code}:{quoted_label(column.labels[code])}"


def _given(node: Node, columns: Sequence[Column]) -> str:
    if not node.given:
        return ""
    return " | " + ", ".join(_column(parent, columns) for parent in node.given)


def _kind(column: Column) -> str:
    words = [str(column.type)]
    if column.is_numeric:
        words.append(f"[{column.low}, {column.high}]")
    else:
        codes = range(len(column.labels))
        words.append("{" + ", ".join(_code(code, column) for code in codes) + "}")
    return " ".join(words + (["target"] if column.target else []))


def _pattern(pattern: p.Pattern, parent: Column) -> str:
    match pattern:
        case p.Anything():
            return "_"
        case p.IsCode(code):
            return _code(code, parent)
        case p.ComparesCode(comparison, code):
            return f"{comparison} {_code(code, parent)}"
        case p.BetweenCodes(low, high):
            return f"{_code(low, parent)}..{_code(high, parent)}"
        case p.IsQuarter(quarter):
            return f"q{quarter}"
        case p.IsNumber(number):
            return f"= {number}"
        case p.ComparesNumber(comparison, number):
            return f"{comparison} {number}"
        case p.BetweenNumbers(low, high):
            return f"{low}..{high}"
        case p.UnknownKey():
            return "unknown"


def _distribution(distribution: d.Distribution, columns: Sequence[Column]) -> str:
    def written(*expressions: e.Expression) -> Iterator[str]:
        return (_expression(expression, columns) for expression in expressions)

    match distribution:
        case d.Categorical(numbers) | d.Weights(numbers) | d.Quarters(numbers):
            return _list(distribution.kind, map(_number, numbers))
        case d.Softmax(scores):
            return _list("softmax", written(*scores))
        case d.Logit(score):
            return _list("logit", written(score))
        case d.Family(name, arguments):
            return _list(name, written(*arguments))
        case d.Mixture(weights, components):
            parts = zip(weights, components, strict=True)
            return _list(
                "mixture",
                (f"{_number(weight)} {_distribution(part, columns)}" for weight, part in parts),
            )
        case d.Definition(value):
            return _list("definition", written(value))
        case d.Uniform() | d.Poison():
            return _list(distribution.kind, ())


def _expression(expression: e.Expression, columns: Sequence[Column]) -> str:
    match expression:
        case e.Constant(value):
            return str(value)
        case e.ColumnValue(column):
            return _column(column, columns)
        case e.Negate(operand):
            return _list("-", (_expression(operand, columns),))
        case e.Binary(operator, left, right):
            return _list(operator, (_expression(left, columns), _expression(right, columns)))
        case e.Call(function, arguments):
            return _list(function, (_expression(argument, columns) for argument in arguments))
        case e.CodeIndicator(column, comparison, code):
            return _list(comparison, (_column(column, columns), _code(code, columns[column])))
        case e.NumberIndicator(column, comparison, number):
            return _list(comparison, (_column(column, columns), str(number)))


def _list(head: str, items: Iterable[str]) -> str:
    return f"({' '.join([head, *items])})"


def _number(number: Decimal | None) -> str:
    return "rest" if number is None else str(number)
