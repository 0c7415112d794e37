"""Rows that lead to the same although they tell their parents apart (TW006)."""

from __future__ import annotations

from itertools import combinations

from texrc.diagnostics import Diagnostics, Label
from texrc.diagnostics.first_few import FirstFew
from texrc.ir.distributions import Categorical, Distribution, Poison
from texrc.ir.network import ColumnType, Network, Node, Row
from texrc.passes.reachability import examine
from texrc.passes.tables import Table
from texrc.passes.unused_parents import indifferent
from texrc.passes.usefulness import Budget

MOST_ROWS = 12
"""A longer table was hardly written by hand, and repeats itself by nature."""

BUDGET = 20_000

UNORDERED = (ColumnType.CATEGORICAL, ColumnType.BOOLEAN)


def rows_alike(network: Network, diagnostics: Diagnostics) -> None:
    """TW006 for rows of one distribution that a single row with a wider key could replace."""
    found = FirstFew()
    for node in network.nodes or ():
        if node.given and 1 < len(node.rows) <= MOST_ROWS:
            for group in alike(network, node):
                _report(network, node, group, found)
    found.pour(diagnostics, "in this file")


def alike(network: Network, node: Node) -> list[list[int]]:
    """The rows of a table that could be one, in groups of two and more.

    Such rows have the same distribution and differ in the key of one parent, where they are
    neighbours if its values are ordered. Left out are rows that cannot count or have one
    certain label, as truth tables do, and parents whose every value leads to the same.
    """
    table = Table.of(network, node)
    idle = examine(table, Budget(BUDGET)).unreachable.keys() | table.unclear
    same = indifferent(node, table)
    group_of: dict[int, list[int]] = {}
    for first, second in combinations(range(table.row_count), 2):
        distribution = node.rows[first].distribution
        if (
            first in idle
            or second in idle
            or _is_certain(distribution)
            or distribution != node.rows[second].distribution
        ):
            continue
        differing = [k for k, runs in enumerate(table.runs) if runs[first] != runs[second]]
        if len(differing) != 1 or table.places[differing[0]] in same:
            continue
        if not _can_be_one(table, differing[0], first, second):
            continue
        merged = group_of.get(first, [first])
        for row in group_of.get(second, [second]):
            if row not in merged:
                merged.append(row)
        group_of.update(dict.fromkeys(merged, merged))
    return sorted({id(group): sorted(group) for group in group_of.values()}.values())


def _is_certain(distribution: Distribution) -> bool:
    """Whether it leaves nothing to chance, or is not known."""
    if isinstance(distribution, Categorical):
        return 1 in distribution.probabilities
    return isinstance(distribution, Poison)


def _can_be_one(table: Table, parent: int, first: int, second: int) -> bool:
    """Whether the rows' keys of the parent are neighbours, or its labels have no order."""
    if table.partitions[parent].column.type in UNORDERED:
        return True
    (start, stop), (other_start, other_stop) = (table.runs[parent][row] for row in (first, second))
    return start <= other_stop and other_start <= stop


def _report(network: Network, node: Node, group: list[int], found: Diagnostics) -> None:
    rows = [node.rows[row] for row in group]
    target = network.columns[node.column].name
    first = rows[0].keys_span or rows[0].span
    found.add(
        "TW006",
        f"{len(rows)} rows for `{target}` lead to the same distribution",
        rows[1].keys_span or rows[1].span,
        "the same as the row above" if group[1] == group[0] + 1 else "the same as another row",
        secondary=[Label(first, "this one")] if first is not None else [],
        helps=[_how_to_say_it_once(network, node, rows)],
    )


def _how_to_say_it_once(network: Network, node: Node, rows: list[Row]) -> str:
    keys = zip(node.given, rows[0].patterns, rows[1].patterns, strict=True)
    parent = next(network.columns[parent] for parent, first, second in keys if first != second)
    if parent.type in UNORDERED:
        return "if that is meant, say it once: the other rows first, then one with the key `_`"
    return "if that is meant, one row with a wider key says so: a bound, an interval or `_`"
