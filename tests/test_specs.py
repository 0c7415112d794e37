"""The library of specs: sound, canonical, varied, and what it draws is what it says."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

import texrc
from texrc import driver
from texrc.ir import distributions, patterns
from texrc.ir.distributions import FAMILIES, expressions_of
from texrc.ir.expressions import FUNCTIONS, Binary, Call, CodeIndicator, NumberIndicator, walk
from texrc.ir.network import ColumnType, Network, Node
from texrc.library import library
from texrc.syntax import ast, format_dataset, parse

SPECS = {name: entry.path for name, entry in library().items()}
ROWS = 5_000

RARE = {
    ("finance/card_payments", "fraud", "yes"),
    ("logistics/parcels", "outcome", "lost"),
    ("computing/http_requests", "status", "503"),
}
"""Labels that a few thousand rows may lack: one payment in a thousand is a fraud, ..."""
NEARLY_CONSTANT = {("finance/card_payments", "fraud")}


@cache
def tree_of(name: str) -> ast.Dataset:
    tree, diagnostics = parse(driver.read_source(str(SPECS[name])))
    assert tree is not None and not diagnostics.items
    return tree


@cache
def network_of(name: str) -> Network:
    network = driver.check(driver.read_source(str(SPECS[name]))).network
    assert network is not None
    return network


def nodes() -> Iterator[tuple[Network, Node]]:
    for name in SPECS:
        network = network_of(name)
        for node in network.nodes or ():
            yield network, node


def parts() -> Iterator[distributions.Distribution]:
    """Every distribution of every spec, the components of mixtures among them."""
    for _, node in nodes():
        for row in node.rows:
            yield row.distribution
            if isinstance(row.distribution, distributions.Mixture):
                yield from row.distribution.components


def tree_nodes(tree: ast.Dataset) -> Iterator[object]:
    """Every node of a tree, comments among them."""
    waiting: list[object] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting.extend(node)
        elif dataclasses.is_dataclass(node):
            yield node
            waiting.extend(getattr(node, field.name) for field in dataclasses.fields(node))


# --- each spec ----------------------------------------------------------------


@pytest.mark.parametrize("name", SPECS)
def test_no_errors_and_no_warnings(name: str) -> None:
    assert texrc.check(SPECS[name]) == []


@pytest.mark.parametrize("name", SPECS)
def test_is_canonical(name: str) -> None:
    assert SPECS[name].read_text(encoding="utf-8") == format_dataset(tree_of(name))


@pytest.mark.parametrize("name", SPECS)
def test_reads_well(name: str) -> None:
    """Says in a comment where its numbers come from, and in words what each column means."""
    network = network_of(name)
    text = SPECS[name].read_text(encoding="utf-8")
    header, _, _ = text.partition("\ndataset ")
    assert header.startswith("# ") and len(header.splitlines()) >= 4
    assert network.name == Path(name).name
    assert network.title and " / " in network.topic
    assert all(column.description for column in network.columns)
    assert 8 <= len(network.columns) <= 15


@pytest.mark.parametrize("name", SPECS)
def test_several_columns_have_several_parents(name: str) -> None:
    model = network_of(name).nodes
    assert model is not None
    assert sum(len(node.parents) >= 2 for node in model) >= 3


@pytest.mark.parametrize("name", SPECS)
def test_what_it_draws(name: str) -> None:
    """Inside the declared ranges, every label now and then, no column (nearly) constant."""
    table = texrc.compile(SPECS[name]).sample(ROWS, seed=20)
    for column in network_of(name).columns:
        if column.is_discrete:
            values = table[column.name].to_pylist()
            if column.type is ColumnType.BOOLEAN:
                values = [column.labels[value] for value in values]
            counts = Counter(values)
            missing = {label for label in column.labels if label not in counts}
            assert not {label for label in missing if (name, column.name, label) not in RARE}
            assert set(counts) <= set(column.labels)
            share = max(counts.values()) / ROWS
        else:
            assert column.low is not None and column.high is not None
            values = table[column.name].to_numpy()
            assert np.isfinite(values).all()
            assert float(column.low) <= values.min() and values.max() <= float(column.high)
            share = np.unique(values, return_counts=True)[1].max() / ROWS
        assert share < 0.995 or (name, column.name) in NEARLY_CONSTANT, column.name


# --- the library as a whole ---------------------------------------------------


def test_there_are_many_over_many_domains() -> None:
    assert len(SPECS) >= 26
    assert len({name.partition("/")[0] for name in SPECS}) >= 13


def test_no_two_are_alike_in_shape() -> None:
    """The types of the columns and the numbers of their parents, in any order."""
    shapes = Counter()
    for name in SPECS:
        network = network_of(name)
        node_of = network.node_of
        shapes[
            tuple(
                sorted(
                    (str(column.type), len(node_of[place].parents))
                    for place, column in enumerate(network.columns)
                )
            )
        ] += 1
    assert set(shapes.values()) == {1}


def test_every_node_of_the_syntax_tree_is_used() -> None:
    """Each class of tree node and, where a node has several spellings, each of them."""
    used = [node for name in SPECS for node in tree_nodes(tree_of(name))]
    kinds = {
        kind
        for kind in vars(ast).values()
        if dataclasses.is_dataclass(kind) and kind.__module__ == ast.__name__
    }
    assert kinds <= {type(node) for node in used}
    assert {node.head is None for node in used if isinstance(node, ast.Table)} == {False, True}
    assert {len(node.keys) > 1 for node in used if isinstance(node, ast.Entry)} == {False, True}
    assert {node.text is None for node in used if isinstance(node, ast.Mark)} == {False, True}
    ranges = [node.low.raw for node in used if isinstance(node, ast.RangeDomain)]
    assert {low.startswith("-") for low in ranges} == {False, True}
    lows = [node.low for node in used if isinstance(node, ast.IntervalKey)]
    assert any(isinstance(low, ast.Name) for low in lows)
    numbers = [low.raw for low in lows if isinstance(low, ast.Number)]
    assert {number.startswith("-") for number in numbers} == {False, True}


def test_every_kind_of_column_is_used() -> None:
    columns = [column for name in SPECS for column in network_of(name).columns]
    assert {column.type for column in columns} == set(ColumnType)
    targets = {sum(column.target for column in network_of(name).columns) for name in SPECS}
    assert {0, 1, 2} <= targets
    assert any(column.unit for column in columns if column.is_numeric)
    assert any(column.unit for column in columns if column.is_discrete)


def test_every_kind_of_distribution_is_used() -> None:
    kinds = set(get_args(distributions.Distribution)) - {distributions.Poison}
    assert kinds <= {type(part) for part in parts()}
    families = {part.name for part in parts() if isinstance(part, distributions.Family)}
    assert families == set(FAMILIES)
    rests = {
        type(part)
        for part in parts()
        if isinstance(part, distributions.Categorical | distributions.Quarters)
        and None in part.probabilities
    }
    rests |= {distributions.Mixture for part in parts() if None in getattr(part, "weights", ())}
    assert rests == {distributions.Categorical, distributions.Quarters, distributions.Mixture}


def test_uniform_is_used_for_labels_and_for_numbers() -> None:
    uses = {
        network.columns[node.column].is_discrete
        for network, node in nodes()
        for row in node.rows
        if isinstance(row.distribution, distributions.Uniform)
    }
    assert uses == {False, True}


def test_every_kind_of_key_is_used() -> None:
    keys = [
        (network.columns[place].type, pattern)
        for network, node in nodes()
        for row in node.rows
        for place, pattern in zip(node.given, row.patterns, strict=True)
    ]
    kinds = set(get_args(patterns.Pattern)) - {patterns.UnknownKey}
    assert kinds <= {type(pattern) for _, pattern in keys}
    quarters = {key.quarter for _, key in keys if isinstance(key, patterns.IsQuarter)}
    assert {1, 4} <= quarters
    numeric = {key.comparison for _, key in keys if isinstance(key, patterns.ComparesNumber)}
    assert numeric == {"<", "<=", ">", ">="}
    for kind in (patterns.IsNumber, patterns.BetweenNumbers, patterns.ComparesNumber):
        of = {column_type for column_type, key in keys if isinstance(key, kind)}
        assert ColumnType.INTEGER in of
    assert any(
        column_type is ColumnType.CONTINUOUS and isinstance(key, patterns.BetweenNumbers)
        for column_type, key in keys
    )


def test_every_part_of_expressions_is_used() -> None:
    everything = [
        piece
        for _, node in nodes()
        for row in node.rows
        for expression in expressions_of(row.distribution)
        for piece in walk(expression)
    ]
    assert {piece.function for piece in everything if isinstance(piece, Call)} == set(FUNCTIONS)
    assert {piece.operator for piece in everything if isinstance(piece, Binary)} == set("+-*/") | {
        "**"
    }
    labels = {piece.comparison for piece in everything if isinstance(piece, CodeIndicator)}
    assert {"=", "<=", ">="} <= labels
    numbers = {piece.comparison for piece in everything if isinstance(piece, NumberIndicator)}
    assert numbers == {"=", "<", "<=", ">", ">="}


def test_definitions_give_numbers_whole_numbers_and_booleans() -> None:
    defined = {
        network.columns[node.column].type
        for network, node in nodes()
        if isinstance(node.rows[0].distribution, distributions.Definition)
    }
    assert defined == {ColumnType.CONTINUOUS, ColumnType.INTEGER, ColumnType.BOOLEAN}


def test_names_of_every_sort_are_used() -> None:
    columns = [column for name in SPECS for column in network_of(name).columns]
    names = {column.name for column in columns}
    labels = {label for column in columns for label in column.labels}
    assert {"target", "min", "q1"} <= names, "plain words of the language"
    assert any(not name.isascii() for name in names)
    assert any(not label.isascii() for label in labels)
    assert any(label.isdigit() for label in labels), "numbers as labels"
    texts = [path.read_text(encoding="utf-8") for path in SPECS.values()]
    assert any("`" in text for text in texts)
