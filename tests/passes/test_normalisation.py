"""Sums against exact fractions, and quarters against their definition."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texrc.diagnostics import Diagnostics
from texrc.ir.distributions import Categorical, Distribution, Family, Mixture, Quarters, Weights
from texrc.ir.expressions import Constant
from texrc.ir.network import Column, ColumnType, Network, Node, Row
from texrc.passes.normalisation import adds_up, exact_sum, normalisation

PROBABILITIES = st.one_of(
    st.decimals(0, 1, places=2),
    st.decimals(0, 1, places=17),
    st.decimals(0, Decimal("1e-6"), places=10),
    st.sampled_from([Decimal("1e-300"), Decimal("1e300"), Decimal("0.333333"), Decimal("1E-5")]),
)


@given(st.lists(PROBABILITIES | st.none(), max_size=8).map(tuple))
def test_sums_are_exact(numbers: tuple[Decimal | None, ...]) -> None:
    exact = sum((Fraction(number) for number in numbers if number is not None), Fraction(0))
    assert Fraction(exact_sum(numbers)) == exact
    tolerance = Fraction(1, 100_000)
    above = exact > 1 + tolerance
    below = exact < 1 - tolerance and None not in numbers
    assert adds_up(numbers) == (not above and not below)


@pytest.mark.parametrize(
    ("numbers", "sound"),
    [
        (("0.99999",), True),
        (("0.99998999",), False),
        (("1.00001",), True),
        (("1.00001", "1e-17"), False),
        (("0.5", "0.5", None), True),
        (("0.5", "0.50001", None), True),
        (("0.5", "0.500010001", None), False),
        ((None,), True),
        (("0", "0"), False),
        (("0.1",) * 10, True),
    ],
)
def test_tolerance_with_its_ends(numbers: tuple[str | None, ...], sound: bool) -> None:
    assert adds_up(tuple(Decimal(n) if n is not None else None for n in numbers)) is sound


def codes(column: Column, *distributions: Distribution) -> list[str]:
    rows = tuple(Row((), distribution) for distribution in distributions)
    network = Network("test", "", "", (column,), (Node(0, (), rows),))
    diagnostics = Diagnostics()
    normalisation(network, diagnostics)
    return [diagnostic.code for diagnostic in diagnostics]


def decimals(*numbers: str) -> tuple[Decimal | None, ...]:
    return tuple(None if number == "rest" else Decimal(number) for number in numbers)


BINARY = Column("y", ColumnType.BOOLEAN, labels=("no", "yes"))


def test_faults_of_each_form() -> None:
    assert codes(BINARY, Categorical(decimals("0.5", "0.4"))) == ["TX301"]
    assert codes(BINARY, Categorical(decimals("1.5", "rest"))) == ["TX305"]
    assert codes(BINARY, Weights((Decimal(0), Decimal("0.00")))) == ["TX312"]
    assert codes(BINARY, Weights((Decimal("1e-30"), Decimal(0)))) == []
    # Rows of one statement: the first five, and a count.
    assert codes(BINARY, *[Categorical(decimals("0.5", "0.4"))] * 9) == ["TX301"] * 5


def test_components_of_mixtures() -> None:
    column = Column("x", ColumnType.INTEGER, Decimal(0), Decimal(100))
    normal = Family("normal", (Constant(Decimal(50)), Constant(Decimal(5))))
    wrong = Quarters(decimals("0.5", "0.5", "0.5", "rest"))
    right = Quarters(decimals("0.25", "0.25", "0.25", "rest"))
    mixture = Mixture(decimals("0.9", "0.2"), (normal, wrong))
    assert codes(column, mixture) == ["TX301", "TX305"]
    assert codes(column, Mixture(decimals("0.9", "rest"), (normal, right))) == []


@given(
    st.integers(-5, 5),
    st.integers(1, 9),
    st.lists(st.sampled_from(["0", "0.25", "0.5"]), min_size=3, max_size=3),
    st.integers(0, 3),
)
def test_empty_quarters_by_their_definition(
    low: int, width: int, others: list[str], place: int
) -> None:
    column = Column("x", ColumnType.INTEGER, Decimal(low), Decimal(low + width))
    numbers = [*others[:place], "rest", *others[place:]]
    total = sum(Fraction(number) for number in others)
    due = ["TX305"] if total > 1 else []
    edges = [low + Fraction(k * width, 4) for k in range(5)]
    for quarter, number in enumerate(numbers):
        share = max(Fraction(0), 1 - total) if number == "rest" else Fraction(number)
        inside = [
            value
            for value in range(low, low + width + 1)
            if edges[quarter] <= value and (value < edges[quarter + 1] or quarter == 3)
        ]
        due += ["TX310"] if share > 0 and not inside else []
    assert sorted(codes(column, Quarters(decimals(*numbers)))) == sorted(due)
