"""A bag for findings that may be very many: the first few of each code, and how many more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from texrc.diagnostics.model import Diagnostics
from texrc.source import Span


@dataclass
class FirstFew(Diagnostics):
    """Keeps the first ``most`` findings of each code and counts the others."""

    most: int = 5
    counts: Counter[str] = field(default_factory=Counter)

    def add(
        self, code: str, message: str, span: Span | None = None, label: str = "", **more: Any
    ) -> None:
        """Like `Diagnostics.add` while there is room."""
        if not self.skip(code):
            self.counts[code] += 1
            super().add(code, message, span, label, **more)

    def skip(self, code: str) -> bool:
        """Whether there is no room for another of this code; then it is counted.

        Saves the work of wording a finding that nobody would see.
        """
        if self.counts[code] < self.most:
            return False
        self.counts[code] += 1
        return True

    def pour(self, diagnostics: Diagnostics, where: str) -> None:
        """Put them into another bag; a note at the last of a code counts those left out."""
        last = {item.code: place for place, item in enumerate(self.items)}
        for place, item in enumerate(self.items):
            left_out = self.counts[item.code] - self.most
            if left_out > 0 and last[item.code] == place:
                note = f"{left_out:,} more of this kind {where}"
                item = replace(item, notes=(*item.notes, note))
            diagnostics.items.append(item)
