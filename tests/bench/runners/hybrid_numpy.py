"""The hybrid specs in NumPy, as someone would write each by hand.

SFC64 and its ziggurat normals, arrays filled with ``out=``, blocks of 32,768 rows that stay in
the second-level cache, look-ups by word-sized indices. Truncated normals are drawn again where
they fall outside, or, where little is inside, by inverting the distribution function with SciPy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.bench.hybrid import HybridWorkload
from tests.bench.runners import Contest

NAME = "NumPy, vectorised"
BLOCK = 32_768

Array = npt.NDArray[Any]


class Block:
    """Draws for one block of rows."""

    def __init__(self, generator: np.random.Generator, rows: int) -> None:
        self.generator = generator
        self.rows = rows

    def normal(self) -> Array:
        return self.generator.standard_normal(self.rows)

    def uniform(self) -> Array:
        return self.generator.random(self.rows)

    def labels(self, *cumulated: float) -> Array:
        u = self.uniform()
        out = (u >= cumulated[0]).view(np.uint8)
        for each in cumulated[1:]:
            out += u >= each
        return out

    def chosen(self, x: Array, cumulated: Array) -> Array:
        """Labels by row ``x`` of a table."""
        u, x = self.uniform(), x.astype(np.intp)
        out = (u >= by(x, cumulated[0])).view(np.uint8)
        for each in cumulated[1:]:
            out += u >= by(x, each)
        return out

    def within(self, low: float, high: float, mean: Array | float = 0.0, sd: float = 1.0) -> Array:
        """Normals in a range that holds a fair part of them: drawn again until inside."""
        out = self.normal()
        out *= sd
        out += mean
        outside = np.flatnonzero((out < low) | (out > high))
        while outside.size:
            again = self.generator.standard_normal(outside.size)
            again *= sd
            again += mean if np.ndim(mean) == 0 else np.take(mean, outside)
            out[outside] = again
            outside = outside[(again < low) | (again > high)]
        return out


def by(x: Array, column: Array) -> Array:
    """``column[x]``, at a third of its cost: indices of a word need no conversion each."""
    return np.take(column, x.astype(np.intp, copy=False), mode="wrap")


def gaussian_chain(block: Block) -> list[Array]:
    out = [block.normal()]
    for _ in range(7):
        x = block.normal()
        x *= 0.6
        x += 0.8 * out[-1]
        out.append(x)
    return out


def truncated_normals(block: Block) -> list[Array]:
    from scipy.special import ndtr, ndtri

    first, last = ndtr(-6.0), ndtr(-2.0)
    tail = block.uniform()
    tail *= last - first
    tail += first
    ndtri(tail, out=tail)
    shift = block.normal()
    return [
        block.within(-1, 1),
        np.abs(block.normal()),
        np.negative(tail, out=tail),
        block.within(-3, 3),
        block.within(15, 54, 27.5, 6),
        shift,
        block.within(-2, 2, 0.5 * shift),
    ]


MU, SIGMA = np.array([0, 1, 0.5, -1.0]), np.array([0.5, 0.4, 0.25, 0.75])


def lognormals(block: Block) -> list[Array]:
    group = block.labels(0.1, 0.3, 0.6)
    alone = block.normal()
    alone *= 0.5
    np.exp(alone, out=alone)
    table = block.normal()
    table *= by(group, SIGMA)
    table += by(group, MU)
    np.exp(table, out=table)
    linear = block.normal()
    linear *= 0.3
    linear += 0.2
    linear += 0.1 * np.minimum(table, 10)
    np.exp(linear, out=linear)
    return [group, alone, table, linear]


def mixtures(block: Block) -> list[Array]:
    group = block.labels(0.4)

    def mixed(component: Array, means: Array, sds: Array) -> Array:
        out = block.normal()
        out *= by(component, sds)
        out += by(component, means)
        return out

    return [
        group,
        mixed(block.labels(0.7), np.array([-2.0, 3.0]), np.array([1.0, 0.5])),
        mixed(block.labels(0.5, 0.75), np.array([0.0, 5.0, -5.0]), np.array([1.0, 2.0, 1.5])),
        mixed(block.chosen(group, np.array([[0.9, 0.2]])), np.array([0.0, 4.0]), np.ones(2)),
    ]


def _cumulated(*rows: tuple[float, ...]) -> Array:
    return np.ascontiguousarray(np.cumsum(rows, axis=1)[:, :3].T)


SECOND = _cumulated(
    (0.7, 0.1, 0.1, 0.1), (0.1, 0.7, 0.1, 0.1), (0.1, 0.1, 0.7, 0.1), (0.1, 0.1, 0.1, 0.7)
)
THIRD = _cumulated(
    (0.4, 0.3, 0.2, 0.1), (0.1, 0.4, 0.3, 0.2), (0.2, 0.1, 0.4, 0.3), (0.3, 0.2, 0.1, 0.4)
)
CORNER, FIRST, LAST, ANY = (
    (0.97, 0.01, 0.01, 0.01), (0.2, 0.2, 0.3, 0.3), (0.1, 0.1, 0.1, 0.7), (0.25, 0.25, 0.25, 0.25),
)  # fmt: skip
FOURTH = _cumulated(CORNER, FIRST, FIRST, FIRST, *[ANY, ANY, ANY, LAST] * 3)


def quarters(block: Block) -> list[Array]:
    def number(quarter: Array, low: float, width: float) -> Array:
        out = block.uniform()
        out += quarter
        out *= width
        if low:
            out += low
        return out

    first = block.labels(0.1, 0.3, 0.6)
    second = block.chosen(first, SECOND)
    third = block.chosen(second, THIRD)
    fourth = block.chosen(first * np.uint8(4) + third, FOURTH)
    return [number(first, 0, 2), number(second, 0, 2), number(third, -4, 2), number(fourth, 0, 25)]


BEFORE_MEAN, BEFORE_SD = np.array([0, 1, 2, -1.0]), np.array([1, 1.5, 0.5, 2])
SLOPE_MEAN = np.array([[0, 0.1, 0.2, 0.3], [1, 1.1, 1.2, 1.3], [2, 2.1, 2.2, 2.3]]).ravel()
SLOPE_SD = np.repeat([1, 0.9, 0.8], 4)


def regressions(block: Block) -> list[Array]:
    dose, site = block.labels(0.5, 0.8), block.labels(0.4, 0.7, 0.9)
    before = block.normal()
    before *= by(site, BEFORE_SD)
    before += by(site, BEFORE_MEAN)
    x = dose * np.uint8(4)
    x += site
    slope = block.normal()
    slope *= by(x, SLOPE_SD)
    slope += by(x, SLOPE_MEAN)
    after = block.normal()
    after *= 0.7
    after += 1
    after += 0.5 * before
    after -= 0.25 * slope
    final = block.normal()
    final *= 0.4
    final += after
    final += 0.3 * before
    final += 2.0 * (dose == 2)
    return [dose, site, before, slope, after, final]


MODELS: dict[str, Callable[[Block], list[Array]]] = {
    "gaussian_chain": gaussian_chain,
    "truncated_normals": truncated_normals,
    "lognormals": lognormals,
    "mixtures": mixtures,
    "quarters": quarters,
    "regressions": regressions,
}


def hybrid(workload: HybridWorkload, rows: int) -> Contest:
    model = MODELS[workload.name]
    kinds = [np.uint8 if each.is_discrete else np.float64 for each in workload.network.columns]

    def draw(seed: int) -> list[Array]:
        generator = np.random.Generator(np.random.SFC64(seed))
        out = [np.empty(rows, kind) for kind in kinds]
        for start in range(0, rows, BLOCK):
            stop = min(start + BLOCK, rows)
            for column, values in zip(out, model(Block(generator, stop - start)), strict=True):
                column[start:stop] = values
        return out

    return Contest(draw, list)
