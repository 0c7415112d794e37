"""`texrc show`: a spec and the table it gives, at a glance."""

from __future__ import annotations

import click

from texrc.cli.options import seed_option, spec_argument


@click.command()
@spec_argument
@click.option(
    "-n",
    "--number",
    type=click.IntRange(1, 10_000_000),
    default=10_000,
    show_default=True,
    help="Rows to simulate the marginals from.",
)
@seed_option
def command(spec: str, number: int, seed: int) -> None:
    """Show a spec and its table at a glance.

    Columns, parents, the number of parameters, and marginals simulated from
    the sampler.
    """
    from texrc import driver
    from texrc.cli.reporting import sound_spec
    from texrc.cli.summary import summary

    checked = sound_spec(driver.check(driver.read_source(spec)))
    click.echo(summary(checked))
    if not checked.has_model:
        return
    from texrc.cli.marginals import describe_marginals
    from texrc.compiling import compile

    table = compile(checked).sample(number, seed)
    click.echo(f"\nMarginals, simulated from {number:,} rows with seed {seed}:\n")
    click.echo(describe_marginals(checked, table))
