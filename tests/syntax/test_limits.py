"""The limits at their edges: the last that is taken, the first that is not."""

from __future__ import annotations

import time

import pytest

from texrc.source import SourceFile
from texrc.syntax import decode, parse
from texrc.syntax.limits import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_FAULTS,
    MAX_LABELS,
    MAX_NESTING,
    MAX_OPERATIONS,
)

HEAD = 'dataset d "t" { columns { a: integer [0, 1] } model { a = '


def codes(text: str) -> list[str]:
    tree, diagnostics = parse(SourceFile("x", text))
    assert (tree is None) == diagnostics.has_errors
    return [diagnostic.code for diagnostic in diagnostics]


def test_brackets() -> None:
    inside = MAX_NESTING - 2  # The dataset's and the model's are open already.
    assert codes(HEAD + "(" * inside + "1" + ")" * inside + "}}") == []
    assert codes(HEAD + "(" * (inside + 1) + "1" + ")" * (inside + 1) + "}}") == ["TX005"]
    assert codes("[" * 1_000_000) == ["TX005"]


def test_brackets_in_texts_names_and_comments_do_not_count() -> None:
    many = "(" * 200
    assert codes(f'# {many}\ndataset d "{many}" {{ columns {{ `{many[:80]}`: boolean }} }}') == []


@pytest.mark.parametrize("sign", ["+", "-", "*", "/"])
def test_operations(sign: str) -> None:
    assert codes(HEAD + f"1 {sign} " * MAX_OPERATIONS + "1}}") == []
    assert codes(HEAD + f"1 {sign} " * (MAX_OPERATIONS + 1) + "1}}") == ["TX005"]


@pytest.mark.parametrize("sign", ["1**", "-"])
def test_operations_to_the_right(sign: str) -> None:
    assert codes(HEAD + sign * MAX_OPERATIONS + "1}}") == []
    assert codes(HEAD + sign * (MAX_OPERATIONS + 1) + "1}}") == ["TX005"]
    assert codes(HEAD + sign * 200_000 + "1}}") == ["TX005"]


def test_columns() -> None:
    def text(count: int) -> str:
        return 'dataset d "t" {columns {' + "".join(f"c{i}: boolean " for i in range(count)) + "}}"

    assert codes(text(MAX_COLUMNS)) == []
    assert codes(text(MAX_COLUMNS + 1)) == ["TX006"]


def test_labels() -> None:
    def text(count: int) -> str:
        labels = ", ".join(f"l{i}" for i in range(count))
        return f'dataset d "t" {{columns {{a: categorical {{{labels}}}}}}}'

    assert codes(text(MAX_LABELS)) == []
    assert codes(text(MAX_LABELS + 1)) == ["TX006"]


def test_bytes() -> None:
    small = b'dataset d "t" { columns { a: boolean } }'
    source, diagnostics = decode(small + b" " * (MAX_BYTES - len(small)), "x")
    assert source is not None
    assert len(diagnostics) == 0
    assert codes(source.text) == []
    source, diagnostics = decode(small + b" " * (MAX_BYTES + 1 - len(small)), "x")
    assert source is None
    assert [d.code for d in diagnostics] == ["TX004"]


def test_bytes_of_a_text() -> None:
    assert codes("#" + "é" * (MAX_BYTES // 2)) == ["TX004"]
    assert codes("#" + "x" * MAX_BYTES) == ["TX004"]


def test_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    text = HEAD + "1 + (2 + 3)}}"
    count = len(text.replace("(", " ( ").replace(")", " ) ").replace(":", " : ").split()) + 8
    for limit in range(count):
        monkeypatch.setattr("texrc.syntax.parser.MAX_TOKENS", limit)
        assert codes(text) in ([], ["TX006"])
        if limit < 20:
            assert codes(text) == ["TX006"]
    assert codes(text) == []


def test_not_text() -> None:
    assert codes(HEAD + "\0 1}}") == ["TX007"]
    assert codes(HEAD + "\ud800 1}}") == ["TX007"]
    for data in (b"\xff\xfed\0", b"caf\xe9", b"\xed\xa0\x80"):
        source, diagnostics = decode(data, "x")
        assert source is None
        assert [d.code for d in diagnostics] == ["TX007"]
    source, _ = decode(b"\xef\xbb\xbfa", "x")
    assert source is not None
    assert source.text == "a"


ROW = "  x ~ normal(1 2)\n"


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "1\n" + ROW * 100_000 + "}}",
        HEAD + "1\n" + ROW.replace("\n", " ") * 100_000 + "}}",
        HEAD + "%" + " }" * 500_000,
        '"' * 1_000_000,
        '"a" b ' * 200_000,
        "`a " * 300_000,
        "```\n" * 300_000,
        "\u00a0\n" * 300_000,
        "'a" * 300_000,
        "a " * 500_000,
        "_" * 1_000_000,
        "1_" * 500_000,
        "$ " * 500_000,
        "columns { } " * 100_000,
        'dataset d "t" { }\n' * 100_000,
        "a ~ " * 300_000,
        "/*" * 500_000,
    ],
    ids=lambda text: text[-12:],
)
def test_faults_without_end(text: str) -> None:
    """At most `MAX_FAULTS` of them, in work that does not grow with their number."""
    tree, diagnostics = parse(SourceFile("x", text))
    assert tree is None
    assert 1 <= len(diagnostics) <= MAX_FAULTS + 3
    assert all(len(d.message) < 300 for d in diagnostics)


def test_a_large_spec_parses_fast() -> None:
    """50 columns and 2,000 rows, processor time of the best run; room for slow machines."""
    columns = "\n".join(f'c{i}: categorical {{a, b, c}} "Column {i}"' for i in range(50))
    row = "(a, b, c, a): {a: 0.25, b: 0.5, c: 0.25};\n"
    tables = "\n".join(f"c{i} | c0, c1, c2, c3 ~ {{\n{row * 40}}}" for i in range(50))
    source = SourceFile("x", f'dataset d "t" {{ columns {{ {columns} }} model {{ {tables} }} }}')
    best = 10.0
    for _ in range(3):
        start = time.process_time()
        tree, diagnostics = parse(source)
        best = min(best, time.process_time() - start)
        assert tree is not None
        assert len(diagnostics) == 0
    assert best < 2
