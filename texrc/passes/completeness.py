"""Every column has a statement, where there is a model at all (TX202, TW008)."""

from __future__ import annotations

from texrc.diagnostics import Diagnostics, Label
from texrc.ir.network import Network
from texrc.passes.naming import listed

MOST_ALONE = 8
"""Up to so many columns are reported one by one, more in one finding."""

MOST_PLACES = 4


def completeness(network: Network, diagnostics: Diagnostics) -> None:
    """TX202 for columns that no statement models, TW008 for a dataset without a model."""
    if network.nodes is None:
        diagnostics.add(
            "TW008",
            f"`{network.name}` has no model: it describes a table that cannot be sampled",
            helps=["add a `model { ... }` block with a statement for each column"],
        )
        return
    missing = [
        column for index, column in enumerate(network.columns) if index not in network.node_of
    ]
    if len(missing) <= MOST_ALONE:
        for column in missing:
            diagnostics.add(
                "TX202",
                f"the model has no statement for `{column.name}`",
                column.span,
                "never modelled",
                helps=["write one; `uniform` says openly that every value is as likely"],
            )
        return
    diagnostics.add(
        "TX202",
        f"the model has no statement for {len(missing):,} of the {len(network.columns):,} columns: "
        f"{listed([column.name for column in missing])}",
        missing[0].span,
        "never modelled",
        secondary=[
            Label(column.span, "nor this one")
            for column in missing[1:MOST_PLACES]
            if column.span is not None
        ],
        helps=["write a statement for each; `uniform` says openly that every value is as likely"],
    )
