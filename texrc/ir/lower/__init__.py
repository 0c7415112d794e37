"""From the tree as written to the network: names resolved, kinds checked.

Everything reported here is about names and kinds (TX1xx), a column modelled or
named twice (TX2xx), and the form of probabilities (TX3xx). What was reported
becomes `Poison`, so that the passes after stay quiet about it.
"""

from __future__ import annotations

from texrc.diagnostics import Diagnostics
from texrc.diagnostics.first_few import FirstFew
from texrc.ir.lower.columns import lower_columns
from texrc.ir.lower.statements import lower_model
from texrc.ir.network import Network
from texrc.syntax import ast

__all__ = ["lower"]

MOST_REPORTED = 1000
"""Findings of one code in one file; no person reads more, and a large text may have millions."""


def lower(tree: ast.Dataset) -> tuple[Network, Diagnostics]:
    """The network of a tree, and what is wrong with its names and kinds."""
    few = FirstFew(most=MOST_REPORTED)
    scope = lower_columns(tree.columns, few)
    nodes = lower_model(tree.model, scope) if tree.model is not None else None
    network = Network(
        name=tree.name.text,
        title=tree.title.value,
        topic=tree.topic.value if tree.topic else "",
        columns=tuple(scope.columns),
        nodes=nodes,
        span=tree.name.span,
    )
    diagnostics = Diagnostics()
    few.pour(diagnostics, "in this file")
    return network, diagnostics
