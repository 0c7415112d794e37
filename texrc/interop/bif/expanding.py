"""A node as the full table that BIF needs: a row for every combination of its parents."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal

import numpy as np
import numpy.typing as npt

from texrc.ir.atoms import Partition
from texrc.ir.distributions import (
    Categorical,
    Definition,
    Distribution,
    Logit,
    Softmax,
    Uniform,
    Weights,
)
from texrc.ir.evaluation import Number, evaluate
from texrc.ir.expressions import Expression
from texrc.ir.network import Network, Node, Row
from texrc.ir.rest import EXACT, with_rest
from texrc.kernels import elementary

Codes = tuple[int, ...]
_QUOTIENT = Context(prec=17)
"""The digits that tell every double apart."""


def table_size(network: Network, node: Node) -> int:
    """How many probabilities the full table has."""
    labels = len(network.columns[node.column].labels)
    return labels * math.prod(len(network.columns[parent].labels) for parent in node.parents)


def full_table(network: Network, node: Node) -> Iterator[tuple[Codes, tuple[Decimal, ...]]]:
    """Each combination of the codes of ``node.parents``, with its probabilities.

    In the order of the rows that decide them; within a row the last parent runs
    fastest. Probabilities stay as written; `rest`, `weights` and `uniform` are
    worked out, to 17 digits where they do not end. What is computed (softmax,
    logit, definitions) has the float64 values that a sampler would use. All
    columns must be discrete and every combination covered.

    Raises ValueError where a computed value has no probability to give.
    """
    shape = tuple(len(network.columns[parent].labels) for parent in node.parents)
    owner = np.full(shape, -1, np.int32)
    for place in reversed(range(len(node.rows))):
        owner[np.ix_(*_matched(network, node, node.rows[place], shape))] = place
    for place, row in enumerate(node.rows):
        codes = np.argwhere(owner == place)
        if len(codes):
            probabilities = _probabilities(
                row.distribution, _Codes(node.parents, codes), network, node
            )
            yield from zip(map(tuple, codes.tolist()), probabilities, strict=False)


def _matched(network: Network, node: Node, row: Row, shape: tuple[int, ...]) -> list[list[int]]:
    """The codes of each parent that a row's patterns match."""
    matched = [
        list(Partition(network.columns[parent]).atoms(pattern))
        for parent, pattern in zip(node.given, row.patterns, strict=True)
    ]
    return matched + [list(range(size)) for size in shape[len(matched) :]]


@dataclass(frozen=True)
class _Codes:
    """The values that expressions are evaluated on: one combination an entry."""

    parents: tuple[int, ...]
    table: npt.NDArray[np.integer]

    def numbers(self, column: int) -> Number:
        raise AssertionError(f"column {column} is discrete")

    def codes(self, column: int) -> npt.NDArray[np.integer]:
        return self.table[:, self.parents.index(column)]


def _probabilities(
    distribution: Distribution, values: _Codes, network: Network, node: Node
) -> Iterator[tuple[Decimal, ...]]:
    match distribution:
        case Categorical(numbers):
            return itertools.repeat(with_rest(numbers))
        case Weights(weights):
            return itertools.repeat(_divided(weights))
        case Uniform():
            return itertools.repeat(
                _divided((Decimal(1),) * len(network.columns[node.column].labels))
            )
        case Softmax(scores):
            return _softmax([_each(score, values) for score in scores])
        case Logit(score):
            return _softmax([np.zeros(len(values.table)), _each(score, values)])
        case Definition(value):
            return _defined(_each(value, values))
        case _:
            raise AssertionError(f"{type(distribution).__name__} on a discrete column")


def _divided(weights: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    total = Decimal(0)
    for weight in weights:
        total = EXACT.add(total, weight)
    return tuple(_QUOTIENT.divide(weight, total) for weight in weights)


def _each(expression: Expression, values: _Codes) -> npt.NDArray[np.float64]:
    """The value for each combination, also where it is the same for all."""
    with np.errstate(all="ignore"):
        computed = evaluate(expression, values, elementary)
    return np.broadcast_to(np.asarray(computed, np.float64), (len(values.table),))


def _softmax(scores: list[npt.NDArray[np.float64]]) -> Iterator[tuple[Decimal, ...]]:
    table = np.stack(scores, axis=1)
    if not np.isfinite(table).all():
        raise ValueError("a score is not a finite number")
    powers = elementary.exp(table - table.max(axis=1, keepdims=True))
    for row in (powers / powers.sum(axis=1, keepdims=True)).tolist():
        yield tuple(map(_decimal, row))


def _defined(values: npt.NDArray[np.float64]) -> Iterator[tuple[Decimal, ...]]:
    zero, one = Decimal(0), Decimal(1)
    if not np.isin(values, (0.0, 1.0)).all():
        raise ValueError("a definition gives a value other than 0 (no) and 1 (yes)")
    for value in values.tolist():
        yield (zero, one) if value else (one, zero)


def _decimal(number: float) -> Decimal:
    """The shortest decimal that is read as this float64."""
    return Decimal(repr(number))
