"""The ends that a column's own distribution sets, within its declared range.

``returned ~ binomial(pieces, 0.1)`` never exceeds ``pieces``, so that ``returned/pieces``
is at most 1, whatever the declared ranges of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from texrc.ir.distributions import (
    Categorical,
    Definition,
    Distribution,
    Family,
    Mixture,
    Weights,
)
from texrc.ir.expressions import Constant, Expression, Negate, columns_of
from texrc.ir.network import ColumnType, Network, Node
from texrc.passes.reach import Reach

MOST_ROWS = 64
"""Columns with longer tables are taken to have all values of their range."""

ZERO, ONE = Constant(Decimal(0)), Constant(Decimal(1))


@dataclass(frozen=True, slots=True)
class Bounds:
    """The ends of one part of a table row; None is no end but the range's."""

    row: int
    low: Expression | None
    high: Expression | None


def definition_of(network: Network, column: int) -> Definition | None:
    """What a column is defined by, None for one that is drawn."""
    node = network.node_of.get(column)
    distribution = node.rows[0].distribution if node is not None and node.rows else None
    return distribution if isinstance(distribution, Definition) else None


def bounds_of(network: Network, column: int) -> tuple[Bounds, ...]:
    """The ends of each part of a numeric column's rows; empty where there are none at all."""
    node = network.node_of.get(column)
    if node is None or network.columns[column].is_discrete or len(node.rows) > MOST_ROWS:
        return ()
    bounds = tuple(
        Bounds(number, *_ends(part))
        for number, row in enumerate(node.rows)
        for part in _parts(row.distribution)
    )
    return bounds if any(part.low or part.high for part in bounds) else ()


def margin(network: Network, column: int) -> float:
    """How far beyond a bound a value may lie: an integer stands for half a unit on both sides."""
    return 0.5 if network.columns[column].type is ColumnType.INTEGER else 0.0


def constant(expression: Expression | None) -> float | None:
    """The number that an end is written as."""
    match expression:
        case Constant(value):
            return float(value)
        case Negate(Constant(value)):
            return -float(value)
        case _:
            return None


def bound_columns(bounds: tuple[Bounds, ...]) -> list[int]:
    """The columns that the ends depend on."""
    seen: dict[int, None] = {}
    for part in bounds:
        for end in (part.low, part.high):
            if end is not None:
                seen.update(dict.fromkeys(columns_of(end)))
    return list(seen)


def can_be(
    network: Network,
    column: int,
    values: Mapping[int, float],
    value_of: Callable[[Expression, Mapping[int, float]], float],
) -> bool:
    """Whether a column's distribution can give its value in ``values``, beside the others there."""
    node = network.node_of.get(column)
    if node is None or len(node.rows) > MOST_ROWS:
        return True
    reach = Reach(network, node)
    return any(
        reach.is_first(number, values) and _gives(network, node, number, part, values, value_of)
        for number, row in enumerate(node.rows)
        for part in _parts(row.distribution)
    )


def _gives(
    network: Network,
    node: Node,
    row: int,
    part: Distribution,
    values: Mapping[int, float],
    value_of: Callable[[Expression, Mapping[int, float]], float],
) -> bool:
    value = values[node.column]
    match part:
        case Categorical(numbers) | Weights(numbers):
            return numbers[int(value)] is None or numbers[int(value)] > 0  # pyright: ignore[reportOptionalOperand]
        case Family():
            extra = margin(network, node.column)
            low, high = _ends(part)
            known = [end for end in (low, high) if end is None or _is_known(end, values)]
            if len(known) < 2:
                return True
            return (low is None or value_of(low, values) - extra <= value) and (
                high is None or value <= value_of(high, values) + extra
            )
        case _:
            return True


def _is_known(end: Expression, values: Mapping[int, float]) -> bool:
    return all(column in values for column in columns_of(end))


def _parts(distribution: Distribution) -> Iterator[Distribution]:
    if isinstance(distribution, Mixture):
        yield from distribution.components
    else:
        yield distribution


def _ends(part: Distribution) -> tuple[Expression | None, Expression | None]:
    match part:
        case Family("uniform", (low, high)) | Family("triangular", (low, _, high)):
            return low, high
        case Family("binomial", (trials, _)):
            return ZERO, trials
        case Family("beta"):
            return ZERO, ONE
        case Family("gamma" | "lognormal" | "exponential" | "poisson" | "negative_binomial"):
            return ZERO, None
        case _:
            return None, None
