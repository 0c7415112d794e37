"""How names and labels are spelled in a `.texr` text."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from texrc.syntax.tables import load_tables


@cache
def _pattern(terminal: str) -> re.Pattern[str]:
    return re.compile(load_tables().patterns[terminal])


_SURROGATES = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=8192)
def quoted(name: str) -> str:
    """A name as it stands in a text: plain where the grammar takes it so, else in backticks."""
    return name if _pattern("NAME").fullmatch(name) else _in_backticks(name)


def quoted_label(label: str) -> str:
    """Like `quoted`, but a label may also be a plain number."""
    return label if is_number(label) else quoted(label)


def is_number(label: str) -> bool:
    """Whether a label reads as a number, signed or not."""
    return _pattern("NUMBER").fullmatch(label.removeprefix("-")) is not None


def is_spellable(name: str) -> bool:
    """Whether the grammar has any spelling for this name, and UTF-8 too."""
    return (
        _pattern("QUOTED").fullmatch(_in_backticks(name)) is not None
        and _SURROGATES.search(name) is None
    )


def _in_backticks(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
