"""Columns that depend on each other in a circle (TX201)."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

from texrc.diagnostics import Diagnostics, Label
from texrc.ir.distributions import expressions_of
from texrc.ir.expressions import CodeIndicator, ColumnValue, NumberIndicator, walk
from texrc.ir.network import Network, Node
from texrc.passes.naming import listed
from texrc.source import Span

MOST_STARTS = 64
"""The shortest circle is looked for from so many columns of a component."""

MOST_SHOWN = 8
"""Columns of a circle in the message, and places shown."""

Edges = Mapping[int, Sequence[int]]
"""The parents of each column that has a statement."""


def circles(network: Network, diagnostics: Diagnostics) -> None:
    """One TX201 for each set of columns that all depend on each other."""
    parents = {node.column: node.parents for node in network.nodes or ()}
    for component in components(parents):
        if len(component) > 1 or component[0] in parents[component[0]]:
            _report(network, component, shortest_circle(parents, component), diagnostics)


def components(parents: Edges) -> list[list[int]]:
    """The strongly connected components, in ascending order each (Tarjan 1972, in a loop)."""
    found: list[list[int]] = []
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    open_: list[int] = []
    is_open: set[int] = set()
    for root in parents:
        if root in number:
            continue
        path = [(root, iter(parents[root]))]
        number[root] = low[root] = len(number)
        open_.append(root)
        is_open.add(root)
        while path:
            column, left = path[-1]
            for parent in left:
                if parent not in parents:
                    continue
                if parent not in number:
                    number[parent] = low[parent] = len(number)
                    open_.append(parent)
                    is_open.add(parent)
                    path.append((parent, iter(parents[parent])))
                    break
                if parent in is_open:
                    low[column] = min(low[column], number[parent])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    low[above] = min(low[above], low[column])
                if low[column] == number[column]:
                    component = [open_.pop()]
                    while component[-1] != column:
                        component.append(open_.pop())
                    is_open.difference_update(component)
                    found.append(sorted(component))
    return sorted(found)


def shortest_circle(parents: Edges, component: Sequence[int]) -> list[int]:
    """A shortest circle, each column before one that depends on it, from its first column on.

    In a component of more than `MOST_STARTS` columns it is a shortest one through one of the
    first of them.
    """
    inside = set(component)
    best: list[int] = []
    for start in component[:MOST_STARTS]:
        found = _circle_through(start, parents, inside, len(best) or len(inside) + 1)
        if found and (not best or len(found) < len(best)):
            best = found
        if len(best) == 1:
            break
    first = best.index(min(best))
    return best[first:] + best[:first]


def _circle_through(start: int, parents: Edges, inside: set[int], below: int) -> list[int]:
    """A shortest circle through ``start`` of fewer than ``below`` columns, or nothing."""
    child: dict[int, int] = {}
    waiting = deque([(start, 1)])
    while waiting:
        column, length = waiting.popleft()
        if length >= below:
            return []
        for parent in parents[column]:
            if parent == start:
                circle = [column]
                while circle[-1] != start:
                    circle.append(child[circle[-1]])
                return [start, *circle[:-1]]
            if parent in inside and parent not in child:
                child[parent] = column
                waiting.append((parent, length + 1))
    return []


def _report(
    network: Network, component: list[int], circle: list[int], diagnostics: Diagnostics
) -> None:
    names = [network.columns[column].name for column in circle]
    shown = [f"`{name}`" for name in names[:MOST_SHOWN]]
    if len(names) > MOST_SHOWN:
        shown.append(f"... ({len(names) - MOST_SHOWN:,} more)")
    path = " -> ".join([*shown, shown[0]])
    if len(circle) == 1:
        message = f"`{names[0]}` depends on itself: {path}"
    else:
        message = f"these columns depend on each other in a circle: {path}"
    labels: list[Label] = []
    for place in range(len(circle)):
        parent, column = names[place], names[(place + 1) % len(names)]
        node = network.node_of[circle[(place + 1) % len(circle)]]
        span = _mention(node, circle[place])
        if span is not None and len(labels) < MOST_SHOWN:
            text = "itself" if parent == column else f"`{parent}`"
            labels.append(Label(span, f"`{column}` depends on {text} here"))
    notes = []
    if len(component) > len(circle):
        members = listed([network.columns[column].name for column in component])
        notes.append(f"{len(component):,} columns lie on circles with each other: {members}")
    diagnostics.add(
        "TX201",
        message,
        labels[0].span if labels else None,
        labels[0].message if labels else "",
        secondary=labels[1:],
        notes=notes,
        helps=["decide which of them comes first, or let a further column drive them"]
        if len(circle) > 1
        else ["a column is drawn once, from other columns; leave it out of its own statement"],
    )


def _mention(node: Node, parent: int) -> Span | None:
    """Where a node's statement names its parent."""
    for column, span in zip(node.given, node.given_spans, strict=False):
        if column == parent:
            return span
    for row in node.rows:
        for expression in expressions_of(row.distribution):
            for part in walk(expression):
                if (
                    isinstance(part, ColumnValue | CodeIndicator | NumberIndicator)
                    and part.column == parent
                    and part.span is not None
                ):
                    return part.span
    return node.span
