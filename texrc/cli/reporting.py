"""Diagnostics on their way to a person or a tool."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from texrc.diagnostics import Diagnostic, TexrError
from texrc.diagnostics.render import RENDERERS, Report, wants_color
from texrc.driver import Result
from texrc.source import SourceFile
from texrc.spec import Spec


def report(
    diagnostics: Sequence[Diagnostic],
    source: SourceFile | None,
    output_format: str = "full",
    stream: TextIO | None = None,
) -> None:
    """Print diagnostics, to stderr unless told otherwise; colour where it is welcome."""
    stream = stream or sys.stderr
    color = wants_color(stream, os.environ)
    text = RENDERERS[output_format]([Report(diagnostics, source)], color=color)
    if text:
        print(text, file=stream, end="" if text.endswith("\n") else "\n")


def report_failure(error: TexrError) -> None:
    report(error.diagnostics, error.source)


def sound_spec(result: Result) -> Spec:
    """The spec of a result, its warnings reported; raises `TexrError` when it has errors."""
    spec = Spec(result)
    if spec.diagnostics:
        report(spec.diagnostics, spec.source)
    return spec
