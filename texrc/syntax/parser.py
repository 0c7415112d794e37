"""Text to tree: the grammar's LALR tables driven over the tokens of one regular expression.

Lark makes the tables (see `tables`); this loop runs them, because it goes several
times as fast as lark's own and needs no lark.
"""

from __future__ import annotations

import gc
import re
from dataclasses import replace
from functools import cache
from typing import Any

from texrc.diagnostics.model import Diagnostics
from texrc.source import SourceFile, Span
from texrc.syntax import ast
from texrc.syntax.building import Builders, LimitReached
from texrc.syntax.lexer import load_lexer
from texrc.syntax.limits import MAX_TOKENS, check_limits
from texrc.syntax.tables import END, Tables, load_tables

_BLANK_LINES = re.compile(r"\n[ \t\r]*\n[ \t\r\n]*")


def parse(source: SourceFile) -> tuple[ast.Dataset | None, Diagnostics]:
    """The tree of a text; None when it has syntax errors, which the diagnostics then tell."""
    diagnostics = check_limits(source)
    if diagnostics.has_errors:
        return None, diagnostics
    collecting = gc.isenabled()
    gc.disable()  # Millions of nodes may come, and none of them is garbage.
    try:
        tree = _build(source.text)
    except LimitReached as reached:
        diagnostics.add(reached.code, reached.message, reached.span, helps=[reached.help])
        return None, diagnostics
    finally:
        if collecting:
            gc.enable()
    if isinstance(tree, Span):
        from texrc.syntax.recovery import recover

        diagnostics = recover(source)
        if not diagnostics.has_errors:
            diagnostics.add("TX001", "this cannot stand here", tree)
        return None, diagnostics
    return tree, diagnostics


def _build(text: str) -> ast.Dataset | Span:
    """The tree with its comments, or the first token that cannot stand. Raises `LimitReached`."""
    tables, lexer = load_tables(), load_lexer()
    function = Builders().function
    rules = [(len(rule.symbols), rule.origin, function(rule.name)) for rule in tables.rules]
    actions, kinds = tables.actions, lexer.kinds
    jumps = _jumps()
    comments: list[re.Match[str]] = []
    states = [0]
    values: list[Any] = []
    state = count = 0
    matches = lexer.scanner.finditer(text)
    while True:
        match = next(matches)
        count += 1
        group = match.lastindex or 0
        if count > MAX_TOKENS:
            raise LimitReached(
                "TX006",
                f"more than {MAX_TOKENS:,} words, numbers, signs and comments",
                Span(match.start(group), match.end()),
                "shorten the tables with patterns and `_` rows",
            )
        if group == lexer.comment:
            comments.append(match)
            continue
        kind = kinds[group] or match[group]
        action = actions[state].get(kind)
        if action is None:
            word = _fixed_word(match, actions[state])
            if word is None:
                return Span(match.start(group), match.end())
            match = word
            matches = lexer.scanner.finditer(text, match.end())
            kind = match[1]
            action = actions[state][kind]
        while action < 0:
            size, origin, build = rules[~action]
            if size == 1:
                if build is not None:
                    values[-1] = build(values[-1:])
                del states[-1]
            else:
                assert build is not None
                values[-size:] = [build(values[-size:])]
                del states[-size:]
            key = (states[-1], origin, kind)
            jump = jumps.get(key)
            if jump is None:
                jump = jumps[key] = _jump(tables, *key)
            state, action = jump
            states.append(state)
            if action is None:
                if kind != END or state != tables.end:
                    return Span(match.start(group), match.end())
                blank_lines = tuple(match.start() for match in _BLANK_LINES.finditer(text))
                return replace(
                    values[-1], comments=_comments(comments, text), blank_lines=blank_lines
                )
        state = action
        states.append(state)
        values.append(match)


@cache
def _jumps() -> dict[tuple[int, str, str], tuple[int, int | None]]:
    """What `_jump` gave, for all texts: no more than the grammar has."""
    return {}


@cache
def _unit_rules() -> frozenset[int]:
    """The rules that only hand on the value of their one symbol."""
    function = Builders().function
    return frozenset(
        number
        for number, rule in enumerate(load_tables().rules)
        if len(rule.symbols) == 1 and function(rule.name) is None
    )


def _jump(tables: Tables, below: int, origin: str, terminal: str) -> tuple[int, int | None]:
    """The state after `origin` on top of `below` once all unit rules that the
    terminal calls for are done, and the action there (None at a syntax error)."""
    while True:
        state = tables.gotos[below][origin]
        action = tables.actions[state].get(terminal)
        if action is None or action >= 0 or ~action not in _unit_rules():
            return state, action
        origin = tables.rules[~action].origin


def _fixed_word(match: re.Match[str], actions: dict[str, int]) -> re.Match[str] | None:
    """The word of the grammar that must stand here, where the scanner took it for a name."""
    words = [word for word in load_tables().words if word in actions]
    if not words:
        return None
    return re.compile(f"({'|'.join(words)})").match(match.string, match.start(match.lastindex or 0))


def _comments(matches: list[re.Match[str]], text: str) -> tuple[ast.Comment, ...]:
    comments = []
    for match in matches:
        start, end = match.span(match.lastindex or 0)
        line_start = text.rfind("\n", 0, start) + 1
        own_line = not text[line_start:start].strip()
        comments.append(
            ast.Comment(match[match.lastindex or 0].rstrip(), Span(start, end), own_line)
        )
    return tuple(comments)
