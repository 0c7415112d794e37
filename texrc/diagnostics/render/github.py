"""Workflow commands that GitHub shows as annotations beside the code."""

from __future__ import annotations

from collections.abc import Iterable

from texrc.diagnostics.model import Diagnostic
from texrc.diagnostics.render.selection import Report, in_order
from texrc.diagnostics.render.text import printable
from texrc.source import SourceFile


def render(reports: Iterable[Report], *, color: bool = False, limit: int | None = None) -> str:
    """A `::error ...::message` line a finding, never coloured; empty without findings."""
    findings = in_order(reports)[:limit]
    return "".join(_command(diagnostic, source) + "\n" for diagnostic, source in findings)


def _command(diagnostic: Diagnostic, source: SourceFile | None) -> str:
    properties: dict[str, str] = {}
    if source is not None:
        properties["file"] = printable(source.name)
        if diagnostic.primary is not None:
            line, column = source.line_and_column(diagnostic.primary.span.start)
            end_line, end_column = source.line_and_column(diagnostic.primary.span.end)
            properties["line"] = str(line)
            if end_line == line:  # columns that belong to different lines are refused
                properties["col"] = str(column)
            properties["endLine"] = str(end_line)
            if end_line == line:
                properties["endColumn"] = str(end_column)
    properties["title"] = f"{diagnostic.code} ({diagnostic.name})"
    remarks = [f"help: {text}" for text in diagnostic.helps]
    remarks += [f"note: {text}" for text in diagnostic.notes]
    lines = [diagnostic.message, *"\n".join(remarks).splitlines()]
    message = "\n".join(printable(line) for line in lines)
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{diagnostic.severity} {written}::{_data(message)}"


def _data(text: str) -> str:
    """Escaped as GitHub's own toolkit does (actions/toolkit, command.ts)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
