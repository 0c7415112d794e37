"""Parents after the bar that make no difference (TW002)."""

from __future__ import annotations

from texrc.diagnostics import Diagnostics
from texrc.ir.distributions import Poison
from texrc.ir.network import Network, Node
from texrc.ir.patterns import Anything
from texrc.passes.tables import Table

MOST_ROWS = 1 << 12
"""In a longer table only the keys are looked at, not what the rows lead to."""


def unused_parents(network: Network, diagnostics: Diagnostics) -> None:
    """TW002 for each parent whose keys are all `_`, or each of whose values leads to the same."""
    for node in network.nodes or ():
        if not node.given or any(isinstance(row.distribution, Poison) for row in node.rows):
            continue
        idle = [
            all(isinstance(row.patterns[place], Anything) for row in node.rows)
            for place in range(len(node.given))
        ]
        if all(idle) and len(node.rows) > 1:
            continue  # the rows after the first cannot count: that is reported as TW001
        same: set[int] = set()
        if len(node.rows) <= MOST_ROWS:
            same = indifferent(node, Table.of(network, node))
        for place, parent in enumerate(node.given):
            if parent == node.column:
                continue  # That is a circle: TX201.
            if idle[place]:
                label = "no row tells its values apart"
            elif place in same:
                label = "each of its values leads to the same"
            else:
                continue
            name = network.columns[parent].name
            diagnostics.add(
                "TW002",
                f"`{network.columns[node.column].name}` names `{name}` after the bar, "
                "and no row makes use of it",
                node.given_spans[place] if node.given_spans else node.span,
                label,
                helps=[f"leave `{name}` out after the bar, and its key out of each row"],
            )


def indifferent(node: Node, table: Table) -> set[int]:
    """The places of parents with keys, each of whose values leads to the same distribution.

    Empty for tables too large to be written out, and for those with uncovered combinations or
    rows that cannot count.
    """
    index = table.index
    if index is None or len(set(index)) < table.row_count:
        return set()
    found: set[int] = set()
    for place, count, stride in zip(table.places, table.counts, table.strides, strict=True):
        for combination, row in enumerate(index):
            first = index[combination - combination // stride % count * stride]
            if row != first and node.rows[row].distribution != node.rows[first].distribution:
                break
        else:
            found.add(place)
    return found
