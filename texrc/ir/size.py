"""How large a model is."""

from __future__ import annotations

from texrc.ir.distributions import (
    Categorical,
    Distribution,
    Mixture,
    Quarters,
    Weights,
    expressions_of,
)
from texrc.ir.expressions import Constant, NumberIndicator, walk
from texrc.ir.network import Network


def parameter_count(network: Network) -> int:
    """The free numbers of the model: k - 1 for k probabilities, each constant of an expression.

    For a discrete network with full tables this is the usual count,
    the sum over nodes of (states - 1) times (parent configurations).
    """
    return sum(_parameters(row.distribution) for node in network.nodes or () for row in node.rows)


def _parameters(distribution: Distribution) -> int:
    match distribution:
        case Categorical(numbers) | Weights(numbers) | Quarters(numbers):
            return len(numbers) - 1
        case Mixture(weights, components):
            return len(weights) - 1 + sum(_parameters(component) for component in components)
        case _:
            return sum(
                isinstance(part, Constant | NumberIndicator)
                for expression in expressions_of(distribution)
                for part in walk(expression)
            )
