"""Drawing the labels of a discrete column."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from texrc.codegen.drawing import Block, Chooser, Rows
from texrc.codegen.faults import Fault
from texrc.codegen.finding import find_rows
from texrc.codegen.matching import Matcher
from texrc.codegen.steps import Choice, FloatArray, ScoredRow
from texrc.codegen.streams import SLOT_LABEL, SLOT_VALUE
from texrc.ir.distributions import Definition, Logit

LABEL = np.uint64(SLOT_LABEL)
VALUE = np.uint64(SLOT_VALUE)


class LabelStep:
    """Fills the column of a `Choice`."""

    def __init__(self, column: int, matcher: Matcher | None, choice: Choice, states: int) -> None:
        self.column = column
        self.matcher = matcher
        self.scored = choice.scored
        self.states = states
        self.chooser = None if choice.selection is None else Chooser(choice.selection)
        self.random = any(not isinstance(row.distribution, Definition) for row in choice.scored)

    def run(self, block: Block) -> None:
        """Raises `Fault` for the first row whose scores have no value."""
        out = block.buffers[self.column]
        x = None if self.matcher is None else find_rows(self.matcher, block)
        if self.chooser is not None:
            self.chooser.choose(out, block, x, self.column, LABEL)
        if not self.scored:
            return
        u = block.units(self.column, VALUE) if self.random else np.empty(0)
        faults: list[Fault] = []
        for scored in self.scored:
            rows = None if x is None else np.flatnonzero(x == scored.row)
            if rows is None:
                self._draw(scored, block, rows, u, out, faults)
            elif rows.size:
                labels = np.empty(rows.size, out.dtype)
                picked = u[rows] if self.random else u
                self._draw(scored, block, rows, picked, labels, faults)
                out[rows] = labels
        if faults:
            raise min(faults, key=lambda fault: fault.place)

    def _draw(
        self,
        scored: ScoredRow,
        block: Block,
        rows: Rows,
        u: FloatArray,
        out: npt.NDArray[Any],
        faults: list[Fault],
    ) -> None:
        if isinstance(scored.distribution, Definition):
            value = block.evaluate(scored.expressions[0], rows)
            sound = np.broadcast_to((value == 0.0) | (value == 1.0), out.shape)
            if sound.all():
                out[:] = value
            else:
                self._report(int(np.argmin(sound)), scored, rows, faults)
            return
        scores = np.zeros((self.states, out.size))
        # the first label of a logit has the score 0
        first = 1 if isinstance(scored.distribution, Logit) else 0
        for row, expression in zip(scores[first:], scored.expressions, strict=True):
            row[:] = block.evaluate(expression, rows)
        unsound = [block.executor.first_not_finite(row) for row in scores]
        if min(unsound) < out.size:
            self._report(min(unsound), scored, rows, faults)
        else:
            block.executor.softmax_labels(out, u, scores)

    def _report(self, at: int, scored: ScoredRow, rows: Rows, faults: list[Fault]) -> None:
        place = at if rows is None else int(rows[at])
        faults.append(Fault(place, self.column, scored.distribution))
