"""Digests: what changes them, and what does not."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from tests.strategies import networks
from texrc.ir import distributions as d
from texrc.ir import expressions as e
from texrc.ir.identity import context_digest, model_digest, spec_digest
from texrc.ir.lower import lower
from texrc.ir.network import Network, Node, Row
from texrc.ir.raising import raise_network
from texrc.source import SourceFile
from texrc.syntax import format_dataset, parse

TEXT = """
# A comment.
dataset people "People" {
  topic "Health"
  columns {
    age  : integer [18, 64] (unit "years") "Age"
    sex  : categorical {female, male}
    tall : boolean (target)
    plan : ordinal {basic < plus}
  }
  model {
    age ~ normal(40 - 0.5*2, 12.0)
    sex ~ {female: 0.5, male: rest}
    tall | age, sex ~ {
      (< 30, female): logit(-1 + 0.10*age);
      _: {no: 0.25, yes: 0.75};
    }
    plan | age ~ { q1: weights {basic: 3, plus: 1}; _: softmax {basic: 0, plus: [tall = yes]} }
  }
}
"""


def network_of(text: str) -> Network:
    tree, diagnostics = parse(SourceFile("<test>", text))
    assert tree is not None, list(diagnostics)
    network, found = lower(tree)
    assert not list(found)
    return network


def digests(text: str) -> tuple[str, str, str]:
    network = network_of(text)
    return context_digest(network), model_digest(network), spec_digest(network)


BASE = digests(TEXT)
KNOWN = (
    "cd444081851ab83ec9b07525a5e6c5526e3fcbd6064e65134d39d8cd7649aecc",
    "6006c498567a43e4a138e8359f47e0626c00df9b7de2040943654a01acb64650",
    "f0b003fc48d508a5772f57b655429d89b15f1ecd0cf97db2e81d43f21c556ebc",
)


def test_known_digests():
    """Whoever changes these changes the identity of every spec: raise the versions hashed first."""
    assert BASE == KNOWN


def test_the_same_in_another_process():
    """With another hash seed, under an optimizing interpreter."""
    program = (
        "import sys; from tests.ir.test_identity import BASE; sys.stdout.write(' '.join(BASE))"
    )
    run = subprocess.run(
        [sys.executable, "-O", "-c", program],
        env={**os.environ, "PYTHONHASHSEED": "12345"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == " ".join(BASE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# A comment.", ""),
        ("    age ~", "\n\n  # moved\n  age~"),
        ("12.0", "12"),
        ("0.10*age", "1e-1*age"),
        ("0.25, yes: 0.75", "2.50e-1, yes: 0.750"),
        ("{no: 0.25, yes: 0.75}", "{yes: 0.75, no: 0.25}"),
        ("[18, 64]", "[18.0, 6.4e1]"),
        ("40 - 0.5*2", "(40 - (0.5*2))"),
        ("tall | age", "tall | `age`"),
    ],
)
def test_what_is_no_meaning(old: str, new: str):
    assert old in TEXT
    assert digests(TEXT.replace(old, new)) == BASE


def test_the_order_of_statements_is_no_meaning():
    moved = "    sex ~ {female: 0.5, male: rest}\n"
    assert digests(TEXT.replace(moved, "").replace("  model {\n", "  model {\n" + moved)) == BASE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dataset people", "dataset persons"),
        ('"People"', '"Persons"'),
        ('topic "Health"', 'topic "Wealth"'),
        ("  topic", "#topic"),
        ("[18, 64]", "[18, 65]"),
        ("[18, 64]", "[17, 64]"),
        ("{female, male}", "{male, female}"),
        ("boolean (target)", "boolean"),
        ('"years"', '"months"'),
        ('"Age"', '"How old"'),
        ("basic < plus", "plus < basic"),
    ],
)
def test_contexts(old: str, new: str):
    assert old in TEXT
    context, _, spec = digests(TEXT.replace(old, new))
    assert context != BASE[0]
    assert spec != BASE[2]


def test_the_order_of_columns_is_context_only():
    lines = TEXT.splitlines()
    lines[5], lines[6] = lines[6], lines[5]
    context, model, spec = digests("\n".join(lines))
    assert context != BASE[0]
    assert model == BASE[1]
    assert spec != BASE[2]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("male: rest", "male: 0.5"),
        ("12.0", "13"),
        ("40 - 0.5*2", "40 + 0.5*2"),
        ("< 30", "<= 30"),
        ("< 30, female", "< 30, male"),
        ("< 30, female", "< 30, _"),
        ("q1", "q2"),
        ("basic: 3", "basic: 6"),
        ("normal(", "lognormal("),
        ("[tall = yes]", "[tall = no]"),
        ("tall | age, sex ~ {\n      (< 30, female)", "tall | sex, age ~ {\n      (female, < 30)"),
        ("weights {basic: 3, plus: 1}", "{basic: 0.75, plus: 0.25}"),
    ],
)
def test_models(old: str, new: str):
    assert old in TEXT
    context, model, spec = digests(TEXT.replace(old, new))
    assert context == BASE[0]
    assert model != BASE[1]
    assert spec != BASE[2]


def test_contexts_do_not_depend_on_the_model():
    network = network_of(TEXT)
    bare = replace(network, nodes=None)
    assert context_digest(bare) == BASE[0]
    assert model_digest(bare) != BASE[1]
    assert spec_digest(bare) != BASE[2]


def test_negative_constants_are_negations():
    def with_mean(mean: e.Expression) -> str:
        network = network_of(TEXT)
        family = d.Family("normal", (mean, e.Constant(Decimal(1))))
        return model_digest(replace(network, nodes=(Node(0, (), (Row((), family),)),)))

    negation = with_mean(e.Negate(e.Constant(Decimal("1.50"))))
    assert with_mean(e.Constant(Decimal("-1.5"))) == negation
    assert with_mean(e.Constant(Decimal("1.5"))) != negation


def test_networks_with_errors_have_none():
    poisoned = replace(network_of(TEXT), nodes=(Node(0, (), (Row((), d.Poison()),)),))
    with pytest.raises(ValueError, match="with errors"):
        model_digest(poisoned)


@settings(max_examples=30)
@given(networks(model=None))
def test_texts_and_their_networks_are_one(network: Network):
    """Any order of statements, raised, formatted and read again."""
    nodes = network.nodes
    shuffled = replace(network, nodes=nodes and nodes[::-1])
    assert spec_digest(shuffled) == spec_digest(network)
    read = network_of(format_dataset(raise_network(shuffled)))
    assert spec_digest(read) == spec_digest(network)


@settings(max_examples=20)
@given(networks(max_columns=2), networks(max_columns=2))
def test_different_networks_differ(one: Network, other: Network):
    same = one.columns == other.columns and one == replace(
        other, nodes=tuple(sorted(other.nodes or (), key=_place(one)))
    )
    assert (spec_digest(one) == spec_digest(other)) == same


def _place(network: Network):
    order = [node.column for node in network.nodes or ()]
    return lambda node: order.index(node.column) if node.column in order else -1
