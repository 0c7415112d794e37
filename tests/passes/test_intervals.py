"""Intervals hold every value that the sampler can compute, and are no wider than they must."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from texrc.ir import expressions as e
from texrc.ir.network import Column, ColumnType, Network
from texrc.passes import exact, intervals
from texrc.passes.intervals import Interval, point
from texrc.passes.programs import Program

COLUMNS = (
    Column("x", ColumnType.CONTINUOUS, Decimal(-3), Decimal(5)),
    Column("k", ColumnType.INTEGER, Decimal(-2), Decimal(6)),
    Column("level", ColumnType.ORDINAL, labels=("a", "b", "c")),
)
NETWORK = Network("d", "", "", COLUMNS, ())

CONSTANTS = st.sampled_from(
    [Decimal(text) for text in ("0", "1", "2", "3", "0.5", "0.1", "7.25", "1e-9", "400", "1e200")]
).map(e.Constant)
SIGNS = st.sampled_from(("=", "<", "<=", ">", ">="))
LEAVES = st.one_of(
    CONSTANTS,
    st.sampled_from([e.ColumnValue(0), e.ColumnValue(1)]),
    st.builds(e.CodeIndicator, st.just(2), SIGNS, st.integers(0, 2)),
    st.builds(
        e.NumberIndicator,
        st.integers(0, 1),
        SIGNS,
        st.sampled_from([Decimal(text) for text in ("-1", "0", "0.5", "2", "9")]),
    ),
)


def _larger(inner: st.SearchStrategy[e.Expression]) -> st.SearchStrategy[e.Expression]:
    return st.one_of(
        st.builds(e.Negate, inner),
        st.builds(e.Binary, st.sampled_from(("+", "-", "*", "/", "**")), inner, inner),
        inner.flatmap(
            lambda same: st.sampled_from(("-", "*", "/")).map(lambda o: e.Binary(o, same, same))
        ),
        st.builds(
            lambda name, argument: e.Call(name, (argument,)),
            st.sampled_from(("exp", "log", "sqrt", "abs", "floor")),
            inner,
        ),
        st.builds(
            lambda name, arguments: e.Call(name, tuple(arguments)),
            st.sampled_from(("min", "max")),
            st.lists(inner, min_size=2, max_size=3),
        ),
        st.builds(lambda *arguments: e.Call("clamp", arguments), inner, inner, inner),
    )


EXPRESSIONS = st.recursive(LEAVES, _larger, max_leaves=12)


@st.composite
def boxes(draw: st.DrawFn) -> tuple[dict[int, Interval | int], list[dict[int, float]]]:
    """A box of the columns, and points in it: its corners and others."""
    ends = st.floats(-3, 5) | st.sampled_from([-3.0, -1.0, 0.0, 0.5, 1.0, 2.0, 5.0])
    low, high = sorted((draw(ends), draw(ends)))
    first, last = sorted((draw(st.integers(-2, 6)), draw(st.integers(-2, 6))))
    codes = draw(st.sets(st.integers(0, 2), min_size=1))
    sides: dict[int, Interval | int] = {
        0: Interval(low, high),
        1: Interval(float(first), float(last), True),
        2: sum(1 << code for code in codes),
    }
    points = [
        {0: x, 1: float(k), 2: float(code)}
        for x in {low, high, draw(st.floats(low, high))}
        for k in {first, last, draw(st.integers(first, last))}
        for code in codes
    ]
    return sides, points


@settings(max_examples=400, deadline=None)
@given(EXPRESSIONS, boxes())
def test_the_interval_holds_the_value_at_every_point(
    expression: e.Expression, box: tuple[dict[int, Interval | int], list[dict[int, float]]]
) -> None:
    sides, points = box
    (found,) = Program.of(NETWORK, (expression,)).values(sides)
    parts = list(e.walk(expression))
    for values in points:
        value = exact.value(expression, values)
        every_part = all(math.isfinite(exact.value(part, values)) for part in parts)
        if found.defined:
            assert every_part
        if every_part:
            assert found.low <= value <= found.high
            assert value.is_integer() or not found.whole


WHOLE_LEAVES = st.one_of(
    st.integers(0, 9).map(lambda n: e.Constant(Decimal(n))), st.just(e.ColumnValue(1))
)
WHOLE_EXPRESSIONS = st.recursive(
    WHOLE_LEAVES,
    lambda inner: st.one_of(
        st.builds(e.Binary, st.sampled_from(("+", "-", "*")), inner, inner),
        st.builds(lambda a: e.Call("floor", (e.Binary("/", a, e.Constant(Decimal(4))),)), inner),
        st.builds(lambda a: e.Binary("**", a, e.Constant(Decimal(2))), inner),
        st.builds(lambda a, b: e.Call("min", (a, b)), inner, inner),
        st.builds(lambda a: e.Call("abs", (a,)), inner),
    ),
    max_leaves=6,
)


def exactly(expression: e.Expression, k: int) -> Fraction:
    match expression:
        case e.Constant(value):
            return Fraction(value)
        case e.ColumnValue():
            return Fraction(k)
        case e.Binary(operator, left, right):
            a, b = exactly(left, k), exactly(right, k)
            return {
                "+": lambda: a + b,
                "-": lambda: a - b,
                "*": lambda: a * b,
                "/": lambda: a / b,
                "**": lambda: a ** int(b),
            }[operator]()
        case e.Call(function, arguments):
            numbers = [exactly(argument, k) for argument in arguments]
            if function == "floor":
                return Fraction(math.floor(numbers[0]))
            return abs(numbers[0]) if function == "abs" else min(numbers)
    raise AssertionError(expression)


@settings(max_examples=200, deadline=None)
@given(WHOLE_EXPRESSIONS)
def test_whole_numbers_are_exact(expression: e.Expression) -> None:
    (found,) = Program.of(NETWORK, (expression,)).values({1: Interval(-2.0, 6.0, True)})
    assert found.whole
    assume(max(abs(found.low), abs(found.high)) < 2.0**53)
    for k in range(-2, 7):
        assert found.low <= exactly(expression, k) <= found.high
        (at_k,) = Program.of(NETWORK, (expression,)).values({1: point(float(k))})
        assert at_k.low == at_k.high == exactly(expression, k)


@settings(max_examples=300, deadline=None)
@given(st.floats(-700, 700), st.floats(-20, 20))
def test_the_ends_of_exp_log_and_powers_surround_the_real_number(x: float, y: float) -> None:
    with mpmath.workdps(60):
        checks = [(intervals.exponential(point(x)), mpmath.exp(mpmath.mpf(x)))]
        if x > 0.0:
            checks.append((intervals.logarithm(point(x)), mpmath.log(mpmath.mpf(x))))
            checks.append((intervals.square_root(point(x)), mpmath.sqrt(mpmath.mpf(x))))
            checks.append((intervals.power(point(x), point(y)), mpmath.mpf(x) ** mpmath.mpf(y)))
        for found, true in checks:
            if found.defined and true > mpmath.mpf("1e-307"):
                slack = mpmath.mpf(math.ulp(found.low))  # sqrt and exact powers are rounded
                assert found.low - slack <= true <= found.high + slack


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (intervals.add(Interval(0.0, 10.0), point(1.0)), (1.0, 11.0)),
        (intervals.square(Interval(-3.0, 2.0)), (0.0, 9.0)),
        (intervals.difference_with_itself(Interval(-3.0, 2.0)), (0.0, 0.0)),
        (intervals.power(Interval(-3.0, 2.0), point(2.0)), (0.0, 9.0)),
        (intervals.power(Interval(-3.0, 2.0), point(3.0)), (-27.0, 8.0)),
        (intervals.power(Interval(0.5, 2.0), point(-1.0)), (0.5, 2.0)),
        (intervals.exponential(Interval(0.0, 0.0)), (1.0, 1.0)),
        (intervals.clamp(Interval(-9.0, 9.0), point(0.0), point(1.0)), (0.0, 1.0)),
    ],
)
def test_ends_are_exact_where_they_can_be(found: Interval, expected: tuple[float, float]) -> None:
    assert found.defined
    assert found[:2] == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    "found",
    [
        intervals.logarithm(Interval(0.0, 1.0)),
        intervals.square_root(Interval(-1e-300, 1.0)),
        intervals.divide(point(1.0), Interval(-1.0, 1.0)),
        intervals.divide(point(0.0), point(0.0)),
        intervals.power(Interval(-2.0, -1.0), point(0.5)),
        intervals.power(Interval(0.0, 1.0), point(-1.0)),
        intervals.exponential(Interval(0.0, 710.0)),
        intervals.multiply(point(1e289), point(1e289)),
    ],
)
def test_what_may_have_no_value_is_not_defined(found: Interval) -> None:
    assert not found.defined
