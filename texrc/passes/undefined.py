"""Parts of expressions without a value: log(-1), 1/0, exp(1000)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from texrc.diagnostics import Diagnostics
from texrc.ir.expressions import Binary, Call, Expression
from texrc.passes import intervals, wording
from texrc.passes.intervals import INF, Interval
from texrc.passes.programs import Impossible, Step
from texrc.passes.witnesses import Budget, Point, Situation, search


@dataclass(frozen=True, slots=True)
class Undefined:
    """A part of an expression, the point where it has no value, and its operands there."""

    expression: Expression
    values: Point
    operands: tuple[float, ...]


def undefined_parts(situation: Situation, budget: Budget) -> Iterator[tuple[int, Undefined | None]]:
    """For each expression that is not proven to have a value: its place, and a witness if found.

    At most one witness an expression; what several share is the first one's.
    """
    program = situation.program
    try:
        results = program.run(program.whole_box)
    except Impossible:
        return
    if all(results[place].defined for place in program.outputs):
        return
    start = 0
    for number, (place, end) in enumerate(zip(program.outputs, program.ends, strict=True)):
        if not results[place].defined:
            found = None
            for index in range(start, end):
                step = program.steps[index]
                if step.expression is not None and gap(step, results) > 0.0:
                    found = _witness(situation, index, budget)
                    if found is not None:
                        break
            yield number, found
        start = end


def gap(step: Step, results: Sequence[Interval]) -> float:
    """Above 0 where the operands, having values, may leave this step without one."""
    if step.apply is None or not step.operands:
        return -1.0
    operands = [results[place]._replace(defined=True) for place in step.operands]
    if any(abs(operand.low) == INF or abs(operand.high) == INF for operand in operands):
        return 1.0
    if step.apply is intervals.logarithm:
        low = operands[0].low
        return 5e-324 if low == 0.0 else -low
    if step.apply is intervals.square_root:
        return -operands[0].low
    if step.apply is intervals.divide:
        divisor = operands[1]
        if not divisor.low <= 0.0 <= divisor.high:
            nearest = min(abs(divisor.low), abs(divisor.high))
            return -nearest if step.apply(*operands).defined else 1.0
    return -1.0 if step.apply(*operands).defined else 1.0


def _witness(situation: Situation, index: int, budget: Budget) -> Undefined | None:
    step = situation.program.steps[index]
    expression = step.expression
    assert expression is not None

    def verify(values: Point) -> tuple[float, ...] | None:
        from texrc.passes import exact

        operands = tuple(exact.operands(expression, values))
        if not all(abs(operand) < INF for operand in operands):
            return None
        return None if abs(exact.value(expression, values)) < INF else operands

    found = search(situation, lambda results: gap(step, results), verify, budget)
    return Undefined(expression, *found) if found is not None else None


def report(situation: Situation, found: Undefined, subject: str, diagnostics: Diagnostics) -> None:
    """TX306; ``subject`` is what is computed, as in "the mean `mean` of `charges`"."""
    network = situation.network
    columns = wording.read_columns([found.expression])
    trouble, helps = _trouble(found.expression, found.operands)
    diagnostics.add(
        "TX306",
        f"{wording.given(network, columns, found.values)} {subject} needs {trouble}".strip(),
        found.expression.span,
        trouble,
        secondary=wording.declared_ranges(network, columns),
        helps=helps,
    )


def _trouble(expression: Expression, operands: tuple[float, ...]) -> tuple[str, list[str]]:
    texts = [wording.rounded(operand) for operand in operands]
    match expression:
        case Call("log"):
            return f"the logarithm of {texts[0]}", ["`log(max(0.1, ...))` keeps it above a floor"]
        case Call("sqrt"):
            return f"the square root of {texts[0]}", ["`sqrt(max(0, ...))` takes 0 instead"]
        case Binary("/") if operands[1] == 0.0:
            return f"{texts[0]}/0", ["keep the divisor away from 0, as in `x/max(1, y)`"]
        case Binary("**") if operands[0] == 0.0 or (operands[0] < 0.0 and operands[1] % 1.0):
            base = f"({texts[0]})" if operands[0] < 0.0 else texts[0]
            return f"{base}**{texts[1]}", ["keep the base above 0, as in `max(0.1, x)**y`"]
        case Call("exp"):
            return f"exp({texts[0]}), beyond 1.8e308", ["`exp(min(700, ...))` keeps it finite"]
        case Binary(operator):
            return f"{texts[0]}{operator}{texts[1]}, beyond 1.8e308", []
        case _:
            return "a number beyond 1.8e308", []
