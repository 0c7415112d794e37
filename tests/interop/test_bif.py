"""BIF by hand: what odd files mean, what is said of faulty ones, and what specs become."""

from __future__ import annotations

import random
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.interop.networks import carried
from texrc import driver
from texrc.diagnostics import Diagnostics, Severity
from texrc.importing import import_network
from texrc.interop.bif import decode_bif, read_bif, write_bif
from texrc.interop.bif.expanding import full_table
from texrc.ir.distributions import Categorical
from texrc.ir.network import ColumnType, Network
from texrc.ir.patterns import Anything, IsCode
from texrc.source import SourceFile


def outcome(text: str, **options: bool) -> tuple[Network | None, Diagnostics, SourceFile]:
    source = SourceFile("file.bif", text)
    network, diagnostics = read_bif(source, **options)
    return network, diagnostics, source


def read(text: str, **options: bool) -> Network:
    network, diagnostics, _ = outcome(text, **options)
    assert network is not None and not diagnostics.items, diagnostics.items
    return network


def found(text: str, **options: bool) -> list[tuple[str, str]]:
    """The code of each finding and the text that it points at."""
    network, diagnostics, source = outcome(text, **options)
    assert network is None
    assert diagnostics.has_errors
    return [(d.code, source.slice(d.primary.span) if d.primary else "") for d in diagnostics]


def coin(states: str = "{ head, tail }", row: str = "table 0.5, 0.5;", more: str = "") -> str:
    return (
        f"network coin {{ }}\nvariable side {{\n  type discrete [ 2 ] {states};\n}}\n"
        f"probability ( side ) {{\n  {row}\n}}\n{more}"
    )


def first_row(text: str, **options: bool) -> tuple[Decimal, ...]:
    distribution = read(text, **options).node_of[0].rows[0].distribution
    assert isinstance(distribution, Categorical)
    return tuple(number for number in distribution.probabilities if number is not None)


def labels(text: str) -> tuple[str, ...]:
    return read(text).columns[0].labels


# --- names ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{ yes, no }", ("yes", "no")),
        ("{ <5, >=12 }", ("<5", ">=12")),
        ("{ 0.00_kg/m2, 1e-3 }", ("0.00_kg/m2", "1e-3")),
        ("{ (0,10], (10,20] }", ("(0,10]", "(10,20]")),
        ("{ [ 0, 5), [ 5,10] }", ("[ 0, 5)", "[ 5,10]")),
        ("{ one,two, three }", ("one,two", "three")),
        ('{ "a, b", "c" }', ("a, b", "c")),
        ('{ "say \\"hi\\"", back\\slash }', ('say "hi"', "back\\slash")),
        ('{ 5", 6" }', ('5"', '6"')),
        ("{ very low, a{b}c }", ("very low", "a{b}c")),
        ('{ "true" "false" }', ("true", "false")),
        ("{ a;b, c|d }", ("a;b", "c|d")),
        ("{ größe, 年 }", ("größe", "年")),
        ("{ http://x, a//b }", ("http://x", "a//b")),
        ("{ yes /* really */, no // not\n }", ("yes", "no")),
        ("{ yes,\r\n no }", ("yes", "no")),
    ],
)
def test_states(written: str, meant: tuple[str, ...]) -> None:
    assert labels(coin(written)) == meant


def test_states_of_parents_in_rows() -> None:
    text = """network x { }
variable a b { type discrete [ 2 ] { (0,10], (10,20] }; }
variable c { type discrete [ 2 ] { p,q, r (s) }; }
variable d { type discrete [ 2 ] { no, yes }; }
probability ( a b ) { table 0.5, 0.5; }
probability ( c ) { table 0.5, 0.5; }
probability ( d | a b, c ) {
  ((0,10], p,q) 0.1, 0.9;
  ((10,20], p,q) 0.2, 0.8;
  ((0,10], r (s)) 0.3, 0.7;
  ("(10,20]", "r (s)") 0.4, 0.6;
}
"""
    node = read(text).node_of[2]
    assert node.given == (0, 1)
    assert [row.patterns for row in node.rows] == [
        (IsCode(0), IsCode(0)),
        (IsCode(1), IsCode(0)),
        (IsCode(0), IsCode(1)),
        (IsCode(1), IsCode(1)),
    ]


def test_names_that_cannot_be_spelled_are_changed_and_told() -> None:
    network, diagnostics, source = outcome(coin('{ "", ' + "x" * 90 + " }"))
    assert network is not None
    assert {d.code for d in diagnostics} == {"TW009"}
    assert [source.slice(d.primary.span) for d in diagnostics if d.primary] == ['""', "x" * 90]
    assert all(0 < len(label) <= 80 for label in network.columns[0].labels)
    assert import_network(network).columns[0].labels == network.columns[0].labels


def test_unknown_networks_are_called_by_their_file() -> None:
    network, _ = read_bif(SourceFile("some/where/asia.v2.bif", coin().replace("coin", "unknown")))
    assert network is not None and network.name == "asia"
    network, _ = read_bif(SourceFile("<stdin>", coin().replace("coin", "unknown")))
    assert network is not None and network.name == "network"


# --- what a file says ------------------------------------------------------------


def test_no_and_yes_in_this_order_make_a_boolean() -> None:
    assert read(coin("{ no, yes }")).columns[0].type is ColumnType.BOOLEAN
    assert read(coin("{ yes, no }")).columns[0].type is ColumnType.CATEGORICAL


def test_decimals_stay_as_written() -> None:
    assert list(map(str, first_row(coin(row="table 0.50, .5;")))) == ["0.50", "0.5"]
    assert first_row(coin(row="table 1e-12, 1.0;")) == (Decimal("1e-12"), Decimal(1))


def test_one_table_for_all_parents() -> None:
    """As in Cozman's example: the variable's states run slowest, no bar, no commas."""
    text = """// Bayesian Network in the Interchange Format
network "Dog-Problem" { //2 variables
	property "credal-set constant-density-bounded 1.1" ;
}
variable  "light-on" { //2 values
	type discrete[2] {  "true"  "false" };
	property "description = is the light on" ;
}
variable  "family-out" { type discrete[2] {  "true"  "false" }; }
probability (  "light-on"  "family-out" ) {
	table
		0.6 0.05
		0.4 0.95 ;
}
probability (  "family-out" ) { table 0.15 0.85 ; }
"""
    network = read(text)
    assert network.name == "Dog-Problem"
    assert network.columns[0].description == "is the light on"
    node = network.node_of[0]
    assert node.given == (1,)
    assert [row.distribution.probabilities for row in node.rows] == [  # pyright: ignore[reportAttributeAccessIssue]
        (Decimal("0.6"), Decimal("0.4")),
        (Decimal("0.05"), Decimal("0.95")),
    ]


TWO = """network two { }
variable a { type discrete [ 3 ] { x, y, z }; }
variable b { type discrete [ 2 ] { u, v }; }
probability ( a ) { table 0.2, 0.3, 0.5; }
probability ( b | a ) { ROWS }
"""


def test_a_default_is_the_last_row() -> None:
    rows = read(TWO.replace("ROWS", "default 0.5, 0.5; (y) 0.1, 0.9;")).node_of[1].rows
    assert [row.patterns for row in rows] == [(IsCode(1),), (Anything(),)]
    complete = "(x) 1, 0; (y) 0, 1; default 0.5, 0.5; (z) 0.5, 0.5;"
    assert len(read(TWO.replace("ROWS", complete)).node_of[1].rows) == 3


def test_properties_become_descriptions() -> None:
    text = (
        coin()
        .replace("{ }", '{ property title = "One toss" ; property author = Nobody ; }')
        .replace(";\n}", ';\n  property description = "Side; up" ;\n  property unit = "x" ;\n}', 1)
    )
    network = read(text)
    assert network.title == "One toss"
    assert network.columns[0].description == "Side; up"


def test_latin_1_and_utf_8() -> None:
    for encoding in ("latin-1", "utf-8", "utf-8-sig"):
        source, diagnostics = decode_bif(coin("{ größe, é }").encode(encoding), "x.bif")
        assert source is not None and not diagnostics.items
        assert labels(source.text) == ("größe", "é")
    source, diagnostics = decode_bif(b" " * (32 * 2**20 + 1), "x.bif")
    assert source is None and [d.code for d in diagnostics] == ["TX004"]


def test_renormalizing() -> None:
    text = coin("{ a, b }", "table 0.3333, 0.6666;")
    assert found(text) == [("TX603", "table 0.3333, 0.6666")]
    numbers = first_row(text, renormalize=True)
    assert float(numbers[0]) == 0.3333 / 0.9999
    assert abs(sum(numbers) - 1) < Decimal("1e-16")
    exact = coin("{ a, b }", "table 0.33333, 0.66666;")
    assert first_row(exact, renormalize=True) == (Decimal("0.33333"), Decimal("0.66666"))
    assert found(coin(row="table 0, 0;"), renormalize=True) == [("TX603", "table 0, 0")]


# --- faults ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("TX602", "")]),
        ("hello", [("TX601", "hello")]),
        (coin("{ head, tail"), [("TX601", "probability")]),
        (coin().replace("tail };", "tail }"), [("TX601", "}")]),
        (coin("{ head, tail, edge }"), [("TX602", "2")]),
        (coin().replace("[ 2 ]", "[ 999999999 ]"), [("TX602", "999999999")]),
        (coin().replace("discrete", "continuous"), [("TX602", "continuous")]),
        (coin("{ head, head }"), [("TX602", "head")]),
        (coin(row="table 0.5, x;"), [("TX601", "x")]),
        (coin(row="table 0.5, 0.5"), [("TX601", "}")]),
        (coin(row="table -0.5, 1.5;"), [("TX602", "-0.5")]),
        (coin(row="table 1e-999, 1;"), [("TX602", "1e-999")]),
        (coin(row="table 0.5;"), [("TX602", "table 0.5")]),
        (coin(row="table 0.5, 0.4;"), [("TX603", "table 0.5, 0.4")]),
        (coin(row="table nan, 1;"), [("TX601", "nan")]),
        (coin(row="table 0_1, 1;"), [("TX601", "0_1")]),
        (coin(row="tabel 0.5, 0.5;"), [("TX601", "tabel")]),
        (coin(row=""), [("TX602", "side")]),
        (coin(more="probability ( side ) { table 1, 0; }\n"), [("TX602", "side")]),
        (coin(more="probability ( edge ) { table 1, 0; }\n"), [("TX602", "edge")]),
        (coin(more="probability ( side | "), [("TX601", "(")]),
        (coin().split("probability")[0], [("TX602", "side")]),
        (coin(more="variable side { type discrete [ 1 ] { x }; }\n"), [("TX602", "side")]),
        (coin(more="variable other { }\n"), [("TX601", "other")]),
        (TWO.replace("b | a", "b | b").replace("ROWS", ""), [("TX602", "b")]),
        (TWO.replace("b | a", "b | a, a").replace("ROWS", ""), [("TX602", "a")]),
        (TWO.replace("ROWS", "(x) 1, 0;"), [("TX602", "b")]),
        (TWO.replace("ROWS", "(q) 1, 0; default 1, 0;"), [("TX602", "(q)")]),
        (TWO.replace("ROWS", "(x) 1, 0; (x) 1, 0; default 1, 0;"), [("TX602", "(x)")]),
        (
            TWO.replace("ROWS", "table 1, 1, 1, 0, 0, 0; (x) 1, 0;"),
            [("TX602", "table 1, 1, 1, 0, 0, 0")],
        ),
        (
            TWO.replace("ROWS", "\n(x) 1, 0\n(y 1, 0;\n(z) 1, 0;\n"),
            [("TX601", "("), ("TX601", "y")],
        ),
        (
            TWO.replace("ROWS", "(x) 1, 1; (y) 1; (z) 1, q;"),
            [("TX603", "(x) 1, 1"), ("TX602", "(y) 1"), ("TX601", "q")],
        ),
    ],
)
def test_faults(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_every_name_may_hold_a_name_of_the_format() -> None:
    text = """network network {
}
variable variable {
  type discrete [ 2 ] { type, property };
}
variable probability {
  type discrete [ 2 ] { default, table };
}
probability ( variable ) {
  table 0.5, 0.5;
}
probability ( probability | variable ) {
  (type) 0.5, 0.5;
  (property) 0.5, 0.5;
}
"""
    network = read(text)
    written, _ = write_bif(network)
    assert written is not None
    assert read(written) == network


BASE = carried("asia").decode()


@settings(max_examples=300)
@given(st.integers(0, len(BASE)), st.data())
def test_damaged_files_give_diagnostics(cut: int, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["cut", "drop", "swap", "insert", "twice"]))
    length = data.draw(st.integers(1, 40))
    junk = data.draw(st.text('{}[]()|;,"/*\\\n\r\0 -.0a\u2028é', max_size=12))
    text = {
        "cut": BASE[:cut],
        "drop": BASE[:cut] + BASE[cut + length :],
        "swap": BASE[:cut] + junk + BASE[cut + len(junk) :],
        "insert": BASE[:cut] + junk + BASE[cut:],
        "twice": BASE[: cut + length] + BASE[cut:],
    }[kind]
    network, diagnostics, source = outcome(text)
    assert (network is None) == diagnostics.has_errors
    for diagnostic in diagnostics:
        assert diagnostic.primary is not None
        span = diagnostic.primary.span
        assert 0 <= span.start <= span.end <= len(source.text)
    if network is not None:
        written, _ = write_bif(network)
        assert written is not None
        again, _ = read_bif(SourceFile("file.bif", written))
        assert again is not None and again.columns == network.columns


@given(st.binary(max_size=300))
@example(b"network \xff {")
@example(b"/*" * 100)
@example(b'"\\' * 100)
def test_any_bytes(data: bytes) -> None:
    source, _ = decode_bif(data, "x.bif")
    assert source is not None
    network, diagnostics = read_bif(source)
    assert network is None and diagnostics.has_errors


@pytest.mark.parametrize(
    "text",
    [
        '"\\' * 500_000,
        "/*" * 500_000,
        "(" * 1_000_000,
        "variable a { type discrete [ 2 ] { " + '"' * 1_000_000,
        "variable a { type discrete [ 2 ] { " + "a, " * 300_000,
        "variable a {} " * 50_000,
        TWO.replace("ROWS", "(" + ",x" * 300_000 + ") 1, 0;"),
        TWO.replace("ROWS", "(x) " + "1 " * 500_000),
        TWO.replace("ROWS", "(x) 1, 0; " * 50_000),
        TWO.replace("ROWS", ") 1 " * 300_000),
    ],
    ids=range(10),
)
def test_large_hostile_files_end_soon(text: str) -> None:
    network, diagnostics, _ = outcome(text)
    assert network is None and diagnostics.has_errors
    assert len(diagnostics) <= 100


def test_a_default_over_very_many_combinations() -> None:
    """Forty parents of two states: two to the forty rows, one of them written."""
    names = [f"p{i}" for i in range(40)]
    text = "network wide { }\n"
    for name in [*names, "child"]:
        text += f"variable {name} {{ type discrete [ 2 ] {{ no, yes }}; }}\n"
    for name in names:
        text += f"probability ( {name} ) {{ table 0.5, 0.5; }}\n"
    rows = f"({', '.join(['yes'] * 40)}) 0.1, 0.9;"
    head = f"probability ( child | {', '.join(names)} )"
    network = read(f"{text}{head} {{ {rows} default 0.8, 0.2; }}\n")
    assert len(network.node_of[40].rows) == 2
    written, diagnostics = write_bif(network)
    assert written is None
    assert [d.code for d in diagnostics] == ["TX605"]
    assert found(f"{text}{head} {{ {rows} }}\n") == [("TX602", "child")]


# --- specs to BIF ------------------------------------------------------------------

SPEC = """dataset shop "One visit; a \\"test\\" of the variable probability {x}" {
  topic "Trade / retail"
  columns {
    weather : categorical {sun, rain, `sleet, snow`} "Weather at noon"
    day     : ordinal {weekday < saturday < sunday} (unit "days") "Kind of day"
    busy    : boolean "Queue at the till"
    coupon  : boolean "Used a coupon"
    basket  : ordinal {none < small < `very large`} (target) "What was bought"
    quiet   : boolean "No queue on a weekday"
  }
  model {
    weather ~ {sun: 0.55, rain: 0.35, `sleet, snow`: rest}
    day ~ weights {weekday: 5, saturday: 1, sunday: 1}
    busy | weather, day ~ {
      (sun, >= saturday): {no: 0.2, yes: rest};
      (_, saturday..sunday): {no: 0.5, yes: 0.5};
      _: {no: 0.900, yes: 0.100};
    }
    coupon ~ logit(-1 + 0.5*[day = sunday])
    basket | busy ~ {
      yes: softmax {none: 0, small: 1 + [weather = sun], `very large`: 0.25};
      _: uniform;
    }
    quiet = [busy = no]*[day = weekday]
  }
}
"""


def exported(text: str) -> tuple[Network, str]:
    network = driver.check(SourceFile("spec.texr", text)).network
    assert network is not None
    written, diagnostics = write_bif(network)
    assert written is not None, diagnostics.items
    return network, written


def tables(network: Network) -> list[tuple[tuple[int, ...], dict]]:
    return [
        (node.parents, {codes: [float(p) for p in ps] for codes, ps in full_table(network, node)})
        for node in network.nodes or ()
    ]


def test_a_spec_comes_back_with_the_same_columns_and_probabilities() -> None:
    network, written = exported(SPEC)
    again = read(written)
    assert again.columns == network.columns
    assert (again.name, again.title, again.topic) == (network.name, network.title, network.topic)
    for (parents, table), (read_parents, read_table) in zip(
        tables(network), tables(again), strict=True
    ):
        assert parents == read_parents
        assert table.keys() == read_table.keys()
        for codes, probabilities in table.items():
            np.testing.assert_allclose(read_table[codes], probabilities, rtol=1e-15)
    assert write_bif(again)[0] == written
    assert import_network(again).columns == network.columns


def test_numbers_of_an_export() -> None:
    network, _ = exported(SPEC)
    by_name = {network.columns[node.column].name: node for node in network.nodes or ()}
    weather = dict(full_table(network, by_name["weather"]))
    assert weather == {(): (Decimal("0.55"), Decimal("0.35"), Decimal("0.10"))}
    coupon = dict(full_table(network, by_name["coupon"]))
    for day, score in enumerate((-1, -1, -0.5)):
        assert float(coupon[day,][1]) == pytest.approx(1 / (1 + np.exp(-score)), rel=1e-14)
    quiet = dict(full_table(network, by_name["quiet"]))
    assert {codes for codes, (_, yes) in quiet.items() if yes == 1} == {(0, 0)}
    assert all(sum(ps) == 1 for ps in quiet.values())


@pytest.mark.parametrize(
    ("column", "statement", "where"),
    [
        ("x: integer [0, 9]", "x ~ uniform", "x"),
        ("x: continuous [0, 9]", "x ~ normal(1, 1)", "x"),
    ],
)
def test_numbers_cannot_be_exported(column: str, statement: str, where: str) -> None:
    columns, model = f'{column} "X" y: boolean "Y"', f"{statement} y ~ uniform"
    text = f'dataset d "D" {{ columns {{ {columns} }} model {{ {model} }} }}'
    source = SourceFile("spec.texr", text)
    network = driver.check(source).network
    assert network is not None
    written, diagnostics = write_bif(network)
    assert written is None
    (diagnostic,) = diagnostics
    assert diagnostic.code == "TX605" and diagnostic.severity is Severity.ERROR
    assert diagnostic.primary is not None and source.slice(diagnostic.primary.span) == where


def test_a_context_cannot_be_exported() -> None:
    text = 'dataset d "D" { columns { y: boolean "Y" } }'
    network = driver.check(SourceFile("spec.texr", text)).network
    assert network is not None
    written, diagnostics = write_bif(network)
    assert written is None and [d.code for d in diagnostics] == ["TX605"]


LABELS = st.text(st.sampled_from("ab01.-_,;|(){}[]<>=\"'\\/* é年"), min_size=1, max_size=8).filter(
    lambda label: label == label.strip()
)


@given(st.lists(LABELS, min_size=1, max_size=4, unique=True), st.randoms(use_true_random=False))
def test_any_labels_come_back(names: list[str], random: random.Random) -> None:
    states = ", ".join('"' + n.replace("\\", "\\\\").replace('"', '\\"') + '"' for n in names)
    weights = [random.randint(1, 9) for _ in names]
    numbers = ", ".join(str(Decimal(w) / sum(weights)) for w in weights)
    text = (
        f"network x {{ }}\nvariable a {{ type discrete [ {len(names)} ] {{ {states} }}; }}\n"
        "variable b { type discrete [ 1 ] { only }; }\n"
        f"probability ( a ) {{ table {numbers}; }}\nprobability ( b | a ) {{ default 1; }}\n"
    )
    network = read(text)
    assert network.columns[0].labels == tuple(names)
    written, _ = write_bif(network)
    assert written is not None
    again = read(written)
    assert again.columns == network.columns
    assert tables(again) == tables(network)
