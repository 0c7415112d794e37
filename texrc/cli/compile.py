"""`texrc compile`: from a spec to a sampler module, or to any stage on the way."""

from __future__ import annotations

import click

from texrc.cli.options import output_option, spec_argument

STAGES = ("tokens", "ast", "ir", "plan", "python", "schema", "dot", "json")


@click.command()
@spec_argument
@output_option
@click.option("--emit", type=click.Choice(STAGES), help="Print this stage instead of compiling.")
def command(spec: str, output: str | None, emit: str | None) -> None:
    """Compile a spec to a sampler module.

    The module, <dataset>_sampler.py unless named otherwise, needs numpy and
    numba only: sample(n, seed) in Python, or `python <dataset>_sampler.py
    -n 1000` in a shell. It draws the same bytes as `texrc sample`.
    """
    from texrc.cli.output import put_text

    if emit is not None:
        from texrc.stages import stage

        put_text(output, stage(emit, spec))
        return

    from texrc import driver
    from texrc.cli.reporting import sound_spec
    from texrc.cli.summary import summary
    from texrc.codegen.emit import emit_module, module_name

    checked = sound_spec(driver.check(driver.read_source(spec)))
    target = output or f"{module_name(checked.name)}.py"
    put_text(target, emit_module(checked.network))
    click.echo(summary(checked), err=target == "-")
    if target != "-":
        click.echo(f"wrote {target}: run `python {target} -n 5`")
