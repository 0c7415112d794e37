"""From a checked network to a plan. Costs milliseconds; compiles nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from texrc.codegen.leaves import choice, leaves
from texrc.codegen.matching import DenseIndex, Matcher, TooLarge, matcher
from texrc.codegen.plan_text import format_plan
from texrc.codegen.selection import Selection
from texrc.codegen.steps import Choice, Layout, Plan, Step, Tabulated
from texrc.codegen.tabulation import MOST_ENTRIES, tabulated
from texrc.codegen.thresholds import code_type
from texrc.diagnostics import Diagnostics, TexrError
from texrc.ir.atoms import ends
from texrc.ir.distributions import Distribution, Poison
from texrc.ir.network import Column, ColumnType, Network, Node

__all__ = ["Plan", "format_plan", "layout", "plan"]

LARGEST_TABLE = 1 << 29
"""Bytes of probabilities for one column."""
SPREAD = 1024
"""A dense index over up to so many combinations carries the probabilities themselves."""


def plan(network: Network) -> Plan:
    """The plan of a network that passed every check.

    Raises `TexrError`: TX504 for a network without a model, TX505 where a
    column's tables would not fit in memory.
    """
    if network.nodes is None:
        bag = Diagnostics()
        bag.add(
            "TX504",
            f"`{network.name}` has no model, so there is nothing to sample",
            helps=["add `model { ... }` with a statement for each column"],
        )
        raise TexrError(bag)
    layouts = tuple(layout(column) for column in network.columns)
    steps = tuple(_step(network, node, layouts) for node in network.in_topological_order())
    return Plan(network, layouts, steps)


def layout(column: Column) -> Layout:
    """How the column's buffer looks.

    Integers take the narrowest Arrow integer that holds the declared range, a
    signed one where signed and unsigned are equally narrow.
    """
    if column.is_discrete:
        states = len(column.labels)
        return Layout(code_type(states), states=states)
    low, high = ends(column)
    if column.type is ColumnType.CONTINUOUS:
        return Layout(np.dtype(np.float64), low=low, high=high)
    for bits in (8, 16, 32, 64):
        for kind in (f"int{bits}", f"uint{bits}"):
            limits = np.iinfo(kind)
            if limits.min <= low and high <= limits.max:
                return Layout(np.dtype(kind), low=low, high=high, whole=True)
    raise ValueError(f"{low} to {high} is beyond 64 bits")


def _step(network: Network, node: Node, layouts: Sequence[Layout]) -> Step:
    column = network.columns[node.column]
    distributions = [row.distribution for row in node.rows]
    if any(isinstance(distribution, Poison) for distribution in distributions):
        raise ValueError("the network has errors")
    try:
        found = matcher(network, node)
        if found is None:
            distributions = distributions[:1]
        if column.is_discrete:
            return _discrete_step(node.column, found, distributions, len(column.labels))
        listed = tabulated(network, layouts, node.column, found, distributions)
        if listed is None:
            return Step(node.column, found, leaves(distributions, column, layouts[node.column]))
        found, table = listed
        found, selection = _spread(found, table.selection, MOST_ENTRIES // table.selection.states)
        return Step(node.column, found, Tabulated(selection, table.first))
    except TooLarge as reason:
        bag = Diagnostics()
        bag.add(
            "TX505",
            f"the tables of `{column.name}` are too large: {reason}",
            node.span,
            helps=["let rows stand for more: `_`, intervals, one last `_` row"],
        )
        raise TexrError(bag) from None


def _discrete_step(
    column: int, found: Matcher | None, distributions: list[Distribution], states: int
) -> Step:
    size = len(distributions) * states * 8
    if size > LARGEST_TABLE:
        raise TooLarge(
            f"{len(distributions):,} rows of {states:,} labels need {size / 2**20:,.0f} MiB, "
            f"more than {LARGEST_TABLE >> 20:,} MiB"
        )
    drawn = choice(distributions, states)
    if drawn.selection is not None and not drawn.scored:
        most = max(SPREAD, 2 * len(distributions))
        found, selection = _spread(found, drawn.selection, most)
        drawn = Choice(selection)
    return Step(column, found, drawn)


def _spread(
    found: Matcher | None, selection: Selection, most: int
) -> tuple[Matcher | None, Selection]:
    """A dense index over at most so many combinations, with a selection for each of them."""
    if isinstance(found, DenseIndex) and found.rows is not None and found.combinations <= most:
        selection = selection.at(found.rows)
        found = DenseIndex(found.parents, found.strides, found.combinations, None)
    return found, selection
