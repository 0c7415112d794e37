"""Diagnostics: what they are, how they are shown, and the page behind each code."""

from texrc.diagnostics.model import (
    Applicability,
    Diagnostic,
    Diagnostics,
    Edit,
    Fix,
    Label,
    Severity,
    TexrError,
)

__all__ = [
    "Applicability",
    "Diagnostic",
    "Diagnostics",
    "Edit",
    "Fix",
    "Label",
    "Severity",
    "TexrError",
]
