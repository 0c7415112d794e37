"""The LALR automaton with a stack that can be kept, tried on and taken back.

Nothing is built here: a stack is a linked list of states, so that a parse can
be tried ahead from any earlier place at no cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from texrc.syntax.tables import END, Tables, load_tables

OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = {closing: opening for opening, closing in OPENING.items()}


class Node:
    """The top of a stack: its state, the symbol that led there, the rest below.

    ``index`` is the first token of the symbol. ``block`` is the block of the
    file that the stack is in (`columns`, `model` or nothing), ``bracket`` the
    innermost open bracket.
    """

    __slots__ = ("block", "bracket", "index", "parent", "state", "symbol")

    def __init__(
        self,
        state: int,
        symbol: str,
        parent: Node | None,
        index: int,
        block: str,
        bracket: Node | None,
    ) -> None:
        self.state = state
        self.symbol = symbol
        self.parent = parent
        self.index = index
        self.block = block
        self.bracket = bracket


class Machine:
    """Moves over the grammar's tables."""

    def __init__(self, tables: Tables) -> None:
        self.actions = tables.actions
        self.gotos = tables.gotos
        self.rules = tables.rules
        self.end = tables.end
        self.words = tables.words
        self.signs = tables.signs
        self.root = Node(0, "", None, 0, "", None)

    def advance(self, node: Node, terminal: str, index: int) -> Node | None:
        """The stack after this terminal, or None where it cannot stand."""
        while True:
            action = self.actions[node.state].get(terminal)
            if action is None:
                return node if terminal == END and node.state == self.end else None
            if action >= 0:
                return self._shift(node, terminal, action, index)
            rule = self.rules[~action]
            first = index
            for _ in rule.symbols:
                first = node.index
                assert node.parent is not None
                node = node.parent
            node = self.put(node, rule.origin, first)

    def put(self, node: Node, nonterminal: str, index: int) -> Node:
        """The stack with a whole construct on it."""
        state = self.gotos[node.state][nonterminal]
        return Node(state, nonterminal, node, index, node.block, node.bracket)

    def _shift(self, node: Node, terminal: str, state: int, index: int) -> Node:
        block = terminal if terminal in ("columns", "model") else node.block
        new = Node(state, terminal, node, index, block, node.bracket)
        if terminal in OPENING:
            new.bracket = new
        elif terminal in CLOSING and node.bracket is not None:
            opened = node.bracket.parent
            new.bracket = opened.bracket if opened is not None else None
        return new

    def may_follow(self, node: Node) -> list[str]:
        """The terminals that can stand next."""
        return [
            terminal
            for terminal in sorted(self.actions[node.state])
            if self.advance(node, terminal, 0) is not None
        ]


def open_brackets(node: Node, outer: Node | None = None) -> Iterator[Node]:
    """The brackets open on a stack, the innermost first, up to ``outer``."""
    bracket = node.bracket
    while bracket is not None and bracket is not outer:
        yield bracket
        below = bracket.parent
        bracket = below.bracket if below is not None else None


@cache
def load_machine() -> Machine:
    """The automaton of the grammar as it is now."""
    return Machine(load_tables())
