"""Mending a text by the fixes that keep its author's meaning."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from texrc.diagnostics.model import Applicability, Diagnostic, Diagnostics, Edit
from texrc.source import Span


class Mended(NamedTuple):
    """A text with safe fixes applied, and which ones."""

    text: str
    applied: tuple[Diagnostic, ...]
    skipped: tuple[Diagnostic, ...]
    """Those whose safe fix meets one that was applied; mend the outcome again for them."""


def apply_fixes(source_text: str, diagnostics: Iterable[Diagnostic]) -> Mended:
    """The text with every safe fix applied, in the order of their places.

    A fix is applied whole or not at all. Of two whose edits overlap, or write
    at the same place, the earlier one is applied. Suggested fixes are left alone.
    """
    taken: list[Edit] = []
    applied: list[Diagnostic] = []
    skipped: list[Diagnostic] = []
    for diagnostic in Diagnostics(list(diagnostics)).in_order():
        fix = diagnostic.fix
        if fix is None or fix.applicability is not Applicability.SAFE:
            continue
        if _fits(fix.edits, taken):
            for edit in fix.edits:
                insort(taken, edit, key=_place)
            applied.append(diagnostic)
        else:
            skipped.append(diagnostic)
    pieces: list[str] = []
    position = 0
    for edit in taken:
        pieces += (source_text[position : edit.span.start], edit.replacement)
        position = edit.span.end
    pieces.append(source_text[position:])
    return Mended("".join(pieces), tuple(applied), tuple(skipped))


def _place(edit: Edit) -> Span:
    return edit.span


def _fits(edits: Iterable[Edit], taken: Sequence[Edit]) -> bool:
    """Whether the edits meet none of those taken (sorted, apart) and none of each other."""
    mine = sorted(edits, key=_place)
    if any(_meet(a.span, b.span) for a, b in pairwise(mine)):
        return False
    for edit in mine:
        place = bisect_left(taken, edit.span, key=_place)
        if any(_meet(edit.span, other.span) for other in taken[max(place - 1, 0) : place + 1]):
            return False
    return True


def _meet(a: Span, b: Span) -> bool:
    """Whether two stretches share a character, or an empty one touches the other."""
    if a.start == a.end or b.start == b.end:
        return a.start <= b.end and b.start <= a.end
    return a.start < b.end and b.start < a.end
