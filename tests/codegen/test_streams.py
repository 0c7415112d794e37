"""A column's draws depend on its own name, law and parents, and on nothing else of the spec."""

from __future__ import annotations

import pytest

import texrc
from texrc.codegen.streams import MAX_SEED, stream

COLUMNS = {
    "a": "categorical {x, y, z}",
    "b": "continuous [0, 10]",
    "c": "integer [0, 99]",
    "d": "boolean",
}
MODEL = {
    "a": "a ~ {x: 0.2, y: 0.3, z: 0.5}",
    "b": "b | a ~ {x: normal(3, 1); y: uniform; z: mix {0.5: gamma(2, 1), 0.5: uniform(8, 9)}}",
    "c": "c ~ poisson(0.1 + 3*b)",
    "d": "d ~ logit(b - 5)",
}


def text(columns: dict[str, str], model: dict[str, str], name: str = "t", extra: str = "") -> str:
    declared = "\n".join(f"{column}: {kind}" for column, kind in columns.items())
    stated = "\n".join(model.values())
    return f'dataset {name} "T" {{ {extra} columns {{ {declared} }} model {{ {stated} }} }}'


def values(spec: str, seed: int = 3) -> dict[str, list]:
    table = texrc.compile(spec).sample(2000, seed)
    return {name: table[name].to_pylist() for name in table.column_names}


@pytest.fixture(scope="module")
def plain() -> dict[str, list]:
    return values(text(COLUMNS, MODEL))


def test_another_column_changes_nothing(plain):
    columns = {"aa": "boolean", **COLUMNS, "e": "continuous [0, 1]"}
    model = {"aa": "aa ~ {yes: 0.5, no: 0.5}", **MODEL, "e": "e ~ beta(2, 1 + b)"}
    more = values(text(columns, model))
    assert {name: more[name] for name in plain} == plain


def test_order_comments_and_descriptions_change_nothing(plain):
    backwards = dict(reversed(COLUMNS.items()))
    told = {name: f'{kind} "Words"' for name, kind in backwards.items()}
    moved = values(
        text(told, dict(reversed(MODEL.items())), extra='topic "Elsewhere" # and a comment\n')
    )
    assert moved == plain


def test_another_law_of_a_child_leaves_its_parents_alone(plain):
    other = values(text(COLUMNS, MODEL | {"c": "c ~ uniform", "d": "d ~ {yes: 0.1, no: 0.9}"}))
    assert (other["a"], other["b"]) == (plain["a"], plain["b"])
    assert other["c"] != plain["c"] and other["d"] != plain["d"]


def test_the_names_of_dataset_and_column_and_the_seed_count(plain):
    assert values(text(COLUMNS, MODEL, name="u"))["a"] != plain["a"]
    assert values(text(COLUMNS, MODEL), seed=4)["a"] != plain["a"]
    renamed = {("a2" if name == "a" else name): kind for name, kind in COLUMNS.items()}
    model = {name: line.replace("| a ", "| a2 ") for name, line in MODEL.items()}
    model["a"] = MODEL["a"].replace("a ~", "a2 ~")
    assert values(text(renamed, model))["a2"] != plain["a"]


def test_streams_do_not_run_together():
    """Parts are told apart by their lengths, not only by their text; keys fill their words."""
    assert stream(1, "ab", "c") != stream(1, "a", "bc")
    assert stream(1, "1", "c") != stream(11, "", "c")
    many = {stream(seed, "d", f"c{column}") for seed in range(100) for column in range(100)}
    assert len(many) == 10_000
    for word in ("k0", "k1", "salt"):
        numbers = [getattr(one, word) for one in many]
        assert max(numbers) < 2**32
        assert len(set(numbers)) > 9_990
    assert stream(MAX_SEED, "d", "c") != stream(0, "d", "c")
