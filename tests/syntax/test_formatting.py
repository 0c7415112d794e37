"""The formatter: its laws on random trees and comments, its looks on golden pairs."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import networks, trees
from texrc.ir.raising import raise_network
from texrc.resources import folder
from texrc.source import SourceFile
from texrc.syntax import ast, format_dataset, parse
from texrc.syntax.formatting import WIDTH
from texrc.syntax.lexer import load_lexer

PAIRS = Path(__file__).parents[1] / "good" / "format"
GOLDEN = sorted(PAIRS.glob("*.expected.texr"))
SPECS = sorted(folder("specs").rglob("*.texr"))


def tree_of(text: str) -> ast.Dataset:
    tree, diagnostics = parse(SourceFile("<test>", text))
    assert tree is not None and not diagnostics.has_errors, (list(diagnostics), text)
    return tree


def check_laws(text: str) -> str:
    """The canonical text, after: same tree, same comments, and formatting it changes nothing."""
    tree = tree_of(text)
    formatted = format_dataset(tree)
    again = tree_of(formatted)
    assert again == tree
    assert comments(again) == comments(tree)
    assert format_dataset(again) == formatted
    assert formatted.endswith("\n") and not formatted.startswith("\n")
    assert "\n\n\n" not in formatted
    assert all(line == line.rstrip(" ") for line in formatted.split("\n"))
    return formatted


def comments(tree: ast.Dataset) -> list[str]:
    return sorted(comment.text for comment in tree.comments)


# --- laws --------------------------------------------------------------------


@settings(max_examples=150)
@given(trees())
def test_any_tree(tree: ast.Dataset):
    formatted = format_dataset(tree)
    assert tree_of(formatted) == tree
    assert check_laws(formatted) == formatted


@settings(max_examples=30)
@given(networks(model=None))
def test_any_network(network):
    tree = raise_network(network)
    formatted = format_dataset(tree)
    assert tree_of(formatted) == tree
    assert check_laws(formatted) == formatted


FILLERS = (" # {}\n", "\n# {}\n", "\n\n# {}\n\n", " #{}`\n", '\t# "{}\r\n', "\n", "\n \n\n", " ")


@st.composite
def commented(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """A text with comments and white space between its tokens, anywhere and often."""
    text = draw(texts)
    lexer = load_lexer()
    ends = [m.end() for m in lexer.scanner.finditer(text) if m.lastindex != lexer.comment]
    many = draw(st.sampled_from((3, 60)))
    places = sorted(draw(st.lists(st.sampled_from([0, *ends]), min_size=1, max_size=many)))
    parts = []
    for number, (start, end) in enumerate(itertools.pairwise([0, *places])):
        parts += [text[start:end], draw(st.sampled_from(FILLERS)).format(number)]
    return "".join(parts) + text[places[-1] :]


@settings(max_examples=150)
@given(commented(trees().map(format_dataset)))
def test_any_comments_in_any_tree(text: str):
    check_laws(text)


@settings(max_examples=60)
@given(
    commented(st.sampled_from([*GOLDEN, *SPECS]).map(lambda path: path.read_text(encoding="utf-8")))
)
def test_any_comments_in_real_specs(text: str):
    check_laws(text)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("x ~ -(# a\n # b\n - q - - # c\n 23 # d\n)", "# a\n# b\n# c\nx ~ -(-q - -23)  # d"),
        ("x ~ f(a # a\n , # b\n b)", "x ~ f(\n  # a\n  a,  # b\n  b\n)"),
        ("x = a + [s # a\n # b\n = c]", "# a\nx = a\n  # b\n  + [s = c]"),
        ("x = a # a\n **b + c", "x = a**b  # a\n  + c"),
        ("x = (a # a\n + b # b\n)*c", "x = (a  # a\n  + b)  # b\n  *c"),
        ("x = (a + b # a\n)", "x = a + b  # a"),
        ("x # a\n ~ # b\n # c\n {no: 1, yes: 0}", "# a\n# b\n# c\nx ~ {no: 1, yes: 0}"),
        ("x | y # a\n ~ # b\n {_: 1}", "# a\nx | y ~ {  # b\n  _: 1;\n}"),
    ],
)
def test_comments_close_together(written: str, printed: str):
    """The last of them ends the line; those before go above."""
    assert statement(written) == printed


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_library(path: Path):
    check_laws(path.read_text(encoding="utf-8"))


# --- looks -------------------------------------------------------------------


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name.partition(".")[0])
def test_golden(path: Path):
    written = path.with_name(path.name.replace(".expected", "")).read_text(encoding="utf-8")
    expected = path.read_text(encoding="utf-8")
    assert check_laws(written) == expected
    assert check_laws(expected) == expected


def statement(text: str) -> str:
    """A statement as it is printed."""
    spec = f'dataset x "" {{ columns {{ x: boolean }} model {{ {text} }} }}'
    formatted = check_laws(spec)
    body = formatted.split("  model {\n")[1].removesuffix("  }\n}\n")
    return "\n".join(line.removeprefix("    ") for line in body.splitlines())


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("x=((a))", "x = a"),
        ("x = (a + b) + c", "x = a + b + c"),
        ("x = a + (b + c)", "x = a + (b + c)"),
        ("x = a - (b - c)", "x = a - (b - c)"),
        ("x = (a*b)/(c*d)", "x = a*b/(c*d)"),
        ("x = (-a)**2", "x = (-a)**2"),
        ("x = -(a**2)", "x = -a**2"),
        ("x = (a**b)**c", "x = (a**b)**c"),
        ("x = a**(b**c)", "x = a**b**c"),
        ("x = a**(-b)", "x = a**-b"),
        ("x = a*(-b)", "x = a*-b"),
        ("x = -(a*b)", "x = -(a*b)"),
        ("x = (-a)*b", "x = -a*b"),
        ("x = -(-a)", "x = --a"),
        ("x = f()", "x = f()"),
        ("x ~ {`yes`: 0.50, no: 5e-1,}", "x ~ {yes: 0.50, no: 5e-1}"),
        ("x ~ {`a b`: 1, `2`: 0, 2: 0}", "x ~ {`a b`: 1, `2`: 0, 2: 0}"),
        ("x ~ quarters[.1,.2]".replace(".", "0."), "x ~ quarters [0.1, 0.2]"),
        ("x|y~uniform", "x | y ~ uniform"),
        ("x | y ~ {_: uniform}", "x | y ~ { _: uniform }"),
        ("x | y ~ {<-1: a, -1 .. 2: b}", "x | y ~ {\n  < -1:  a;\n  -1..2: b;\n}"),
    ],
)
def test_statements(written: str, printed: str):
    assert statement(written) == printed


def test_lines_are_no_wider_than_they_need_be():
    """Every line that could be broken is."""
    for path in GOLDEN:
        for line in path.read_text(encoding="utf-8").splitlines():
            code = line.split("  #")[0]
            assert len(code) <= WIDTH or '"' in code


def test_values_that_would_be_far_from_their_keys_stay_with_them():
    rows = "(a_long_label, another_long_label): uniform; _: uniform;"
    assert statement(f"x | y, z ~ {{ {rows} }}").splitlines()[1:3] == [
        "  (a_long_label, another_long_label): uniform;",
        "  _: uniform;",
    ]


# --- size --------------------------------------------------------------------


def test_a_long_text_of_comments():
    lines = "\n".join(f"x{n} : boolean # {n}\n# above {n}" for n in range(4000))
    formatted = check_laws(f'dataset x "" {{ columns {{ {lines} \n}} }}')
    assert formatted.count("#") == 8000


def test_deep_trees():
    """As deep as the parser takes, everything has a line of its own."""
    deep = "a"
    for number in range(60):
        deep = f"f(1 + {deep} # {number}\n)"
    assert statement(f"x = {deep}").count("\n") > 60
    nested = "1"
    for _ in range(60):
        nested = f"{{ a_rather_long_label: {nested}, another_rather_long_label: 1 }}"
    assert statement(f"x ~ {nested}").count("\n") > 60
    assert statement(f"x = {'-' * 127}a") == f"x = {'-' * 127}a"
    assert statement(f"x = {'a**' * 127}a") == f"x = {'a**' * 127}a"


def test_wide_calls_are_not_tried_on_one_line_at_every_level():
    """Time grows with the text, not with its depth as well."""
    wide = ", ".join([f"`{'a' * 80}`"] * 70)
    for _ in range(50):
        wide = f"max({wide}, 1)"
    assert statement(f"x = {wide}").count("max") == 50


def test_columns_without_texts_stay_narrow():
    tree = ast.Dataset(
        ast.Name("x"),
        ast.Text(""),
        None,
        (
            ast.Column(ast.Name("a"), ast.Name("boolean")),
            ast.Column(
                ast.Name("long_name"),
                ast.Name("integer"),
                ast.RangeDomain(ast.Number("0"), ast.Number(str(Decimal(10**14)))),
            ),
        ),
        None,
    )
    assert format_dataset(tree).splitlines()[2:4] == [
        "    a         : boolean",
        "    long_name : integer [0, 100000000000000]",
    ]
