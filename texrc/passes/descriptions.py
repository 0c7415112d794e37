"""Columns and datasets without a description (TW004)."""

from __future__ import annotations

from texrc.diagnostics import Diagnostics, Label
from texrc.ir.network import Network
from texrc.passes.naming import listed
from texrc.syntax.names import quoted

MOST_ALONE = 4
"""Up to so many columns are reported one by one, more in one finding."""


def descriptions(network: Network, diagnostics: Diagnostics) -> None:
    """TW004 where nothing says what was recorded."""
    if not network.title.strip():
        diagnostics.add(
            "TW004",
            f"the dataset `{network.name}` has no description",
            network.span,
            "what is one row?",
            helps=[f'write it after the name: `dataset {quoted(network.name)} "..."`'],
        )
    bare = [column for column in network.columns if not column.description.strip()]
    if len(bare) <= MOST_ALONE:
        for column in bare:
            diagnostics.add(
                "TW004",
                f"`{column.name}` has no description",
                column.span,
                "what was recorded?",
                helps=["write it at the end of the declaration, in double quotes"],
            )
        return
    diagnostics.add(
        "TW004",
        f"{len(bare):,} of {len(network.columns):,} columns have no description: "
        f"{listed([column.name for column in bare])}",
        bare[0].span,
        "what was recorded?",
        secondary=[Label(c.span, "and here?") for c in bare[1:MOST_ALONE] if c.span is not None],
        helps=["write it at the end of each declaration, in double quotes"],
    )
