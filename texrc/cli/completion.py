"""`texrc completion`: what a shell needs to complete commands."""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print what a shell needs to complete commands.

    For bash: `eval "$(texrc completion bash)"` in ~/.bashrc.
    """
    from click.shell_completion import get_completion_class

    from texrc.cli.entry import texrc

    completer = get_completion_class(shell)
    assert completer is not None
    click.echo(completer(texrc, {}, "texrc", "_TEXRC_COMPLETE").source())
