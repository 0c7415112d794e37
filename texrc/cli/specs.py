"""`texrc specs`: the library that comes with texr."""

from __future__ import annotations

import click

from texrc.cli.options import output_option


@click.command()
@click.argument("name", required=False)
@output_option
def command(name: str | None, output: str | None) -> None:
    """List or print the specs that come along.

    NAME is one of them, or a domain to list. Without it, list them all.
    """
    from texrc.cli.output import put_text
    from texrc.diagnostics.suggest import did_you_mean
    from texrc.library import library

    found = library()
    domains = {key.partition("/")[0] for key in found}
    if name is None or name in domains:
        listed = {k: entry for k, entry in found.items() if name in (None, k.partition("/")[0])}
        width = max(map(len, listed))
        lines = [f"{key:<{width}}  {entry.title}" for key, entry in listed.items()]
        put_text(output, "\n".join(lines))
        return
    matching = [key for key in found if name in (key, key.rsplit("/", 1)[-1])]
    if not matching:
        short = [key.rsplit("/", 1)[-1] for key in found]
        suggestion = did_you_mean(name, [*short, *sorted(domains)])
        hint = f"; did you mean `{suggestion}`?" if suggestion else ""
        raise click.UsageError(f"the library has no spec {name!r}{hint}")
    put_text(output, found[matching[0]].path.read_text(encoding="utf-8"))
