"""The first two stages of a text for people who look inside: its tokens, and its tree."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, cast

from texrc.diagnostics.render.text import printable
from texrc.source import SourceFile
from texrc.syntax import ast
from texrc.syntax.lexer import load_lexer
from texrc.syntax.names import quoted


def format_tokens(source: SourceFile) -> str:
    """One token a line: its place, its kind and its text.

    The kind is the terminal of the grammar, `sign` for signs and words of the
    grammar's own, `END` for the end. Characters that begin no token are `STRAY`.
    """
    lexer = load_lexer()
    lines = []
    for match in lexer.scanner.finditer(source.text):
        group = match.lastindex or 0
        kind = lexer.kinds[group] or "sign"
        line, column = source.line_and_column(match.start(group))
        place = f"{line}:{column}"
        lines.append(f"{place:<8} {kind.strip('$').upper():<8} {printable(match[group])}".rstrip())
        if not match[group]:
            break
    return "\n".join(lines) + "\n"


def format_tree(tree: ast.Dataset) -> str:
    """The tree, one node a line, indented: its class, its role in the node above, and the names,
    numbers and texts that belong to it alone."""
    lines: list[str] = []
    stack: list[tuple[int, str, object]] = [(0, "", tree)]
    while stack:
        depth, role, node = stack.pop()
        leaves, branches = _parts(node)
        words = " ".join([type(node).__name__, *leaves])
        lines.append("  " * depth + (f"{role}: {words}" if role else words))
        stack += [(depth + 1, name, child) for name, child in reversed(branches)]
    return "\n".join(lines) + "\n"


_Parts = tuple[list[str], list[tuple[str, object]]]


def _parts(node: object) -> _Parts:
    """What a node says itself, and the nodes below it with their roles."""
    leaves: list[str] = []
    branches: list[tuple[str, object]] = []
    for field in fields(cast("Any", node)):
        if not field.compare:
            continue  # Places and comments.
        value = getattr(node, field.name)
        parts = value if isinstance(value, tuple) else (value,)
        written = [leaf for part in parts if (leaf := _leaf(part)) is not None]
        if isinstance(value, tuple) and written:
            leaves.append(f"[{', '.join(written)}]")
        elif written:
            leaves += written
        else:
            branches += [(field.name, part) for part in parts if part is not None]
    return leaves, branches


def _leaf(part: object) -> str | None:
    """A name, number, text or sign as it is written; None for anything else."""
    match part:
        case ast.Name(text):
            return quoted(text)
        case ast.Number(raw):
            return raw
        case ast.Text(value):
            return json.dumps(value, ensure_ascii=False)
        case str():
            return part
        case _:
            return None
