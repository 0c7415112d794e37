"""Labels that no drawn row ever has (TW005)."""

from __future__ import annotations

from decimal import Decimal

from texrc.diagnostics import Diagnostics
from texrc.diagnostics.first_few import FirstFew
from texrc.ir.distributions import Categorical, Weights
from texrc.ir.network import Network, Node
from texrc.ir.rest import with_rest
from texrc.passes.naming import listed
from texrc.passes.normalisation import adds_up
from texrc.passes.reachability import examine
from texrc.passes.tables import Table
from texrc.passes.usefulness import Budget

MOST_ROWS = 256
"""In longer tables rows that cannot count are not told from the others."""

BUDGET = 20_000


def labels_taken(network: Network, diagnostics: Diagnostics) -> None:
    """TW005 for the labels of a column whose probability is zero in every row that can count."""
    found = FirstFew()
    for node in network.nodes or ():
        column = network.columns[node.column]
        left = never_taken(network, node) if column.is_discrete else []
        if not left:
            continue
        labels = [column.labels[code] for code in left]
        found.add(
            "TW005",
            f"{listed(labels)} of `{column.name}` {'is' if len(left) == 1 else 'are'} never drawn",
            column.domain_span,
            f"the probability is 0{' in every row' if len(node.rows) > 1 else ''}",
            helps=["if that is meant, nothing is wrong: zero means never"],
        )
    found.pour(diagnostics, "in this file")


def never_taken(network: Network, node: Node) -> list[int]:
    """The codes with probability zero in every row that can count.

    Empty where a row's numbers do not add up: what is missing may be theirs.
    """
    left = list(range(len(network.columns[node.column].labels)))
    idle: set[int] = set()
    if 1 < len(node.rows) <= MOST_ROWS:
        idle = set(examine(Table.of(network, node), Budget(BUDGET)).unreachable)
    for index, row in enumerate(node.rows):
        if index in idle:
            continue
        numbers: tuple[Decimal, ...]
        match row.distribution:
            case Categorical(probabilities) if adds_up(probabilities):
                numbers = with_rest(probabilities)
            case Weights(weights) if any(weights):
                numbers = weights
            case _:
                return []
        left = [code for code in left if not numbers[code]]
        if not left:
            break
    return left
