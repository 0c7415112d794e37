"""Small networks for the passes, written without text."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from texrc.ir.distributions import Categorical, Distribution
from texrc.ir.network import Column, ColumnType, Network, Node, Row
from texrc.ir.patterns import Pattern

COIN = Categorical((Decimal("0.5"), Decimal("0.5")))


def ordinal(name: str, size: int) -> Column:
    return Column(name, ColumnType.ORDINAL, labels=tuple(f"l{code}" for code in range(size)))


def boolean(name: str) -> Column:
    return Column(name, ColumnType.BOOLEAN, labels=("no", "yes"))


def table(
    parents: Sequence[Column],
    keys: Sequence[Sequence[Pattern]],
    distributions: Sequence[Distribution] = (),
) -> tuple[Network, Node]:
    """A boolean column `y` with a table over the parents, which have no nodes of their own."""
    chosen = list(distributions) or [COIN] * len(keys)
    rows = tuple(
        Row(tuple(patterns), distribution)
        for patterns, distribution in zip(keys, chosen, strict=True)
    )
    node = Node(len(parents), tuple(range(len(parents))), rows)
    return Network("test", "", "", (*parents, boolean("y")), (node,)), node
