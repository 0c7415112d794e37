"""Diagnostics on their way to a person or a tool."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from texrc.diagnostics import Diagnostic, TexrError
from texrc.diagnostics.render import RENDERERS, Report, wants_color
from texrc.diagnostics.render.selection import LIMIT
from texrc.diagnostics.render.text import printable
from texrc.driver import Result
from texrc.source import SourceFile
from texrc.spec import Spec


def report_all(reports: Sequence[Report], output_format: str, stream: TextIO) -> None:
    """Print the findings about several sources; colour where it is welcome.

    People get the first of very many, tools get all.
    """
    limit = None if output_format in ("json", "github") else LIMIT
    text = RENDERERS[output_format](reports, color=wants_color(stream, os.environ), limit=limit)
    if text:
        print(text, file=stream, end="" if text.endswith("\n") else "\n")


def report(diagnostics: Sequence[Diagnostic], source: SourceFile | None) -> None:
    """Print the findings about one source to stderr, for a person."""
    report_all([Report(diagnostics, source)], "full", sys.stderr)


def report_failure(error: TexrError) -> None:
    """Print what an error carries to stderr."""
    report(error.diagnostics, error.source)


def sound_spec(result: Result) -> Spec:
    """The spec of a result, its warnings counted on stderr; raises `TexrError` on errors."""
    spec = Spec(result)
    count_warnings(spec, spec.source.name)
    return spec


def count_warnings(spec: Spec, path: str | None) -> None:
    """Say on stderr how many warnings there are, and how to see them where the spec has a path."""
    count = len(spec.diagnostics)
    if count:
        plural = "s" if count > 1 else ""
        where = f": see `texrc check {printable(path)}`" if path and path != "-" else ""
        print(f"{count} warning{plural}{where}", file=sys.stderr)
