"""The machine: runs a plan over a block of rows, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from texrc.codegen.drawing import Block, Executor
from texrc.codegen.faults import Fault, report
from texrc.codegen.labels import LabelStep
from texrc.codegen.steps import Choice, Plan, Step, Tabulated
from texrc.codegen.streams import stream
from texrc.codegen.values import TableStep, ValueStep
from texrc.diagnostics import TexrError

BLOCK_ROWS = 65_536
"""So many rows come about together: enough to make calls cheap, few enough for the caches."""

Keys = list[npt.NDArray[np.uint64]]


class Machine:
    """Fills column buffers with the rows of a plan. Holds no state of a run; threads share it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.steps = [self._prepared(step) for step in plan.steps]

    def _prepared(self, step: Step) -> LabelStep | TableStep | ValueStep:
        layout = self.plan.layouts[step.column]
        if isinstance(step.draw, Choice):
            return LabelStep(step.column, step.matcher, step.draw, layout.states)
        if isinstance(step.draw, Tabulated):
            return TableStep(step.column, step.matcher, step.draw)
        return ValueStep(step.column, step.matcher, step.draw, layout)

    def keys(self, seed: int) -> Keys:
        """The key of each column's stream: uint64[3]."""
        network = self.plan.network
        streams = [stream(seed, network.name, column.name) for column in network.columns]
        return [np.array([s.k0, s.k1, s.salt], np.uint64) for s in streams]

    def fill(
        self, executor: Executor, keys: Keys, first: int, buffers: Sequence[npt.NDArray[Any]]
    ) -> None:
        """Fill the buffers with the rows from ``first`` on.

        Raises `TexrError` (TX501, TX502, TX503) for the first row that cannot be drawn,
        and that alone, however the rows are cut into blocks.
        """
        rows = len(buffers[0])
        for start in range(0, rows, BLOCK_ROWS):
            stop = min(start + BLOCK_ROWS, rows)
            self._fill_block(
                executor, keys, first + start, [buffer[start:stop] for buffer in buffers]
            )

    def _fill_block(
        self, executor: Executor, keys: Keys, first: int, buffers: Sequence[npt.NDArray[Any]]
    ) -> None:
        block = Block(executor, self.plan.layouts, keys, first, len(buffers[0]), buffers)
        with np.errstate(all="ignore"):
            try:
                for step in self.steps:
                    step.run(block)
            except Fault as fault:
                # a later column may fail at an earlier row
                before = [buffer[: fault.place] for buffer in buffers]
                if fault.place:
                    self._fill_block(executor, keys, first, before)
                raise TexrError(report(fault, self.plan.network, block)) from None
