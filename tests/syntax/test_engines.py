"""The compiler's parser and llguidance read the grammar alike."""

from __future__ import annotations

import random

import pytest

from tests.syntax.engines import llguidance_accepts
from tests.syntax.samples import SMALL, library, spoiled
from texrc.source import SourceFile
from texrc.syntax import parse

pytest.importorskip("llguidance")

ACCEPTED = [
    'dataset d "" { columns { a: b } }',
    'dataset dataset "" { topic "" columns { model: topic columns: x } model { model = columns } }',
    'dataset`a``b`"\\n\\t\\\\\\"ü"{columns{年:x{1,-2,`3`}é:y{a<b}(m"t",n)"d"}}',
    'dataset d ""{columns{a:b}model{a~{-3..4:1,-3 .. x:1;x..`y`:1,<=-1e5:1;(_,_):1}}}',
    'dataset d ""{columns{a:b}model{a~x{_:x[1+2]}b=-(1)**-2*--f()/[a=1]-g(1,x)c|d,e~1}}',
    'dataset d ""#{\n{columns{a:b#}\n}}',
]
REJECTED = [
    "",
    "dataset",
    'dataset d "" { }',
    'dataset d "" { columns { } }',
    'dataset d "" { columns { a } }',
    'dataset d "" { columns { a: b { } } }',
    'dataset d "" { columns { a: b {x < y, z} } }',
    'dataset d "" { columns { a: b } model { } }',
    'dataset d "" { columns { a: b } model { a ~ } }',
    'dataset d "" { columns { a: b } model { a ~ {} } }',
    'dataset d "" { columns { a: b } model { a ~ {x: 1;;} } }',
    'dataset d "" { columns { a: b } model { a ~ {(x): 1} } }',
    'dataset d "" { columns { a: b } model { a ~ 1e300 } }',
    'dataset d "" { columns { a: b } model { a ~ 1234567890123456 } }',
    'dataset d "" { columns { a: b } model { a ~ .5 } }',
    'dataset d "" { columns { a: b } model { a = {x: 1} } }',
    'dataset d "" { columns { a: b } model { a = x[1] } }',
    'dataset d "" { columns { a: b } model { a = (1 } }',
    'dataset d "\n" { columns { a: b } }',
    'dataset d "\\x" { columns { a: b } }',
    'dataset _d "" { columns { a: b } }',
    'dataset `` "" { columns { a: b } }',
]


def parses(text: str) -> bool:
    tree, diagnostics = parse(SourceFile("x", text))
    assert (tree is None) == diagnostics.has_errors
    return tree is not None


@pytest.mark.parametrize("text", ACCEPTED)
def test_both_take_it(text: str) -> None:
    assert parses(text)
    assert llguidance_accepts(text)


@pytest.mark.parametrize("text", REJECTED)
def test_both_refuse_it(text: str) -> None:
    assert not parses(text)
    assert not llguidance_accepts(text)


@pytest.mark.parametrize("path", library())
def test_both_take_the_library(path: str) -> None:
    """Llguidance wants the text to begin with its first word and to end with its last."""
    text = library()[path]
    assert parses(text)
    assert llguidance_accepts(text[text.index("dataset ") :].strip())


@pytest.mark.parametrize("slips", [1, 2, 3])
def test_both_judge_spoiled_texts_alike(slips: int) -> None:
    source = random.Random(slips)
    verdicts = []
    for _ in range(150):
        text = spoiled(SMALL, source, slips).strip()
        verdicts.append(parses(text))
        assert llguidance_accepts(text) == verdicts[-1], text
    assert any(verdicts)
    assert not all(verdicts)


def test_both_judge_spoiled_characters_alike() -> None:
    source = random.Random(7)
    for _ in range(300):
        at = source.randrange(len(SMALL))
        new = source.choice(['"', "`", "\\", "#", "é", "\u0301", "_", "-", "0", ".", "\n", "€", ""])
        text = (SMALL[:at] + new + SMALL[at + source.randrange(2) :]).strip()
        assert llguidance_accepts(text) == parses(text), text
