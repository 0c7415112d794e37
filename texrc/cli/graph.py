"""`texrc graph`: the network as a picture."""

from __future__ import annotations

import click

from texrc.cli.options import format_option, output_option, spec_argument

FORMATS = ("svg", "dot", "mermaid")
SUFFIXES = {".svg": "svg", ".dot": "dot", ".gv": "dot", ".mmd": "mermaid", ".mermaid": "mermaid"}


@click.command()
@spec_argument
@output_option
@format_option(FORMATS, "dot")
def command(spec: str, output: str | None, format_name: str | None) -> None:
    """Draw the network.

    SVG is to look at, DOT and Mermaid are to take elsewhere.
    """
    from texrc import driver
    from texrc.cli.output import chosen_format, put_text
    from texrc.cli.reporting import sound_spec

    name = chosen_format(format_name, output, SUFFIXES, "dot")
    network = sound_spec(driver.check(driver.read_source(spec))).network
    match name:
        case "svg":
            from texrc.interop.svg import to_svg as draw
        case "dot":
            from texrc.interop.dot import to_dot as draw
        case _:
            from texrc.interop.mermaid import to_mermaid as draw
    put_text(output, draw(network))
