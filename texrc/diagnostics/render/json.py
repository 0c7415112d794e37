"""A JSON list of findings under ruff's field names, with our labels, notes and helps."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from texrc.diagnostics.model import Applicability, Diagnostic, Edit, Fix, Label
from texrc.diagnostics.render.selection import Report, in_order
from texrc.source import SourceFile, Span

_RUFF_APPLICABILITY = {Applicability.SAFE: "safe", Applicability.SUGGESTED: "unsafe"}


def render(reports: Iterable[Report], *, color: bool = False, limit: int | None = None) -> str:
    """All findings (tools want them all), never coloured; `[]` without findings.

    Rows and columns count from 1, columns in code points; an end is one past
    the last character. What has no place has null in its place.
    """
    objects = [as_object(diagnostic, source) for diagnostic, source in in_order(reports)[:limit]]
    return json.dumps(objects, indent=2, sort_keys=True) + "\n"


def as_object(diagnostic: Diagnostic, source: SourceFile | None) -> dict[str, Any]:
    """One finding as ruff would write it."""
    primary = diagnostic.primary
    place = _place(primary.span if primary else None, source)
    marked = [(primary, True)] if primary else []
    marked += [(label, False) for label in diagnostic.secondary]
    return {
        "cell": None,
        "code": diagnostic.code,
        **place,
        "filename": source.name if source is not None else None,
        "fix": _fix(diagnostic.fix, source) if diagnostic.fix else None,
        "helps": list(diagnostic.helps),
        "labels": [_label(label, is_primary, source) for label, is_primary in marked],
        "message": diagnostic.message,
        "name": diagnostic.name,
        "noqa_row": None,
        "notes": list(diagnostic.notes),
        "severity": str(diagnostic.severity),
        "url": None,
    }


def _place(span: Span | None, source: SourceFile | None) -> dict[str, Any]:
    if span is None or source is None:
        return {"location": None, "end_location": None}
    return {
        key: dict(zip(("row", "column"), source.line_and_column(offset), strict=True))
        for key, offset in (("location", span.start), ("end_location", span.end))
    }


def _label(label: Label, is_primary: bool, source: SourceFile | None) -> dict[str, Any]:
    return {**_place(label.span, source), "message": label.message, "primary": is_primary}


def _fix(fix: Fix, source: SourceFile | None) -> dict[str, Any]:
    return {
        "applicability": _RUFF_APPLICABILITY[fix.applicability],
        "edits": [_edit(edit, source) for edit in fix.edits],
        "message": fix.title,
    }


def _edit(edit: Edit, source: SourceFile | None) -> dict[str, Any]:
    return {"content": edit.replacement, **_place(edit.span, source)}
