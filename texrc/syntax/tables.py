"""The parser's tables: made from the grammar by lark, shipped as data.

Lark needs a third of a second to build them (seconds with ``strict``), so
``tables.json`` beside this file holds them ready made, under the digest of the
grammar they came from. Reading them takes a millisecond and needs no lark.
With an edited grammar the digest differs and they are built in memory; write
the file again with ``python -m texrc.syntax.tables``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from texrc.resources import grammar_text

_SHIPPED = Path(__file__).with_name("tables.json")


@dataclass(frozen=True)
class Rule:
    """One production. ``name`` is its alias where it has one, else its origin."""

    origin: str
    name: str
    symbols: tuple[str, ...]


@dataclass(frozen=True)
class Tables:
    """LALR(1) tables in terms of terminals that are named by their own text.

    ``patterns``: the regular expression of each terminal that has no fixed text.
    ``words``: the fixed texts that are spelled like names, ``signs`` the others.
    ``actions[state][terminal]``: ``n >= 0`` shifts to state n, ``-1 - r``
    reduces by rule r. ``gotos[state][nonterminal]``: the next state.
    """

    patterns: dict[str, str]
    words: tuple[str, ...]
    signs: tuple[str, ...]
    rules: tuple[Rule, ...]
    actions: tuple[dict[str, int], ...]
    gotos: tuple[dict[str, int], ...]
    end: int
    """The state in which the text may end; state 0 is where it begins."""


END = "$END"
"""The terminal that stands for the end of the text."""


@cache
def load_tables() -> Tables:
    """The tables of the grammar as it is now."""
    grammar = grammar_text()
    try:
        data = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        data = {}
    if data.get("digest") != _digest(grammar):
        data = _build(grammar)
    return Tables(
        data["patterns"],
        tuple(data["words"]),
        tuple(data["signs"]),
        tuple(Rule(origin, name, tuple(symbols)) for origin, name, symbols in data["rules"]),
        tuple(data["actions"]),
        tuple(data["gotos"]),
        data["end"],
    )


def _digest(grammar: str) -> str:
    return hashlib.sha256(grammar.encode()).hexdigest()


def _build(grammar: str, *, strict: bool = False) -> dict[str, Any]:
    from lark import Lark
    from lark.lexer import PatternStr
    from lark.parsers.lalr_analysis import Shift

    lark = Lark(grammar, parser="lalr", strict=strict)
    fixed = {t.name: t.pattern.value for t in lark.terminals if isinstance(t.pattern, PatternStr)}
    table = lark.parser.parser._parse_table  # type: ignore[attr-defined]
    rules = sorted(
        lark.rules,
        key=lambda rule: (rule.origin.name, [symbol.name for symbol in rule.expansion]),
    )
    rule_number = {rule: number for number, rule in enumerate(rules)}
    # Lark's state numbers change with the hash seed: number them by first visit.
    order = [table.start_states["start"]]
    state_number = {order[0]: 0}
    actions: list[dict[str | None, int]] = []
    gotos: list[dict[str | None, int]] = []
    terminals = {t.name for t in lark.terminals} | {END}
    for state in order:
        actions.append({})
        gotos.append({})
        for symbol, (action, argument) in sorted(table.states[state].items()):
            if action is not Shift:
                actions[-1][fixed.get(symbol, symbol)] = -1 - rule_number[argument]
                continue
            if argument not in state_number:
                state_number[argument] = len(order)
                order.append(argument)
            row = actions[-1] if symbol in terminals else gotos[-1]
            row[fixed.get(symbol, symbol)] = state_number[argument]
    return {
        "digest": _digest(grammar),
        "patterns": {t.name: t.pattern.value for t in lark.terminals if t.name not in fixed},
        "words": sorted(text for text in fixed.values() if text.isalpha()),
        "signs": sorted(text for text in fixed.values() if not text.isalpha()),
        "rules": [
            [
                rule.origin.name,
                rule.alias or rule.origin.name,
                [fixed.get(symbol.name, symbol.name) for symbol in rule.expansion],
            ]
            for rule in rules
        ],
        "actions": actions,
        "gotos": gotos,
        "end": state_number[table.end_states["start"]],
    }


if __name__ == "__main__":
    _SHIPPED.write_text(
        json.dumps(_build(grammar_text(), strict=True), indent=None, separators=(",", ":")) + "\n",
        encoding="utf-8",
    )
