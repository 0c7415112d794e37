"""Lints of tables against looking at every combination, and names that look the same."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.passes.networks import ordinal, table
from tests.passes.test_coverage import codes, first_rows
from texrc.diagnostics import Diagnostics
from texrc.ir.distributions import Categorical, Distribution, Poison, Uniform, Weights
from texrc.ir.network import Column, ColumnType, Network
from texrc.ir.patterns import Anything, IsCode, Pattern
from texrc.passes import PASSES, check_network
from texrc.passes.labels_taken import never_taken
from texrc.passes.names_alike import alike, names_alike
from texrc.passes.rows_alike import alike as rows_alike
from texrc.passes.rows_alike import rows_alike as report_rows
from texrc.passes.tables import Table
from texrc.passes.unused_parents import indifferent, unused_parents


def coin(yes: str) -> Distribution:
    return Categorical((1 - Decimal(yes), Decimal(yes)))


DISTRIBUTIONS = st.sampled_from(
    [
        coin("0.5"),
        coin("0.25"),
        coin("1"),
        coin("0"),
        Weights((Decimal(3), Decimal(0))),
        Categorical((None, Decimal(1))),
    ]
)


@st.composite
def drawn_tables(
    draw: st.DrawFn,
) -> tuple[list[Column], list[tuple[Pattern, ...]], list[Distribution]]:
    """Tables of up to three ordinal parents, each with a last row for everything."""
    sizes = draw(st.lists(st.integers(2, 3), min_size=1, max_size=3))
    parents = [ordinal(f"c{number}", size) for number, size in enumerate(sizes)]
    keys = draw(st.lists(st.tuples(*map(codes, sizes)), max_size=6))
    keys.append((Anything(),) * len(sizes))
    count = len(keys)
    return parents, keys, draw(st.lists(DISTRIBUTIONS, min_size=count, max_size=count))


@given(drawn_tables())
def test_indifferent_parents(
    drawn: tuple[list[Column], list[tuple[Pattern, ...]], list[Distribution]],
) -> None:
    network, node = table(*drawn)
    written = Table.of(network, node)
    first = first_rows(written)
    expected = set(written.places)
    if set(first.values()) != set(range(written.row_count)):
        expected = set()  # a row that cannot count is reported instead
    for k, place in enumerate(written.places):
        for combination, row in first.items():
            other = first[(*combination[:k], 0, *combination[k + 1 :])]
            assert row is not None and other is not None
            if node.rows[row].distribution != node.rows[other].distribution:
                expected.discard(place)
    assert indifferent(node, written) == expected


@given(drawn_tables())
def test_labels_never_taken(
    drawn: tuple[list[Column], list[tuple[Pattern, ...]], list[Distribution]],
) -> None:
    network, node = table(*drawn)
    zero = {0, 1}
    for row in set(first_rows(Table.of(network, node)).values()):
        assert row is not None
        match node.rows[row].distribution:
            case Categorical((None, _)):
                positive = {1}
            case Categorical(numbers) | Weights(numbers):
                positive = {code for code, number in enumerate(numbers) if number}
            case _:
                raise AssertionError
        zero -= positive
    assert set(never_taken(network, node)) == zero


def test_what_hides_a_label() -> None:
    parent = [ordinal("a", 2)]
    keys: Sequence[Sequence[Pattern]] = [(IsCode(0),), (IsCode(1),)]
    never = coin("0")
    missing = Categorical((Decimal("0.9"), Decimal(0)))
    for other in (Uniform(), Poison(), missing, Weights((Decimal(0), Decimal(0)))):
        assert never_taken(*table(parent, keys, [never, other])) == []
    assert never_taken(*table(parent, keys, [never, never])) == [1]


def test_rows_that_could_be_one() -> None:
    levels = [ordinal("a", 4)]
    keys: list[tuple[Pattern, ...]] = [(IsCode(code),) for code in range(4)]
    u, v, w = coin("0.1"), coin("0.2"), coin("0.3")
    assert rows_alike(*table(levels, keys, [u, v, v, w])) == [[1, 2]]
    assert rows_alike(*table(levels, keys, [v, v, v, w])) == [[0, 1, 2]]
    assert rows_alike(*table(levels, keys, [u, u, v, v])) == [[0, 1], [2, 3]]
    # No bound and no interval joins these, and truth tables repeat themselves.
    assert rows_alike(*table(levels, keys, [u, v, u, w])) == []
    assert rows_alike(*table(levels, keys, [coin("1"), coin("1"), v, w])) == []
    # The parent makes no difference at all: that is another lint.
    assert rows_alike(*table(levels, keys, [u, u, u, u])) == []
    labels = [Column("b", ColumnType.CATEGORICAL, labels=("p", "q", "r"))]
    assert rows_alike(*table(labels, keys[:3], [u, v, u])) == [[0, 2]]
    # Two keys apart: one row cannot say so.
    two = [ordinal("a", 2), ordinal("b", 2)]
    square: list[tuple[Pattern, ...]] = [(IsCode(a), IsCode(b)) for a in (0, 1) for b in (0, 1)]
    assert rows_alike(*table(two, square, [u, v, w, u])) == []
    assert rows_alike(*table(two, square, [u, v, w, v])) == [[1, 3]]


def test_long_tables_may_repeat_themselves() -> None:
    keys: list[tuple[Pattern, ...]] = [(IsCode(code),) for code in range(40)]
    rows = [coin("0.1"), coin("0.1"), *[coin(f"0.{code + 10}") for code in range(38)]]
    diagnostics = Diagnostics()
    report_rows(table([ordinal("a", 40)], keys, rows)[0], diagnostics)
    assert len(diagnostics) == 0


def test_a_single_row_for_everything() -> None:
    network, _ = table([ordinal("a", 2)], [(Anything(),)])
    diagnostics = Diagnostics()
    unused_parents(network, diagnostics)
    assert [d.code for d in diagnostics] == ["TW002"]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("bmi", "BMI", True),
        ("first name", "first_name", True),
        ("firstname", "First_Name", True),
        ("O", "0", True),
        ("l1", "Il", True),
        ("age", "аge", True),
        ("x²", "x2", True),
        ("ﬁeld", "field", True),
        ("straße", "STRASSE", True),
        ("age", "page", False),
        ("x1", "x2", False),
        ("i", "l", False),
        ("no", "yes", False),
        ("größe", "grosse", False),
        ("年", "月", False),
        ("-1", "1", False),
        ("1.0", "10", False),
    ],
)
def test_names_that_look_the_same(first: str, second: str, same: bool) -> None:
    assert (alike([first, "between", second]) == [[0, 2]]) is same


def test_groups_of_names() -> None:
    assert alike(["a", "A", "b", "a ", "B", "c"]) == [[0, 1, 3], [2, 4]]
    assert alike([]) == []


def test_labels_of_different_columns_are_not_compared() -> None:
    columns = tuple(
        Column(name, ColumnType.CATEGORICAL, labels=(label, "other"), description="x")
        for name, label in (("p", "Yes"), ("q", "yes"))
    )
    diagnostics = Diagnostics()
    names_alike(Network("test", "", "", columns), diagnostics)
    assert len(diagnostics) == 0


def test_every_pass_takes_a_network_without_a_model_or_places() -> None:
    network = Network("test", "Title", "", (ordinal("a", 3),))
    assert {d.code for d in check_network(network)} == {"TW004", "TW008"}
    assert len({run.__name__ for run in PASSES}) == len(PASSES)
