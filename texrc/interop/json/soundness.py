"""What the form alone does not say: numbers that name something, parts that fit each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from texrc.interop.json.text import Path
from texrc.ir import distributions as d
from texrc.ir import expressions as e
from texrc.ir import patterns as p
from texrc.ir.network import BOOLEAN_LABELS, Column, ColumnType, Network, Node
from texrc.ir.raising import spelling
from texrc.syntax.limits import MAX_COLUMNS, MAX_LABELS


class Fault(NamedTuple):
    """What is wrong with the value at a path."""

    path: Path
    message: str


def faults(network: Network) -> Iterator[Fault]:
    """Everything that would keep the network from meaning anything, in order."""
    yield from _spelled(("name",), network.name, "a name")
    yield from _text(("title",), network.title)
    yield from _text(("topic",), network.topic)
    if not 1 <= len(network.columns) <= MAX_COLUMNS:
        yield Fault(("columns",), f"a network has 1 to {MAX_COLUMNS:,} columns")
        return
    sound = True
    first: dict[str, int] = {}
    for index, column in enumerate(network.columns):
        path = ("columns", index)
        if first.setdefault(column.name, index) != index:
            sound = False
            yield Fault((*path, "name"), f"the name of columns[{first[column.name]}] again")
        for fault in _column(path, column):
            sound = False
            yield fault
    if sound and network.nodes is not None:
        yield from _nodes(network)


# --- columns -----------------------------------------------------------------


def _column(path: Path, column: Column) -> Iterator[Fault]:
    yield from _spelled((*path, "name"), column.name, "a name")
    yield from _text((*path, "description"), column.description)
    yield from _text((*path, "unit"), column.unit)
    if column.is_numeric:
        if column.low is None or column.high is None:
            yield Fault(path, f"the type `{column.type}` needs `low` and `high`")
        if column.labels:
            yield Fault((*path, "labels"), f"the type `{column.type}` has no labels")
        return
    if column.low is not None or column.high is not None:
        yield Fault(path, f"the type `{column.type}` has neither `low` nor `high`")
    if column.type is ColumnType.BOOLEAN and column.labels != BOOLEAN_LABELS:
        yield Fault((*path, "labels"), 'the labels of a boolean are ["no", "yes"]')
        return
    least = 2 if column.type is ColumnType.ORDINAL else 1
    if not least <= len(column.labels) <= MAX_LABELS:
        message = f"the type `{column.type}` has {least} to {MAX_LABELS:,} labels"
        yield Fault((*path, "labels") if column.labels else path, message)
        return
    first: dict[str, int] = {}
    for code, label in enumerate(column.labels):
        place = (*path, "labels", code)
        if first.setdefault(label, code) != code:
            yield Fault(place, f"the label of labels[{first[label]}] again")
        try:
            spelling.label(label)
        except ValueError as error:
            yield Fault(place, str(error))


def _spelled(path: Path, name: str, what: str) -> Iterator[Fault]:
    try:
        spelling.name(name)
    except ValueError as error:
        yield Fault(path, str(error))


def _text(path: Path, text: str) -> Iterator[Fault]:
    try:
        spelling.text(text)
    except ValueError as error:
        yield Fault(path, str(error))


# --- nodes -------------------------------------------------------------------


def _nodes(network: Network) -> Iterator[Fault]:
    nodes = network.nodes or ()
    if not nodes:
        yield Fault(("nodes",), "a model has nodes; without a model `nodes` is null")
    first: dict[int, int] = {}
    for index, node in enumerate(nodes):
        path = ("nodes", index)
        if node.column >= len(network.columns):
            yield Fault((*path, "column"), _no_column(node.column, network))
        elif first.setdefault(node.column, index) != index:
            yield Fault((*path, "column"), f"the column of nodes[{first[node.column]}] again")
        else:
            yield from _node(path, node, network)


def _node(path: Path, node: Node, network: Network) -> Iterator[Fault]:
    sound = True
    for place, parent in enumerate(node.given):
        if parent >= len(network.columns):
            sound = False
            yield Fault((*path, "given", place), _no_column(parent, network))
        elif node.given.index(parent) != place:
            sound = False
            yield Fault((*path, "given", place), "the same parent again")
    if not node.rows or (not node.given and len(node.rows) > 1):
        message = "one row is due without parents" if not node.given else "a table has rows"
        yield Fault((*path, "rows"), message)
    if not sound:
        return
    column = network.columns[node.column]
    for index, row in enumerate(node.rows):
        place = (*path, "rows", index)
        if len(row.patterns) != len(node.given):
            message = f"{len(node.given)} patterns are due, one for each parent of `given`"
            yield Fault((*place, "patterns"), message)
        else:
            for number, pattern in enumerate(row.patterns):
                parent = network.columns[node.given[number]]
                fault = _pattern_fault(pattern, parent)
                if fault:
                    yield Fault((*place, "patterns", number), fault)
        value = (*place, "distribution")
        if isinstance(row.distribution, d.Definition) and node.given:
            yield Fault(value, "a definition has no parents in `given`")
        yield from _distribution(value, row.distribution, column, network)


def _pattern_fault(pattern: p.Pattern, parent: Column) -> str:
    """What is wrong with a pattern for this parent, if anything."""
    match pattern:
        case p.Anything():
            return ""
        case p.IsCode() | p.ComparesCode() | p.BetweenCodes() if parent.is_numeric:
            return f"a pattern of labels, but `{parent.name}` is {parent.type}"
        case p.ComparesCode() | p.BetweenCodes() if parent.type is not ColumnType.ORDINAL:
            return f"a pattern of ordered levels, but `{parent.name}` is {parent.type}"
        case p.IsCode(code) | p.ComparesCode(_, code):
            return _code_fault(code, parent)
        case p.BetweenCodes(low, high):
            return "`low` is above `high`" if low > high else _code_fault(high, parent)
        case _ if parent.is_discrete:
            return f"a pattern of numbers, but `{parent.name}` is {parent.type}"
        case p.BetweenNumbers(low, high) if low > high:
            return "`low` is above `high`"
        case _:
            return ""


def _code_fault(code: int, column: Column) -> str:
    count = len(column.labels)
    return "" if code < count else f"`{column.name}` has {count} labels, numbered from 0"


# --- distributions -----------------------------------------------------------


def _distribution(
    path: Path, distribution: d.Distribution, column: Column, network: Network
) -> Iterator[Fault]:
    for_labels = isinstance(distribution, d.Categorical | d.Weights | d.Softmax | d.Logit)
    for_numbers = isinstance(distribution, d.Family | d.Quarters | d.Mixture)
    if (for_labels and column.is_numeric) or (for_numbers and column.is_discrete):
        yield Fault(path, f"no distribution for `{column.name}`, which is {column.type}")
        return
    labels = len(column.labels)
    match distribution:
        case d.Categorical(numbers):
            yield from _probabilities((*path, "probabilities"), numbers, labels)
        case d.Weights(numbers):
            yield from _probabilities((*path, "weights"), numbers, labels)
        case d.Quarters(numbers):
            yield from _probabilities((*path, "probabilities"), numbers, 4)
        case d.Softmax(scores):
            if len(scores) != labels:
                yield Fault((*path, "scores"), f"{labels} scores are due, one for each label")
            for place, score in enumerate(scores):
                yield from _expression((*path, "scores", place), score, network)
        case d.Logit(score):
            if labels != 2:
                yield Fault(path, f"a logit is for two labels, and `{column.name}` has {labels}")
            yield from _expression((*path, "score"), score, network)
        case d.Family():
            yield from _family(path, distribution, column, network)
        case d.Mixture(weights, components):
            if not components:
                yield Fault((*path, "components"), "a mixture has components")
            yield from _probabilities((*path, "weights"), weights, len(components))
            for place, component in enumerate(components):
                yield from _distribution((*path, "components", place), component, column, network)
        case d.Definition(value):
            if column.is_discrete and column.type is not ColumnType.BOOLEAN:
                yield Fault(path, f"a definition gives a number, and `{column.name}` has labels")
            yield from _expression((*path, "value"), value, network)
        case _:
            return


def _probabilities(path: Path, numbers: tuple, due: int) -> Iterator[Fault]:
    if len(numbers) != due:
        yield Fault(path, f"{due} numbers are due, not {len(numbers)}")
    if numbers.count(None) > 1:
        yield Fault(path, "only one can be null, for what is left")
    for place, number in enumerate(numbers):
        if number is not None and number < 0:
            yield Fault((*path, place), "it cannot be negative")


def _family(path: Path, family: d.Family, column: Column, network: Network) -> Iterator[Fault]:
    if family.name in d.COUNT_FAMILIES and column.type is not ColumnType.INTEGER:
        yield Fault(path, f"`{family.name}` counts, and `{column.name}` is {column.type}")
    parameters = d.FAMILIES[family.name]
    if len(family.arguments) != len(parameters):
        message = f"the arguments of `{family.name}` are {', '.join(parameters)}"
        yield Fault((*path, "arguments"), message)
    for place, argument in enumerate(family.arguments):
        yield from _expression((*path, "arguments", place), argument, network)


# --- expressions -------------------------------------------------------------


def _expression(path: Path, expression: e.Expression, network: Network) -> Iterator[Fault]:
    match expression:
        case e.Negate(operand):
            yield from _expression((*path, "operand"), operand, network)
        case e.Binary(_, left, right):
            yield from _expression((*path, "left"), left, network)
            yield from _expression((*path, "right"), right, network)
        case e.Call(function, arguments):
            least, most = e.FUNCTIONS[function]
            if len(arguments) < least or (most is not None and len(arguments) > most):
                due = f"{least}" if least == most else f"at least {least}"
                yield Fault((*path, "arguments"), f"`{function}` takes {due}")
            for place, argument in enumerate(arguments):
                yield from _expression((*path, "arguments", place), argument, network)
        case e.ColumnValue(column) | e.CodeIndicator(column) | e.NumberIndicator(column):
            if column >= len(network.columns):
                yield Fault((*path, "column"), _no_column(column, network))
            else:
                yield from _reads(path, expression, network.columns[column])
        case e.Constant():
            return


def _reads(
    path: Path, expression: e.ColumnValue | e.CodeIndicator | e.NumberIndicator, column: Column
) -> Iterator[Fault]:
    if isinstance(expression, e.CodeIndicator):
        if column.is_numeric:
            yield Fault(path, f"`{column.name}` is {column.type} and has no labels")
        elif fault := _code_fault(expression.code, column):
            yield Fault((*path, "code"), fault)
        elif expression.comparison != "=" and column.type is not ColumnType.ORDINAL:
            yield Fault((*path, "comparison"), f"the labels of `{column.name}` have no order")
    elif column.is_discrete:
        yield Fault(path, f"`{column.name}` is {column.type} and no number")


def _no_column(index: int, network: Network) -> str:
    count = len(network.columns)
    return f"there is no column {index}: there are {count}, numbered from 0"
