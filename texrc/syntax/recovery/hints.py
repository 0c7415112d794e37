"""What people write who come from other languages, and how the same is said here."""

from __future__ import annotations

from collections.abc import Sequence

from texrc.syntax.recovery.machine import Node
from texrc.syntax.recovery.tokens import STRAY, Token

CHOICES = frozenset({"if", "then", "else", "elif", "elseif", "case", "when", "where"})
_CONNECTIVES = frozenset({"and", "or", "&", "&&", "||"})

_TYPES = frozenset({"continuous", "integer", "categorical", "ordinal", "boolean"}) | {
    "int",
    "float",
    "double",
    "real",
    "bool",
    "string",
}
"""Words for types, here and elsewhere."""

MOST_MARKS = 20
"""Tokens of marks without brackets that are looked at."""

_NAME_FIRST = "a column's name stands before its type: `age: integer [0, 120]`"
_CHOICE = (
    "a choice is a table, `y | x ~ {key: ...; _: ...}`; "
    "in an expression `[x = label]` is 1 where it holds and 0 elsewhere"
)
_CONNECTIVE = (
    "both hold: `[a >= 3]*[b = yes]`; one of them holds: `max([a >= 3], [b = yes])`; "
    "in a table two labels have two rows"
)
_UNEQUAL = "not equal is `1 - [x = label]`; in a table, a row for the label above the row `_`"
_SIDE = (
    "a statement begins with a column's name alone; "
    "a column with a normal logarithm is `lognormal(mu, sigma)`"
)
_GIVEN = "the columns that a column depends on stand after a bar: `y | a, b ~ {...}`"
_LIST = (
    "labels and their probabilities are written `{label: 0.25, ...}`, "
    "those of a number's four quarters `quarters [0.25, ...]`"
)
_UNLABELLED = "each probability stands after its label: `{label: 0.25, ...}`"
_MIX = "a mixture has a weight before each part: `mix {0.7: normal(11, 2), rest: uniform}`"
_INTERVAL = "from 1 to 9, both included, is `1..9`"
_LABELS = (
    "labels stand in curly brackets: `{low, high}`, or `{low < high}` where they have an order"
)
_LEVELS = "levels go from the lowest to the highest, with `<` between them"
_RANGE = "a range is two numbers, written out: `[0, 1000]`"
_FORMULA = "the columns that a column depends on stand before the `~`: `y | x ~ ...`"
_BLOCKS = "a dataset holds a `topic`, `columns` and a `model`, and nothing else"


def hint(tokens: Sequence[Token], at: int, node: Node, size: int = 1) -> str:
    """How to say what was probably meant, empty if that is unknown.

    ``size`` tokens from token ``at`` on are at fault, ``node`` is the stack before them.
    """
    before, token = tokens[max(at - 1, 0)], tokens[at]
    near = tokens[max(at - 1, 0) : at + max(size, 1)]
    words = {word.text.casefold() for word in near if word.kind in ("NAME", STRAY)}
    if node.block == "":
        return ""
    if node.block == "columns":
        bracket = node.bracket.symbol if node.bracket is not None else ""
        if before.first and before.text in _TYPES and token.is_word and token.text not in _TYPES:
            return _NAME_FIRST
        if bracket == "{" and token.kind == ">":
            return _LEVELS
        if bracket != "[" or not (token.is_word or token.kind == "TEXT"):
            return ""
        return _RANGE if before.kind in (",", "NUMBER") else _LABELS
    if "between" in words:
        return _INTERVAL
    if words & CHOICES:
        return _CHOICE
    if words & _CONNECTIVES or (token.kind == before.kind == "|"):
        return _CONNECTIVE
    if _is_unequal(tokens, at) or _is_unequal(tokens, at - 1):
        return _UNEQUAL
    if token.kind == "(" and before.is_word and before.first:
        return _GIVEN if _holds_several(tokens, at) else _SIDE
    if token.kind == "|" and tokens[max(at - 2, 0)].kind == "~":
        return _FORMULA
    if token.kind == "[" and node.symbol in (":", "~"):
        return _LIST
    if is_list(tokens, at):
        return _UNLABELLED
    if token.kind in ("[", "*") and is_call(tokens, node, "mix"):
        return _MIX
    return ""


def _holds_several(tokens: Sequence[Token], opening: int) -> bool:
    """Whether two words or more with commas between them stand in these brackets."""
    return tokens[opening + 1].is_word and tokens[opening + 2].kind == ","


def is_connective(token: Token) -> bool:
    """Whether this is the `and` or `or` of another language."""
    return token.kind in ("NAME", STRAY) and token.text.casefold() in _CONNECTIVES


def is_call(tokens: Sequence[Token], node: Node, name: str = "") -> bool:
    """Whether the innermost open bracket holds the arguments of a word (of this one)."""
    if node.bracket is None or node.bracket.index == 0:
        return False
    head = tokens[node.bracket.index - 1]
    return head.is_word and name in ("", head.text)


def bare_condition(tokens: Sequence[Token], opening: int) -> str:
    """The word between two brackets where a comparison is due; empty for anything else."""
    if tokens[opening].kind != "[" or len(tokens) <= opening + 2:
        return ""
    word, closing = tokens[opening + 1 : opening + 3]
    return word.text if word.is_word and closing.kind == "]" else ""


def bare_marks(tokens: Sequence[Token], at: int) -> list[Token]:
    """The tokens of marks that begin here, within a line; none if there is no mark."""
    marks: list[Token] = []
    while len(marks) < MOST_MARKS and not tokens[at].first:
        size = 1 if tokens[at].text == "target" else 2
        if tokens[at].text not in ("target", "unit") or (
            size == 2 and tokens[at + 1].kind != "TEXT"
        ):
            break
        marks += tokens[at : at + size]
        at += size
        if tokens[at].kind != ",":
            break
        marks.append(tokens[at])
        at += 1
    return marks


def other_block(tokens: Sequence[Token], at: int, node: Node) -> str:
    """What to say of a word that begins a block, or a line, that a dataset does not have."""
    outside = node.bracket is None or node.bracket.parent is None or _holds_blocks(node)
    begins = tokens[at].is_word and tokens[at].first and tokens[at + 1].kind in ("{", ":", "=")
    return _BLOCKS if at and outside and begins else ""


def _holds_blocks(node: Node) -> bool:
    """Whether the innermost open bracket is the dataset's own."""
    assert node.bracket is not None
    outer = node.bracket.parent
    return outer is not None and outer.bracket is None and outer.block == ""


def is_list(tokens: Sequence[Token], comma: int) -> bool:
    """Whether the first comma of `{0.25, 0.75}` stands here."""
    if comma < 2 or tokens[comma].kind != ",":
        return False
    around = [tokens[at].kind for at in (comma - 2, comma - 1, comma + 1)]
    return around == ["{", "NUMBER", "NUMBER"]


def _is_unequal(tokens: Sequence[Token], at: int) -> bool:
    if not 0 <= at < len(tokens) - 1:
        return False
    pair = tokens[at : at + 2]
    signs = pair[0].text + pair[1].text
    return signs in ("!=", "<>", "/=") and pair[0].end == pair[1].start


def is_split_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number with a comma for its point, or between its thousands, begins here."""
    if len(tokens) < at + 3:
        return False
    whole, comma, rest = tokens[at : at + 3]
    return (
        [whole.kind, comma.kind, rest.kind] == ["NUMBER", ",", "NUMBER"]
        and whole.end == comma.start
        and comma.end == rest.start
        and whole.text.isdigit()
        and rest.text.isdigit()
    )
