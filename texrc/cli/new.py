"""`texrc new`: a spec to start from."""

from __future__ import annotations

import os

import click

STARTER = """\
# What one row is, and where the numbers below come from.
dataset {name} "One row per ..." {{
  topic "Domain / subject"

  columns {{
    age     : integer [18, 90] (unit "years")   "Age"
    region  : categorical {{north, south}}        "Where they live"
    income  : continuous [0, 200] (unit "k$")   "Yearly income"
    insured : boolean (target)                  "Has an insurance"
  }}

  model {{
    age ~ normal(45, 16)
    region ~ {{north: 0.4, south: rest}}
    income | region ~ {{
      north: lognormal(3.6 + 0.005*age, 0.5);
      south: lognormal(3.4 + 0.005*age, 0.5);
    }}
    insured ~ logit(-2 + 0.03*age + 0.02*income)
  }}
}}
"""


@click.command()
@click.argument("path")
def command(path: str) -> None:
    """Write a small spec to start from.

    PATH is a file that is not there yet; `.texr` is added where it is missing.
    """
    from texrc.cli.output import put_text
    from texrc.syntax.names import is_spellable, quoted

    if path != "-" and os.path.lexists(path):
        raise click.UsageError(f"{path!r} is there already")
    stem = "my_dataset" if path == "-" else os.path.splitext(os.path.basename(path))[0]
    if not is_spellable(stem):
        raise click.UsageError(f"no dataset can be called {stem!r}; choose another file name")
    if path != "-" and not path.endswith(".texr"):
        path += ".texr"
        if os.path.lexists(path):
            raise click.UsageError(f"{path!r} is there already")
    put_text(path, STARTER.format(name=quoted(stem)))
    if path != "-":
        click.echo(
            f"wrote {path}; try `texrc check {path}` and `texrc sample {path} -n 5`", err=True
        )
