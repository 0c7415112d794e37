"""`texrc import`: other formats to `.texr`."""

from __future__ import annotations

import os

import click

from texrc.cli.options import output_option

FORMATS = ("bif", "json")


@click.command("import")
@click.argument("file")
@output_option
@click.option(
    "--from",
    "format_name",
    type=click.Choice(FORMATS),
    help="Otherwise by the suffix of FILE.",
)
@click.option(
    "--renormalize",
    is_flag=True,
    help="BIF: divide rows that do not add up to one by their sum.",
)
def command(file: str, output: str | None, format_name: str | None, renormalize: bool) -> None:
    """Turn other formats into a spec.

    FILE is a Bayesian network in BIF, or the JSON that `texrc export` writes;
    - is stdin.
    """
    from texrc.cli.output import put_text
    from texrc.cli.reporting import count_warnings, report
    from texrc.importing import read_network

    name = format_name or os.path.splitext(file)[1].lower().removeprefix(".")
    if name not in FORMATS:
        raise click.UsageError(
            "networks in BIF and in JSON can be imported; "
            f"say which of them {file!r} is with --from bif or --from json"
        )
    if renormalize and name != "bif":
        raise click.UsageError("--renormalize is for BIF")
    imported = read_network(file, name, renormalize=renormalize)
    report(imported.warnings, imported.source)
    spec = imported.spec()
    put_text(output, spec.source.text)
    count_warnings(spec, output)
