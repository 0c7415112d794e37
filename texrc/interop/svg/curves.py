"""Edges as curves that keep off the boxes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from texrc.interop.svg.boxes import HEIGHT
from texrc.interop.svg.layers import Edge, Layering

GAP, _GAP_TO_BEND, _GAP_OF_BENDS = 26.0, 20.0, 8.0
BEND_WIDTH = 8.0
_STEEPEST = 0.75
"""How far an edge may move sideways, per unit down, where it passes between boxes."""

Point = tuple[float, float]


def gap(layering: Layering) -> Callable[[int, int], float]:
    """Between neighbours of a layer: more where a box is."""
    gaps = (GAP, _GAP_TO_BEND, _GAP_OF_BENDS)
    return lambda left, right: gaps[layering.is_bend(left) + layering.is_bend(right)]


def heights(layering: Layering, x: Sequence[float]) -> list[float]:
    """The y of each vertex's centre; wide jumps get more room below them."""
    y = [0.0] * len(x)
    level = HEIGHT / 2
    for layer in layering.layers:
        farthest = 0.0
        for vertex in layer:
            y[vertex] = level
            for other in layering.below[vertex]:
                farthest = max(farthest, abs(x[other] - x[vertex]))
        level += HEIGHT + min(120.0, 44.0 + 0.09 * farthest)
    return y


def curves(
    layering: Layering, x: Sequence[float], y: Sequence[float], widths: Sequence[float]
) -> Iterator[str]:
    """The path of each edge: upright where it leaves and arrives, smooth on its way."""
    leaving = _ports(layering, x, widths, outgoing=True)
    arriving = _ports(layering, x, widths, outgoing=False)
    for edge, way in layering.ways.items():
        start = (leaving[edge], y[way[0]] + HEIGHT / 2)
        end = (arriving[edge], y[way[-1]] - HEIGHT / 2 - 1.5)
        bends = [(x[vertex], y[vertex]) for vertex in way[1:-1]]
        parts = [f"M{n(start[0])},{n(start[1])}"]
        at, slope = start, 0.0
        for before, bend, after in zip([start, *bends], bends, [*bends[1:], end], strict=False):
            next_slope = _slope(before, bend, after)
            aside = next_slope * HEIGHT / 2
            top = (bend[0] - aside, bend[1] - HEIGHT / 2)
            parts.append(_bent(at, slope, top, next_slope))
            at, slope = (bend[0] + aside, bend[1] + HEIGHT / 2), next_slope
            parts.append(f"L{n(at[0])},{n(at[1])}")
        parts.append(_bent(at, slope, end, 0.0))
        yield " ".join(parts)


def _bent(start: Point, first: float, end: Point, last: float) -> str:
    """A curve that leaves and arrives with these slopes, dx/dy."""
    reach = (end[1] - start[1]) * 0.45
    return (
        f"C{n(start[0] + first * reach)},{n(start[1] + reach)} "
        f"{n(end[0] - last * reach)},{n(end[1] - reach)} {n(end[0])},{n(end[1])}"
    )


def _slope(before: Point, at: Point, after: Point) -> float:
    """dx/dy where an edge passes a layer: upright at a turn, never so flat as to reach a box."""
    left, right = at[0] - before[0], after[0] - at[0]
    if left * right <= 0:
        return 0.0
    gentler = min(abs(left / (at[1] - before[1])), abs(right / (after[1] - at[1])))
    return math.copysign(min(gentler, _STEEPEST), left)


def _ports(
    layering: Layering, x: Sequence[float], widths: Sequence[float], *, outgoing: bool
) -> dict[Edge, float]:
    """Where along its box each edge begins (or ends): side by side, ordered by the far ends."""
    by_node: dict[int, list[tuple[float, Edge]]] = {}
    for edge, way in layering.ways.items():
        towards = way[1] if outgoing else way[-2]
        by_node.setdefault(edge[0 if outgoing else 1], []).append((x[towards], edge))
    ports = {}
    for node, ends in by_node.items():
        ends.sort()
        step = min(14.0, (widths[node] - 28.0) / max(len(ends) - 1, 1))
        for place, (_, edge) in enumerate(ends):
            ports[edge] = x[node] + step * (place - (len(ends) - 1) / 2)
    return ports


def n(number: float) -> str:
    """A coordinate with one digit after the point, and none where it is 0."""
    return f"{number:.1f}".removesuffix(".0")
