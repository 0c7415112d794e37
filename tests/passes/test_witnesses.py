"""Witnesses are true counterexamples, and small boxes are decided completely."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from texrc.ir import expressions as e
from texrc.ir import patterns as p
from texrc.ir.atoms import Partition
from texrc.ir.distributions import FAMILIES, Uniform
from texrc.ir.network import Column, ColumnType, Network, Node, Row
from texrc.passes import exact
from texrc.passes.claims import CLAIMS
from texrc.passes.intervals import Interval, point
from texrc.passes.masses import Question, masses
from texrc.passes.moments import mass_at_least
from texrc.passes.programs import Program
from texrc.passes.reach import Reach
from texrc.passes.witnesses import Budget, Point, Situation, search

A, B, C, Y = range(4)
COLUMNS = (
    Column("a", ColumnType.INTEGER, Decimal(0), Decimal(6)),
    Column("b", ColumnType.INTEGER, Decimal(-2), Decimal(3)),
    Column("c", ColumnType.ORDINAL, labels=("low", "mid", "high")),
    Column("y", ColumnType.CONTINUOUS, Decimal(0), Decimal(1)),
)
EVERYTHING = list(itertools.product(range(7), range(-2, 4), range(3)))


def number_patterns(low: int, high: int) -> st.SearchStrategy[p.Pattern]:
    numbers = st.integers(low, high).map(Decimal)
    return st.one_of(
        st.just(p.Anything()),
        st.builds(p.IsNumber, numbers),
        st.builds(p.ComparesNumber, st.sampled_from(("<", "<=", ">", ">=")), numbers),
        st.builds(lambda x, y: p.BetweenNumbers(min(x, y), max(x, y)), numbers, numbers),
        st.builds(p.IsQuarter, st.sampled_from((1, 2, 3, 4))),
    )


CODE_PATTERNS = st.one_of(
    st.just(p.Anything()),
    st.builds(p.IsCode, st.integers(0, 2)),
    st.builds(p.ComparesCode, st.sampled_from(("<", "<=", ">", ">=")), st.integers(0, 2)),
)
ROWS = st.lists(
    st.builds(
        lambda *patterns: Row(patterns, Uniform()),
        number_patterns(0, 6),
        number_patterns(-2, 3),
        CODE_PATTERNS,
    ),
    min_size=1,
    max_size=6,
)
INNER = st.one_of(
    st.integers(0, 4).map(lambda n: e.Constant(Decimal(n))),
    st.sampled_from([e.ColumnValue(A), e.ColumnValue(B)]),
    st.builds(e.CodeIndicator, st.just(C), st.sampled_from(("=", "<", ">=")), st.integers(0, 2)),
)
EXPRESSIONS = st.recursive(
    INNER,
    lambda inner: st.one_of(
        st.builds(e.Binary, st.sampled_from(("+", "-", "*", "/")), inner, inner),
        st.builds(lambda a, b: e.Call("max", (a, b)), inner, inner),
        st.builds(lambda a: e.Call("sqrt", (a,)), inner),
    ),
    max_leaves=8,
)


def network_of(rows: Sequence[Row]) -> tuple[Network, Node]:
    node = Node(Y, (A, B, C), tuple(rows))
    return Network("d", "", "", COLUMNS, (node,)), node


def first_rows(node: Node) -> dict[tuple[int, int, int], int | None]:
    """The first row that matches each combination of a, b and c, by looking at every one."""
    partitions = [
        Partition.of(COLUMNS[column], [row.patterns[column] for row in node.rows])
        for column in (A, B, C)
    ]
    first = {}
    for values in EVERYTHING:
        atoms = [part.atom_of(value) for part, value in zip(partitions, values, strict=True)]
        first[values] = next(
            (
                number
                for number, row in enumerate(node.rows)
                if all(
                    atom in part.atoms(pattern)
                    for atom, part, pattern in zip(atoms, partitions, row.patterns, strict=True)
                )
            ),
            None,
        )
    return first


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_reach_against_every_combination(rows: list[Row]) -> None:
    network, node = network_of(rows)
    reach, first = Reach(network, node), first_rows(node)
    for number in range(len(rows)):
        reached = [values for values, row in first.items() if row == number]
        domains = reach.domains(number)
        if domains is None:
            assert not reached
        else:
            for values in reached:
                assert all(domain.holds(float(values[c])) for c, domain in domains.items())
        for values, row in first.items():
            assert reach.is_first(number, dict(enumerate(map(float, values)))) == (row == number)
        for a in range(7):
            assert reach.is_first(number, {A: float(a)}) == any(v[0] == a for v in reached)


@settings(max_examples=120, deadline=None)
@given(ROWS, EXPRESSIONS, st.integers(-6, 12))
def test_small_boxes_are_decided(rows: list[Row], expression: e.Expression, most: int) -> None:
    """A witness against "the value is at most ``most``" is found exactly where one exists."""
    network, node = network_of(rows)
    reach, first = Reach(network, node), first_rows(node)
    for number in range(len(rows)):
        broken = set()
        for values, row in first.items():
            if row == number:
                value = exact.value(expression, dict(enumerate(map(float, values))))
                if value > most:
                    broken.add(values)
        domains = reach.domains(number)
        if domains is None:
            continue
        program = Program.of(network, (expression,), domains)

        def gap(results: Sequence[Interval], place: int = program.outputs[0]) -> float:
            return results[place].high - most

        def verify(values: Point) -> float | None:
            value = exact.value(expression, values)
            return value if value > most else None

        found = search(Situation(network, program, reach, number), gap, verify, Budget())
        if found is None:
            assert not broken
            continue
        witness, value = found
        assert value == exact.value(expression, witness) > most
        assert any(
            all(float(values[column]) == number for column, number in witness.items())
            for values in broken
        )


PARAMETERS = st.sampled_from([-1.0, 0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 40.0]) | st.floats(0.01, 50)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(FAMILIES)), st.tuples(PARAMETERS, PARAMETERS, PARAMETERS))
def test_claims_agree_with_the_kernels(family: str, numbers: tuple[float, float, float]) -> None:
    parameters = numbers[: len(FAMILIES[family])]
    (mass,) = masses([Question(family, parameters, 0.0, 1.0)])
    sound = all(claim.gap([point(x) for x in parameters]) <= 0.0 for claim in CLAIMS[family])
    assert sound == (not math.isnan(mass))


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(sorted(FAMILIES)),
    st.lists(st.tuples(*[PARAMETERS] * 3), min_size=1, max_size=4),
    st.floats(-20, 60),
    st.floats(0.1, 80),
)
def test_the_bound_is_below_the_mass(
    family: str, several: list[tuple[float, float, float]], low: float, width: float
) -> None:
    """One bound for the box around several parameters holds for each of them."""
    several = [numbers[: len(FAMILIES[family])] for numbers in several]  # pyright: ignore[reportAssignmentType]
    if family == "binomial":
        several = [(float(round(n)), p) for n, p, *_ in several]  # pyright: ignore[reportAssignmentType]
    box = [
        Interval(min(numbers), max(numbers), all(x.is_integer() for x in numbers))
        for numbers in zip(*several, strict=True)
    ]
    if any(claim.gap(box) > 0.0 for claim in CLAIMS[family]):
        return
    bound = mass_at_least(family, box, low, low + width)
    for mass in masses([Question(family, numbers, low, low + width) for numbers in several]):
        assert bound <= mass + 1e-9
