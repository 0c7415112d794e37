"""Raising: lowering what it gives is the network again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import names, networks
from texrc.ir import distributions as d
from texrc.ir import expressions as e
from texrc.ir.lower import lower
from texrc.ir.network import Column, ColumnType, Network, Node, Row
from texrc.ir.patterns import Anything, IsCode
from texrc.ir.raising import raise_network, spellable
from texrc.ir.raising.spelling import number
from texrc.source import SourceFile
from texrc.syntax import format_dataset, parse
from texrc.syntax.names import is_spellable

SIDE = Column("side", ColumnType.CATEGORICAL, labels=("head", "tail"))
SIZE = Column("size", ColumnType.CONTINUOUS, Decimal(-1), Decimal("2.50"))


def text_of(*columns: Column, nodes: tuple[Node, ...] | None = None) -> str:
    return format_dataset(raise_network(Network("x", "", "", columns, nodes)))


def statements(*nodes: Node) -> list[str]:
    lines = text_of(SIDE, SIZE, nodes=nodes).split("  model {\n")[1].splitlines()
    return [line.removeprefix("    ") for line in lines[:-2]]


def lone(column: int, distribution: d.Distribution) -> Node:
    return Node(column, (), (Row((), distribution),))


@settings(max_examples=60)
@given(networks(model=None))
def test_lowering_raised_networks(network: Network):
    tree = raise_network(network)
    lowered, diagnostics = lower(tree)
    assert not list(diagnostics)
    assert lowered == network
    read, found = parse(SourceFile("<test>", format_dataset(tree)))
    assert not list(found)
    assert read == tree


def test_readable_choices():
    other = d.Categorical((Decimal("0.250"), None))
    assert statements(
        Node(
            0,
            (1,),
            (Row((Anything(),), other),),
        ),
        lone(1, d.Family("normal", (e.Constant(Decimal("-1.5")), e.Constant(Decimal(2))))),
    ) == [
        "side | size ~ { _: {head: 0.250, tail: rest} }",
        "size ~ normal(-1.5, 2)",
    ]


def test_one_row_for_everything_needs_no_table():
    node = Node(1, (0,), (Row((Anything(),), d.Uniform()),))
    assert statements(node) == ["size | side ~ uniform"]
    lowered, _ = lower(raise_network(Network("x", "", "", (SIDE, SIZE), (node,))))
    assert lowered.nodes == (node,)


def test_rows_that_match_anything_have_one_key():
    node = Node(
        1,
        (0, 2),
        (
            Row((IsCode(1), Anything()), d.Uniform()),
            Row((Anything(), Anything()), d.Quarters((Decimal(0), Decimal(1), None, Decimal(0)))),
        ),
    )
    other = Column("b", ColumnType.BOOLEAN, labels=("no", "yes"))
    text = text_of(SIDE, SIZE, other, nodes=(node,))
    assert "(tail, _): uniform;" in text
    assert "_:         quarters [0, 1, rest, 0];" in text


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        ("0.50", "0.50"),
        ("-12", "-12"),
        ("1E+3", "1000"),
        ("1E+12", "1e12"),
        ("0.000001", "0.000001"),
        ("1.20E-7", "1.2e-7"),
        ("0E-40", "0"),
        ("-0", "0"),
        ("0.1234567890123456789", "12.34567890123456789e-2"),
        ("123456789012345678901", "1234.56789012345678901e17"),
        ("9.9E+289", "9.9e289"),
        ("1E+300", "100000000000e289"),
        ("1.2E-290", "0.12e-289"),
    ],
)
def test_numbers(value: str, raw: str):
    written = number(Decimal(value))
    assert written.raw == raw
    assert written.value == Decimal(value)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=17, min_value=-(10**12), max_value=10**12
    )
)
def test_numbers_keep_their_value(value: Decimal):
    assert number(value).value == value


@pytest.mark.parametrize(
    "value", ["NaN", "Infinity", "1E+305", "1E-320", "1." + "3" * 40, "0." + "1" * 33]
)
def test_numbers_without_spelling(value: str):
    with pytest.raises(ValueError, match="no spec can"):
        number(Decimal(value))


@pytest.mark.parametrize("name", ["", "a\tb", "x" * 81, "\x7f", "\ud800", "a\nb", "\0"])
def test_names_without_spelling(name: str):
    column = Column(name, ColumnType.BOOLEAN, labels=("no", "yes"))
    with pytest.raises(ValueError, match="no spec can have the name"):
        text_of(column)
    with pytest.raises(ValueError, match="no spec can have the label"):
        text_of(Column("x", ColumnType.CATEGORICAL, labels=("a", name)))
    assert is_spellable(spellable(name))


@given(st.lists(st.text(max_size=90), unique=True, max_size=8))
def test_spellable_names_stay_different(given_names: list[str]):
    made = [spellable(name) for name in given_names]
    assert len(set(made)) == len(made)
    assert all(map(is_spellable, made))
    assert made == [spellable(name) for name in made]


@given(names())
def test_names_that_can_be_spelled_stay(name: str):
    assert spellable(name) == name


@pytest.mark.parametrize(
    ("network", "message"),
    [
        (Network("x", "", "", ()), "at least one column"),
        (Network("x", "", "", (SIDE,), ()), "at least one statement"),
        (Network("x", "\x01", "", (SIDE,)), "no spec can have the text"),
        (Network("x", "t" * 401, "", (SIDE,)), "longer than 400"),
        (Network("x", "", "", (Column("l", ColumnType.ORDINAL, labels=("a",)),)), "two levels"),
        (Network("x", "", "", (Column("l", ColumnType.CATEGORICAL),)), "no labels"),
        (Network("x", "", "", (Column("l", ColumnType.INTEGER),)), "no range"),
        (Network("x", "", "", (SIDE,), (lone(0, d.Poison()),)), "has errors"),
        (Network("x", "", "", (SIDE,), (Node(0, (), ()),)), "several rows|one row"),
        (Network("x", "", "", (SIDE, SIZE), (Node(0, (1,), ()),)), "no rows"),
        (
            Network(
                "x",
                "",
                "",
                (SIDE, SIZE),
                (Node(1, (0,), (Row((Anything(),), d.Definition(e.Constant(Decimal(1)))),)),),
            ),
            "cannot stand in a table",
        ),
    ],
)
def test_networks_that_no_text_says(network: Network, message: str):
    with pytest.raises(ValueError, match=message):
        raise_network(network)


def test_expressions_too_deep():
    deep: e.Expression = e.ColumnValue(1)
    for _ in range(5000):
        deep = e.Negate(deep)
    with pytest.raises(ValueError, match="below each other"):
        raise_network(Network("x", "", "", (SIDE, SIZE), (lone(1, d.Definition(deep)),)))
