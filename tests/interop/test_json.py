"""JSON of the network: exact both ways, described by its schema, and safe from any text."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interop.networks import carried
from tests.strategies import networks
from texrc import driver
from texrc.diagnostics import Diagnostics
from texrc.importing import import_network
from texrc.interop.bif import decode_bif, read_bif
from texrc.interop.json import json_schema, read_json, to_json
from texrc.ir.distributions import Definition
from texrc.ir.expressions import Call, Constant
from texrc.ir.network import Column, ColumnType, Network, Node, Row
from texrc.resources import folder
from texrc.source import SourceFile
from texrc.syntax.limits import MAX_OPERATIONS

SPECS = sorted(folder("specs").rglob("*.texr"))
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def outcome(text: str) -> tuple[Network | None, Diagnostics, SourceFile]:
    source = SourceFile("network.json", text)
    network, diagnostics = read_json(source)
    assert {d.code for d in diagnostics} <= {"TX604"}
    assert (network is None) == diagnostics.has_errors
    return network, diagnostics, source


def found(text: str) -> list[tuple[str, str]]:
    """What is said, and the text that it is said of."""
    network, diagnostics, source = outcome(text)
    assert network is None
    return [(d.message, source.slice(d.primary.span) if d.primary else "") for d in diagnostics]


def spec(path: Any) -> Network:
    network = driver.check(driver.read_source(str(path))).network
    assert network is not None
    return network


# --- both ways -------------------------------------------------------------------


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_specs_come_back(path: Any) -> None:
    network = spec(path)
    text = to_json(network)
    again, diagnostics, _ = outcome(text)
    assert again == network, diagnostics.items
    assert again is not None and to_json(network) == to_json(again)
    VALIDATOR.validate(json.loads(text))


@settings(max_examples=25)
@given(networks())
def test_networks_come_back(network: Network) -> None:
    text = to_json(network)
    again, diagnostics, _ = outcome(text)
    assert again == network, diagnostics.items
    VALIDATOR.validate(json.loads(text))


def test_a_published_network_comes_back() -> None:
    source, _ = decode_bif(carried("hailfinder"), "hailfinder.bif")
    assert source is not None
    network, _ = read_bif(source)
    assert network is not None
    again, _, _ = outcome(to_json(network))
    assert again == network


def test_a_context_has_no_nodes() -> None:
    column = Column("age", ColumnType.INTEGER, Decimal(0), Decimal(99), unit="y", target=True)
    context = Network("people", "One person", "", (column,))
    written = json.loads(to_json(context))
    assert written["columns"] == [
        {
            "name": "age",
            "type": "integer",
            "low": "0",
            "high": "99",
            "unit": "y",
            "target": True,
        }
    ]
    assert "nodes" not in written
    assert outcome(to_json(context))[0] == context


def test_the_road_in_ends_as_text() -> None:
    network = spec(SPECS[0])
    again, _, _ = outcome(to_json(network))
    assert again is not None
    assert import_network(again).network == network


def test_deep_expressions_come_back() -> None:
    """As many operations below each other as the parser takes."""
    value: Constant | Call = Constant(Decimal("0.5"))
    for _ in range(MAX_OPERATIONS):
        value = Call("abs", (value,))
    column = Column("x", ColumnType.CONTINUOUS, Decimal(0), Decimal(1))
    network = Network("n", "", "", (column,), (Node(0, (), (Row((), Definition(value)),)),))
    assert outcome(to_json(network))[0] == network


# --- the schema ------------------------------------------------------------------


def test_the_schema_is_one_and_says_what_things_mean() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    definitions = schema["$defs"]
    assert all(definition.get("description") for definition in definitions.values())
    assert all(
        definition["additionalProperties"] is False
        for definition in definitions.values()
        if definition["type"] == "object"
    )
    assert not {"Poison", "UnknownKey", "Span"} & set(definitions)


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    good = json.loads(to_json(spec(SPECS[0])))
    for bad in (
        {**good, "extra": 1},
        {**good, "version": 2},
        {**good, "columns": 3},
        {key: value for key, value in good.items() if key != "columns"},
        {**good, "columns": [{**good["columns"][0], "type": "number"}]},
        {**good, "columns": [{**good["columns"][0], "span": None}]},
    ):
        assert not VALIDATOR.is_valid(bad)
        assert found(json.dumps(bad))


# --- faults ----------------------------------------------------------------------

GOOD = """{
  "version": 1, "name": "d", "title": "D", "topic": "",
  "columns": [
    {"name": "x", "type": "integer", "low": 0, "high": 1e1},
    {"name": "y", "type": "boolean", "labels": ["no", "yes"]},
    {"name": "z", "type": "categorical", "labels": ["a", "b", "c"]}
  ],
  "nodes": [
    {"column": 1, "given": [], "rows": [
      {"patterns": [], "distribution": {"kind": "categorical", "probabilities": [0.25, null]}}]},
    {"column": 0, "given": [1], "rows": [
      {"patterns": [{"kind": "is_code", "code": 1}],
       "distribution": {"kind": "family", "name": "normal", "arguments": [
         {"kind": "constant", "value": "5"}, {"kind": "constant", "value": "2.50"}]}},
      {"patterns": [{"kind": "any"}], "distribution": {"kind": "uniform"}}]},
    {"column": 2, "given": [0], "rows": [
      {"patterns": [{"kind": "is_number", "number": 3}],
       "distribution": {"kind": "weights", "weights": [1, 2, 3]}},
      {"patterns": [{"kind": "any"}], "distribution": {"kind": "softmax", "scores": [
        {"kind": "column", "column": 0},
        {"kind": "code_indicator", "column": 1, "comparison": "=", "code": 0},
        {"kind": "constant", "value": "0"}]}}]}
  ]
}"""


def test_the_good_one_is_good() -> None:
    network, diagnostics, _ = outcome(GOOD)
    assert network is not None, diagnostics.items
    VALIDATOR.validate(json.loads(GOOD))
    assert import_network(network).network == network


@pytest.mark.parametrize(
    ("old", "new", "message", "place"),
    [
        ('"version": 1', '"version": 2', "expected 1", "2"),
        ('"version": 1, ', "", "the key `version` is missing", "{"),
        ('"name": "d"', '"name": ""', "no spec can have the name", '""'),
        ('"title": "D"', '"title": "a\\u0001"', "no spec can have the text", '"a\\u0001"'),
        ('"integer"', '"int"', "expected `continuous`, `integer`", '"int"'),
        ('"low": 0, ', "", "needs `low` and `high`", '{"name": "x"'),
        ("1e1}", '"ten"}', "expected a number", '"ten"'),
        ("1e1}", "true}", "expected a number", "true"),
        ("1e1}", "1e400}", "expected a number", "1e400"),
        ("1e1}", '1, "labels": ["a"]}', "has no labels", '["a"]'),
        ('["no", "yes"]', '["yes", "no"]', "the labels of a boolean", '["yes", "no"]'),
        ('"b", "c"]', '"b", "a"]', "the label of labels[0] again", '"a"'),
        ('"name": "z"', '"name": "y"', "the name of columns[1] again", '"y"'),
        ('"name": "z"', '"name": "z", "span": 1', "no key `span`", "1"),
        ('"column": 2, "given"', '"column": 3, "given"', "there is no column 3", "3"),
        ('"column": 2, "given"', '"column": 0, "given"', "the column of nodes[1] again", "0"),
        ('"column": 2, "given"', '"column": -1, "given"', "expected greater than", "-1"),
        ('"given": [0]', '"given": [7]', "there is no column 7", "7"),
        ('"given": [0]', '"given": []', "one row is due", "["),
        ('"code": 1}', '"code": 2}', "`y` has 2 labels", '{"kind"'),
        ('"kind": "any"', '"kind": "some"', "the `kind` is not one of", '{"kind": "some"}'),
        ('"kind": "any"', '"kind": "quarter", "quarter": 1', "a pattern of numbers", '{"kind"'),
        ("0.25, null", "0.25", "2 numbers are due", "[0.25]"),
        ("0.25, null", "null, null", "only one can be null", "[null, null]"),
        ("0.25, null", "-0.25, null", "it cannot be negative", "-0.25"),
        (', {"kind": "constant", "value": "2.50"}', "", "the arguments of `normal`", "["),
        ('"normal"', '"norma"', "expected `normal`", '"norma"'),
        ('"uniform"', '"logit", "score": 1', "expected an object", "1"),
        ('"kind": "column", "column": 0', '"kind": "column", "column": 1', "no number", "{"),
        ('"=", "code": 0', '">", "code": 0', "have no order", '">"'),
        ('"=", "code": 0', '"=", "code": 5', "`y` has 2 labels", "5"),
        ("}\n  ]\n}", "}\n  ]\n", "this is no JSON", "]"),
        ('"topic": "",', '"topic": "" "x",', "this is no JSON", '"'),
        ('"topic": "",', '"topic": NaN,', "`NaN` is no number of JSON", ""),
        ('"topic": "",', '"topic": "", "topic": "",', "the key `topic` twice", ""),
    ],
)
def test_faults(old: str, new: str, message: str, place: str) -> None:
    assert old in GOOD
    said, of = found(GOOD.replace(old, new, 1))[0]
    assert message in said
    assert of.startswith(place)


def test_several_faults_in_one_run() -> None:
    text = GOOD.replace('"integer"', '"int"').replace('"boolean"', '"bool"')
    assert [of for _, of in found(text)] == ['"int"', '"bool"']


@pytest.mark.parametrize("text", ["", "null", "3", "[]", '"x"', "{}", "\ufeff{}", "{'a': 1}", "\0"])
def test_other_texts(text: str) -> None:
    assert found(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "1" * 1_000_000,
        '"' * 1_000_000,
        "[" + "{}," * 400_000 + "{}]",
        GOOD.replace('"columns": [', '"columns": [' + "1, " * 500_000),
        "{" + ",".join(f'"k{i}": 1' for i in range(200_000)) + "}",
        GOOD.replace("[0.25, null]", "[" + "0," * 500_000 + "1]"),
    ],
    ids=range(8),
)
def test_large_hostile_texts_end_soon(text: str) -> None:
    assert len(found(text)) <= 20


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(ANY_JSON)
def test_any_json(value: Any) -> None:
    assert found(json.dumps(value))


PARTS = st.sampled_from(
    [
        None,
        True,
        -1,
        0,
        3,
        10**30,
        1.5,
        "",
        "x",
        "any",
        "uniform",
        "kind",
        "0.1",
        [],
        {},
        [0],
        [None],
    ]
)


@settings(max_examples=300)
@given(st.data())
def test_changed_networks(data: st.DataObject) -> None:
    """A good network with one part replaced, left out or taken from elsewhere in it."""
    root = json.loads(GOOD)
    places: list[tuple[Any, Any]] = []
    waiting = [root]
    while waiting:
        value = waiting.pop()
        keys = list(value) if isinstance(value, dict) else range(len(value))
        for key in keys:
            places.append((value, key))
            if isinstance(value[key], dict | list):
                waiting.append(value[key])
    holder, key = data.draw(st.sampled_from(places))
    elsewhere, other_key = data.draw(st.sampled_from(places))
    match data.draw(st.sampled_from(["replace", "remove", "graft"])):
        case "replace":
            holder[key] = data.draw(PARTS)
        case "remove":
            del holder[key]
        case _:
            holder[key] = json.loads(json.dumps(elsewhere[other_key]))
    network, _, _ = outcome(json.dumps(root))
    if network is not None:
        again, _, _ = outcome(to_json(network))
        assert again == network


BASE = to_json(spec(SPECS[0]))


@given(st.integers(0, len(BASE)), st.integers(0, 30), st.text('{}[],:"\\-.0e\0é', max_size=8))
def test_damaged_texts(at: int, length: int, junk: str) -> None:
    outcome(BASE[:at] + junk + BASE[at + length :])
