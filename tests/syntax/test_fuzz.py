"""Whatever the text: a tree, or diagnostics at places inside it; never an exception."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.syntax.samples import SMALL, library, pieces, spoiled
from texrc.diagnostics.fixes import apply_fixes
from texrc.diagnostics.render import RENDERERS, Report
from texrc.resources import grammar_text
from texrc.source import SourceFile
from texrc.syntax import decode, parse
from texrc.syntax.limits import MAX_FAULTS
from texrc.syntax.recovery import recover

SIGNS = ["{", "}", "(", ")", "[", "]", ",", ";", ":", "~", "|", "=", "<", "..", "_", "-", "**", '"']
WORDS = ["dataset", "columns {", "model {", "topic", "a", "`b c`", "1", "2.5", '"text"', "#", "\n"]


def judged(text: str) -> bool:
    """Parse and check what must hold of any text; whether it has a tree."""
    source = SourceFile("x", text)
    tree, diagnostics = parse(source)
    assert (tree is None) == diagnostics.has_errors
    assert len(diagnostics) <= MAX_FAULTS + 3
    places = []
    for diagnostic in diagnostics:
        labels = [diagnostic.primary, *diagnostic.secondary]
        edits = diagnostic.fix.edits if diagnostic.fix else ()
        for span in [label.span for label in labels if label] + [edit.span for edit in edits]:
            assert 0 <= span.start <= span.end <= len(text)
        places.append((diagnostic.code, diagnostic.primary, diagnostic.message))
    assert len(set(places)) == len(places)
    RENDERERS["full"]([Report(list(diagnostics), source)])
    apply_fixes(text, diagnostics)
    return tree is not None


@pytest.mark.parametrize("text", [SMALL, *library().values()])
def test_recovery_finds_nothing_where_nothing_is_wrong(text: str) -> None:
    assert len(recover(SourceFile("x", text))) == 0


@given(st.text())
@example("\ud800")
@example("\0")
def test_any_text(text: str) -> None:
    judged(text)


@given(st.binary())
def test_any_bytes(data: bytes) -> None:
    source, diagnostics = decode(data, "x")
    assert (source is None) == diagnostics.has_errors
    if source is not None:
        judged(source.text)


@given(st.lists(st.sampled_from(SIGNS + WORDS), max_size=60).map(" ".join))
def test_any_tokens(text: str) -> None:
    judged(text)
    judged('dataset d "t" {columns {' + text)
    judged('dataset d "t" {columns {a: b} model {' + text)


@given(st.data())
def test_any_change_of_characters(data: st.DataObject) -> None:
    text = SMALL
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 5))
        text = text[:start] + data.draw(st.text(max_size=3)) + text[end:]
    judged(text)


@given(st.randoms(use_true_random=False), st.integers(1, 8))
@settings(max_examples=150)
def test_any_change_of_words(source: random.Random, slips: int) -> None:
    judged(spoiled(SMALL, source, slips))


@pytest.mark.parametrize("path", library())
def test_changes_of_the_library(path: str) -> None:
    source = random.Random(path)
    for slips in (1, 1, 5, 40):
        judged(spoiled(library()[path], source, slips))


def test_every_beginning() -> None:
    """A text broken off after any piece has errors, but only the one that it is broken off,
    or those of the quotes it is broken off in."""
    parts = pieces(SMALL.rstrip())
    for count in range(len(parts)):
        text = "".join(parts[:count])
        source = SourceFile("x", text)
        tree, diagnostics = parse(source)
        assert tree is None
        assert len(diagnostics) == 1, (text, [d.message for d in diagnostics])


@pytest.mark.parametrize("size", [1, 2])
def test_every_piece_left_out(size: int) -> None:
    """One piece less is one fault at most, two neighbours two."""
    parts = pieces(SMALL.rstrip())
    for at in range(len(parts)):
        text = "".join(parts[:at] + parts[at + size :])
        _, diagnostics = parse(SourceFile("x", text))
        assert len(diagnostics) <= size, (text, [d.message for d in diagnostics])


def test_texts_of_the_grammar() -> None:
    """Texts that the grammar generates parse, but for limits and what a lexer reads otherwise."""
    lark = pytest.importorskip("lark")
    from hypothesis.extra.lark import from_lark

    made = lark.Lark(grammar_text(), parser="lalr")
    parsed: list[bool] = []

    @given(from_lark(made))
    @settings(max_examples=25)
    def run(text: str) -> None:
        try:
            made.parse(text)
        except lark.exceptions.LarkError:
            judged(text)
        else:
            parsed.append(True)
            assert judged(text)

    run()
    assert parsed
