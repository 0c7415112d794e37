"""Who does the arithmetic: NumPy for small work, numba's compiled loops for the rest.

Both give the same bits. NumPy starts at once and takes 5 to 50 times as long a row; the
compiled loops cost the import of numba and, until they lie on the user's disk, their
compilation. The figures are medians on one core of a server of 2024; only their ratios matter.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from texrc.codegen import jit, numpy_kernels
from texrc.codegen.drawing import Executor
from texrc.codegen.matching import BitVectors, Matcher
from texrc.codegen.steps import (
    ACCEPTED,
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
from texrc.ir.distributions import COUNT_FAMILIES
from texrc.ir.expressions import Binary, Call, Expression, walk

LOADING_SECONDS = 0.4
"""For importing numba and finding the library on the disk."""
LOADING_SECONDS_EACH = 0.015
"""For reading one compiled function from the disk."""

KEPT = 0.5
"""What is compiled stays on the disk: the run that compiles bears this part of its cost, so that
who draws the same again does not take the slow way each time."""

COSTS: dict[str, tuple[float, float]] = {
    # NumPy's nanoseconds a row beyond numba's, seconds to compile
    "begin_index": (0.1, 0.1),
    "add_to_index": (0.1, 0.1),
    "add_atoms": (7, 0.2),
    "look_up": (2, 0.1),
    "first_rows": (10, 0.2),
    "choose": (40, 3.0),
    "softmax_labels": (200, 0.5),
    "units": (27, 1.2),
    "normals": (75, 1.5),
    # with the functions that draw again what falls outside the range
    "normals_within": (60, 4.2),
    "lognormals_within": (120, 5.1),
    "units_between": (27, 1.9),
    "within_normal": (5, 0.3),
    "gammas_within": (170, 7.0),
    "within_lognormal": (55, 0.5),
    "within_gamma": (100, 0.7),
    "each_normal": (450, 1.5),
    "each_lognormal": (450, 0.8),
    "each_uniform": (10, 0.3),
    "each_exponential": (120, 0.4),
    "each_triangular": (70, 0.4),
    "each_gamma": (10_000, 1.7),
    "each_beta": (4_000, 1.3),
    "each_student_t": (8_000, 1.3),
    "each_poisson": (2_500, 1.1),
    "each_binomial": (6_000, 1.0),
    "each_negative_binomial": (5_000, 1.0),
    "each_between": (3, 0.2),
    "each_whole": (3, 0.3),
    "round_each": (3, 0.2),
    "first_not_finite": (0.1, 0.2),
    "each_exp": (55, 0.2),
    "each_log": (50, 0.2),
    "each_power": (170, 0.7),
}


def executor_for(plan: Plan, rows: int) -> Executor:
    """The one that is expected to cost least for so many rows of the plan, and later runs."""
    uses = Counter[str]()
    for step in plan.steps:
        uses.update(_functions_of(step, plan.layouts[step.column]))
    saved = rows * 1e-9 * sum(COSTS[name][0] * count for name, count in uses.items())
    loaded = jit.NAME in sys.modules
    if not loaded and saved < LOADING_SECONDS:
        return numpy_kernels
    spent = 0.0 if loaded else LOADING_SECONDS
    for name in uses:
        warm = jit.is_warm(name)
        spent += LOADING_SECONDS_EACH * (not loaded) if warm else KEPT * COSTS[name][1]
    return jit.library() if saved >= spent else numpy_kernels


def _functions_of(step: Step, layout: Layout) -> Iterator[str]:
    """The executor's functions that a step calls for each row."""
    if step.matcher is not None:
        yield from _matching(step.matcher)
    if isinstance(step.draw, Choice):
        yield from _choosing(step.draw)
    elif isinstance(step.draw, Tabulated):
        yield "choose"
    else:
        yield from _valuing(step.draw, layout)


def _matching(matcher: Matcher) -> Iterator[str]:
    for parent in matcher.parents:
        yield "add_to_index" if parent.starts is None else "add_atoms"
    if isinstance(matcher, BitVectors):
        yield "first_rows"
    elif matcher.rows is not None:
        yield "look_up"


def _choosing(choice: Choice) -> Iterator[str]:
    if choice.selection is not None:
        yield "choose"
    if choice.scored:
        yield from ("units", "first_not_finite", "softmax_labels")
        yield from _most_used(_called(scored.expressions) for scored in choice.scored)


def _valuing(leaves: Leaves, layout: Layout) -> Iterator[str]:
    if leaves.components is not None:
        yield "choose"
    alone = len(leaves.groups) == 1
    # A row follows one of the groups: every function once is an upper bound.
    yield from _most_used(_drawing(group, layout, alone) for group in leaves.groups)


def _drawing(group: Group, layout: Layout, alone: bool) -> Iterator[str]:
    match group:
        case ConstantFamily(family) | ComputedFamily(family):
            if not group.normals:
                yield from ("units", f"each_{family}", "first_not_finite")
            elif alone:
                yield f"{family}s_within"
            else:
                yield from ("normals", f"within_{family}")
                if family in ACCEPTED:
                    yield "units"
            if layout.whole and family not in COUNT_FAMILIES:
                yield "round_each"
            if isinstance(group, ComputedFamily):
                yield from _called(group.arguments)
        case QuarterLeaves():
            yield "choose"
            yield from _evenly(layout, alone)
        case DefinedLeaf(value):
            yield from _called([value])
        case _:
            yield from _evenly(layout, alone)


def _evenly(layout: Layout, alone: bool) -> tuple[str, ...]:
    if alone and not layout.whole:
        return ("units_between",)
    return "units", "each_whole" if layout.whole else "each_between"


def _called(expressions: Iterable[Expression]) -> Iterator[str]:
    """The elementary functions that expressions call."""
    for expression in expressions:
        for part in walk(expression):
            match part:
                case Binary("**"):
                    yield "each_power"
                case Call("exp" | "log" as function):
                    yield f"each_{function}"
                case _:
                    pass


def _most_used(alternatives: Iterable[Iterable[str]]) -> Iterator[str]:
    """What the alternatives use, each function as often as the one that uses it most."""
    most = Counter[str]()
    for uses in alternatives:
        most |= Counter(uses)
    return most.elements()
