"""Colours of a terminal, where they are welcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from texrc.diagnostics.model import Severity

PLAIN = ""
BOLD = "1"
RED = "1;31"
YELLOW = "1;33"
BLUE = "1;34"

OF_SEVERITY = {Severity.ERROR: RED, Severity.WARNING: YELLOW}


class _Stream(Protocol):
    def isatty(self) -> bool: ...


def wants_color(stream: _Stream, environ: Mapping[str, str]) -> bool:
    """Whether to colour what goes to ``stream``.

    Never with a non-empty ``NO_COLOR`` (no-color.org); else always with a
    ``FORCE_COLOR`` other than ``0``; else on a terminal that is not ``dumb``.
    """
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return environ.get("TERM") != "dumb" and stream.isatty()


def paint(text: str, style: str, color: bool) -> str:
    """The text in a style of this module, or as it is."""
    return f"\x1b[{style}m{text}\x1b[0m" if color and style and text else text
