"""Drawing numbers by the groups of a plan's leaves (`texrc.codegen.steps.Group`)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from texrc.codegen.drawing import Block, Chooser, Index, Rows
from texrc.codegen.steps import (
    ACCEPTED,
    ComputedFamily,
    ConstantFamily,
    DefinedLeaf,
    FloatArray,
    Group,
    Layout,
    QuarterLeaves,
    UniformLeaf,
)
from texrc.codegen.streams import ATTEMPTS, SLOT_AGAIN, SLOT_NORMAL, SLOT_QUARTER, SLOT_VALUE
from texrc.ir.distributions import COUNT_FAMILIES, FamilyName

AGAIN = np.uint64(SLOT_AGAIN)
NORMAL = np.uint64(SLOT_NORMAL)
QUARTER = np.uint64(SLOT_QUARTER)
VALUE = np.uint64(SLOT_VALUE)


NO_PLACE = np.empty(0, np.uint32)
VERY_MANY = 2.0**32
"""Of so many whole numbers a quantile of 52 bits would give some more often than others."""
MIDDLE = np.array([0.5])


@dataclass(frozen=True, eq=False)
class Task:
    """Numbers to be drawn by one group, for some rows of a block.

    ``out`` takes the numbers. ``place`` tells which of the group's leaves each row follows,
    and is empty where the group has one.
    """

    block: Block
    column: int
    layout: Layout
    rows: Rows
    place: npt.NDArray[np.uint32]
    out: FloatArray

    def quantiles(self, slot: np.uint64 = VALUE) -> FloatArray:
        """The quantile of each row's number."""
        u = self.block.units(self.column, slot)
        return u if self.rows is None else u[self.rows]

    def of_rows(self, parameter: FloatArray) -> FloatArray:
        """A parameter with a value a leaf, as one with a value a row, or one for all."""
        return np.take(parameter, self.place) if self.place.size else parameter

    def at(self, places: Index, parameters: list[FloatArray]) -> tuple[Index, list[FloatArray]]:
        """The rows of the block at some places of ``out``, and their parameters."""
        rows = places if self.rows is None else self.rows[places]
        chosen = self.place[places] if self.place.size else places
        return rows, [column if column.size == 1 else column[chosen] for column in parameters]


class GroupDraw(ABC):
    """How the numbers of one group are drawn."""

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
        self.parameters = [np.ascontiguousarray(column) for column in group.parameters.T]

    def fill(self, task: Task) -> int | None:
        if self.normals:
            return _fill_from_normals(self.family, self.parameters, task)
        return _fill_by_family(self.family, list(map(task.of_rows, self.parameters)), task)


class _ComputedFamilyDraw(GroupDraw):
    def __init__(self, group: ComputedFamily) -> None:
        self.group = group

    def fill(self, task: Task) -> int | None:
        parameters = [
            np.atleast_1d(task.block.evaluate(argument, task.rows))
            for argument in self.group.arguments
        ]
        fill = _fill_from_normals if self.group.normals else _fill_by_family
        return fill(self.group.family, parameters, task)


def _fill_from_normals(family: FamilyName, parameters: list[FloatArray], task: Task) -> int | None:
    """From standard normals; where what they give is refused or outside, from others.

    That is the truncated law exactly: a number that is inside follows it, and so does what
    takes the place of one that is not, a quantile of its own in the end.
    """
    block, layout, out, executor = task.block, task.layout, task.out, task.block.executor
    margin = 0.5 if layout.whole else 0.0
    low, high = layout.low - margin, layout.high + margin
    key = block.keys[task.column]
    if task.rows is None:
        draw = getattr(executor, f"{family}s_within")
        outside = draw(out, block.first, key, NORMAL, task.place, *parameters, low, high)
    else:
        out[:] = block.normals(task.column, NORMAL)[task.rows]
        draws = [block.units(task.column, _accepting(0))[task.rows]] if family in ACCEPTED else []
        within = getattr(executor, f"within_{family}")
        outside = within(out, *draws, *map(task.of_rows, parameters), low, high)
    fault = _draw_again(family, parameters, task, low, high) if outside else None
    if layout.whole:
        executor.round_each(out, layout.low, layout.high)
    return fault


def _draw_again(
    family: FamilyName, parameters: list[FloatArray], task: Task, low: float, high: float
) -> int | None:
    """Numbers for places with NaN: from further normals, at last by quantiles."""
    block, executor, out = task.block, task.block.executor, task.out
    key = block.keys[task.column]
    places = np.flatnonzero(np.isnan(out))
    for attempt in range(1, ATTEMPTS):
        rows, own = task.at(places, parameters)
        again = np.empty(places.size)
        executor.normals_at(again, rows, block.first, key, _making(attempt))
        draws = [np.empty(places.size)] if family in ACCEPTED else []
        for u in draws:
            executor.units_at(u, rows, block.first, key, _accepting(attempt))
        outside = getattr(executor, f"within_{family}")(again, *draws, *own, low, high)
        out[places] = again
        if not outside:
            return None
        places = places[np.isnan(again)]
    rows, own = task.at(places, parameters)
    u, again = np.empty(places.size), np.empty(places.size)
    executor.units_at(u, rows, block.first, key, AGAIN)
    getattr(executor, f"each_{family}")(again, u, *own, low, high)
    out[places] = again
    at = executor.first_not_finite(again)
    return int(places[at]) if at < again.size else None


def _making(attempt: int) -> np.uint64:
    """The slot of the normals of an attempt but the first."""
    return np.uint64(SLOT_NORMAL | (2 * attempt + 1) << 8)


def _accepting(attempt: int) -> np.uint64:
    """The slot of the unit draws that accept or refuse an attempt's numbers."""
    return np.uint64(SLOT_NORMAL | (2 * attempt + 2) << 8)


def _fill_by_family(family: FamilyName, parameters: list[FloatArray], task: Task) -> int | None:
    """A count is drawn as it is; another family on integers by half-open cells around each."""
    executor, layout, out = task.block.executor, task.layout, task.out
    rounded = layout.whole and family not in COUNT_FAMILIES
    margin = 0.5 if rounded else 0.0
    draw = getattr(executor, f"each_{family}")
    draw(out, task.quantiles(), *parameters, layout.low - margin, layout.high + margin)
    if rounded:
        executor.round_each(out, layout.low, layout.high)
    at = executor.first_not_finite(out)
    return at if at < out.size else None


class _QuarterDraw(GroupDraw):
    def __init__(self, group: QuarterLeaves) -> None:
        self.group = group
        self.chooser = Chooser(group.selection)

    def fill(self, task: Task) -> int | None:
        block = task.block
        place = task.place if task.place.size else None
        if place is not None and task.rows is not None:
            # the quarter is drawn for every row of the block
            given, place = place, np.zeros(block.count, np.uint32)
            place[task.rows] = given
        quarter = np.empty(block.count, np.uint8)
        self.chooser.choose(quarter, block, place, task.column, QUARTER)
        if task.rows is not None:
            quarter = quarter[task.rows]
        _fill_between(task, quarter.astype(np.uint32), self.group.first, self.group.last)
        return None


class _UniformDraw(GroupDraw):
    def fill(self, task: Task) -> int | None:
        _fill_between(task, NO_PLACE, np.array([task.layout.low]), np.array([task.layout.high]))
        return None


def _fill_between(
    task: Task, place: npt.NDArray[np.uint32], first: FloatArray, last: FloatArray
) -> None:
    """Numbers from ``first[place]`` to ``last[place]``, all alike."""
    block, executor, out = task.block, task.block.executor, task.out
    if task.layout.whole:
        finer = task.quantiles(AGAIN) if (last - first).max() >= VERY_MANY else MIDDLE
        if place.size:
            first, last = np.take(first, place), np.take(last, place)
        executor.each_whole(out, task.quantiles(), finer, first, last)
        return
    ends = [first, last - first, last]
    if task.rows is None:
        key = block.keys[task.column]
        executor.units_between(out, block.first, key, VALUE, place, *ends)
    else:
        given = [np.take(each, place) for each in ends] if place.size else ends
        executor.each_between(out, task.quantiles(), *given)


class _DefinedDraw(GroupDraw):
    def __init__(self, group: DefinedLeaf) -> None:
        self.group = group

    def fill(self, task: Task) -> int | None:
        layout, out = task.layout, task.out
        out[:] = task.block.evaluate(self.group.value, task.rows)
        sound = (out >= layout.low) & (out <= layout.high)
        if layout.whole:
            sound &= np.floor(out) == out
        return None if sound.all() else int(np.argmin(sound))
