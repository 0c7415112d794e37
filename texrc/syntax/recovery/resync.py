"""Where a parse that no small edit can mend goes on.

What is at fault is skipped up to a token that can stand after some construct
the parse is in the middle of: the innermost one that allows it, which then
counts as whole. Brackets among what is skipped hide what they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from texrc.source import SourceFile
from texrc.syntax.recovery.anchors import Anchors
from texrc.syntax.recovery.machine import CLOSING, OPENING, Machine, Node, open_brackets
from texrc.syntax.recovery.repairs import Repairs
from texrc.syntax.recovery.tokens import Token
from texrc.syntax.recovery.unclosed import indent_of
from texrc.syntax.tables import END

MAX_SKIPPED = 50_000
"""Tokens skipped at one fault; what is lost for longer stays lost."""
ENOUGH = 3
"""Tokens that must be able to stand where the parse goes on."""

_CONSTRUCTS = (
    *("atom", "label", "number", "key", "keys", "entry", "mark", "marks", "domain", "word"),
    *("value", "column", "statement", "topic", "columns", "model"),
)
_PLACES = frozenset({*CLOSING, ",", ";", ":", "~", "|", "="})
"""Signs that are worth trying to go on at."""


class Resync:
    """Finds the place to go on in the tokens of one text."""

    def __init__(
        self,
        source: SourceFile,
        tokens: list[Token],
        reach: Callable[[int], bool],
        machine: Machine,
        anchors: Anchors,
        repairs: Repairs,
    ) -> None:
        self._source = source
        self._tokens = tokens
        self._reach = reach
        self._machine = machine
        self._anchors = anchors
        self._repairs = repairs

    def find(self, node: Node, index: int) -> tuple[Node, int] | None:
        """The stack to go on with and the token to go on at; None when all that follows is lost.

        ``node`` is the stack before token ``index``, which cannot stand.
        """
        block, bracket = node.block, node.bracket
        inner: Node | None = node
        depth = 0
        for position in range(index, index + MAX_SKIPPED):
            if not self._reach(position):
                return None
            token = self._tokens[position]
            if token.kind == END:
                return None
            if self._anchors.at(position, block) is not None:
                found = self._stack(node, None, position, *self._header(position))
                if found is not None:
                    return found, position
            if depth == 0 and inner is not None and token.kind in _PLACES:
                found = self._stack(inner, bracket, position)
                if found is not None:
                    return found, position
            if token.kind in OPENING:
                depth += 1
            elif token.kind in CLOSING and depth > 0:
                depth -= 1
            elif token.kind in CLOSING and inner is not None:
                closed = self._closed_by(position, inner)
                if closed is not None:
                    for unclosed in open_brackets(inner, closed):
                        assert unclosed.parent is not None
                        inner = unclosed.parent
                    found = self._stack(inner, closed, position)
                    if found is not None:
                        return found, position
                    inner = closed.parent
                    bracket = inner.bracket if inner is not None else None
        return None

    def _closed_by(self, position: int, node: Node) -> Node | None:
        """The bracket that a closing one is meant for: when it begins a line, one that was opened
        on a line with the same indentation, else the innermost of its kind."""
        token = self._tokens[position]
        fitting = [b for b in open_brackets(node) if b.symbol == CLOSING[token.kind]]
        if token.first:
            indent = indent_of(token, self._source)
            for bracket in fitting:
                if indent_of(self._tokens[bracket.index], self._source) == indent:
                    return bracket
        return fitting[0] if fitting else None

    def _stack(self, node: Node, bracket: Node | None, position: int, *others: Node) -> Node | None:
        """A stack that token ``position`` and what follows it can go on from: what is inside of
        ``bracket`` (None: of the whole text) is given up where it must."""
        for frame in (*_frames(node, bracket), *others):
            for construct in ("", *_CONSTRUCTS):
                if construct and construct not in self._machine.gotos[frame.state]:
                    continue
                stack = self._machine.put(frame, construct, position) if construct else frame
                if self._goes_on(stack, position):
                    return stack
        return None

    def _goes_on(self, node: Node, position: int) -> bool:
        after: Node | None = node
        for ahead in range(position, position + ENOUGH):
            if ahead > position and self._anchors.at(ahead, node.block) is not None:
                return True
            after = self._repairs.step(after, ahead)
            if after is None:
                return False
            if self._tokens[ahead].kind == END:
                return True
        return True

    def _header(self, position: int) -> list[Node]:
        """The stack at the columns of a dataset that has no beginning."""
        if self._tokens[position].text != "columns":
            return []
        node: Node | None = self._machine.root
        for terminal in ("dataset", "NAME", "TEXT", "{"):
            assert node is not None
            node = self._machine.advance(node, terminal, position)
        assert node is not None
        return [node]


def _frames(node: Node, bracket: Node | None) -> Iterator[Node]:
    """The stack's nodes from the top down to the bracket."""
    frame: Node | None = node
    while frame is not None:
        yield frame
        if frame is bracket:
            return
        frame = frame.parent
