"""From the tree as written to the network: names resolved, kinds checked.

Everything reported here is about names and kinds (TX1xx), a column modelled or
named twice (TX2xx), and the form of probabilities (TX3xx). What was reported
becomes `Poison`, so that the passes after stay quiet about it.
"""

from __future__ import annotations

from texrc.diagnostics import Diagnostics
from texrc.ir.lower.columns import lower_columns
from texrc.ir.lower.statements import lower_model
from texrc.ir.network import Network
from texrc.syntax import ast

__all__ = ["lower"]


def lower(tree: ast.Dataset) -> tuple[Network, Diagnostics]:
    """The network of a tree, and what is wrong with its names and kinds."""
    diagnostics = Diagnostics()
    scope = lower_columns(tree.columns, diagnostics)
    nodes = lower_model(tree.model, scope) if tree.model is not None else None
    network = Network(
        name=tree.name.text,
        title=tree.title.value,
        topic=tree.topic.value if tree.topic else "",
        columns=tuple(scope.columns),
        nodes=nodes,
    )
    return network, diagnostics
