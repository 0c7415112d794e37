"""The passes over declared ranges, against looking at every combination of small ranges."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.passes.test_intervals import EXPRESSIONS as ANY_EXPRESSION
from tests.passes.test_witnesses import COLUMNS, EXPRESSIONS, ROWS, A, B, C, Y, first_rows
from tests.strategies import networks
from texrc import driver
from texrc.diagnostics import Diagnostics
from texrc.ir import expressions as e
from texrc.ir.distributions import FAMILIES, Definition, Family, Uniform
from texrc.ir.network import Column, ColumnType, Network, Node, Row
from texrc.passes import exact
from texrc.passes.claims import CLAIMS
from texrc.passes.definitions import definitions
from texrc.passes.masses import Question, masses
from texrc.passes.parameters import parameters
from texrc.passes.supports import supports
from texrc.source import SourceFile


def network_of(*nodes: Node, columns: tuple[Column, ...] = COLUMNS) -> Network:
    free = tuple(Node(column, (), (Row((), Uniform()),)) for column in (A, B, C))
    return Network("d", "", "", columns, (*free, *nodes))


def codes(network: Network) -> list[str]:
    found = Diagnostics()
    for run in (parameters, definitions, supports):
        run(network, found)
    return [diagnostic.code for diagnostic in found]


def has_value(expression: e.Expression, values: dict[int, float]) -> bool:
    return all(math.isfinite(exact.value(part, values)) for part in e.walk(expression))


@settings(max_examples=100)
@given(ROWS, st.lists(st.tuples(EXPRESSIONS, EXPRESSIONS), min_size=6, max_size=6))
def test_parameters_are_reported_exactly_where_they_fail(
    rows: list[Row], arguments: list[tuple[e.Expression, e.Expression]]
) -> None:
    """One row of TX306 for each parameter that some combination makes fail, and no other."""
    table = tuple(
        Row(row.patterns, Family("normal", pair))
        for row, pair in zip(rows, arguments, strict=False)
    )
    node = Node(Y, (A, B, C), table)
    network = network_of(node)
    first = first_rows(node)
    due = 0
    for number, row in enumerate(table):
        assert isinstance(row.distribution, Family)
        mean, sd = row.distribution.arguments
        points = [
            dict(enumerate(map(float, v))) for v, first_row in first.items() if first_row == number
        ]
        if not e.columns_of(mean) and not e.columns_of(sd):
            points = [{}]  # a constant is wrong wherever it stands
        mean_fails = any(not has_value(mean, values) for values in points)
        shared = [part for part in e.walk(sd) if part in list(e.walk(mean))]
        sd_lacks = any(
            not has_value(sd, values) and all(has_value(part, values) for part in shared)
            for values in points
        )
        sd_undefined = any(not has_value(sd, values) for values in points)
        sd_fails = not sd_undefined and any(exact.value(sd, values) <= 0 for values in points)
        due += mean_fails + (sd_lacks or sd_fails)
    found = Diagnostics()
    parameters(network, found)
    assert {diagnostic.code for diagnostic in found} <= {"TX306"}
    hidden = sum(len(diagnostic.notes) for diagnostic in found)
    assert hidden or len(found) == due


TARGETS = (
    Column("y", ColumnType.CONTINUOUS, Decimal(-2), Decimal(9)),
    Column("y", ColumnType.INTEGER, Decimal(-2), Decimal(9)),
    Column("y", ColumnType.BOOLEAN, labels=("no", "yes")),
)


@settings(max_examples=150)
@given(EXPRESSIONS, st.sampled_from(TARGETS))
def test_definitions_are_reported_exactly_where_they_fail(
    expression: e.Expression, target: Column
) -> None:
    node = Node(Y, (), (Row((), Definition(expression)),))
    network = network_of(node, columns=(*COLUMNS[:3], target))
    points = [dict(enumerate(map(float, values))) for values in first_rows(Node(Y, (A, B, C), ()))]
    found = codes(network)
    if any(not has_value(expression, values) for values in points):
        assert found == ["TX306"]
        return
    numbers = {exact.value(expression, values) for values in points}
    if target.is_discrete:
        assert ("TX307" in found) == (not numbers <= {0.0, 1.0})
    else:
        assert ("TX307" in found) == any(not -2 <= number <= 9 for number in numbers)
    if target.type is ColumnType.INTEGER and "TX309" not in found:
        assert all(number.is_integer() for number in numbers)
    assert set(found) <= {"TX307", "TX309"}


DRAWN: st.SearchStrategy[Family] = st.one_of(
    st.builds(
        lambda a, b: Family("normal", (a, e.Call("max", (b, ONE)))), EXPRESSIONS, EXPRESSIONS
    ),
    st.builds(lambda a: Family("poisson", (e.Call("max", (a, ONE)),)), EXPRESSIONS),
    st.builds(lambda a: Family("lognormal", (a, ONE)), EXPRESSIONS),
)
ONE = e.Constant(Decimal(1))


@settings(max_examples=100)
@given(DRAWN)
def test_masses_are_reported_only_where_they_are_little(family: Family) -> None:
    target = Column("y", ColumnType.INTEGER, Decimal(3), Decimal(12))
    network = network_of(Node(Y, (), (Row((), family),)), columns=(*COLUMNS[:3], target))
    points = [dict(enumerate(map(float, values))) for values in first_rows(Node(Y, (A, B, C), ()))]
    if any(not has_value(part, values) for part in family.arguments for values in points):
        return
    margin = 0.0 if family.name == "poisson" else 0.5
    found = masses(
        [
            Question(
                family.name,
                tuple(exact.value(argument, values) for argument in family.arguments),
                3 - margin,
                12 + margin,
            )
            for values in points
        ]
    )
    reported = codes(network)
    assert len(reported) <= 1
    if reported == ["TX308"]:
        assert min(found) < 1e-300
    elif reported == ["TW003"]:
        assert min(found) < 0.01
    else:
        assert sum(mass < 0.01 for mass in found) < 0.3 * len(found)


WIDE = (
    Column("x", ColumnType.CONTINUOUS, Decimal("-1e300"), Decimal("1e300")),
    Column("k", ColumnType.INTEGER, Decimal(-5), Decimal(2**53)),
    Column("level", ColumnType.ORDINAL, labels=("a", "b", "c")),
)


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(CLAIMS)), st.tuples(*[ANY_EXPRESSION] * 3), st.sampled_from(TARGETS[:2])
)
def test_absurd_ranges_and_expressions_are_survived(
    family: str, arguments: tuple[e.Expression, ...], target: Column
) -> None:
    arguments = arguments[: len(FAMILIES[family])]
    node = Node(Y, (), (Row((), Family(family, arguments)),))  # pyright: ignore[reportArgumentType]
    assert set(codes(network_of(node, columns=(*WIDE, target)))) <= {"TX306", "TX308", "TW003"}
    definition = Node(Y, (), (Row((), Definition(arguments[0])),))
    found = codes(network_of(definition, columns=(*WIDE, target)))
    assert set(found) <= {"TX306", "TX307", "TX309"}


@pytest.mark.parametrize(
    ("family", "numbers"),
    [("gamma", ("0.06", "9e251")), ("exponential", ("9e200",)), ("normal", ("5e250", "1e249"))],
)
def test_a_variance_beyond_floating_point_is_no_fault(
    family: str, numbers: tuple[str, ...]
) -> None:
    target = Column("y", ColumnType.CONTINUOUS, Decimal(0), Decimal("1e252"))
    arguments = tuple(e.Constant(Decimal(number)) for number in numbers)
    node = Node(Y, (), (Row((), Family(family, arguments)),))  # pyright: ignore[reportArgumentType]
    assert codes(network_of(node, columns=(*COLUMNS[:3], target))) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("normal(0 - x, 0.5)", ["TX308"]),
        ("normal(0 - x, 400)", ["TW003"]),
        ("normal(0, x - 30)", ["TX306"]),
        ("normal(0, 40 - x)", []),
    ],
)
def test_columns_that_are_constant_are_known(statement: str, found: list[str]) -> None:
    """Nothing is free where an expression reads only what is defined by numbers."""
    text = f"""dataset d "D" {{
      columns {{ b: boolean "B" x: continuous [20, 50] "X" y: continuous [-4, 4] "Y" }}
      model {{ b ~ uniform x = 20 + 10 y | b ~ {{yes: {statement}; no: uniform}} }}
    }}"""
    diagnostics = driver.check(SourceFile("d.texr", text)).diagnostics
    assert [each.code for each in diagnostics] == found


@settings(max_examples=30)
@given(networks(max_columns=6))
def test_sound_networks_have_no_errors(network: Network) -> None:
    assert not set(codes(network)) - {"TW003"}
