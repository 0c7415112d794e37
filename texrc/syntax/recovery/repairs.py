"""The smallest edit that lets the parse go on: an insertion, a deletion or an exchange.

Each candidate is tried on the automaton up to the next anchor, or a dozen
tokens; of those that come farthest the cheapest is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from texrc.syntax.recovery import costs
from texrc.syntax.recovery.anchors import Anchors
from texrc.syntax.recovery.machine import Machine, Node
from texrc.syntax.recovery.tokens import STRAY, Token
from texrc.syntax.tables import END

AHEAD = 12
"""Tokens that a repair is tried on."""
ENOUGH = 4
"""Tokens that a repair must come past the fault where it does not come to the horizon."""
BACK = 2
"""Tokens before the fault that may be the ones to mend."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Put ``inserted`` in the place of ``removed`` tokens from token ``at`` on."""

    at: int
    removed: int
    inserted: tuple[str, ...]
    cost: float
    joins: bool = False
    """The removed tokens make one name or one text once they are quoted."""

    @property
    def is_insertion(self) -> bool:
        return self.removed == 0

    @property
    def is_deletion(self) -> bool:
        return not self.inserted


class Repairs:
    """Finds and applies repairs on the tokens of one text."""

    def __init__(self, tokens: list[Token], machine: Machine, anchors: Anchors) -> None:
        self.tokens = tokens
        self.machine = machine
        self.anchors = anchors

    def step(self, node: Node, index: int) -> Node | None:
        """The stack after token ``index``, or None where it cannot stand."""
        token = self.tokens[index]
        anchor = self.anchors.at(index, node.block)
        if anchor in self.machine.words:
            return self.machine.advance(node, token.text, index)
        after = self.machine.advance(node, token.kind, index)
        if after is None and token.kind == "NAME" and token.text in self.machine.words:
            after = self.machine.advance(node, token.text, index)
        if after is not None and anchor is not None and not self.anchors.lands(after, anchor):
            return None
        return after

    def apply(self, node: Node, repair: Repair) -> Node | None:
        """The stack ``node``, which is the one before token ``repair.at``, after what is inserted."""
        stack: Node | None = node
        for terminal in repair.inserted:
            if stack is None:
                return None
            stack = self.machine.advance(stack, terminal, repair.at)
        return stack

    def best(self, recent: dict[int, Node], index: int) -> Repair | None:
        """The repair of a fault found at token ``index``; ``recent`` has the stacks before the
        last tokens. None when no small edit helps."""
        horizon = self._horizon(index, recent[index].block)
        best: tuple[int, float, Repair] | None = None
        for repair in self._candidates(recent, index):
            position = self._reach(recent[repair.at], repair, horizon)
            if position < horizon and position - index < ENOUGH:
                continue
            if best is None or (-position, repair.cost) < best[:2]:
                best = (-position, repair.cost, repair)
        return best[2] if best is not None else None

    def _reach(self, node: Node, repair: Repair, horizon: int) -> int:
        """The first token that cannot stand after the repair; at most the horizon."""
        position = repair.at + repair.removed
        stack = self.apply(node, repair)
        while stack is not None and position < horizon:
            stack = self.step(stack, position)
            if stack is None:
                return position
            position += 1
        return min(position, horizon) if stack is not None else repair.at

    def _horizon(self, index: int, block: str) -> int:
        if self.anchors.at(index, block) is not None:
            return index + 1
        last = min(index + AHEAD, len(self.tokens))
        for position in range(index + 1, last):
            if self.anchors.at(position, block) is not None:
                return position + 1
        return last

    # --- candidates -----------------------------------------------------------

    def _candidates(self, recent: dict[int, Node], index: int) -> Iterator[Repair]:
        for back in range(BACK + 1):
            at = index - back
            node = recent.get(at)
            if node is None:
                return
            away = 0.35 * back
            if self.tokens[at].kind != END or back == 0:
                yield from self._single(node, at, away)
            yield from self._joined(node, at, index)
            if self.anchors.at(at, node.block) is not None:
                return

    def _single(self, node: Node, at: int, away: float) -> Iterator[Repair]:
        token = self.tokens[at]
        possible = self.machine.may_follow(node)
        for terminal in possible:
            cost = costs.insertion(terminal, token, node)
            yield Repair(at, 0, (terminal,), cost + away)
        if token.kind == END or self.anchors.at(at, node.block) is not None:
            return
        before = self.tokens[at - 1] if at else None
        after = self.tokens[at + 1]
        yield Repair(at, 1, (), costs.deletion(token, before, after) + away)
        for terminal in possible:
            if terminal != token.kind and terminal != END:
                yield Repair(at, 1, (terminal,), costs.exchange(token, terminal) + away)
        if token.is_word and after.kind in ("=", ":") and node.bracket is not None:
            if node.bracket.symbol == "(":
                yield Repair(at, 2, (), 1.2 + away)

    def _joined(self, node: Node, at: int, index: int) -> Iterator[Repair]:
        """Several tokens that are one name without backticks, or one text without quotes."""
        if self.machine.advance(node, "QUOTED", at) is not None:
            for end, cost in self._name_runs(node, at):
                if end - at >= 2 and end >= index:
                    yield Repair(at, end - at, ("QUOTED",), cost, joins=True)
        if self.machine.advance(node, "TEXT", at) is not None:
            end = self._text_end(node, at)
            if end > at and end >= index and self.anchors.at(at, node.block) is None:
                yield Repair(at, end - at, ("TEXT",), 1.1, joins=True)

    def _name_runs(self, node: Node, at: int) -> Iterator[tuple[int, float]]:
        """Ends of runs of tokens with nothing between them, and of words with a space between."""
        tokens = self.tokens
        expression = "atom" in self.machine.gotos[node.state]
        end = at + 1
        while tokens[end].start == tokens[end - 1].end and tokens[end].kind in costs.NAME_LIKE:
            end += 1
        if tokens[at].kind in costs.NAME_LIKE:
            yield end, 1.6 if expression else 0.9
        end = at
        while tokens[end].kind in ("NAME", "NUMBER") and (end == at or not tokens[end].first):
            end += 1
        if not expression and tokens[end].kind in (":", "~", "|", ",", "}", "TEXT", "<"):
            begins_line = tokens[at].first or tokens[end].kind == "TEXT"
            yield end, 0.8 if begins_line else 1.3

    def _text_end(self, node: Node, at: int) -> int:
        """The end of words where a text is due: up to the line's end or a bracket."""
        tokens = self.tokens
        stops = {"{", "}", "TEXT", END}
        if node.bracket is not None and node.bracket.symbol == "(":
            stops |= {")", ","}
        end = at
        while tokens[end].kind not in stops and (end == at or not tokens[end].first):
            end += 1
        return end if any(token.is_word or token.kind == STRAY for token in tokens[at:end]) else at
