"""`texrc export`: specs to other formats."""

from __future__ import annotations

import click

from texrc.cli.options import format_option, output_option

FORMATS = ("bif", "json", "dot", "json-schema")
SUFFIXES = {".bif": "bif", ".json": "json", ".dot": "dot", ".gv": "dot"}


@click.command()
@click.argument("spec", required=False)
@output_option
@format_option(FORMATS, "json")
def command(spec: str | None, output: str | None, format_name: str | None) -> None:
    """Turn a spec into other formats.

    BIF takes labels and tables only; JSON says all. `--format json-schema`
    needs no SPEC and prints the schema of the JSON.
    """
    from texrc.cli.output import chosen_format, put_text

    name = chosen_format(format_name, output, SUFFIXES, "json")
    if name == "json-schema":
        import json

        from texrc.interop.json import json_schema

        put_text(output, json.dumps(json_schema(), indent=2))
        return
    if spec is None:
        raise click.UsageError("which SPEC? Name a .texr file, or - for stdin")
    put_text(output, _exported(name, spec))


def _exported(name: str, path: str) -> str:
    from texrc import driver
    from texrc.cli.reporting import sound_spec
    from texrc.diagnostics import TexrError

    checked = sound_spec(driver.check(driver.read_source(path)))
    match name:
        case "bif":
            from texrc.interop.bif import write_bif

            text, diagnostics = write_bif(checked.network)
            if text is None:
                raise TexrError(diagnostics, checked.source)
            return text
        case "json":
            from texrc.interop.json import to_json

            return to_json(checked.network)
        case _:
            from texrc.interop.dot import to_dot

            return to_dot(checked.network)
