"""Drawing numbers by the groups of a plan's leaves (`texrc.codegen.steps.Group`)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from texrc.codegen.drawing import Block, Chooser, Rows
from texrc.codegen.steps import (
    ComputedFamily,
    ConstantFamily,
    DefinedLeaf,
    FloatArray,
    Group,
    Layout,
    QuarterLeaves,
    UniformLeaf,
)
from texrc.codegen.streams import SLOT_AGAIN, SLOT_QUARTER, SLOT_VALUE
from texrc.ir.distributions import COUNT_FAMILIES, FamilyName

AGAIN = np.uint64(SLOT_AGAIN)
QUARTER = np.uint64(SLOT_QUARTER)
VALUE = np.uint64(SLOT_VALUE)


@dataclass(frozen=True, eq=False)
class Task:
    """Numbers to be drawn by one group, for some rows of a block.

    ``u`` are their quantiles and ``out`` takes the numbers. ``place`` tells which of the
    group's leaves each row follows, and is None where the group has one.
    """

    block: Block
    column: int
    layout: Layout
    rows: Rows
    place: npt.NDArray[np.integer] | None
    u: FloatArray
    out: FloatArray


class GroupDraw(ABC):
    """How the numbers of one group are drawn."""

    uses_quantiles = True

    @abstractmethod
    def fill(self, task: Task) -> int | None:
        """Fill ``task.out``; the place in it of the first that cannot be drawn, if any."""


def group_draw(group: Group) -> GroupDraw:
    """The way to draw from a group."""
    match group:
        case ConstantFamily():
            return _ConstantFamilyDraw(group)
        case ComputedFamily():
            return _ComputedFamilyDraw(group)
        case QuarterLeaves():
            return _QuarterDraw(group)
        case UniformLeaf():
            return _UniformDraw()
        case DefinedLeaf():
            return _DefinedDraw(group)


class _ConstantFamilyDraw(GroupDraw):
    def __init__(self, group: ConstantFamily) -> None:
        self.family: FamilyName = group.family
        self.normals = group.normals
        self.uses_quantiles = not group.normals
        self.parameters = [np.ascontiguousarray(column) for column in group.parameters.T]

    def fill(self, task: Task) -> int | None:
        parameters = self.parameters
        if task.place is not None:
            parameters = [np.take(column, task.place) for column in parameters]
        fill = _fill_from_normals if self.normals else _fill_by_family
        return fill(self.family, parameters, task)


class _ComputedFamilyDraw(GroupDraw):
    def __init__(self, group: ComputedFamily) -> None:
        self.group = group
        self.uses_quantiles = not group.normals

    def fill(self, task: Task) -> int | None:
        parameters = [
            np.atleast_1d(task.block.evaluate(argument, task.rows))
            for argument in self.group.arguments
        ]
        fill = _fill_from_normals if self.group.normals else _fill_by_family
        return fill(self.group.family, parameters, task)


def _fill_from_normals(family: FamilyName, parameters: list[FloatArray], task: Task) -> int | None:
    """From standard normals; where these fall outside the range, by quantiles of its own.

    That is the truncated law exactly: a normal that is inside follows it, and so does what
    takes the place of one that is not.
    """
    block, layout, out = task.block, task.layout, task.out
    margin = 0.5 if layout.whole else 0.0
    low, high = layout.low - margin, layout.high + margin
    if task.rows is None:
        block.executor.normals(out, block.first, block.keys[task.column], VALUE)
    else:
        out[:] = block.normals(task.column, VALUE)[task.rows]
    within = getattr(block.executor, f"within_{family}")
    if within(out, *parameters, low, high):
        outside = np.flatnonzero(np.isnan(out))
        u = block.units(task.column, AGAIN)
        u = u[outside if task.rows is None else task.rows[outside]]
        again = np.empty(outside.size)
        own = [column if column.size == 1 else column[outside] for column in parameters]
        getattr(block.executor, f"each_{family}")(again, u, *own, low, high)
        out[outside] = again
    if layout.whole:
        block.executor.round_each(out, layout.low, layout.high)
    at = block.executor.first_not_finite(out)
    return at if at < out.size else None


def _fill_by_family(family: FamilyName, parameters: list[FloatArray], task: Task) -> int | None:
    """A count is drawn as it is; another family on integers by half-open cells around each."""
    executor, layout, out = task.block.executor, task.layout, task.out
    rounded = layout.whole and family not in COUNT_FAMILIES
    margin = 0.5 if rounded else 0.0
    draw = getattr(executor, f"each_{family}")
    draw(out, task.u, *parameters, layout.low - margin, layout.high + margin)
    if rounded:
        executor.round_each(out, layout.low, layout.high)
    at = executor.first_not_finite(out)
    return at if at < out.size else None


class _QuarterDraw(GroupDraw):
    def __init__(self, group: QuarterLeaves) -> None:
        self.group = group
        self.chooser = Chooser(group.selection)

    def fill(self, task: Task) -> int | None:
        block, place = task.block, task.place
        if place is not None:
            place = place.astype(np.uint32)
            if task.rows is not None:  # the quarter is drawn for every row of the block
                given, place = place, np.zeros(block.count, np.uint32)
                place[task.rows] = given
        quarter = np.empty(block.count, np.uint8)
        self.chooser.choose(quarter, block, place, task.column, QUARTER)
        if task.rows is not None:
            quarter = quarter[task.rows]
        _fill_between(task, np.take(self.group.first, quarter), np.take(self.group.last, quarter))
        return None


class _UniformDraw(GroupDraw):
    def fill(self, task: Task) -> int | None:
        _fill_between(task, np.array([task.layout.low]), np.array([task.layout.high]))
        return None


def _fill_between(task: Task, first: FloatArray, last: FloatArray) -> None:
    executor = task.block.executor
    draw = executor.each_whole if task.layout.whole else executor.each_between
    draw(task.out, task.u, first, last)


class _DefinedDraw(GroupDraw):
    uses_quantiles = False

    def __init__(self, group: DefinedLeaf) -> None:
        self.group = group

    def fill(self, task: Task) -> int | None:
        layout, out = task.layout, task.out
        out[:] = task.block.evaluate(self.group.value, task.rows)
        sound = (out >= layout.low) & (out <= layout.high)
        if layout.whole:
            sound &= np.floor(out) == out
        return None if sound.all() else int(np.argmin(sound))
