"""How names and labels are spelled in a `.texr` text."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[^\W\d_]\w{0,39}\Z")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,17})?([eE][+-]?[0-9]{1,3})?\Z")
_QUOTABLE = re.compile(r"[^`\x00-\x1f\x7f]{1,80}\Z")


def quoted(name: str) -> str:
    """A name as it stands in a text: plain where the grammar takes it so, else in backticks."""
    return name if _PLAIN.match(name) else f"`{name}`"


def quoted_label(label: str) -> str:
    """Like `quoted`, but a label may also be a plain number."""
    return label if _NUMBER.match(label) else quoted(label)


def is_spellable(name: str) -> bool:
    """Whether the grammar has any spelling for this name."""
    return _QUOTABLE.match(name) is not None
