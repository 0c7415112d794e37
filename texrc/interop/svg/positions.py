"""Where vertices stand within their layers: near their neighbours, never too close."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from texrc.interop.svg.layers import Layering

Gap = Callable[[int, int], float]
"""The least space between two neighbours of a layer."""

_ROUNDS = 80
_ROUNDS_OF_LARGE = 12
_SMALL = 2000


def horizontal(layering: Layering, widths: Sequence[float], gap: Gap) -> list[float]:
    """The x of each vertex's centre, so that the leftmost begins at 0.

    Minimises the sum of w (x - x')^2 over the edges between layers, in turns a
    layer at a time; long edges weigh more, so that they come out straight.
    Within a layer that is an isotonic regression.
    """
    x = [0.0] * len(widths)
    for layer in layering.layers:
        offset = 0.0
        for vertex in layer:
            x[vertex] = offset + widths[vertex] / 2
            offset += widths[vertex] + gap(vertex, vertex)
        for vertex in layer:
            x[vertex] -= offset / 2
    small = len(widths) <= _SMALL
    for number in range(_ROUNDS if small else _ROUNDS_OF_LARGE):
        for layer in layering.layers if number % 2 == 0 else layering.layers[::-1]:
            _settle(layering, layer, x, widths, gap)
    left = min((x[v] - widths[v] / 2 for v in range(len(widths))), default=0.0)
    return [value - left for value in x]


def _settle(
    layering: Layering, layer: list[int], x: list[float], widths: Sequence[float], gap: Gap
) -> None:
    """The best places of one layer while the others stay (pool adjacent violators)."""
    offset = 0.0
    offsets = []
    blocks: list[tuple[float, float, int]] = []  # mean, weight, how many
    for index, vertex in enumerate(layer):
        if index:
            left = layer[index - 1]
            offset += (widths[left] + widths[vertex]) / 2 + gap(left, vertex)
        offsets.append(offset)
        total, weight = 0.0, 0.0
        for other in (*layering.above[vertex], *layering.below[vertex]):
            pull = _pull(layering, vertex, other)
            total += pull * x[other]
            weight += pull
        if weight == 0.0:
            total, weight = 0.01 * x[vertex], 0.01
        mean, count = total / weight - offset, 1
        while blocks and blocks[-1][0] > mean:
            other_mean, other_weight, other_count = blocks.pop()
            mean = (mean * weight + other_mean * other_weight) / (weight + other_weight)
            weight += other_weight
            count += other_count
        blocks.append((mean, weight, count))
    index = 0
    for mean, _, count in blocks:
        for _ in range(count):
            x[layer[index]] = mean + offsets[index]
            index += 1


def _pull(layering: Layering, vertex: int, other: int) -> float:
    """How much an edge's part wants to be upright: more where it is part of a long edge."""
    bends = layering.is_bend(vertex) + layering.is_bend(other)
    return (1.0, 2.0, 8.0)[bends]
