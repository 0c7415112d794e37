"""One grammar file, taken as it stands by lark (LALR, strict) and by llguidance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from texrc.resources import grammar_text
from texrc.syntax import tables


def test_lark_takes_it_strictly() -> None:
    lark = pytest.importorskip("lark")
    pytest.importorskip("interegular", reason="lark's strict mode needs it")
    lark.Lark(grammar_text(), parser="lalr", strict=True)


def test_llguidance_takes_it() -> None:
    llguidance = pytest.importorskip("llguidance")
    grammar = llguidance.grammar_from("lark", grammar_text())
    failed, messages = llguidance.LLMatcher.validate_grammar_with_warnings(grammar)
    assert not failed
    assert messages == []


def test_the_shipped_tables_are_those_of_the_grammar() -> None:
    """After a change of the grammar: ``python -m texrc.syntax.tables``."""
    pytest.importorskip("lark")
    shipped = json.loads(Path(tables.__file__).with_name("tables.json").read_text(encoding="utf-8"))
    assert shipped == tables._build(grammar_text())
    assert shipped["digest"] == tables._digest(grammar_text())
