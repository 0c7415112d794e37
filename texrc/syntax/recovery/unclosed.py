"""Which bracket is the one that was left open, or closed once too often.

The automaton only knows that one closing bracket is missing by the time that
something cannot stand inside; the lines' indentation tells which one.
"""

from __future__ import annotations

from texrc.source import SourceFile
from texrc.syntax.recovery.machine import CLOSING, OPENING
from texrc.syntax.recovery.tokens import Token


def opened_in_vain(tokens: list[Token], opening: int, end: int, source: SourceFile) -> int:
    """The bracket to blame when the one at ``opening`` is still open before token ``end``.

    It is the first one inside whose closing bracket begins a line with less
    indentation than the line it was opened on; else the one at ``opening``.
    """
    stack: list[int] = []
    for index in range(opening, end):
        token = tokens[index]
        if token.kind in OPENING:
            stack.append(index)
        elif token.kind in CLOSING and stack:
            opened = stack.pop()
            if token.first and _indent(token, source) < _indent(tokens[opened], source):
                return opened
    return opening


def closed_in_vain(tokens: list[Token], end: int, source: SourceFile) -> int | None:
    """The closing bracket to blame when token ``end`` stands outside all brackets and must not."""
    stack: list[int] = []
    for index in range(end):
        token = tokens[index]
        if token.kind in OPENING:
            stack.append(index)
        elif token.kind in CLOSING and stack:
            opened = stack.pop()
            if token.first and _indent(token, source) > _indent(tokens[opened], source):
                before = index - 1
                return before if tokens[before].kind in CLOSING else index
    return None


def end_of_line(tokens: list[Token], index: int) -> int:
    """The last token on the line of token ``index``, separators at its end left out."""
    while not tokens[index + 1].first and index + 2 < len(tokens):
        index += 1
    while tokens[index].kind in (",", ";"):
        index -= 1
    return index


def _indent(token: Token, source: SourceFile) -> int:
    number, _ = source.line_and_column(token.start)
    line = source.line(number)
    return len(line) - len(line.lstrip())
