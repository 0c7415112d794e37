"""Any damage to a real spec gives diagnostics, or a sound spec that every road takes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import trees
from texrc import driver
from texrc.codegen.emit import emit_module
from texrc.codegen.plan import format_plan, plan
from texrc.diagnostics import TexrError
from texrc.diagnostics.fixes import apply_fixes
from texrc.diagnostics.render import RENDERERS, Report
from texrc.importing import import_network
from texrc.interop.bif import decode_bif, read_bif, write_bif
from texrc.interop.dot import to_dot
from texrc.interop.json import read_json, to_json
from texrc.interop.mermaid import to_mermaid
from texrc.interop.svg import to_svg
from texrc.ir.network import Network
from texrc.ir.printing import format_network
from texrc.sampler import Sampler
from texrc.source import SourceFile
from texrc.syntax import decode, format_dataset, parse

ROOT = Path(__file__).parent.parent
TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`\n]*`|#[^\n]*|\w+|\s+|\.\.|<=|>=|\*\*|.', re.DOTALL)
NUMBERS = ["0", "1", "-1", "0.5", "3", "40", "1e289", "0.1e-289", "1e15", "1e-17", "1000000"]
ODD = [
    *('"', "`", "#", "\\", "\n", "\r", "\0", "\x1b[31m", "\u202e", "\ufeff", "é", "\U0001f600"),
    *("{", "}", "(", ")", "[", "]", "<", ">", "<=", "|", "~", "=", ":", ";", ",", "_", "..", "**"),
    *("+", "-", "*", "/", "rest", "uniform", "weights {", "softmax {", "mix {", "clamp(", "q1"),
    *("inf", "nan", "logit(", "quarters [", "`../../etc/passwd`", '`__import__("os")`'),
]
LABELS_ONLY = """
dataset shop "Labels only" {
  columns {
    size  : ordinal {s < m < `very large`} "Size"
    kept  : boolean                        "Kept"
    again : categorical {yes, no, maybe}   "Comes again"
  }
  model {
    size ~ {s: 0.25, m: 0.5, `very large`: rest}
    kept | size ~ { s: {no: 0.5, yes: 0.5}; _: {no: 0.1, yes: 0.9} }
    again | size, kept ~ { (_, no): weights {yes: 1, no: 2, maybe: 1}; _: uniform }
  }
}
"""


@cache
def pool() -> tuple[tuple[str, ...], ...]:
    """The tokens of every spec that comes along."""
    paths = sorted((ROOT / "specs").glob("*/*.texr"))
    return tuple(tuple(TOKEN.findall(path.read_text(encoding="utf-8"))) for path in paths)


@st.composite
def damaged(draw: st.DrawFn, tokens: tuple[str, ...]) -> str:
    """A text with a few of its tokens replaced, removed, exchanged or doubled."""
    pieces = list(tokens)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(pieces) - 1))
        match draw(st.sampled_from(("odd", "number", "number", "cut", "swap", "copy"))):
            case "odd":
                pieces[place] = draw(st.sampled_from(ODD) | st.characters())
            case "number":
                places = [i for i, piece in enumerate(pieces) if piece[0].isdigit()] or [place]
                place = draw(st.sampled_from(places))
                pieces[place] = draw(st.sampled_from(NUMBERS))
            case "cut":
                del pieces[place : place + draw(st.integers(1, 6))]
                pieces.append(" ")
            case "swap":
                other = draw(st.integers(0, len(pieces) - 1))
                pieces[place], pieces[other] = pieces[other], pieces[place]
            case _:
                pieces.insert(place, pieces[draw(st.integers(0, len(pieces) - 1))])
    return "".join(pieces)


def damaged_specs() -> st.SearchStrategy[str]:
    return st.deferred(lambda: st.sampled_from(pool()).flatmap(damaged))


def assert_handled(text: str) -> None:
    """The text has errors that can be shown, or is a spec that can be put to every use."""
    source, diagnostics = decode(text.encode("utf-8", "surrogatepass"), "x.texr")
    if source is None:
        assert diagnostics.has_errors
        return
    result = driver.check(source)
    for render in RENDERERS.values():
        render([Report(result.diagnostics, source)])
    apply_fixes(source.text, result.diagnostics)
    if result.tree is None:
        assert result.has_errors
        return
    canonical = format_dataset(result.tree)
    again, _ = parse(SourceFile("x.texr", canonical))
    assert again is not None
    assert again == result.tree
    assert format_dataset(again) == canonical
    if not result.has_errors:
        assert result.network is not None
        assert_useful(result.network, source)


def assert_useful(network: Network, source: SourceFile) -> None:
    for draw in (to_dot, to_mermaid, to_svg, format_network):
        assert draw(network)
    read, diagnostics = read_json(SourceFile("x.json", to_json(network)))
    assert read == network, list(diagnostics)
    write_bif(network)
    if network.nodes is None:
        return
    try:
        assert format_plan(plan(network))
        compile(emit_module(network), "<module>", "exec")
        table = Sampler.of(network, source).sample(100, seed=1, threads=1)
    except TexrError as error:
        codes = {found.code for found in error.diagnostics}
        if not codes <= {"TX501", "TX502", "TX503", "TX505"}:
            raise
        RENDERERS["full"]([Report(error.diagnostics, source)])
        return
    table.validate(full=True)
    for column, values in zip(network.columns, table.columns, strict=True):
        if column.low is not None and column.high is not None:
            numbers = values.to_numpy()
            # A NaN would fail both.
            assert float(column.low) <= numbers.min()
            assert numbers.max() <= float(column.high)


@settings(max_examples=60)
@given(damaged_specs())
def test_damaged_specs(text: str) -> None:
    assert_handled(text)


@settings(max_examples=40)
@given(trees())
def test_trees_that_mean_nothing(tree: object) -> None:
    assert_handled(format_dataset(tree))  # type: ignore[arg-type]


@settings(max_examples=60)
@given(st.text(max_size=80) | st.binary(max_size=80).map(lambda data: data.decode("latin-1")))
def test_texts_of_any_kind(text: str) -> None:
    assert_handled(text)


@cache
def foreign() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The tokens of JSON and BIF texts that say sound networks."""
    texts: dict[str, list[str]] = {"json": [], "bif": []}
    for text in (*map("".join, pool()[:8]), LABELS_ONLY):
        network = driver.check(SourceFile("x", text)).network
        assert network is not None
        texts["json"].append(to_json(network))
        labels_only, _ = write_bif(network)
        if labels_only is not None:
            texts["bif"].append(labels_only)
    return {
        key: tuple(tuple(TOKEN.findall(text)) for text in found) for key, found in texts.items()
    }


@settings(max_examples=60)
@pytest.mark.parametrize("format_name", ["json", "bif"])
@given(data=st.data())
def test_damaged_imports(format_name: str, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(foreign()[format_name]).flatmap(damaged))
    encoded = text.encode("utf-8", "surrogatepass")
    source, diagnostics = (decode_bif if format_name == "bif" else decode)(encoded, "x")
    network = None
    if source is not None:
        read = read_bif if format_name == "bif" else read_json
        network, diagnostics = read(source)
    RENDERERS["full"]([Report(diagnostics.in_order(), source)])
    if network is None:
        assert diagnostics.has_errors
        return
    try:
        spec = import_network(network)
    except TexrError as error:
        RENDERERS["full"]([Report(error.diagnostics, error.source)])
        return
    assert_handled(spec.source.text)
