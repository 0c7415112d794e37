"""TX307 and TX309: definitions that leave their column's range, or are not whole."""

from __future__ import annotations

from collections.abc import Sequence

from texrc.diagnostics import Diagnostics, Label
from texrc.ir.atoms import ends
from texrc.ir.distributions import Definition
from texrc.ir.network import Column, ColumnType, Network
from texrc.passes import undefined, wording
from texrc.passes.intervals import Interval, point
from texrc.passes.parameters import parts, situation_of
from texrc.passes.programs import Impossible
from texrc.passes.reach import Reach
from texrc.passes.witnesses import Budget, Point, Situation, search
from texrc.syntax.names import quoted


def definitions(network: Network, diagnostics: Diagnostics) -> None:
    """Every definition, at every value that the declared ranges allow."""
    budget = Budget()
    for node in network.nodes or ():
        for row, part in parts(node):
            if isinstance(part, Definition):
                situation = situation_of(network, Reach(network, node), row, (part.value,))
                if situation is not None:
                    _check(situation, node.column, part, budget, diagnostics)


def _check(
    situation: Situation, target: int, part: Definition, budget: Budget, diagnostics: Diagnostics
) -> None:
    column = situation.network.columns[target]
    for _, found in undefined.undefined_parts(situation, budget):
        if found is not None:
            undefined.report(situation, found, f"the value of `{column.name}`", diagnostics)
            return
    program = situation.program
    try:
        (value,) = program.values(program.whole_box)
    except Impossible:
        return
    if column.type is ColumnType.INTEGER and not value.whole:
        _report_not_whole(column, part, diagnostics)
    if _gap(column, value) > 0.0:
        found = _counterexample(situation, column, part, budget)
        if found is not None:
            _report_outside(situation, column, part, *found, diagnostics)


def _gap(column: Column, value: Interval) -> float:
    """By how much the value may lie outside what the column takes."""
    if column.is_discrete:
        return max(-value.low, value.high - 1.0, -1.0 if value.whole else 5e-324)
    low, high = ends(column)
    return max(low - value.low, value.high - high)


def _counterexample(
    situation: Situation, column: Column, part: Definition, budget: Budget
) -> tuple[Point, float] | None:
    (output,) = situation.program.outputs

    def gap(results: Sequence[Interval]) -> float:
        return _gap(column, results[output])

    def verify(values: Point) -> float | None:
        from texrc.passes import exact

        number = exact.value(part.value, values)
        return number if _gap(column, point(number)) > 0.0 else None

    return search(situation, gap, verify, budget)


def _report_outside(
    situation: Situation,
    column: Column,
    part: Definition,
    values: Point,
    number: float,
    diagnostics: Diagnostics,
) -> None:
    network = situation.network
    columns = wording.read_columns([part.value])
    target = network.column_index[column.name]
    shown = wording.rounded(number, lambda short: _gap(column, point(short)) > 0.0)
    message = f"{wording.given(network, columns, values)} the value of `{column.name}` is {shown}"
    if column.is_discrete:
        message += ", neither 0 nor 1"
        label = "a boolean is 0 for no or 1 for yes"
        helps = [f"a comparison is 0 or 1, as in `{quoted(column.name)} = [x >= 10]`"]
        secondary = []
    else:
        low, high = ends(column)
        clamped = (
            f"{quoted(column.name)} = clamp(..., {wording.number(low)}, {wording.number(high)})"
        )
        message += f", {'below' if number < low else 'above'} its range"
        label = f"can leave {wording.range_text(network, target)}"
        helps = [
            f"widen the range of `{column.name}`",
            f"or, where cutting is meant, write `{clamped}`",
        ]
        secondary = wording.declared_ranges(network, [target])
    secondary = [*secondary, *wording.declared_ranges(network, columns)][: wording.MOST_LABELS]
    diagnostics.add(
        "TX307", message.strip(), part.value.span, label, secondary=secondary, helps=helps
    )


def _report_not_whole(column: Column, part: Definition, diagnostics: Diagnostics) -> None:
    secondary = [Label(column.domain_span, "declared as integer")] if column.domain_span else []
    diagnostics.add(
        "TX309",
        f"`{column.name}` is an integer, but its definition need not be whole",
        part.value.span,
        "need not be whole",
        secondary=secondary,
        helps=[
            "`floor(...)` cuts off the fraction, `floor(... + 0.5)` rounds to the nearest",
            f"or declare `{column.name}` as continuous",
        ],
    )
