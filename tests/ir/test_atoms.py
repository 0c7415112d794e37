"""Partitions of columns into atoms."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from texrc.ir.atoms import Partition, ends, quarter_edges
from texrc.ir.network import Column, ColumnType
from texrc.ir.patterns import (
    Anything,
    BetweenCodes,
    BetweenNumbers,
    ComparesCode,
    ComparesNumber,
    IsCode,
    IsNumber,
    IsQuarter,
    Pattern,
)

LEVELS = Column("level", ColumnType.ORDINAL, labels=("a", "b", "c", "d"))


def integer(low: int, high: int) -> Column:
    return Column("age", ColumnType.INTEGER, Decimal(low), Decimal(high))


def continuous(low: str, high: str) -> Column:
    return Column("x", ColumnType.CONTINUOUS, Decimal(low), Decimal(high))


def holds(pattern: Pattern, column: Column, value: float) -> bool:
    """Whether a number matches, by the definition of each key."""

    def exact(bound):
        return Fraction(bound if column.type is ColumnType.INTEGER else float(bound))

    x = Fraction(value)
    match pattern:
        case IsNumber(number):
            return x == exact(number)
        case BetweenNumbers(low, high):
            return exact(low) <= x <= exact(high)
        case ComparesNumber(sign, number):
            bound = exact(number)
            return {"<": x < bound, "<=": x <= bound, ">": x > bound, ">=": x >= bound}[sign]
        case IsQuarter(quarter):
            edges = [exact(edge) for edge in quarter_edges(column)]
            below = x <= edges[4] if quarter == 4 else x < edges[quarter]
            return edges[quarter - 1] <= x and below
        case _:
            return True


def test_discrete_atoms_are_labels():
    partition = Partition.of(LEVELS, [ComparesCode(">=", 2)])
    assert partition.count == 4
    assert list(partition.atoms(ComparesCode("<", 2))) == [0, 1]
    assert list(partition.atoms(ComparesCode("<=", 2))) == [0, 1, 2]
    assert list(partition.atoms(ComparesCode(">", 3))) == []
    assert list(partition.atoms(BetweenCodes(1, 2))) == [1, 2]
    assert partition.mask(IsCode(2)) == 0b0100
    assert partition.mask(Anything()) == 0b1111
    assert partition.text(1) == "level = b"
    assert partition.witness(1) == "b"


def test_no_integer_between_neighbours():
    patterns = [BetweenNumbers(Decimal(18), Decimal(29)), BetweenNumbers(Decimal(30), Decimal(64))]
    whole = Partition.of(integer(18, 64), patterns)
    assert [whole.text(i) for i in range(whole.count)] == ["age <= 29", "age >= 30"]
    dense = Partition.of(continuous("18", "64"), patterns)
    assert [dense.text(i) for i in range(dense.count)] == ["x <= 29", "29 < x < 30", "x >= 30"]
    assert dense.witness(1) == Decimal("29.5")


def test_texts():
    patterns = [
        ComparesNumber("<", Decimal("0.25")),
        IsNumber(Decimal("0.5")),
        ComparesNumber(">", Decimal("0.9")),
    ]
    partition = Partition.of(continuous("0", "1"), patterns)
    assert [partition.text(i) for i in range(partition.count)] == [
        "x < 0.25",
        "0.25 <= x < 0.5",
        "x = 0.5",
        "0.5 < x <= 0.9",
        "x > 0.9",
    ]
    quarters = Partition.of(continuous("0", "1"), [IsQuarter(1), IsQuarter(2)])
    assert [quarters.text(i) for i in range(3)] == ["x in q1", "x in q2", "x >= 0.5"]
    assert Partition.of(continuous("0", "1"), []).text(0) == "any x"


def test_empty_quarters_of_integers_have_no_atom():
    column = integer(0, 2)  # edges 0, 0.5, 1, 1.5, 2: q2 holds no integer
    partition = Partition.of(column, [IsQuarter(k) for k in (1, 2, 3, 4)])
    assert partition.count == 3
    assert list(partition.atoms(IsQuarter(2))) == []
    assert [partition.interval(i) for i in range(3)] == [(0, 0), (1, 1), (2, 2)]


NUMBERS = st.decimals(-3, 8, places=1)
PATTERNS = st.one_of(
    st.builds(IsNumber, NUMBERS),
    st.builds(ComparesNumber, st.sampled_from(["<", "<=", ">", ">="]), NUMBERS),
    st.tuples(NUMBERS, NUMBERS).map(lambda pair: BetweenNumbers(min(pair), max(pair))),
    st.builds(IsQuarter, st.sampled_from([1, 2, 3, 4])),
    st.just(Anything()),
)
COLUMNS = st.sampled_from([integer(0, 5), continuous("0", "5"), continuous("0.1", "0.7")])


@given(COLUMNS, st.lists(PATTERNS, max_size=5))
def test_atoms_agree_with_the_keys(column: Column, patterns: list[Pattern]):
    partition = Partition.of(column, patterns)
    low, high = ends(column)
    previous = None
    for atom in range(partition.count):
        first, last = partition.interval(atom)
        assert low <= first <= last <= high
        if previous is not None:
            gap = previous + 1 if column.type is ColumnType.INTEGER else math.nextafter(previous, 9)
            assert gap == first
        previous = last
        witness = float(partition.witness(atom))
        for value in (first, last, witness):
            assert partition.atom_of(value) == atom
            for pattern in patterns:
                assert holds(pattern, column, value) == (atom in partition.atoms(pattern))
    assert previous == high
