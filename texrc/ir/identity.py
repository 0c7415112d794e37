"""Digests of what a spec says: SHA-256, of meaning rather than of text.

Two networks have the same digest exactly when these are the same:

- context: the dataset's name, title and topic; every column in order with its
  name, type, range or labels in order, unit, target mark and description.
- model: for every modelled column, by name, the columns after its bar in order,
  its rows in order with their patterns, and what each row says, labels in their
  column's order. Columns and labels count by name here. That a file has no model
  is one more case of a model.
- spec: both of these.

Neither comments nor layout enter, nor the order of statements or of entries in a
row, nor how a number is spelled: 0.5 and 0.50 are one value, as are -1 and 1 with a
minus sign in front. Everything else does: `rest` is not the number it stands for.

What is hashed is a sequence of words, each as `length:bytes,` (a netstring) of
UTF-8, after a word for the kind of digest and its version; every list comes after
its length. It depends on no Python version, machine or hash seed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from texrc.ir import distributions as d
from texrc.ir import expressions as e
from texrc.ir import patterns as p
from texrc.ir.network import Column, Network, Node
from texrc.ir.rest import EXACT


def context_digest(network: Network) -> str:
    """Of the columns and what the dataset is, in hexadecimal."""
    digest = _Digest("texr context 1")
    digest.add(network.name, network.title, network.topic, str(len(network.columns)))
    for column in network.columns:
        digest.add(
            column.name,
            str(column.type),
            "" if column.low is None else _number(column.low),
            "" if column.high is None else _number(column.high),
            str(len(column.labels)),
            *column.labels,
            column.unit,
            "target" if column.target else "",
            column.description,
        )
    return digest.hexadecimal()


def model_digest(network: Network) -> str:
    """Of how the values come about, in hexadecimal. Raises ValueError for poisoned networks."""
    digest = _Digest("texr model 1")
    if network.nodes is None:
        digest.add("no model")
        return digest.hexadecimal()
    digest.add("model", str(len(network.nodes)))
    columns = network.columns
    for node in sorted(network.nodes, key=lambda node: columns[node.column].name):
        _add_node(digest, node, columns)
    return digest.hexadecimal()


def spec_digest(network: Network) -> str:
    """Of context and model together, in hexadecimal."""
    return digests(network).spec


class Digests(NamedTuple):
    """The three of a network, in hexadecimal."""

    spec: str
    context: str
    model: str


def digests(network: Network) -> Digests:
    """All three at the price of two."""
    context, model = context_digest(network), model_digest(network)
    digest = _Digest("texr spec 1")
    digest.add(context, model)
    return Digests(digest.hexadecimal(), context, model)


class _Digest:
    """SHA-256 over netstrings, fed a row at a time."""

    def __init__(self, kind: str) -> None:
        self._hash = hashlib.sha256()
        self.add(kind)

    def add(self, *words: str) -> None:
        self._hash.update(b"".join(map(_netstring, words)))

    def hexadecimal(self) -> str:
        return self._hash.hexdigest()


@lru_cache(maxsize=16384)
def _netstring(word: str) -> bytes:
    data = word.encode("utf-8", "surrogatepass")
    return b"%d:%s," % (len(data), data)


@lru_cache(maxsize=16384)
def _number(value: Decimal) -> str:
    """One spelling a value: no zeros at the end, an exponent where there were some."""
    return str(value.normalize(EXACT)) if value else "0"


def _add_node(digest: _Digest, node: Node, columns: Sequence[Column]) -> None:
    digest.add(columns[node.column].name, str(len(node.given)))
    parents = [columns[parent] for parent in node.given]
    digest.add(*(parent.name for parent in parents))
    digest.add(str(len(node.rows)))
    for row in node.rows:
        words: list[str] = []
        for pattern, parent in zip(row.patterns, parents, strict=True):
            words += _pattern(pattern, parent)
        words += _distribution(row.distribution, columns[node.column], columns)
        digest.add(*words)


def _pattern(pattern: p.Pattern, parent: Column) -> list[str]:
    match pattern:
        case p.Anything():
            return ["any"]
        case p.IsCode(code):
            return ["is_code", parent.labels[code]]
        case p.ComparesCode(comparison, code):
            return ["compares_code", comparison, parent.labels[code]]
        case p.BetweenCodes(low, high):
            return ["between_codes", parent.labels[low], parent.labels[high]]
        case p.IsQuarter(quarter):
            return ["quarter", str(quarter)]
        case p.IsNumber(number):
            return ["is_number", _number(number)]
        case p.ComparesNumber(comparison, number):
            return ["compares_number", comparison, _number(number)]
        case p.BetweenNumbers(low, high):
            return ["between_numbers", _number(low), _number(high)]
        case p.UnknownKey():
            raise ValueError("a network with errors has no digest")


def _distribution(
    distribution: d.Distribution, target: Column, columns: Sequence[Column]
) -> list[str]:
    def numbers(values: Iterable[Decimal | None]) -> list[str]:
        return ["rest" if value is None else _number(value) for value in values]

    def entries(values: Iterable[str]) -> list[str]:
        return [word for pair in zip(target.labels, values, strict=True) for word in pair]

    match distribution:
        case d.Categorical(values):
            return ["categorical", str(len(values)), *entries(numbers(values))]
        case d.Weights(values):
            return ["weights", str(len(values)), *entries(numbers(values))]
        case d.Uniform():
            return ["uniform"]
        case d.Softmax(scores):
            words = ["softmax", str(len(scores))]
            for label, score in zip(target.labels, scores, strict=True):
                words += [label, *_expression(score, columns)]
            return words
        case d.Logit(score):
            return ["logit", target.labels[1], *_expression(score, columns)]
        case d.Family(name, arguments):
            return ["family", name, *_expressions(arguments, columns)]
        case d.Quarters(values):
            return ["quarters", *numbers(values)]
        case d.Mixture(weights, components):
            words = ["mixture", str(len(weights)), *numbers(weights)]
            for component in components:
                words += _distribution(component, target, columns)
            return words
        case d.Definition(value):
            return ["definition", *_expression(value, columns)]
        case d.Poison():
            raise ValueError("a network with errors has no digest")


def _expressions(expressions: Sequence[e.Expression], columns: Sequence[Column]) -> list[str]:
    words = [str(len(expressions))]
    for expression in expressions:
        words += _expression(expression, columns)
    return words


def _expression(expression: e.Expression, columns: Sequence[Column]) -> list[str]:
    """Operators before their operands."""
    if type(expression) is e.Constant and expression.value >= 0:
        return ["constant", _number(expression.value)]  # most are
    words: list[str] = []
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        waiting += reversed(e.children(part))
        match part:
            case e.Constant(value):
                words += ["negate"] if value < 0 else []
                words += ["constant", _number(value.copy_abs())]
            case e.ColumnValue(column):
                words += ["column", columns[column].name]
            case e.Negate():
                words.append("negate")
            case e.Binary(operator):
                words += ["binary", operator]
            case e.Call(function, arguments):
                words += ["call", function, str(len(arguments))]
            case e.CodeIndicator(column, comparison, code):
                declared = columns[column]
                words += ["code_indicator", declared.name, comparison, declared.labels[code]]
            case e.NumberIndicator(column, comparison, number):
                words += ["number_indicator", columns[column].name, comparison, _number(number)]
    return words
