"""The same table whichever way it is asked for, and on any machine that can be had here."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

import pytest

import texrc
from tests.codegen.tables import WHOLE, digests, tables, written
from tests.codegen.test_recorded_bytes import SPECS, network_of
from tests.environments import OLD_PROCESSOR, WITHOUT_LIBM, WITHOUT_NUMPY, run
from texrc import Spec
from texrc.codegen import jit, numpy_kernels
from texrc.syntax import ast, format_dataset

SOME = sorted({*WHOLE, "every_construct", *sorted(SPECS)[::3]})


@pytest.mark.parametrize("name", WHOLE)
def test_any_way_of_asking_gives_the_same_table(name):
    network = network_of(name)
    found = [
        table
        for executor in (numpy_kernels, jit.library())
        for table in tables(network, executor).values()
    ]
    assert len(found) == 10
    for table in found[1:]:
        assert table.schema.equals(found[0].schema, check_metadata=True)
        assert table.equals(found[0])
        for kind in ("csv", "arrow"):
            assert written(table, kind) == written(found[0], kind)


@pytest.mark.parametrize(
    "environment",
    [
        WITHOUT_LIBM | WITHOUT_NUMPY | {"PYTHONHASHSEED": "12"},
        pytest.param(
            WITHOUT_LIBM | WITHOUT_NUMPY | OLD_PROCESSOR | {"PYTHONHASHSEED": "0"},
            marks=pytest.mark.slow,
        ),
    ],
    ids=["libraries", "processor"],
)
def test_other_machines_give_the_same_tables(environment):
    there = run(["-m", "tests.codegen.tables", *SOME], **environment)
    assert json.loads(there) == digests(SOME)


# --- edits ---------------------------------------------------------------------


def values(text: str) -> dict[str, list]:
    table = texrc.compile(text).sample(700, 11, first_row=123_456)
    return {name: table[name].to_pylist() for name in table.column_names}


def descendants(spec: Spec, column: str) -> set[str]:
    found = {column}
    while more := {c for c, ps in spec.parents.items() if found & set(ps)} - found:
        found |= more
    return found


def edited(tree: ast.Dataset, **parts) -> str:
    return format_dataset(replace(tree, comments=(), blank_lines=(), **parts))


@pytest.mark.parametrize("name", SOME)
def test_only_what_should_move_moves(name):
    spec = texrc.load(SPECS[name])
    tree = spec.tree
    assert tree.model is not None
    plain = values(spec.text)
    assert values(spec.text.replace("\n", '  # {a note} ~ "text"\n')) == plain
    random = Random(name)
    statements = random.sample(tree.model.statements, len(tree.model.statements))
    columns = random.sample(tree.columns, len(tree.columns))
    moved = replace(tree.model, statements=tuple(statements))
    told = tuple(replace(c, description=ast.Text("Other words"), marks=()) for c in columns)
    assert values(edited(tree, model=moved, columns=told, title=ast.Text("Another"))) == plain
    extra = texrc.column("one more", "continuous", (0, 1), description="Noise")
    more = values(spec.with_column(extra, "`one more` ~ normal(0.5, 1)").text)
    assert more.pop("one more") and more == plain
    childless = [c for c in spec.column_names if descendants(spec, c) == {c}]
    fewer = values(spec.without_column(childless[-1]).text)
    assert fewer == {name: plain[name] for name in plain if name != childless[-1]}
    for column in tree.columns:
        if isinstance(column.domain, ast.LabelsDomain):
            backwards = replace(column.domain, labels=column.domain.labels[::-1])
            turned = [replace(c, domain=backwards) if c is column else c for c in tree.columns]
            other = values(edited(tree, columns=tuple(turned)))
            still = plain.keys() - descendants(spec, column.name.text)
            assert all(other[name] == plain[name] for name in still)
            break
