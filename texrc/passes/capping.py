"""The first few findings of a kind, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from texrc.diagnostics import Diagnostic, Diagnostics

MOST_REPORTED = 5


def add_capped(
    found: Iterable[Diagnostic], diagnostics: Diagnostics, where: str = "in the same statement"
) -> None:
    """Add the first few findings of each code; a note at the last of them counts the others."""
    by_code: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        by_code.setdefault(diagnostic.code, []).append(diagnostic)
    for same in by_code.values():
        shown = same[:MOST_REPORTED]
        if len(same) > MOST_REPORTED:
            note = f"{len(same) - MOST_REPORTED:,} more of this kind {where}"
            shown[-1] = replace(shown[-1], notes=(*shown[-1].notes, note))
        diagnostics.items.extend(shown)
