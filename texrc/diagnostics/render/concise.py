"""One line a finding: `path:line:column: TX301 [name] message`."""

from __future__ import annotations

from collections.abc import Iterable

from texrc.diagnostics.model import Diagnostic
from texrc.diagnostics.render.selection import LIMIT, Report, closing_lines, first, in_order
from texrc.diagnostics.render.style import BOLD, OF_SEVERITY, paint
from texrc.diagnostics.render.text import printable
from texrc.source import SourceFile


def render(reports: Iterable[Report], *, color: bool = False, limit: int | None = LIMIT) -> str:
    """Every finding on a line of its own, then their number; empty without findings."""
    findings = in_order(reports)
    if not findings:
        return ""
    shown = first(findings, limit)
    lines = [_line(diagnostic, source, color) for diagnostic, source in shown]
    return "\n".join([*lines, *closing_lines(findings, len(shown))]) + "\n"


def _line(diagnostic: Diagnostic, source: SourceFile | None, color: bool) -> str:
    code = paint(diagnostic.code, OF_SEVERITY[diagnostic.severity], color)
    return f"{_place(diagnostic, source, color)}{code} [{diagnostic.name}] " + printable(
        diagnostic.message
    )


def _place(diagnostic: Diagnostic, source: SourceFile | None, color: bool) -> str:
    if source is None:
        return ""
    place = paint(printable(source.name), BOLD, color) + ":"
    if diagnostic.primary is not None:
        line, column = source.line_and_column(diagnostic.primary.span.start)
        place += f"{line}:{column}:"
    return place + " "
