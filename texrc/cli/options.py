"""Options that mean the same in every command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

spec_argument = click.argument("spec", metavar="SPEC")
"""A `.texr` file, or `-` for stdin."""

output_option = click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="Write here instead of stdout; the file appears when it is whole.",
)

seed_option = click.option(
    "--seed",
    type=click.IntRange(0, 2**64 - 1),
    default=0,
    show_default=True,
    help="The same seed gives the same rows, anywhere.",
)

output_format_option = click.option(
    "--output-format",
    type=click.Choice(["full", "concise", "json", "github"]),
    default="full",
    show_default=True,
    help="How diagnostics are shown.",
)


def format_option(formats: tuple[str, ...], default: str) -> Decorator:
    """``--format``, else by the suffix of ``--output``, else ``default``."""
    return click.option(
        "--format",
        "format_name",
        type=click.Choice(formats),
        help=f"Otherwise by the suffix of --output; {default} on stdout.",
    )
