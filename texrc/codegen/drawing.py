"""What every step of the machine works with: a block of rows, and who does the arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from texrc.codegen.selection import Selection
from texrc.codegen.steps import FloatArray, Layout
from texrc.codegen.thresholds import Thresholds
from texrc.ir.evaluation import Number, evaluate
from texrc.ir.expressions import Expression
from texrc.kernels import elementary

Executor = Any
"""A namespace with the functions of `numpy_kernels`: that module, or their compiled twins."""

Rows = npt.NDArray[np.int64] | None
"""Places of some rows in a block; None stands for all of them."""

Index = npt.NDArray[np.integer]

ONE_ROW: Index = np.empty(0, np.uint8)
"""Stands for the table rows where there is only one."""


@dataclass(eq=False)
class Block:
    """The rows ``first`` and following of a table while they come about.

    ``buffers`` hold a column each, in its layout; columns whose step has not run are not
    yet filled. ``keys`` are the columns' uint64[3]: k0, k1, salt.
    """

    executor: Executor
    layouts: Sequence[Layout]
    keys: Sequence[npt.NDArray[np.uint64]]
    first: int
    count: int
    buffers: Sequence[npt.NDArray[Any]]
    _floats: dict[int, FloatArray] = field(default_factory=dict)
    _drawn: dict[tuple[str, int, np.uint64], FloatArray] = field(default_factory=dict)

    def codes(self, column: int) -> npt.NDArray[Any]:
        """The codes of a discrete column."""
        return self.buffers[column]

    def numbers(self, column: int) -> FloatArray:
        """A numeric column as float64."""
        if self.layouts[column].dtype == np.float64:
            return self.buffers[column]
        if column not in self._floats:
            self._floats[column] = self.buffers[column].astype(np.float64)
        return self._floats[column]

    def units(self, column: int, slot: np.uint64) -> FloatArray:
        """The quantiles of all rows for one use in one column; not to be changed."""
        return self._drawn_once("units", column, slot)

    def normals(self, column: int, slot: np.uint64) -> FloatArray:
        """Standard normals of all rows for one use in one column; not to be changed."""
        return self._drawn_once("normals", column, slot)

    def _drawn_once(self, what: str, column: int, slot: np.uint64) -> FloatArray:
        if (what, column, slot) not in self._drawn:
            for known in [known for known in self._drawn if known[1] != column]:
                del self._drawn[known]  # a column's step is over when another asks
            out = np.empty(self.count)
            getattr(self.executor, what)(out, self.first, self.keys[column], slot)
            self._drawn[what, column, slot] = out
        return self._drawn[what, column, slot]

    def evaluate(self, expression: Expression, rows: Rows) -> Number:
        """The float64 value of an expression for some rows: an array, or one number for all."""
        return evaluate(expression, _SomeRows(self, rows), _Functions(self.executor))


class _SomeRows:
    """The columns of some rows of a block, as `evaluate` asks for them."""

    def __init__(self, block: Block, rows: Rows) -> None:
        self.block = block
        self.rows = rows

    def numbers(self, column: int) -> FloatArray:
        numbers = self.block.numbers(column)
        return numbers if self.rows is None else numbers[self.rows]

    def codes(self, column: int) -> npt.NDArray[Any]:
        codes = self.block.codes(column)
        return codes if self.rows is None else codes[self.rows]


class _Functions:
    """An executor's elementary functions, as `evaluate` asks for them."""

    def __init__(self, executor: Executor) -> None:
        self.executor = executor

    def exp(self, x: Number) -> Number:
        if np.ndim(x) == 0:
            return elementary.exp(x)
        out = np.empty(np.size(x))
        self.executor.each_exp(out, x)
        return out

    def log(self, x: Number) -> Number:
        if np.ndim(x) == 0:
            return elementary.log(x)
        out = np.empty(np.size(x))
        self.executor.each_log(out, x)
        return out

    def power(self, x: Number, y: Number) -> Number:
        if np.ndim(x) == np.ndim(y) == 0:
            return elementary.power(x, y)
        out = np.empty(max(np.size(x), np.size(y)))
        self.executor.each_power(out, np.full(out.size, x), np.full(out.size, y))
        return out


class Chooser:
    """Labels by a selection."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self._laid_out: dict[bool | None, Thresholds] = {}

    def _thresholds(self, wide_vectors: bool | None) -> Thresholds:
        if wide_vectors not in self._laid_out:
            self._laid_out[wide_vectors] = Thresholds(self.selection.thresholds, wide_vectors)
        return self._laid_out[wide_vectors]

    def choose(
        self, out: npt.NDArray[Any], block: Block, x: Index | None, column: int, slot: np.uint64
    ) -> None:
        """Fill ``out`` by the table rows ``x``, or by the only one."""
        by = self._thresholds(block.executor.WIDE_VECTORS)
        if x is None or by.rows == 1:
            x = ONE_ROW
        block.executor.choose(
            out, block.first, x, block.keys[column], slot, by.all, by.states, by.leading, by.guide
        )


def parts_present(x: Index, parts: int) -> list[int]:
    """Which of the numbers below ``parts`` occur in x."""
    return np.flatnonzero(np.bincount(x, minlength=parts)).tolist()
