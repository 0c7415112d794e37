"""Tokens that begin something whatever stands before them: where a lost parse finds its way again.

A word followed by `~`, `|` or `=` begins a statement, a word followed by `:` in
the columns' block a column, `columns {` a block. Before such a token everything
opened must be closed; where it is not, the fault lies before the token.
"""

from __future__ import annotations

from texrc.syntax.recovery.hints import CHOICES
from texrc.syntax.recovery.machine import Machine, Node
from texrc.syntax.recovery.tokens import Token

ORDER = ("topic", "columns", "model")
"""A dataset's blocks in their order."""
MOST_PARENTS = 64
"""Names in brackets that may be meant for parents."""
_TEXT_BLOCKS = ("dataset", "topic")
_OPEN_ENDED = frozenset({"{", ",", ";", "(", "[", "|", "~", "=", ":", "+", "-", "*", "/", "**"})
"""Signs that something must follow."""


class Anchors:
    """The anchors among the tokens of one text."""

    def __init__(self, tokens: list[Token], machine: Machine) -> None:
        self._tokens = tokens
        self._machine = machine
        self.columns: set[str] = set()
        """The columns declared so far; the parse adds to it."""

    def at(self, index: int, block: str) -> str | None:
        """The construct that token ``index`` begins, seen from inside ``block``."""
        token = self._tokens[index]
        if not token.is_word:
            return None
        following = self._tokens[index + 1]
        if block == "model" and following.kind == "(" and token.first:
            following = self._behind_brackets(index + 1)
        if token.text in self._machine.words and self._begins_block(index):
            return token.text
        if block == "model" and following.kind in ("~", "|", "="):
            return "statement" if self._begins_statement(index, following.kind) else None
        if block == "columns" and following.kind == ":":
            return "column" if self._begins_column(index) else None
        return None

    def lands(self, node: Node, construct: str) -> bool:
        """Whether the word on top of the stack begins this construct."""
        below = node.parent
        if below is None:
            return False
        if construct in self._machine.words:
            return node.symbol == construct
        return construct in self._machine.gotos[below.state]

    def _behind_brackets(self, opening: int) -> Token:
        """The token after names in round brackets, else the bracket: `y (a, b) ~`."""
        at = opening + 1
        last = opening + 2 * MOST_PARENTS
        while at < last and self._tokens[at].is_word and self._tokens[at + 1].kind == ",":
            at += 2
        closed = self._tokens[at].is_word and self._tokens[at + 1].kind == ")"
        return self._tokens[at + 2 if closed else opening]

    def _begins_block(self, index: int) -> bool:
        token, following = self._tokens[index], self._tokens[index + 1]
        if token.text in _TEXT_BLOCKS:
            if not token.first:
                return False
            if token.text == "topic":
                return following.kind == "TEXT"
            return following.is_word and self._tokens[index + 2].kind in ("TEXT", "{")
        before = self._tokens[index - 1].kind if index else ""
        if following.kind in (":", "=") and self._tokens[index + 2].kind == "{":  # `model: {`
            opens = before == "{" and self._tokens[index - 2].kind == "TEXT"
            return token.first and (opens or before in ("}", "TEXT"))
        return following.kind == "{" and before not in ("~", ":", "|", "=")

    def _begins_statement(self, index: int, sign: str) -> bool:
        token = self._tokens[index]
        before = self._tokens[index - 1].kind if index else ""
        if not token.first and before in _OPEN_ENDED:
            return before == "{" and index >= 2 and self._tokens[index - 2].text == "model"
        if sign == "=" and token.first and token.text in self.columns and before in (",", ";"):
            return True  # Elsewhere a row, with a wrong sign, is as likely.
        if not token.first and index and self._tokens[index - 1].text.casefold() in CHOICES:
            return False  # `if x = 1`.
        if sign == "=":
            return before not in ("{", ",", ";", "(", "[")
        while index and self._tokens[index - 1].kind == ",":
            index -= 2
            if index < 0 or not self._tokens[index].is_word:
                return True
        # `y | a, b ~`: b is one of the columns after the bar, also where the comma is missing.
        if not self._tokens[index].first and self._tokens[index - 1].is_word:
            index -= 1
        return not index or self._tokens[index - 1].kind != "|"

    def _begins_column(self, index: int) -> bool:
        token = self._tokens[index]
        before = self._tokens[index - 1].kind if index else ""
        if not token.first and before == "{":
            return self._tokens[index - 2].text == "columns"
        return token.first or before not in ("(", ",", "[", ":")
