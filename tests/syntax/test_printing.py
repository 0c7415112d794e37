"""What `compile --emit tokens` and `--emit ast` print."""

from __future__ import annotations

from tests.syntax.samples import SMALL, library
from texrc.source import SourceFile
from texrc.syntax import parse
from texrc.syntax.printing import format_tokens, format_tree

TEXT = """dataset d "A \\"title\\"" { # note
  columns { `a b`: ordinal {x < y} (unit "kg") b: integer [-1, 3] }
  model { `a b` | b ~ { < 2: {x: 0.5, y: rest}; _: softmax {x: -b, y: [b >= 2]} } }
}
"""


def test_tokens() -> None:
    lines = format_tokens(SourceFile("x", TEXT)).splitlines()
    assert lines[:6] == [
        "1:1      NAME     dataset",
        "1:9      NAME     d",
        '1:11     TEXT     "A \\"title\\""',
        "1:25     SIGN     {",
        "1:27     COMMENT  # note",
        "2:3      NAME     columns",
    ]
    assert lines[-1] == "5:1      END"


def test_tokens_of_faulty_texts() -> None:
    assert format_tokens(SourceFile("x", "")) == "1:1      END\n"
    assert format_tokens(SourceFile("x", '$ "a\x01')).splitlines() == [
        "1:1      STRAY    $",
        '1:3      STRAY    "',
        "1:4      NAME     a",
        "1:5      STRAY    \\x01",
        "1:6      END",
    ]


def test_every_character_is_in_some_token() -> None:
    for text in library().values():
        shown = [line[18:] for line in format_tokens(SourceFile("x", text)).splitlines()]
        assert "".join("".join(shown).split()) == "".join(text.split())


def test_tree() -> None:
    tree, _ = parse(SourceFile("x", TEXT))
    assert tree is not None
    assert (
        format_tree(tree)
        == """\
Dataset d "A \\"title\\""
  columns: Column `a b` ordinal
    domain: LevelsDomain [x, y]
    marks: Mark unit "kg"
  columns: Column b integer
    domain: RangeDomain -1 3
  model: Model
    statements: Conditional `a b` [b]
      value: Table
        entries: Entry
          keys: BoundKey < 2
          value: Table
            entries: Entry
              keys: LabelKey x
              value: Constant 0.5
            entries: Entry
              keys: LabelKey y
              value: Reference rest
        entries: Entry
          keys: AnyKey
          value: Table softmax
            entries: Entry
              keys: LabelKey x
              value: Negation
                operand: Reference b
            entries: Entry
              keys: LabelKey y
              value: Indicator b >= 2
"""
    )


def test_tree_of_a_deep_expression() -> None:
    tree, _ = parse(SourceFile("x", SMALL.replace("100 + 3*age", "1 + " * 120 + "1")))
    assert tree is not None
    assert format_tree(tree).count("Binary") > 120
