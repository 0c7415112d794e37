"""One fault put into a sound spec is reported once, at its place, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from texrc import driver
from texrc.resources import folder
from texrc.source import SourceFile, Span
from texrc.syntax import ast, parse

SPECS = sorted(folder("specs").glob("**/*.texr"))
MOST_A_KIND = 2
"""Places of each kind that are tried in one spec."""

Mutant = tuple[str, Span, str, str]
"""The kind of fault, the stretch that is replaced, by what, and the code due."""


def walk(node: object) -> Iterator[object]:
    yield node
    for name in getattr(node, "__dataclass_fields__", ()):
        value = getattr(node, name)
        for item in value if isinstance(value, tuple) else (value,):
            if hasattr(item, "__dataclass_fields__"):
                yield from walk(item)


def mutants(tree: ast.Dataset) -> Iterator[Mutant]:
    assert tree.model is not None
    declared = {column.name.text: column for column in tree.columns}
    for column in tree.columns:
        yield "type", column.type.span, "qqqqqqqq", "TX103"
        if isinstance(column.domain, ast.RangeDomain):
            low, high = column.domain.low.raw, column.domain.high.raw
            yield "range", column.domain.span, f"[{high}, {low}]", "TX108"
        if isinstance(column.domain, ast.LabelsDomain | ast.LevelsDomain):
            end = column.domain.labels[-1].span.end
            sign = ", " if isinstance(column.domain, ast.LabelsDomain) else " < "
            label = column.domain.labels[0]
            again = label.raw if isinstance(label, ast.Number) else f"`{label.text}`"
            yield "label twice", Span(end, end), sign + again, "TX106"
    for statement in tree.model.statements:
        yield "no statement", statement.span, "", "TX202"
        if isinstance(statement, ast.Conditional):
            yield "parent", statement.given[0].span, "qqqqqqqq", "TX101"
            again = f", {'`' + statement.given[-1].text + '`'}"
            end = statement.given[-1].span.end
            yield "parent twice", Span(end, end), again, "TX206"
        for part in walk(statement):
            match part:
                case ast.Reference(ast.Name(text, span)) if text in declared:
                    yield "reference", span, "qqqqqqqq", "TX101"
                case ast.Indicator(ast.Name(_, span), _, _):
                    yield "indicator", span, "qqqqqqqq", "TX101"
                case ast.Call(ast.Name(_, span), _):
                    yield "call", span, "qqqqqqqq", "TX104"
                case ast.Entry((ast.LabelKey(ast.Name(text, span)),), ast.Constant()):
                    yield "entry", span, "qqqqqqqq", "TX102"
                case ast.Entry((ast.LabelKey(ast.Name()),), ast.Reference(ast.Name("rest", span))):
                    yield "rest", span, "1.5", "TX301"


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_one_fault_one_finding(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree, _ = parse(SourceFile(path.name, text))
    assert tree is not None
    tried: dict[str, int] = {}
    for kind, span, replacement, code in mutants(tree):
        tried[kind] = tried.get(kind, 0) + 1
        if tried[kind] > MOST_A_KIND:
            continue
        wrong = text[: span.start] + replacement + text[span.end :]
        found = driver.check(SourceFile(path.name, wrong)).diagnostics
        shown = [(d.code, d.message) for d in found]
        assert [d.code for d in found] == [code], (kind, text[span.start : span.end], shown)
