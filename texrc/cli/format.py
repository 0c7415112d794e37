"""`texrc format`: print a spec the one canonical way."""

from __future__ import annotations

import difflib
import sys

import click


@click.command()
@click.argument("paths", metavar="SPEC...", nargs=-1, required=True)
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Change nothing; print what would change.")
def command(paths: tuple[str, ...], check: bool, diff: bool) -> None:
    """Rewrite specs in canonical form.

    Comments stay with what they belong to. SPEC is a .texr file, a folder of
    them, or - for stdin, whose text goes to stdout. Files with syntax errors are left as they are.
    """
    from texrc import driver
    from texrc.cli.inputs import texr_files
    from texrc.cli.reporting import report
    from texrc.diagnostics import TexrError
    from texrc.diagnostics.render.text import printable
    from texrc.syntax import format_dataset, parse
    from texrc.writers.atomic import write_whole

    changed = failed = 0
    for path in texr_files(paths):
        try:
            source = driver.read_source(path)
        except TexrError as error:
            report(error.diagnostics, error.source)
            failed += 1
            continue
        tree, diagnostics = parse(source)
        if tree is None or diagnostics.has_errors:
            report(diagnostics.in_order(), source)
            failed += 1
            continue
        text = format_dataset(tree)
        same = text == source.text
        changed += not same
        if diff and not same:
            lines = difflib.unified_diff(
                source.text.splitlines(keepends=True),
                text.splitlines(keepends=True),
                source.name,
                source.name,
            )
            click.echo("".join(lines), nl=False)
        if check and not same:
            click.echo(f"would reformat {printable(source.name)}", err=True)
        if check or diff:
            continue
        if path == "-":
            click.echo(text, nl=False)
        elif not same:
            write_whole(path, text.encode())
            click.echo(f"reformatted {printable(path)}", err=True)
    sys.exit(1 if failed or (changed and (check or diff)) else 0)
