"""Which layer a node is drawn in, and the way of each edge through the layers."""

from __future__ import annotations

import math
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field

Edge = tuple[int, int]
"""(parent, child)"""

_ROOM = 1.6
"""Nodes of a layer, as a multiple of the root of their number."""

MAX_BENDS = 60_000
"""Places where long edges pass a layer; beyond it they are drawn straight."""


@dataclass
class Layering:
    """Vertices in layers, top to bottom: nodes are 0 to n - 1, bends of long edges follow.

    ``ways`` has the vertices of each edge from its parent to its child, one a
    layer (only the two ends where an edge is drawn straight).
    """

    node_count: int
    layers: list[list[int]]
    ways: dict[Edge, tuple[int, ...]]
    above: list[list[int]] = field(default_factory=list)
    """The neighbours of each vertex in the layer above."""
    below: list[list[int]] = field(default_factory=list)

    def is_bend(self, vertex: int) -> bool:
        return vertex >= self.node_count


def layered(node_count: int, edges: Sequence[Edge]) -> Layering:
    """Each node below its parents, no farther than needed. The edges must make no circle."""
    depth = _depths(node_count, edges)
    layers: list[list[int]] = [[] for _ in range(max(depth, default=-1) + 1)]
    for node in range(node_count):
        layers[depth[node]].append(node)
    result = Layering(node_count, layers, {}, *_neighbours(node_count, edges, depth))
    bends = sum(depth[child] - depth[parent] - 1 for parent, child in edges)
    for parent, child in edges:
        way = [parent]
        if depth[child] - depth[parent] > 1 and bends <= MAX_BENDS:
            for layer in range(depth[parent] + 1, depth[child]):
                way.append(len(result.above))
                layers[layer].append(way[-1])
                result.above.append([])
                result.below.append([])
            for upper, lower in zip(way, [*way[1:], child], strict=True):
                result.below[upper].append(lower)
                result.above[lower].append(upper)
        result.ways[parent, child] = (*way, child)
    return result


def _neighbours(
    node_count: int, edges: Sequence[Edge], depth: list[int]
) -> tuple[list[list[int]], list[list[int]]]:
    above: list[list[int]] = [[] for _ in range(node_count)]
    below: list[list[int]] = [[] for _ in range(node_count)]
    for parent, child in edges:
        if depth[child] - depth[parent] == 1:
            below[parent].append(child)
            above[child].append(parent)
    return above, below


def _depths(node_count: int, edges: Sequence[Edge]) -> list[int]:
    """By the longest path from above; then nodes with more children than parents go down.

    No layer takes more than about the root of the number of nodes, so that the
    picture of a large network is no ribbon.
    """
    parents: list[list[int]] = [[] for _ in range(node_count)]
    children: list[list[int]] = [[] for _ in range(node_count)]
    for parent, child in edges:
        parents[child].append(parent)
        children[parent].append(child)
    depth = [0] * node_count
    room = max(8, math.ceil(_ROOM * math.sqrt(node_count)))
    filled: Counter[int] = Counter()
    waiting = [len(of_node) for of_node in parents]
    ready = deque(node for node in range(node_count) if waiting[node] == 0)
    order = []
    while ready:
        node = ready.popleft()
        order.append(node)
        while filled[depth[node]] >= room:
            depth[node] += 1
        filled[depth[node]] += 1
        for child in children[node]:
            depth[child] = max(depth[child], depth[node] + 1)
            waiting[child] -= 1
            if waiting[child] == 0:
                ready.append(child)
    for node in reversed(order):
        if len(children[node]) > len(parents[node]):
            lowest = min(depth[child] for child in children[node]) - 1
            while lowest > depth[node] and filled[lowest] >= room:
                lowest -= 1
            filled[depth[node]] -= 1
            filled[lowest] += 1
            depth[node] = lowest
    return depth
