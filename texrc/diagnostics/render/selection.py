"""What every renderer starts from: findings in order, the first of them, their count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from texrc.diagnostics.model import Applicability, Diagnostic, Diagnostics, Severity
from texrc.source import SourceFile

LIMIT = 50
"""Findings shown to a person in one go, unless asked otherwise."""


class Report(NamedTuple):
    """Findings, with the text that their spans point into (None when there is none)."""

    diagnostics: Sequence[Diagnostic]
    source: SourceFile | None


Finding = tuple[Diagnostic, SourceFile | None]


def in_order(reports: Iterable[Report]) -> list[Finding]:
    """Every finding with its source: reports as they come, within each by place."""
    return [
        (diagnostic, source)
        for diagnostics, source in reports
        for diagnostic in Diagnostics(list(diagnostics)).in_order()
    ]


def first(findings: Sequence[Finding], limit: int | None) -> Sequence[Finding]:
    """At most ``limit`` findings (None: all), errors before warnings, in the given order."""
    if limit is None or len(findings) <= limit:
        return findings
    by_weight = sorted(
        range(len(findings)), key=lambda i: findings[i][0].severity is not Severity.ERROR
    )
    return [findings[i] for i in sorted(by_weight[:limit])]


def closing_lines(findings: Sequence[Finding], shown: int) -> list[str]:
    """`... and 3 more` where some are not shown, then `2 errors, 1 warning`."""
    lines = [f"... and {len(findings) - shown} more"] if len(findings) > shown else []
    counts = []
    for severity in Severity:
        count = sum(diagnostic.severity is severity for diagnostic, _ in findings)
        if count:
            counts.append(f"{count} {severity}{'s' if count > 1 else ''}")
    summary = ", ".join(counts)
    safe = sum(
        diagnostic.fix is not None and diagnostic.fix.applicability is Applicability.SAFE
        for diagnostic, _ in findings
    )
    if safe:
        summary += f" ({safe} mended by `texrc check --fix`)"
    return [*lines, summary]
