"""Diagnostics for people: the source with carets under it, help below, a count at the end."""

from __future__ import annotations

from collections.abc import Iterable

from texrc.diagnostics.model import Applicability, Diagnostic, Fix
from texrc.diagnostics.render.selection import LIMIT, Report, closing_lines, first, in_order
from texrc.diagnostics.render.snippet import snippet
from texrc.diagnostics.render.style import BLUE, BOLD, OF_SEVERITY, paint
from texrc.diagnostics.render.text import printable, width
from texrc.source import SourceFile, Span

WIDEST_FIX = 80
"""A mended line is shown beside its fix up to so many cells."""


def render(reports: Iterable[Report], *, color: bool = False, limit: int | None = LIMIT) -> str:
    """Every finding with its place, then their number; empty without findings."""
    findings = in_order(reports)
    if not findings:
        return ""
    shown = first(findings, limit)
    blocks = [_block(diagnostic, source, color) for diagnostic, source in shown]
    closing = "\n".join(closing_lines(findings, len(shown)))
    return "\n\n".join([*blocks, closing]) + "\n"


def _block(diagnostic: Diagnostic, source: SourceFile | None, color: bool) -> str:
    style = OF_SEVERITY[diagnostic.severity]
    head = paint(f"{diagnostic.severity}[{diagnostic.code}]", style, color)
    lines = [head + paint(f": {printable(diagnostic.message)}", BOLD, color)]
    gutter = 1
    if source is not None:
        place = printable(source.name)
        rows: list[str] = []
        if diagnostic.primary is not None:
            line, column = source.line_and_column(
                min(diagnostic.primary.span.start, len(source.text))
            )
            place += f":{line}:{column}"
            gutter, rows = snippet(source, diagnostic.primary, diagnostic.secondary, style, color)
        lines.append(" " * gutter + paint("-->", BLUE, color) + " " + place)
        lines += rows
    remarks = [("help", text) for text in _helps(diagnostic, source)]
    remarks += [("note", text) for text in diagnostic.notes]
    for kind, text in remarks:
        lead = " " * gutter + " " + paint("=", BLUE, color) + " " + paint(kind, BOLD, color) + ": "
        indent = " " * (gutter + len(" = : ") + len(kind))
        first_line, *more = text.split("\n")
        lines.append(lead + printable(first_line))
        lines += [(indent + printable(line)).rstrip() for line in more]
    return "\n".join(lines)


def _helps(diagnostic: Diagnostic, source: SourceFile | None) -> list[str]:
    """The helps, and what the fix would write unless one of them says so already."""
    helps = list(diagnostic.helps)
    fix = diagnostic.fix
    if fix is None:
        return helps
    said = any(f"`{edit.replacement}`" in text for edit in fix.edits for text in helps)
    safe = fix.applicability is Applicability.SAFE
    if safe or not said:
        text = fix.title
        written = _written(fix, source)
        if written and written not in text:
            text += f": `{written}`"
        helps.append(text + (" (`texrc check --fix` does it)" if safe else ""))
    return helps


def _written(fix: Fix, source: SourceFile | None) -> str:
    """What stands there after the fix: the replaced stretch, or the line when that says more."""
    if source is None or not fix.edits:
        return ""
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    whole = Span(edits[0].span.start, edits[-1].span.end)
    if len(edits) == 1 and edits[0].replacement and whole.end > whole.start:
        return "" if "\n" in edits[0].replacement else edits[0].replacement
    line, column = source.line_and_column(whole.start)
    if source.line_and_column(whole.end)[0] != line:
        return ""
    start = whole.start - (column - 1)
    text = source.line(line)
    for edit in reversed(edits):
        text = text[: edit.span.start - start] + edit.replacement + text[edit.span.end - start :]
    text = text.strip()
    return text if "\n" not in text and width(printable(text)) <= WIDEST_FIX else ""
