"""The sampler's own arithmetic at one point: what a witness is verified with."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from texrc.ir.evaluation import evaluate
from texrc.ir.expressions import Expression, children
from texrc.ir.network import Network
from texrc.kernels import elementary


class PointValues:
    """Columns by number, codes as whole numbers; raises KeyError for a column not given."""

    def __init__(self, values: Mapping[int, float]) -> None:
        self._values = values

    def numbers(self, column: int) -> np.float64:
        return np.float64(self._values[column])

    def codes(self, column: int) -> np.ndarray:
        return np.asarray(int(self._values[column]))


def value(expression: Expression, values: Mapping[int, float]) -> float:
    """The float64 value, NaN where there is none."""
    with np.errstate(all="ignore"):
        return float(evaluate(expression, PointValues(values), elementary))


def with_definitions(
    network: Network, derived: list[int], values: Mapping[int, float]
) -> dict[int, float]:
    """The values with those of the derived columns, parents first, added."""
    known = dict(values)
    for column in derived:
        definition = network.node_of[column].rows[0].distribution
        known[column] = value(definition.value, known)  # pyright: ignore[reportAttributeAccessIssue] - a Definition
    return known


def operands(expression: Expression, values: Mapping[int, float]) -> list[float]:
    """The values of what an operation is applied to."""
    return [value(child, values) for child in children(expression)]
