"""A plan as text, for people who look inside (`compile --emit plan`)."""

from __future__ import annotations

from texrc.codegen.matching import BitVectors, DenseIndex, Matcher
from texrc.codegen.selection import Selection
from texrc.codegen.steps import (
    Choice,
    ComputedFamily,
    ConstantFamily,
    DefinedLeaf,
    Group,
    Layout,
    Leaves,
    Plan,
    QuarterLeaves,
    Step,
    Tabulated,
)
from texrc.syntax.names import quoted


def format_plan(plan: Plan) -> str:
    """One paragraph a column, in the order of drawing, without the numbers of its tables."""
    names = [quoted(column.name) for column in plan.network.columns]
    head = f"plan of {quoted(plan.network.name)}: {len(plan.steps)} columns"
    return "\n".join([head, *(_step_text(step, plan, names) for step in plan.steps)]) + "\n"


def _step_text(step: Step, plan: Plan, names: list[str]) -> str:
    lines = [f"{names[step.column]}: {_layout_text(plan.layouts[step.column])}"]
    if step.matcher is not None:
        lines.append(f"  {_matcher_text(step.matcher, names)}")
    if isinstance(step.draw, Choice):
        lines.extend(f"  {line}" for line in _choice_lines(step.draw))
    elif isinstance(step.draw, Tabulated):
        first, selection = step.draw.first, step.draw.selection
        lines.append(f"  value: {first} and up by {_selection_text(selection)}")
    else:
        lines.extend(f"  {line}" for line in _leaf_lines(step.draw))
    return "\n".join(lines)


def _layout_text(layout: Layout) -> str:
    if layout.states:
        return f"{layout.dtype} codes of {_counted(layout.states, 'label')}"
    if layout.whole:
        return f"{layout.dtype} in {layout.low:.0f} to {layout.high:.0f}"
    return f"{layout.dtype} in {layout.low!r} to {layout.high!r}"


def _matcher_text(matcher: Matcher, names: list[str]) -> str:
    parents = ", ".join(
        names[parent.column]
        if parent.starts is None
        else f"{names[parent.column]} in {_counted(parent.atoms, 'part')}"
        for parent in matcher.parents
    )
    match matcher:
        case DenseIndex(rows=None):
            return f"row: dense index over {parents}: {_counted(matcher.combinations, 'row')}"
        case DenseIndex():
            return f"row: dense index over {parents}: {matcher.combinations} combinations"
        case BitVectors():
            return f"row: bit vectors over {parents}: {_counted(matcher.rows, 'row')}"


def _choice_lines(choice: Choice) -> list[str]:
    lines = [] if choice.selection is None else [f"label: {_selection_text(choice.selection)}"]
    lines.extend(f"label in row {part.row}: {part.distribution.kind}" for part in choice.scored)
    return lines


def _selection_text(selection: Selection) -> str:
    return f"thresholds {selection.rows} x {selection.states - 1}"


def _leaf_lines(leaves: Leaves) -> list[str]:
    lines: list[str] = []
    if leaves.components is not None:
        lines.append(f"component: {_selection_text(leaves.components)}")
    lines.extend(f"value: {_group_text(group)}" for group in leaves.groups)
    return lines


def _group_text(group: Group) -> str:
    match group:
        case ConstantFamily(family, parameters) if len(parameters) == 1:
            return f"{family}({', '.join(repr(float(number)) for number in parameters[0])})"
        case ConstantFamily(family, parameters):
            return f"{family}, {len(parameters)} rows of constant parameters"
        case ComputedFamily(family):
            return f"{family} with computed parameters"
        case QuarterLeaves(selection):
            return f"quarters, {_selection_text(selection)}"
        case DefinedLeaf():
            return "the value of an expression"
        case _:
            return "uniform over the range"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
