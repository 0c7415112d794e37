"""The smallest edit that lets the parse go on: an insertion, a deletion or an exchange.

Each candidate is tried on the automaton up to the next anchor, or a dozen
tokens; of those that come farthest the cheapest is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from texrc.source import SourceFile
from texrc.syntax.recovery import costs
from texrc.syntax.recovery.anchors import ORDER, Anchors
from texrc.syntax.recovery.hints import bare_marks, is_connective, is_list, is_split_number
from texrc.syntax.recovery.machine import CLOSING, OPENING, Machine, Node
from texrc.syntax.recovery.tokens import STRAY, Token
from texrc.syntax.recovery.unclosed import left_open_above
from texrc.syntax.tables import END

AHEAD = 12
"""Tokens that a repair is tried on."""
ENOUGH = 4
"""Tokens that a repair must come past the fault where it does not come to the horizon."""
BACK = 2
"""Tokens before the fault that may be the ones to mend."""
COMMA_BACK = 3
"""Tokens before the fault where a number with a comma in it may begin."""
LONGEST_NAME = 80
LONGEST_TEXT = 400
"""Tokens that may make a name or a text: no more than characters that it may have."""

OMITTED = "omitted"
"""The kind of a token that is taken as not being there."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Put ``inserted`` in the place of ``removed`` tokens from token ``at`` on."""

    at: int
    removed: int
    inserted: tuple[str, ...]
    cost: float
    joins: bool = False
    """The removed tokens make one name or one text once they are quoted."""
    partner: int | None = None
    """The closing bracket that changes or goes with the opening one."""
    ambiguous: bool = False
    """An operator would do as well as the comma."""

    @property
    def is_insertion(self) -> bool:
        return self.removed == 0

    @property
    def is_deletion(self) -> bool:
        return not self.inserted


class Repairs:
    """Finds and applies repairs on the tokens of one text."""

    def __init__(
        self, source: SourceFile, tokens: list[Token], machine: Machine, anchors: Anchors
    ) -> None:
        self.source = source
        self.tokens = tokens
        self.machine = machine
        self.anchors = anchors

    def step(self, node: Node, index: int) -> Node | None:
        """The stack after token ``index``, or None where it cannot stand."""
        token = self.tokens[index]
        if token.kind == OMITTED:
            return node
        anchor = self.anchors.at(index, node.block)
        if anchor in self.machine.words:
            return self.machine.advance(node, token.text, index)
        after = self.machine.advance(node, token.kind, index)
        if after is None and token.kind == "NAME" and token.text in self.machine.words:
            after = self.machine.advance(node, token.text, index)
        if after is not None and anchor is not None:
            if not self.anchors.lands(after, anchor):
                return None
            if anchor == "column":
                self.anchors.columns.add(token.text)
        return after

    def apply(self, node: Node, repair: Repair) -> Node | None:
        """The stack before token ``repair.at``, ``node``, with what is inserted on it."""
        stack: Node | None = node
        for terminal in repair.inserted:
            if stack is None:
                return None
            stack = self.machine.advance(stack, terminal, repair.at)
        return stack

    def settle(self, repair: Repair) -> None:
        """Take what is exchanged for what it stands for from now on, with its partner."""
        if repair.partner is not None:
            self.tokens[repair.partner].kind = self._partner_kind(repair)
        if repair.removed == len(repair.inserted) == 1:
            self.tokens[repair.at].kind = repair.inserted[0]

    def _partner_kind(self, repair: Repair) -> str:
        return OPENING[repair.inserted[0]] if repair.inserted else OMITTED

    def best(self, recent: dict[int, Node], index: int) -> Repair | None:
        """The repair of a fault found at token ``index``; ``recent`` has the stacks before the
        last tokens. None when no small edit helps."""
        horizon = self._horizon(index, recent[index].block)
        best: tuple[int, float, Repair] | None = None
        for repair in self._candidates(recent, index):
            if repair.cost >= costs.NEVER:
                continue
            position = self._reach(recent[repair.at], repair, horizon)
            if position < horizon and position - index < self._enough(repair, index):
                continue
            if best is None or (-position, repair.cost) < best[:2]:
                best = (-position, repair.cost, repair)
        if best is None:
            return None
        position, _, repair = best
        if repair.inserted == (",",) and repair.is_insertion:
            product = replace(repair, inserted=("*",))
            same = self._reach(recent[repair.at], product, horizon) == -position
            return replace(repair, ambiguous=same)
        return repair

    def _enough(self, repair: Repair, index: int) -> int:
        """How far a repair must come past token ``index``: into the next line, or some tokens."""
        if repair.inserted[:1] and repair.inserted[0] in CLOSING:
            return ENOUGH
        for ahead in range(1, ENOUGH):
            if index + ahead < len(self.tokens) and self.tokens[index + ahead].first:
                return ahead + 1
        return ENOUGH

    def _reach(self, node: Node, repair: Repair, horizon: int) -> int:
        """The first token that cannot stand after the repair; at most the horizon."""
        if repair.partner is not None:
            partner = self.tokens[repair.partner]
            kind, partner.kind = partner.kind, self._partner_kind(repair)
            try:
                return self._reach(node, replace(repair, partner=None), horizon)
            finally:
                partner.kind = kind
        position = repair.at + repair.removed
        stack = self.apply(node, repair)
        if stack is None:
            return repair.at
        while position < horizon:
            after = self.step(stack, position)
            if after is None and self._repeats(repair, position):
                after = self.machine.advance(stack, repair.inserted[0], position)
                if after is not None and repair.is_insertion:
                    after = self.step(after, position)
            if after is None:
                break
            stack = after
            position += 1
        return min(position, horizon)

    def _repeats(self, repair: Repair, position: int) -> bool:
        """Whether the slip of an exchange, or of a separator left out, may have been made at this
        place too."""
        kind = self.tokens[repair.at].kind
        if self.tokens[position].kind != kind:
            return False
        if repair.is_insertion:
            return repair.inserted in ((",",), (";",)) and not self.tokens[position].first
        return repair.removed == len(repair.inserted) == 1 and (
            kind == "TEXT" or costs.alike(kind, repair.inserted[0])
        )

    def _horizon(self, index: int, block: str) -> int:
        if self.anchors.at(index, block) is not None:
            return index + 1
        last = min(index + AHEAD, len(self.tokens))
        for position in range(index + 1, last):
            anchor = self.anchors.at(position, block)
            if anchor in ORDER and block in ORDER and ORDER.index(anchor) <= ORDER.index(block):
                return position  # A block out of place stands after no repair.
            if anchor is not None:
                return position + 1
        return last

    # --- candidates -----------------------------------------------------------

    def _candidates(self, recent: dict[int, Node], index: int) -> Iterator[Repair]:
        for back in range(BACK + 1):
            at = index - back
            node = recent.get(at)
            if node is None:
                break
            away = 0.35 * back
            if self.tokens[at].kind != END or back == 0:
                yield from self._single(node, at, away)
            yield from self._joined(node, at, index)
            if back and self.anchors.at(at, node.block) is not None:
                break
        for at in range(index - COMMA_BACK, index):
            node = recent.get(at)
            keys = node is not None and "key" in self.machine.gotos[node.state]
            if node is not None and not keys and is_split_number(self.tokens, at):
                yield Repair(at, 3, ("NUMBER",), 0.95)

    def _single(self, node: Node, at: int, away: float) -> Iterator[Repair]:
        token = self.tokens[at]
        possible = self.machine.may_follow(node)
        for terminal in possible:
            cost = costs.insertion(terminal, token, node, self.tokens[at - 1].text if at else "")
            if terminal == ":" and node.block == "columns" and not self._begins_column(at - 1):
                continue
            yield Repair(at, 0, (terminal,), cost + away)
            if terminal in ("columns", "model"):
                yield Repair(at, 0, (terminal, "{"), cost + 0.2 + away)
            elif terminal in CLOSING and token.kind != END:
                likely = token.first and left_open_above(self.tokens, node, at, self.source)
                yield Repair(at, 0, (terminal, ";"), (0.9 if likely else 1.9) + away)
        if token.kind == END or self.anchors.at(at, node.block) is not None:
            return
        before = self.tokens[at - 1] if at else None
        after = self.tokens[at + 1]
        if not (token.first and token.is_word and after.first):
            cost = costs.deletion(token, before, after) + away
            yield Repair(at, 1, (), cost, partner=self._partner(at))
        for terminal in possible:
            if terminal == ":" and is_list(self.tokens, at):
                continue
            if token.kind in OPENING and costs.opens(token, before):
                continue
            if terminal != token.kind and terminal != END:
                cost = costs.exchange(token, terminal) + away
                partner = self._partner(at) if terminal in OPENING else None
                if token.kind == "[" and terminal == "(" and node.block == "columns":
                    cost += 0.2  # Labels are more than marks.
                yield Repair(at, 1, (terminal,), cost, partner=partner)
                if token.kind == "FROM" and terminal == "NUMBER":
                    yield Repair(at, 1, ("NUMBER", ","), 1.1 + away)
        inside = node.bracket.symbol if node.bracket is not None else ""
        if (
            node.block == "columns"
            and "(" in possible
            and (size := len(bare_marks(self.tokens, at)))
        ):
            yield Repair(at, size, (), 0.8 + away)
        if inside == "[" and node.block == "columns" and self._is_dash(at):
            yield Repair(at, 1, (",",), 0.9 + away)
        if inside == "[" and node.block == "model" and is_connective(token):
            yield Repair(at, self._rest_of_bracket(at), (), 1.2 + away)
        if token.is_word and after.kind in ("=", ":") and inside == "(":
            yield Repair(at, 2, (), 1.2 + away)

    def _is_dash(self, at: int) -> bool:
        """Whether the minus between two numbers is no sign of the second: `18 - 64`, `18-64`."""
        before, dash, after = self.tokens[at - 1 : at + 2]
        between = before.kind == after.kind == "NUMBER"
        return dash.kind == "-" and between and (dash.end < after.start or before.end == dash.start)

    def _begins_column(self, at: int) -> bool:
        """Whether a column may begin at this token: it begins its line, or all on this line."""
        return self.tokens[at].first or self.tokens[at - 1].kind in ("{", "TEXT", "}", ")", "]")

    def _rest_of_bracket(self, at: int) -> int:
        """How many tokens there are up to the bracket that closes next."""
        size = 1
        while at + size < len(self.tokens) - 1 and size < AHEAD:
            if self.tokens[at + size].kind in CLOSING:
                break
            size += 1
        return size

    def _partner(self, at: int) -> int | None:
        """The closing bracket that belongs to the opening one at ``at``, if it is one."""
        if self.tokens[at].kind not in OPENING:
            return None
        depth = 0
        for position in range(at, min(at + LONGEST_TEXT, len(self.tokens))):
            kind = self.tokens[position].kind
            if kind in OPENING:
                depth += 1
            elif kind in CLOSING:
                depth -= 1
                if depth == 0:
                    return position if kind == OPENING[self.tokens[at].kind] else None
        return None

    def _joined(self, node: Node, at: int, index: int) -> Iterator[Repair]:
        """Several tokens that are one name without backticks, or one text without quotes."""
        type_due = node.block == "columns" and node.symbol == ":"
        is_mark = (
            node.block == "columns" and node.bracket is not None and node.bracket.symbol == "("
        )
        named = not type_due and not is_mark
        if named and self.machine.advance(node, "QUOTED", at) is not None:
            for end, cost in self._name_runs(node, at):
                if end - at >= 2 and end >= index:
                    yield Repair(at, end - at, ("QUOTED",), cost, joins=True)
        if self.machine.advance(node, "TEXT", at) is not None:
            end = self._text_end(node, at)
            if end > at and end >= index and self.anchors.at(at, node.block) is None:
                cost = 0.9 if at and self.tokens[at - 1].text == "unit" else 1.1
                yield Repair(at, end - at, ("TEXT",), cost, joins=True)

    def _name_runs(self, node: Node, at: int) -> Iterator[tuple[int, float]]:
        """Ends of runs of tokens with nothing between them, and of words with a space between."""
        tokens = self.tokens[at : at + LONGEST_NAME + 1]
        expression = "atom" in self.machine.gotos[node.state]
        size = 1
        while (
            size < len(tokens)
            and tokens[size].start == tokens[size - 1].end
            and tokens[size].kind in costs.NAME_LIKE
        ):
            size += 1
        if tokens[0].kind in costs.NAME_LIKE:
            wordless = not any(token.kind in ("NAME", STRAY) for token in tokens[:size])
            yield at + size, 1.6 if expression else 1.3 if wordless else 0.9
        size = 0
        while (
            size < len(tokens) - 1
            and tokens[size].kind in ("NAME", "NUMBER")
            and (size == 0 or not tokens[size].first)
        ):
            size += 1
        if not expression and tokens[size].kind in (":", "~", "|", ",", "}", "TEXT", "<"):
            begins_line = tokens[0].first or tokens[size].kind == "TEXT"
            known = all(token.text in self.anchors.columns for token in tokens[:size])
            yield at + size, 1.9 if known else 0.8 if begins_line else 1.3

    def _text_end(self, node: Node, at: int) -> int:
        """The end of words where a text is due: up to the line's end or a bracket."""
        tokens = self.tokens
        stops = {"{", "}", "TEXT", END}
        if node.bracket is not None and node.bracket.symbol == "(":
            stops |= {")", ","}
        if not (tokens[at].is_word or tokens[at].kind in ("NUMBER", STRAY)):
            return at
        end = at
        while (
            tokens[end].kind not in stops
            and (end == at or not tokens[end].first)
            and end < at + LONGEST_TEXT
        ):
            end += 1
        return end if any(token.is_word or token.kind == STRAY for token in tokens[at:end]) else at
