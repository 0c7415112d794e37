"""NumPy, vectorised: uint8 codes, 32-bit draws, thresholds looked up by combination.

What makes it fast, each measured against what one would write first:

- blocks of 32,768 rows, whose arrays stay in the second-level cache and are used again
  with ``out=``; smaller blocks are governed by the 0.3 us that a call costs;
- SFC64's raw words, NumPy's fastest generator, two draws each (floats cost four times as much);
- `np.take` with word-sized indices and ``mode="wrap"``, which needs no search for bad ones: a
  third of what ``table[codes]`` costs, widening the codes included;
- no look-up where a label depends on a binary parent: both comparisons and three logical
  operations, all of them vector instructions;
- up to 5 labels by adding up comparisons, more by Walker's alias method with one look-up, whose
  entry holds threshold and both labels.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.bench.discrete import DiscreteWorkload, Variable
from tests.bench.runners import Contest

NAME = "NumPy, vectorised"
BLOCK = 32_768
MOST_COMPARED = 5
MOST_COMPARED_ALONE = 12
"""Without parents comparing needs no look-up."""

Array = npt.NDArray[Any]


class Scratch:
    """Arrays of one block's length, written anew by every column."""

    def __init__(self, rows: int) -> None:
        self.number = {kind: np.empty(rows, kind) for kind in (np.uint8, np.uint16, np.uint32)}
        self.part = {kind: np.empty(rows, kind) for kind in (np.uint8, np.uint16, np.uint32)}
        self.index = np.empty(rows, np.intp)
        self.threshold = np.empty(rows, np.uint32)
        self.product, self.entry = np.empty(rows, np.uint64), np.empty(rows, np.uint64)
        self.reached, self.other = np.empty(rows, bool), np.empty(rows, bool)


Draw = Callable[[Array, Array, Array, Scratch], None]
"""``f(draws, x, out, scratch)``: codes by uint32 draws and the combinations' numbers."""


def discrete(workload: DiscreteWorkload, rows: int) -> Contest:
    steps = [(each, _draw(each), _number_type(each)) for each in workload.variables]

    def draw(seed: int) -> list[Array]:
        generator = np.random.SFC64(seed)
        out = [np.empty(rows, np.uint8) for _ in range(workload.columns)]
        scratch = Scratch(0)
        for start in range(0, rows, BLOCK):
            block = [column[start : start + BLOCK] for column in out]
            size = len(block[0])
            if scratch.index.size != size:
                scratch = Scratch(size)
            for variable, choose, kind in steps:
                draws = generator.random_raw((size + 1) // 2).view(np.uint32)[:size]
                x = _number(variable, block, kind, scratch)
                choose(draws, x, block[variable.column], scratch)
        return out

    return Contest(draw, list)


def _number_type(variable: Variable) -> type[np.unsignedinteger[Any]]:
    """The narrowest type that holds the number of a combination."""
    return np.min_scalar_type(len(variable.flat) - 1).type


def _number(variable: Variable, block: list[Array], kind: Any, scratch: Scratch) -> Array:
    """The numbers of the parents' combinations."""
    x, part = scratch.number[kind], scratch.part[kind]
    if len(variable.parents) == 1:
        return block[variable.parents[0]]
    for place, (parent, stride) in enumerate(zip(variable.parents, variable.strides, strict=True)):
        if place == 0:
            np.multiply(block[parent], kind(stride), out=x)
        elif stride == 1:
            np.add(x, block[parent], out=x)
        else:
            np.multiply(block[parent], kind(stride), out=part)
            np.add(x, part, out=x)
    return x


def _draw(variable: Variable) -> Draw:
    combinations, states = variable.flat.shape
    if states > (MOST_COMPARED_ALONE if combinations == 1 else MOST_COMPARED):
        return _by_alias(variable.flat)
    # 2^32 itself does not fit: a label of probability zero at the end has 2^-32.
    cumulated = np.rint(np.cumsum(variable.flat, axis=1)[:, :-1] * 2.0**32)
    thresholds = np.minimum(cumulated, 2.0**32 - 1).astype(np.uint32)
    columns = [np.ascontiguousarray(each) for each in thresholds.T]
    if not columns:
        return lambda draws, x, out, scratch: out.fill(0)
    if combinations == 1:
        return _alone([each[0] for each in columns])
    if combinations == 2:
        return _by_one_of_two([(each[0], each[1]) for each in columns])
    return _by_comparing(columns)


def _alone(thresholds: list[np.uint32]) -> Draw:
    def draw(draws: Array, x: Array, out: Array, scratch: Scratch) -> None:
        np.greater_equal(draws, thresholds[0], out=out.view(bool))
        for threshold in thresholds[1:]:
            np.greater_equal(draws, threshold, out=scratch.reached)
            np.add(out, scratch.reached.view(np.uint8), out=out)

    return draw


def _by_one_of_two(thresholds: list[tuple[np.uint32, np.uint32]]) -> Draw:
    def draw(draws: Array, x: Array, out: Array, scratch: Scratch) -> None:
        second, first, other = x.view(bool), scratch.reached, scratch.other
        for place, (low, high) in enumerate(thresholds):
            np.greater_equal(draws, low, out=first)
            np.greater_equal(draws, high, out=other)
            np.logical_xor(other, first, out=other)
            np.logical_and(other, second, out=other)
            if place == 0:
                np.logical_xor(first, other, out=out.view(bool))
            else:
                np.logical_xor(first, other, out=first)
                np.add(out, first.view(np.uint8), out=out)

    return draw


def _by_comparing(columns: list[Array]) -> Draw:
    def draw(draws: Array, x: Array, out: Array, scratch: Scratch) -> None:
        np.copyto(scratch.index, x)
        for place, column in enumerate(columns):
            np.take(column, scratch.index, out=scratch.threshold, mode="wrap")
            if place == 0:
                np.greater_equal(draws, scratch.threshold, out=out.view(bool))
            else:
                np.greater_equal(draws, scratch.threshold, out=scratch.reached)
                np.add(out, scratch.reached.view(np.uint8), out=out)

    return draw


def _by_alias(table: npt.NDArray[np.float64]) -> Draw:
    """The slot is the draw's upper part, its lower part the fraction held against a threshold."""
    combinations, states = table.shape
    entries = _alias_entries(table)

    def draw(draws: Array, x: Array, out: Array, scratch: Scratch) -> None:
        product, index, entry = scratch.product, scratch.index, scratch.entry
        np.multiply(draws, np.uint64(states), out=product)
        np.right_shift(product, np.uint64(32), out=index.view(np.uint64))
        if combinations > 1:
            np.multiply(x, np.intp(states), out=entry.view(np.intp))
            np.add(index, entry.view(np.intp), out=index)
        np.take(entries, index, out=entry, mode="wrap")
        fraction, threshold = product.view(np.uint32)[::2], entry.view(np.uint32)[1::2]
        np.less(fraction, threshold, out=scratch.reached)
        own, alias = entry.view(np.uint8)[::8], entry.view(np.uint8)[1::8]
        np.bitwise_xor(own, alias, out=out)
        np.multiply(out, scratch.reached.view(np.uint8), out=out)
        np.bitwise_xor(out, alias, out=out)

    return draw


def _alias_entries(table: npt.NDArray[np.float64]) -> npt.NDArray[np.uint64]:
    """uint64[combinations * states]: the threshold's 32 bits, the alias and the slot itself.

    As bytes from the lowest: slot, alias, 0, 0, threshold (on a little-endian machine).
    """
    combinations, states = table.shape
    threshold = np.ones((combinations, states))
    alias = np.tile(np.arange(states), (combinations, 1))
    for row in range(combinations):
        left = table[row] * states
        small = [each for each in range(states) if left[each] < 1]
        large = [each for each in range(states) if left[each] >= 1]
        while small and large:
            low, high = small.pop(), large[-1]
            threshold[row, low] = left[low]
            alias[row, low] = high
            left[high] -= 1 - left[low]
            if left[high] < 1:
                small.append(large.pop())
    limits = np.minimum(np.rint(threshold * 2.0**32), 2.0**32 - 1).astype(np.uint64)
    entries = limits << np.uint64(32) | alias.astype(np.uint64) << np.uint64(8)
    return (entries | np.arange(states, dtype=np.uint64)).ravel()
