"""NumPy, vectorised: uint8 codes, 32-bit draws, cumulative tables gathered by combination.

Blocks of 16,384 rows stay in the second-level cache, arrays are reused with ``out=``, and
SFC64 is NumPy's fastest generator. Up to 8 labels are drawn by adding up comparisons, which
NumPy does with vector instructions; more by an alias table, at two gathers a draw.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.bench.discrete import DiscreteWorkload, Variable
from tests.bench.runners import Contest

NAME = "NumPy, vectorised"
BLOCK = 16_384
MOST_COMPARED = 8

Array = npt.NDArray[Any]
Draw = Callable[[Array, Array, Array], None]


def discrete(workload: DiscreteWorkload, rows: int) -> Contest:
    steps = [(each.column, each.parents, each.strides, _draw(each)) for each in workload.variables]
    index = [_index_type(each) for each in workload.variables]

    def draw(seed: int) -> list[Array]:
        generator = np.random.SFC64(seed)
        out = [np.empty(rows, np.uint8) for _ in range(workload.columns)]
        scratch = {kind: np.empty(BLOCK, kind) for kind in (np.uint8, np.uint16, np.uint32)}
        part = {kind: np.empty(BLOCK, kind) for kind in (np.uint8, np.uint16, np.uint32)}
        for start in range(0, rows, BLOCK):
            stop = min(start + BLOCK, rows)
            size = stop - start
            for (column, parents, strides, choose), kind in zip(steps, index, strict=True):
                draws = generator.random_raw((size + 1) // 2).view(np.uint32)[:size]
                x = scratch[kind][:size]
                if len(parents) == 1:
                    x = out[parents[0]][start:stop]
                elif parents:
                    np.multiply(out[parents[0]][start:stop], kind(strides[0]), out=x)
                    more = part[kind][:size]
                    for parent, stride in zip(parents[1:], strides[1:], strict=True):
                        codes = out[parent][start:stop]
                        if stride == 1:
                            np.add(x, codes, out=x)
                        else:
                            np.multiply(codes, kind(stride), out=more)
                            np.add(x, more, out=x)
                choose(draws, x, out[column][start:stop])
        return out

    return Contest(draw, list)


def _index_type(variable: Variable) -> type[np.unsignedinteger[Any]]:
    """The narrowest type that holds the number of a combination."""
    return np.min_scalar_type(len(variable.flat) - 1).type


def _draw(variable: Variable) -> Draw:
    """``f(draws, x, out)`` for a variable whose combinations are numbered by ``x``."""
    states = len(variable.labels)
    if states > MOST_COMPARED:
        return _alias(variable.flat)
    # 2^32 itself does not fit: a label of probability zero at the end has 2^-32.
    cumulated = np.rint(np.cumsum(variable.flat, axis=1)[:, :-1] * 2.0**32)
    thresholds = np.minimum(cumulated, 2.0**32 - 1).astype(np.uint32)
    columns = [np.ascontiguousarray(each) for each in thresholds.T]
    if not columns:
        return lambda draws, x, out: out.fill(0)
    if len(variable.flat) == 1:
        numbers = [np.uint32(each[0]) for each in columns]

        def root(draws: Array, x: Array, out: Array) -> None:
            np.greater_equal(draws, numbers[0], out=out.view(bool))
            for number in numbers[1:]:
                out += draws >= number

        return root

    def child(draws: Array, x: Array, out: Array) -> None:
        np.greater_equal(draws, columns[0][x], out=out.view(bool))
        for column in columns[1:]:
            out += draws >= column[x]

    return child


def _alias(table: npt.NDArray[np.float64]) -> Draw:
    """Walker's alias method; the slot is the draw's upper part, its lower part the fraction."""
    rows, states = table.shape
    threshold = np.ones((rows, states))
    alias = np.tile(np.arange(states, dtype=np.uint8), (rows, 1))
    for row in range(rows):
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
    limits = np.minimum(np.rint(threshold * 2.0**32), 2.0**32 - 1).astype(np.uint32).ravel()
    others = alias.ravel()

    def draw(draws: Array, x: Array, out: Array) -> None:
        product = draws * np.uint64(states)
        slot = (product >> np.uint64(32)).astype(np.uint32)
        entry = x * np.uint32(states) + slot if rows > 1 else slot
        own = product.astype(np.uint32) < limits[entry]
        out[:] = np.where(own, slot, others[entry])

    return draw
