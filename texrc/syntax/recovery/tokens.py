"""Tokens of a text that may be at fault."""

from __future__ import annotations

from dataclasses import dataclass

from texrc.source import Span

STRAY = "stray"
"""The kind of characters that begin no token."""

WORDS = ("NAME", "QUOTED")


@dataclass(slots=True)
class Token:
    """``kind`` is a terminal of the grammar (signs and the end by their own text) or `STRAY`."""

    kind: str
    text: str
    start: int
    end: int
    first: bool
    """Nothing but white space stands before it on its line."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def is_word(self) -> bool:
        return self.kind in WORDS
