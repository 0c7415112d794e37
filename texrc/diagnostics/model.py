"""What the compiler says about a spec: diagnostics, their places and their fixes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from texrc.diagnostics.codes import NAMES
from texrc.source import SourceFile, Span


class Severity(StrEnum):
    """Errors keep a spec from being used, warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Label:
    """A place in the source with a few words beside it (possibly none)."""

    span: Span
    message: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``span`` by ``replacement``."""

    span: Span
    replacement: str


class Applicability(StrEnum):
    """Who may apply a fix: the compiler, or only the author."""

    SAFE = "safe"  # keeps the author's meaning; `texrc check --fix` applies it
    SUGGESTED = "suggested"  # plausible, but only the author can know


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a finding, applied together or not at all."""

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a code, a message, the primary place, further places, notes and helps."""

    code: str
    message: str
    primary: Label | None = None
    secondary: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    fix: Fix | None = None

    @property
    def name(self) -> str:
        """The kebab-case name of the code, as in ``unknown-column``."""
        return NAMES[self.code]

    def __str__(self) -> str:
        return f"{self.code} [{self.name}] {self.message}"

    @property
    def severity(self) -> Severity:
        """A warning for the codes TW, an error for all others."""
        return Severity.WARNING if self.code.startswith("TW") else Severity.ERROR


@dataclass
class Diagnostics:
    """The bag that passes append to; they never raise."""

    items: list[Diagnostic] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        span: Span | None = None,
        label: str = "",
        *,
        secondary: Iterable[Label] = (),
        notes: Iterable[str] = (),
        helps: Iterable[str] = (),
        fix: Fix | None = None,
    ) -> None:
        """Record one finding at ``span``; ``label`` stands beside its caret."""
        primary = Label(span, label) if span is not None else None
        self.items.append(
            Diagnostic(code, message, primary, tuple(secondary), tuple(notes), tuple(helps), fix)
        )

    @property
    def has_errors(self) -> bool:
        return any(item.severity is Severity.ERROR for item in self.items)

    def in_order(self) -> list[Diagnostic]:
        """Sorted by place; findings without a place come first."""
        return sorted(self.items, key=lambda d: (d.primary.span.start if d.primary else -1, d.code))

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class TexrError(Exception):
    """Raised at the edge of the Python interface; carries every diagnostic.

    ``source`` is the text that the spans point into (None when there is none).
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], source: SourceFile | None = None) -> None:
        self.diagnostics = list(diagnostics)
        self.source = source
        super().__init__(self._summary())

    def _summary(self) -> str:
        errors = [d for d in self.diagnostics if d.severity is Severity.ERROR]
        lines = []
        for diagnostic in errors[:5]:
            place = ""
            if self.source is not None and diagnostic.primary is not None:
                line, column = self.source.line_and_column(diagnostic.primary.span.start)
                place = f"{self.source.name}:{line}:{column}: "
            lines.append(f"{place}{diagnostic.code} {diagnostic.message}")
        if len(errors) > 5:
            lines.append(f"... and {len(errors) - 5} more")
        return "\n".join(lines)
