"""The order within layers: few crossings, by barycentres and by swapping neighbours."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence

from texrc.interop.svg.layers import Layering

_SMALL = 1500
"""Vertices up to which crossings are counted and neighbours swapped."""
_ROUNDS = 24
_ROUNDS_OF_LARGE = 10


def reduce_crossings(layering: Layering) -> None:
    """Reorder ``layering.layers`` in place; the outcome is the same every time."""
    vertices = sum(map(len, layering.layers))
    small = vertices <= _SMALL
    place = [0.0] * len(layering.above)
    _renumber(layering, place)
    best, fewest = [list(layer) for layer in layering.layers], -1
    for number in range(_ROUNDS if small else _ROUNDS_OF_LARGE):
        downwards = number % 2 == 0
        layers = layering.layers if downwards else layering.layers[::-1]
        neighbours = layering.above if downwards else layering.below
        for layer in layers[1:]:
            _sort(layer, neighbours, place)
        if not small:
            continue
        _swap_neighbours(layering, place)
        crossings = count_crossings(layering)
        if fewest < 0 or crossings < fewest:
            best, fewest = [list(layer) for layer in layering.layers], crossings
        if crossings == 0:
            break
    if small:
        layering.layers[:] = best


def count_crossings(layering: Layering) -> int:
    """How many pairs of edges between neighbouring layers cross."""
    place = [0.0] * len(layering.above)
    _renumber(layering, place)
    total = 0
    for layer in layering.layers:
        ends: list[float] = []
        for vertex in layer:
            following = sorted(place[below] for below in layering.below[vertex])
            total += sum(len(ends) - bisect_right(ends, end) for end in following)
            for end in following:
                insort(ends, end)
    return total


def _sort(layer: list[int], neighbours: Sequence[list[int]], place: list[float]) -> None:
    """By the mean place of the neighbours; who has none stays about where it is."""
    wanted = {}
    for vertex in layer:
        others = neighbours[vertex]
        mean = sum(place[other] for other in others) / len(others) if others else place[vertex]
        wanted[vertex] = (mean, place[vertex])
    layer.sort(key=wanted.__getitem__)
    _number(layer, place)


def _swap_neighbours(layering: Layering, place: list[float]) -> None:
    """Swap vertices side by side while that takes crossings away."""
    for _ in range(4):
        improved = False
        for layer in layering.layers:
            for index in range(len(layer) - 1):
                left, right = layer[index], layer[index + 1]
                gain = 0
                for neighbours in (layering.above, layering.below):
                    a, b = neighbours[left], neighbours[right]
                    gain += _crossings(a, b, place) - _crossings(b, a, place)
                if gain > 0:
                    improved = True
                    layer[index], layer[index + 1] = right, left
                    place[left], place[right] = place[right], place[left]
        if not improved:
            return


def _crossings(left: list[int], right: list[int], place: list[float]) -> int:
    """Between the edges of a vertex and those of its right neighbour."""
    return sum(place[a] > place[b] for a in left for b in right)


def _renumber(layering: Layering, place: list[float]) -> None:
    for layer in layering.layers:
        _number(layer, place)


def _number(layer: list[int], place: list[float]) -> None:
    """Places from 0 to 1 across the layer, so that layers of any width compare."""
    for index, vertex in enumerate(layer):
        place[vertex] = (index + 0.5) / len(layer)
