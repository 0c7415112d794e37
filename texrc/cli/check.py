"""`texrc check`: is a spec sound?"""

from __future__ import annotations

import os
import sys

import click

from texrc.cli.options import output_format_option
from texrc.diagnostics import Diagnostics, TexrError
from texrc.source import SourceFile

FIX_ROUNDS = 10
"""Mending may uncover what an earlier fault hid; after so many rounds it ends."""


@click.command()
@click.argument("paths", metavar="SPEC...", nargs=-1, required=True)
@output_format_option
@click.option("--fix", is_flag=True, help="Apply the fixes that keep the author's meaning.")
def command(paths: tuple[str, ...], output_format: str, fix: bool) -> None:
    """Say everything that is wrong with specs.

    SPEC is a .texr file, a folder of them, or - for stdin. Diagnostics go to
    stdout; with errors the exit code is 1. With --fix, files are mended in
    place, and stdin's mended text goes to stdout (its diagnostics to stderr).
    """
    from texrc import driver
    from texrc.cli.inputs import texr_files
    from texrc.cli.reporting import report_all
    from texrc.diagnostics.render import Report

    reports: list[Report] = []
    files = texr_files(paths)
    for path in files:
        try:
            source = driver.read_source(path)
        except TexrError as error:
            reports.append(Report(error.diagnostics, error.source))
            continue
        if fix:
            source = _mended(source, path)
        reports.append(Report(driver.check(source).diagnostics, source))
    report_all(reports, output_format, sys.stderr if fix and "-" in files else sys.stdout)
    failed = sum(Diagnostics(list(report.diagnostics)).has_errors for report in reports)
    if output_format == "full" and not any(report.diagnostics for report in reports):
        click.echo(f"{len(files)} spec{'s' if len(files) > 1 else ''}, nothing to say", err=True)
    sys.exit(1 if failed else 0)


def _mended(source: SourceFile, path: str) -> SourceFile:
    """The source with its safe fixes applied, written back where it came from."""
    from texrc import driver
    from texrc.diagnostics.fixes import apply_fixes
    from texrc.diagnostics.render.text import printable
    from texrc.writers.atomic import write_whole

    text, applied = source.text, 0
    for _ in range(FIX_ROUNDS):
        mended = apply_fixes(text, driver.check(SourceFile(source.name, text)).diagnostics)
        if not mended.applied:
            break
        text, applied = mended.text, applied + len(mended.applied)
    if path == "-":
        sys.stdout.write(text)
    elif applied:
        write_whole(path, text.encode())
        mendings = f"{applied} fix{'es' if applied > 1 else ''}"
        click.echo(f"{mendings} applied to {printable(os.fspath(path))}", err=True)
    return SourceFile(source.name, text)
