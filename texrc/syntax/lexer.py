"""One regular expression that cuts a text into tokens, made from the grammar's terminals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from texrc.syntax.tables import END, load_tables


@dataclass(frozen=True)
class Lexer:
    """``scanner`` skips white space and matches one token in exactly one group.

    ``kinds[group]`` is the terminal of that group; signs (None) are terminals
    by their own text. The last group takes any character that begins no token.
    """

    scanner: re.Pattern[str]
    kinds: tuple[str | None, ...]
    name: int
    comment: int
    stray: int


@cache
def load_lexer() -> Lexer:
    """The lexer of the grammar as it is now."""
    tables = load_tables()
    # Longest pattern first: `18..` must be tried before `18`, `<=` before `<`.
    patterns = sorted(
        ((kind, pattern) for kind, pattern in tables.patterns.items() if kind != "WS"),
        key=lambda item: -len(item[1]),
    )
    signs = sorted(tables.signs, key=lambda sign: (-len(sign), sign))
    groups: list[tuple[str | None, str]] = [
        *((kind, _without_groups(pattern)) for kind, pattern in patterns),
        (None, "|".join(map(re.escape, signs))),
        (END, r"\Z"),
        ("stray", r"(?s:.)"),
    ]
    body = "|".join(f"({pattern})" for _, pattern in groups)
    kinds = (None, *(kind for kind, _ in groups))
    return Lexer(
        re.compile(f"(?:{tables.patterns['WS']})?(?:{body})"),
        kinds,
        kinds.index("NAME"),
        kinds.index("COMMENT"),
        kinds.index("stray"),
    )


def _without_groups(pattern: str) -> str:
    """The same pattern with groups that capture nothing (no class of the grammar has brackets)."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)
