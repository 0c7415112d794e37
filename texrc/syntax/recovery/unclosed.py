"""Which bracket is the one that was left open, or closed once too often.

The automaton only knows that one closing bracket is missing by the time that
something cannot stand inside; the lines' indentation tells which one.
"""

from __future__ import annotations

from texrc.source import SourceFile
from texrc.syntax.recovery.machine import CLOSING, OPENING, Node
from texrc.syntax.recovery.tokens import Token

LOOK_BACK = 20_000
"""Tokens that are looked through for the bracket to blame."""


def opened_in_vain(tokens: list[Token], opening: int, end: int, source: SourceFile) -> int:
    """The bracket to blame when the one at ``opening`` is still open before token ``end``.

    It is the first one inside whose closing bracket begins a line with less
    indentation than the line it was opened on; else the one at ``opening``.
    """
    stack: list[int] = []
    for index in range(max(opening, end - LOOK_BACK), end):
        token = tokens[index]
        if token.kind in OPENING:
            stack.append(index)
        elif token.kind in CLOSING and stack:
            opened = stack.pop()
            if token.first and indent_of(token, source) < indent_of(tokens[opened], source):
                return opened
    return opening


def closed_in_vain(tokens: list[Token], end: int, source: SourceFile) -> int | None:
    """The closing bracket to blame when token ``end`` stands outside all brackets and must not."""
    stack: list[int] = []
    for index in range(max(0, end - LOOK_BACK), end):
        token = tokens[index]
        if token.kind in OPENING:
            stack.append(index)
        elif token.kind in CLOSING and stack:
            opened = stack.pop()
            if token.first and indent_of(token, source) > indent_of(tokens[opened], source):
                before = index - 1
                return before if tokens[before].kind in CLOSING else index
    return None


def left_open_above(tokens: list[Token], node: Node, index: int, source: SourceFile) -> bool:
    """Whether the innermost bracket was opened within an earlier line that is indented no less
    than the line that token ``index`` begins: it should have been closed on its line."""
    if node.bracket is None:
        return False
    opening = node.bracket.index
    within = not tokens[opening + 1].first and opening + 1 < index
    return within and indent_of(tokens[opening], source) >= indent_of(tokens[index], source)


def end_of_line(tokens: list[Token], index: int) -> int:
    """The last token on the line of token ``index``, separators at its end left out."""
    while not tokens[index + 1].first and index + 2 < len(tokens):
        index += 1
    while tokens[index].kind in (",", ";"):
        index -= 1
    return index


def indent_of(token: Token, source: SourceFile) -> int:
    """The white space that begins the token's line, in characters."""
    number, _ = source.line_and_column(token.start)
    line = source.line(number)
    return len(line) - len(line.lstrip())
