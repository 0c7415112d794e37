"""`texrc explain`: the page of a diagnostic or of a construct."""

from __future__ import annotations

import click


@click.command()
@click.argument("topic", required=False)
def command(topic: str | None) -> None:
    """Explain a diagnostic or a construct.

    TOPIC is a code (TX301), its name (circle) or a part of the language
    (normal, quarters). Without a TOPIC, list them all.
    """
    from texrc.diagnostics.pages import page, topics
    from texrc.diagnostics.suggest import did_you_mean

    if topic is None:
        for heading, names in topics():
            click.echo(heading)
            for name, title in names:
                click.echo(f"  {name:<22} {title}")
        return
    text = page(topic)
    if text is None:
        names = [name for _, group in topics() for name, _ in group]
        suggestion = did_you_mean(topic, names)
        hint = f"; did you mean `{suggestion}`?" if suggestion else ""
        raise click.UsageError(f"there is no page {topic!r}{hint} (`texrc explain` lists them all)")
    click.echo_via_pager(text) if _long_for_terminal(text) else click.echo(text)


def _long_for_terminal(text: str) -> bool:
    import shutil
    import sys

    return sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines
