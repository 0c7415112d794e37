"""A dataset's blocks in another order than `topic`, `columns`, `model`, or twice, or `model: {`.

A block out of place is reported at its first word and parsed as if it stood where it
belongs, so that what is wrong inside is found too.
"""

from __future__ import annotations

from texrc.diagnostics.model import Edit, Fix
from texrc.source import SourceFile, Span
from texrc.syntax.recovery.anchors import ORDER, Anchors
from texrc.syntax.recovery.machine import Machine, Node
from texrc.syntax.recovery.repairs import OMITTED
from texrc.syntax.recovery.reporter import Reporter
from texrc.syntax.recovery.scanning import Scan
from texrc.syntax.tables import END

_BETWEEN = frozenset({"{", "}", "TEXT"})
"""What may stand before a block."""
_INTO_THE_FIRST = {
    "topic": "leave one of them out",
    "columns": "declare all columns in the first",
    "model": "write all statements into the first",
}
MAX_AHEAD = 50_000
"""Tokens among which the block that should have come first is looked for."""


class Blocks(Reporter):
    """The blocks seen so far in one text, and the reports of those out of place."""

    def __init__(
        self,
        source: SourceFile,
        scan: Scan,
        machine: Machine,
        anchors: Anchors,
    ) -> None:
        super().__init__(source, scan.tokens, machine, scan.diagnostics)
        self._reach = scan.reach
        self._anchors = anchors
        self._dataset: Node | None = None
        """The bracket that the blocks stand in."""
        self._seen: dict[str, int] = {}
        self._late: set[str] = set()
        """Blocks that were reported before they came."""

    def passed(self, node: Node) -> None:
        """Note what the parse took for the first word of a block; a second one is reported."""
        if node.symbol not in ORDER:
            return
        if node.bracket is not self._dataset:
            self._dataset = node.bracket
            self._seen.clear()
        if self._seen.setdefault(node.symbol, node.index) != node.index:
            self._report_again(node.symbol, node.index)

    def mended(self, node: Node, index: int, *, is_new: bool) -> Node | None:
        """The stack to go on with at token ``index``, which cannot stand on ``node``, if this is
        a fault of a block as such; None for anything else. Reported where ``is_new``."""
        token = self._tokens[index]
        if node.symbol not in ("columns", "model") or token.kind not in (":", "="):
            return self._misplaced(node, index, is_new=is_new)
        if self._tokens[index + 1].kind != "{":
            return None
        if is_new:
            end = self._tokens[index - 1].end
            cut = Edit(Span(end, self._tokens[index + 1].start), " ")
            self._add(
                f"`{token.text}` cannot stand here",
                token.span,
                "`{` is due here",
                fix=Fix(f"leave `{token.text}` out", (cut,)),
            )
        token.kind = OMITTED
        return node

    def _misplaced(self, node: Node, index: int, *, is_new: bool) -> Node | None:
        """The stack to parse the block on that begins at token ``index`` between other blocks."""
        word = self._tokens[index].text
        if (
            word not in ORDER
            or node.symbol not in _BETWEEN
            or node.bracket is None
            or node.bracket.parent is None
            or node.bracket.parent.bracket is not None
            or self._anchors.at(index, "") != word
        ):
            return None
        if word in self._seen:
            if is_new:
                self._report_again(word, index)
        elif word == "model":
            first = self._ahead("columns", index)
            if first is None:
                return None
            self._late.add("columns")
            if is_new:
                self._report_order("columns", index, index, first)
        else:
            later = [w for w in ORDER[ORDER.index(word) + 1 :] if w in self._seen]
            if not later:
                return None
            if is_new and word not in self._late:
                self._report_order(word, index, self._seen[later[0]], index)
        if word == "topic":
            self._tokens[index].kind = self._tokens[index + 1].kind = OMITTED
            return node
        frame = node.bracket
        return self._machine.put(frame, "columns", index) if word == "model" else frame

    def _ahead(self, word: str, index: int) -> int | None:
        for position in range(index + 1, index + MAX_AHEAD):
            if not self._reach(position) or self._tokens[position].kind == END:
                return None
            if self._tokens[position].text == word and self._anchors.at(position, "") == word:
                return position
        return None

    def _report_order(self, first: str, at: int, early: int, late: int) -> None:
        other = late if at == early else early
        self._add(
            f"`{first}` comes before `{self._tokens[early].text}`",
            self._tokens[at].span,
            secondary=[self._label(other, f"`{self._tokens[other].text}` stands here")],
            help="the order is `topic`, `columns`, `model`",
        )

    def _report_again(self, word: str, index: int) -> None:
        self._add(
            f"a dataset has one `{word}`, and here is another",
            self._tokens[index].span,
            "again",
            secondary=[self._label(self._seen[word], "first here")],
            help=_INTO_THE_FIRST[word],
        )
