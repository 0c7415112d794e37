"""What every report of a syntax error needs: the tokens, and a way to say something of them."""

from __future__ import annotations

from collections.abc import Iterable

from texrc.diagnostics.model import Diagnostics, Fix, Label
from texrc.source import SourceFile, Span
from texrc.syntax.recovery.machine import Machine
from texrc.syntax.recovery.tokens import Token


class Reporter:
    """Adds diagnostics for the faults in the tokens of one text."""

    def __init__(
        self, source: SourceFile, tokens: list[Token], machine: Machine, diagnostics: Diagnostics
    ) -> None:
        self._source = source
        self._tokens = tokens
        self._machine = machine
        self._diagnostics = diagnostics

    def _add(
        self,
        message: str,
        span: Span,
        label: str = "",
        *,
        code: str = "TX001",
        secondary: Iterable[Label] = (),
        help: str = "",
        fix: Fix | None = None,
    ) -> None:
        if any(found.primary and found.primary.span == span for found in self._diagnostics):
            return  # One thing is enough to be said of a place.
        helps = [help] if help else []
        self._diagnostics.add(code, message, span, label, secondary=secondary, helps=helps, fix=fix)

    def _label(self, index: int, message: str = "") -> Label:
        return Label(self._tokens[index].span, message)
