"""How likely a slip is: what a repair costs. Punctuation is forgotten sooner than a word."""

from __future__ import annotations

from texrc.diagnostics.suggest import did_you_mean
from texrc.syntax.recovery.machine import CLOSING, OPENING, Node
from texrc.syntax.recovery.tokens import STRAY, WORDS, Token
from texrc.syntax.tables import END

NAME_LIKE = frozenset({"NAME", "NUMBER", "FROM", "-", "+", "/", "*", "_", "..", STRAY})
"""What a name without its backticks may be taken apart into."""

NEVER = 9.0

_INSERTIONS = {
    ":": 1.0,
    ",": 1.0,
    ";": 1.05,
    "~": 1.1,
    ")": 1.0,
    "]": 1.0,
    "}": 1.0,
    "*": 1.2,
    "{": 1.3,
    "(": 1.4,
    "[": 1.4,
    "=": 1.4,
    "NUMBER": 1.5,
    "NAME": 1.6,
    "TEXT": 1.5,
}
_ALIKE = (
    {":", "=", "~"},
    {",", ";"},
    {",", "<"},
    {",", "|"},
    {"(", "[", "{"},
    {")", "]", "}"},
    {"..", "-", ":"},
    {"*", "_"},
)
_HEADS = {"weights": "{", "softmax": "{", "mix": "{", "quarters": "["}
"""Words that a bracket must follow."""
_VALUES = frozenset({*WORDS, "NUMBER", "TEXT"})


def insertion(terminal: str, before: Token, node: Node, head: str) -> float:
    """Of a terminal between the word ``head`` (or some other text) and the token ``before``."""
    cost = _INSERTIONS.get(terminal, 2.2)
    if terminal == "QUOTED":
        return NEVER  # The same as a plain name.
    if terminal == "(" and node.symbol == "{" and before.kind == "NUMBER":
        return NEVER  # A number there is a probability without its label.
    if _HEADS.get(head) == terminal:
        return 0.9
    if before.first and (terminal in CLOSING or terminal in _VALUES):
        cost -= 0.3
    if terminal == "*" and node.symbol in WORDS:
        cost += 0.3  # `normal 3` lacks a bracket, `3 age` a sign.
    if terminal == "}" and not before.first and before.kind != END:
        cost += 0.4
    if node.block == "" and terminal == "NAME":
        cost -= 0.2
    return cost


def opens(token: Token, before: Token | None) -> bool:
    """Whether this is the bracket that the word before it asks for."""
    return before is not None and _HEADS.get(before.text) == token.kind


def deletion(token: Token, before: Token | None, after: Token) -> float:
    """Of a token between two others."""
    if before is not None and token.kind == before.kind and token.kind not in _VALUES:
        return 0.7
    if token.kind in (",", ";"):
        return 0.8 if after.first or after.kind in CLOSING else 1.1
    if token.kind == STRAY:
        return 0.9
    if token.kind in _VALUES:
        return 1.9
    return 1.5 if token.kind in OPENING or token.kind in CLOSING else 1.3


def alike(kind: str, terminal: str) -> bool:
    """Whether the one is easily written for the other."""
    return any(kind in signs and terminal in signs for signs in _ALIKE)


def exchange(token: Token, terminal: str) -> float:
    """Of a token for a terminal."""
    if alike(token.kind, terminal):
        return 1.0 if terminal != "=" else 1.05
    if terminal.isalpha() and terminal.islower():  # A word of the grammar.
        return 0.7 if token.is_word and did_you_mean(token.text, [terminal]) else 3.0
    if token.kind == "TEXT" and terminal == "NAME":
        return 1.2
    if token.kind == STRAY:
        return 1.3 if terminal not in _VALUES else 1.6
    if token.kind in _VALUES and terminal in _VALUES:
        return 1.5 if terminal != "QUOTED" else NEVER
    if token.is_word and terminal == "_":
        return 1.8
    if terminal == "..":
        return NEVER
    return 2.3
