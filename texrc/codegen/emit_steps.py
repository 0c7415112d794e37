"""A step of the plan as a Python function: what `texrc.codegen.machine` does, written out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from texrc.codegen.emit_expressions import expression_text, number_literal
from texrc.codegen.emit_names import docstring
from texrc.codegen.emit_tables import Tables
from texrc.codegen.matching import BitVectors, DenseIndex, Matcher, Parent
from texrc.codegen.selection import Selection
from texrc.codegen.steps import (
    ACCEPTED,
    Choice,
    ComputedFamily,
    ConstantFamily,
    DefinedLeaf,
    Group,
    Layout,
    Leaves,
    QuarterLeaves,
    ScoredRow,
    Step,
    Tabulated,
)
from texrc.codegen.thresholds import code_type
from texrc.ir.distributions import COUNT_FAMILIES, Definition, Logit
from texrc.ir.expressions import Expression


def step_text(step: Step, layout: Layout, told: str, tables: Tables) -> str:
    """The function `draw_<column>`, with ``told``, a column and its parents, as its docstring."""
    writer = _StepWriter(step, layout, tables)
    body = "".join(f"    {line}\n" for line in writer.lines())
    head = f"def draw_{step.column}(block):\n    {docstring(told)}\n"
    before = tables.take_short()
    return f"{before}\n\n{head}{body}" if before else f"{head}{body}"


class _StepWriter:
    def __init__(self, step: Step, layout: Layout, tables: Tables) -> None:
        self.column = step.column
        self.matcher = step.matcher
        self.draw = step.draw
        self.layout = layout
        self.tables = tables

    def lines(self) -> list[str]:
        if isinstance(self.draw, Choice):
            return self._choice(self.draw)
        if isinstance(self.draw, Tabulated):
            return self._tabulated(self.draw)
        return self._leaves(self.draw)

    def _table(self, what: str, array: np.ndarray) -> str:
        return self.tables.add(f"{what}_{self.column}", array)

    # --- the table row ---------------------------------------------------------

    def _row(self) -> list[str]:
        """Sets ``x``."""
        match self.matcher:
            case None:
                return []
            case BitVectors(parents, masks, offsets):
                given = self._parents(parents, offsets)
                return [f"x = first_match(block, {self._table('MASKS', masks)}, [{given}])"]
            case DenseIndex() as dense:
                return self._dense(dense)

    def _dense(self, dense: DenseIndex) -> list[str]:
        parents = dense.parents
        if len(parents) == 1 and parents[0].starts is None:
            lines = [f"x = block.codes({parents[0].column})"]
        else:
            last = dense.combinations - 1
            given = self._parents(parents, [min(stride, last) for stride in dense.strides])
            lines = [f"x = combination(block, np.{np.min_scalar_type(last)}, [{given}])"]
        if dense.rows is not None:
            lines.append(f"x = table_row(x, {self._table('ROWS', dense.rows)})")
        return lines

    def _parents(self, parents: Sequence[Parent], numbers: Sequence[int]) -> str:
        told: list[str] = []
        for place, (parent, number) in enumerate(zip(parents, numbers, strict=True)):
            starts = "None"
            if parent.starts is not None:
                starts = self._table(f"STARTS_OF_{place}", parent.starts)
            told.append(f"({parent.column}, {number}, {starts})")
        return ", ".join(told)

    def _x(self, matcher: Matcher | None) -> str:
        return "None" if matcher is None else "x"

    # --- labels ----------------------------------------------------------------

    def _choice(self, choice: Choice) -> list[str]:
        lines = self._row()
        x = self._x(self.matcher)
        if choice.selection is not None:
            table = self._selection("LABELS_BY", choice.selection)
            out = f"block.columns[{self.column}]"
            lines.append(f"choose_labels(block, {self.column}, {out}, {x}, LABEL_SLOT, {table})")
        if any(not isinstance(row.distribution, Definition) for row in choice.scored):
            lines.append(f"u = block.units({self.column})")
        for row in choice.scored:
            lines += self._scored(row)
        return lines

    def _selection(self, what: str, selection: Selection) -> str:
        return self._table(what, selection.thresholds)

    def _scored(self, row: ScoredRow) -> list[str]:
        lines: list[str] = []
        rows = "None"
        if self.matcher is not None:
            rows = "rows"
            lines.append(f"rows = np.flatnonzero(x == {row.row})")
        texts = [expression_text(expression, rows) for expression in row.expressions]
        if isinstance(row.distribution, Definition):
            return [*lines, f"define_label(block, {self.column}, {rows}, {texts[0]})"]
        if isinstance(row.distribution, Logit):
            texts = ["0.0", *texts]
        scores = "".join(f"    {text},\n    " for text in texts)
        lines.append(f"scores = [\n    {scores}]")
        return [*lines, f"score_labels(block, {self.column}, {rows}, scores, u)"]

    # --- numbers ---------------------------------------------------------------

    def _tabulated(self, draw: Tabulated) -> list[str]:
        table = self._selection("NUMBERS_BY", draw.selection)
        given = f"block, {self.column}, {draw.first}, {self._x(self.matcher)}, {table}"
        return [*self._row(), f"choose_numbers({given})"]

    def _leaves(self, leaves: Leaves) -> list[str]:
        lines: list[str] = []
        if len(leaves.group) > 1:
            lines += self._leaf(leaves)
        if len(leaves.groups) == 1:
            place = "None" if len(leaves.group) == 1 else "leaf"
            lines += self._group(0, leaves.groups[0], "None", place)
            return [*lines, f"block.columns[{self.column}][:] = values"]
        lines.append("out = np.empty(block.count)")
        of_group, place = "leaf", "leaf[rows]"
        if len(leaves.groups) < len(leaves.group):
            of_group = f"{self._table('GROUP_OF', leaves.group)}[leaf]"
            place = f"{self._table('PLACE_OF', leaves.place)}[leaf[rows]]"
        lines.append(f"group = {of_group}")
        for number, group in enumerate(leaves.groups):
            alone = np.count_nonzero(leaves.group == number) == 1
            lines.append(f"rows = np.flatnonzero(group == {number})")
            lines.append("if rows.size:")
            inner = self._group(number, group, "rows", "None" if alone else place)
            lines += [f"    {line}" for line in [*inner, "out[rows] = values"]]
        return [*lines, f"block.columns[{self.column}][:] = out"]

    def _leaf(self, leaves: Leaves) -> list[str]:
        """Sets ``leaf``."""
        lines = self._row()
        if leaves.components is None:
            return [*lines, "leaf = x"]
        kind = code_type(leaves.components.states)
        lines.append(f"component = np.empty(block.count, np.{kind})")
        x = self._x(self.matcher)
        table = self._selection("COMPONENTS_BY", leaves.components)
        lines.append(
            f"choose_labels(block, {self.column}, component, {x}, COMPONENT_SLOT, {table})"
        )
        if self.matcher is None:
            return [*lines, "leaf = component"]
        return [*lines, f"leaf = {self._table('FIRST_LEAF', leaves.first_leaf)}[x] + component"]

    def _group(self, number: int, group: Group, rows: str, place: str) -> list[str]:
        """Sets ``values`` for the rows in question; ``place`` tells the leaf of the group."""
        low, high = number_literal(self.layout.low), number_literal(self.layout.high)
        whole = self.layout.whole
        match group:
            case ConstantFamily(_, parameters):
                if place == "None":
                    given = ", ".join(map(number_literal, parameters[0]))
                    return self._family(group, f"[{given}]", rows, place)
                table = self._table(f"PARAMETERS_{number}_OF", np.ascontiguousarray(parameters.T))
                return self._family(group, table, rows, place)
            case ComputedFamily(_, arguments):
                return self._family(group, f"[{self._arguments(arguments, rows)}]", rows, "None")
            case QuarterLeaves(selection, first, last):
                table = self._selection(f"QUARTERS_{number}_BY", selection)
                first_name = self._table(f"QUARTER_FIRST_{number}", first)
                last_name = self._table(f"QUARTER_LAST_{number}", last)
                return [
                    f"quarter = quarters(block, {self.column}, {rows}, {place}, {table})",
                    f"ends = {first_name}, {last_name}",
                    f"values = evenly(block, {self.column}, {rows}, quarter, *ends, {whole})",
                ]
            case DefinedLeaf(value):
                text = expression_text(value, rows)
                return [
                    f"value = {text}",
                    f"values = define(block, {self.column}, {rows}, value, {low}, {high}, {whole})",
                ]
            case _:
                given = f"block, {self.column}, {rows}, None, {low}, {high}, {whole}"
                return [f"values = evenly({given})"]

    def _family(
        self, group: ConstantFamily | ComputedFamily, parameters: str, rows: str, place: str
    ) -> list[str]:
        family = group.family
        rounded = self.layout.whole and family not in COUNT_FAMILIES
        low, high = number_literal(self.layout.low), number_literal(self.layout.high)
        given = f"block, {self.column}, {rows}"
        if group.normals:
            loops = f"{family}s_within, within_{family}, each_{family}"
            drawn = f"from_normals({given}, {loops}, parameters, {place}"
            return [
                f"parameters = {parameters}",
                f"values = {drawn}, {low}, {high}, {rounded}, {family in ACCEPTED})",
            ]
        drawn = f"family({given}, each_{family}, parameters"
        if place != "None":
            parameters = f"{parameters}.take({place}, axis=1)"
        return [
            f"parameters = {parameters}",
            f"values = {drawn}, {low}, {high}, {rounded})",
        ]

    def _arguments(self, arguments: Sequence[Expression], rows: str) -> str:
        return ", ".join(expression_text(argument, rows) for argument in arguments)
