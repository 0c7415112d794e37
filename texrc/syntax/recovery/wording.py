"""What is due at a place and what stands before it, in words of the language."""

from __future__ import annotations

from texrc.syntax.recovery.machine import Machine, Node
from texrc.syntax.recovery.tokens import STRAY, WORDS, Token
from texrc.syntax.tables import END

_CONSTRUCTS = {
    "column": "a column",
    "statement": "a statement",
    "entry": "a row",
    "value": "a value",
    "keys": "a key",
    "key": "a key",
    "mark": "a mark",
    "atom": "a value",
    "label": "a label",
    "number": "a number",
}
"""Nonterminals that may be due, the outermost first."""


def due(machine: Machine, node: Node, terminal: str) -> str:
    """How to name the terminal that is missing after ``node``."""
    if terminal == END:
        return "the end of the text"
    if terminal == "TEXT":
        return _text_due(node)
    if terminal not in (*WORDS, "NUMBER"):
        return f"`{terminal}`"
    if node.symbol == "dataset":
        return "the dataset's name"
    if node.symbol == ":" and node.block == "columns":
        return "the column's type"
    gotos = machine.gotos[node.state]
    for construct, phrase in _CONSTRUCTS.items():
        if construct in gotos:
            return phrase
    return "a number" if terminal == "NUMBER" else "a column's name"


def _text_due(node: Node) -> str:
    if node.symbol == "topic":
        return "the topic in double quotes"
    if node.block == "":
        return "the title in double quotes"
    if node.bracket is not None and node.bracket.symbol == "(":
        return "a text in double quotes"
    return "a description in double quotes"


def all_due(machine: Machine, node: Node) -> str:
    """How to name everything that may stand after ``node``: `a label`, or `` `,` or `}` ``."""
    phrases: list[str] = []
    for terminal in machine.may_follow(node):
        phrase = due(machine, node, terminal)
        if phrase not in phrases and terminal not in ("_", "-", "FROM"):
            phrases.append(phrase)
    constructs = [phrase for phrase in phrases if not phrase.startswith("`")]
    signs = [phrase for phrase in phrases if phrase.startswith("`")]
    if constructs and len(signs) > 3:
        # What an expression may begin with is said by its name.
        signs = []
    if len(signs) > 5:
        operators = {"`+`", "`-`", "`*`", "`/`", "`**`"}
        signs = ["an operator", *(sign for sign in signs if sign not in operators)]
    return one_of([*constructs, *signs])


def one_of(phrases: list[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    if len(phrases) < 2:
        return "".join(phrases)
    return f"{', '.join(phrases[:-1])} or {phrases[-1]}"


def after(machine: Machine, node: Node, before: Token) -> str:
    """How to name what stands before the place."""
    below = node.parent
    if below is not None and node.symbol in (*WORDS, "word"):
        gotos = machine.gotos[below.state]
        if below.symbol == "dataset":
            return "the dataset's name"
        if "column" in gotos:
            return "the column's name"
        if below.symbol == ":" and node.block == "columns":
            return "the type"
        if "mark" in gotos:
            return "the mark"
    if node.symbol == "TEXT" and node.block != "model":
        if node.bracket is not None and node.bracket.symbol == "(":
            return "the mark"
        return "the description" if node.block == "columns" else "the title"
    return shown(before)


def oddity(name: str) -> str:
    """What keeps a name from standing plain."""
    if any(character.isspace() for character in name):
        return "with a space in it"
    odd = next((c for c in name if not (c.isalnum() or c == "_")), None)
    return f"with `{odd}` in it" if odd is not None else "that begins with no letter"


def shown(token: Token) -> str:
    """A token as messages show it."""
    if token.kind == END:
        return "the end of the text"
    if token.kind == STRAY and len(token.text) == 1 and not token.text.isprintable():
        return f"the character U+{ord(token.text):04X}"
    if token.kind == "TEXT":
        return "a text"
    text = token.text if len(token.text) <= 40 else token.text[:39] + "…"
    return f"`{text}`" if "`" not in text else text
