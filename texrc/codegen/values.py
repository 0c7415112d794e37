"""Drawing the values of a numeric column."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from texrc.codegen.drawing import Block, Chooser, parts_present
from texrc.codegen.faults import Fault
from texrc.codegen.finding import find_rows
from texrc.codegen.group_draws import NO_PLACE, Task, group_draw
from texrc.codegen.matching import Matcher
from texrc.codegen.steps import FloatArray, Layout, Leaves, Tabulated
from texrc.codegen.streams import SLOT_COMPONENT, SLOT_LABEL, SLOT_VALUE
from texrc.codegen.thresholds import code_type

LABEL = np.uint64(SLOT_LABEL)
VALUE = np.uint64(SLOT_VALUE)
COMPONENT = np.uint64(SLOT_COMPONENT)


class TableStep:
    """Fills the column of a `Tabulated`."""

    def __init__(self, column: int, matcher: Matcher | None, table: Tabulated) -> None:
        self.column = column
        self.matcher = matcher
        self.first = table.first
        self.chooser = Chooser(table.selection)

    def run(self, block: Block) -> None:
        out = block.buffers[self.column]
        labels = np.empty(block.count, code_type(self.chooser.selection.states))
        x = None if self.matcher is None else find_rows(self.matcher, block)
        self.chooser.choose(labels, block, x, self.column, LABEL)
        np.add(labels, out.dtype.type(self.first), out=out, dtype=out.dtype, casting="unsafe")


class ValueStep:
    """Fills the column of `Leaves`."""

    def __init__(
        self, column: int, matcher: Matcher | None, leaves: Leaves, layout: Layout
    ) -> None:
        self.column = column
        self.matcher = matcher
        self.leaves = leaves
        self.layout = layout
        self.components = None if leaves.components is None else Chooser(leaves.components)
        self.draws = [group_draw(group) for group in leaves.groups]
        self.sizes = np.bincount(leaves.group)

    def run(self, block: Block) -> None:
        """Raises `Fault` for the first row that no number can be drawn for."""
        out = block.buffers[self.column]
        values = out if out.dtype == np.float64 else np.empty(block.count)
        leaf = self._leaf(block)
        if len(self.draws) == 1:
            place = NO_PLACE if leaf is None else leaf.astype(np.uint32)
            at = self.draws[0].fill(Task(block, self.column, self.layout, None, place, values))
            if at is not None:
                raise self._fault(at, leaf, values[at])
        else:
            assert leaf is not None
            self._draw_by_groups(block, leaf, values)
        if values is not out:
            out[:] = values

    def _leaf(self, block: Block) -> npt.NDArray[np.integer] | None:
        """The leaf of each row; None where there is only one."""
        leaves = self.leaves
        if len(leaves.group) == 1:
            return None
        x = None if self.matcher is None else find_rows(self.matcher, block)
        if self.components is None:
            assert x is not None
            return x
        component = np.empty(block.count, code_type(self.components.selection.states))
        self.components.choose(component, block, x, self.column, COMPONENT)
        if x is None:
            return component
        leaf = np.empty(block.count, np.uint32)
        block.executor.look_up(leaf, x, leaves.first_leaf)
        leaf += component
        return leaf

    def _draw_by_groups(
        self, block: Block, leaf: npt.NDArray[np.integer], values: FloatArray
    ) -> None:
        group = self.leaves.group[leaf]
        faults: list[Fault] = []
        for number in parts_present(group, len(self.draws)):
            rows = np.flatnonzero(group == number)
            alone = self.sizes[number] == 1
            place = NO_PLACE if alone else self.leaves.place[leaf[rows]]
            out = np.empty(rows.size)
            at = self.draws[number].fill(Task(block, self.column, self.layout, rows, place, out))
            values[rows] = out
            if at is not None:
                faults.append(self._fault(int(rows[at]), leaf, out[at]))
        if faults:
            raise min(faults, key=lambda fault: fault.place)

    def _fault(self, place: int, leaf: npt.NDArray[np.integer] | None, value: float) -> Fault:
        """The fault at a place in the block, where ``value`` came out."""
        distribution = self.leaves.distributions[0 if leaf is None else int(leaf[place])]
        return Fault(place, self.column, distribution, bool(np.isinf(value)))
