"""A text and places in it: the leaf that everything else stands on."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

BLOCK = 4096
"""Characters whose line breaks are counted together."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open stretch ``[start, end)`` of a source, in code points."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The smallest span that holds both ends."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True)
class SourceFile:
    """A text with the name people know it by (a path, ``<stdin>`` or ``<text>``)."""

    name: str
    text: str

    @cached_property
    def _breaks_before(self) -> list[int]:
        """How many line breaks come before each block of the text.

        A list of every line's start would take forty bytes for each line of a
        text of nothing but line breaks.
        """
        counts = [0]
        for start in range(0, len(self.text), BLOCK):
            counts.append(counts[-1] + self.text.count("\n", start, start + BLOCK))
        return counts

    @property
    def line_count(self) -> int:
        return self._breaks_before[-1] + 1

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of a code-point offset."""
        block = min(offset, len(self.text)) // BLOCK
        line = self._breaks_before[block] + self.text.count("\n", block * BLOCK, offset) + 1
        return line, offset - self.text.rfind("\n", 0, offset)

    def line(self, number: int) -> str:
        """The 1-based line ``number``, without its line break."""
        start = self._line_start(number)
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)].removesuffix("\r")

    def _line_start(self, number: int) -> int:
        block = bisect_left(self._breaks_before, number - 1) - 1
        if block < 0:
            return 0
        start = block * BLOCK
        for _ in range(number - 1 - self._breaks_before[block]):
            start = self.text.index("\n", start) + 1
        return start

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]
