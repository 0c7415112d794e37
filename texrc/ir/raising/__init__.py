"""From the network back to a tree, so that every importer ends in the one formatter.

``lower(raise_network(network))`` is the network again (spans aside), for every
network that some text lowers to. Others lose nothing but form: a negative
constant becomes the negation that a text would have.
"""

from __future__ import annotations

from texrc.ir.network import Column, ColumnType, Network
from texrc.ir.raising.spelling import label, name, number, spellable, text
from texrc.ir.raising.statements import raise_node
from texrc.syntax import ast

__all__ = ["raise_column", "raise_network", "spellable"]


def raise_network(network: Network) -> ast.Dataset:
    """The tree of a network without errors.

    Raises ValueError for what no text can say: a name or label that cannot be
    spelled (see `spellable`), a text with control characters or over 400
    characters, a number beyond the grammar's digits or exponents, a dataset
    without columns, a model without statements, an expression too deep to parse.
    """
    if not network.columns:
        raise ValueError("a dataset has at least one column")
    model = None
    if network.nodes is not None:
        if not network.nodes:
            raise ValueError("a model has at least one statement")
        model = ast.Model(tuple(raise_node(node, network.columns) for node in network.nodes))
    return ast.Dataset(
        name(network.name),
        text(network.title),
        text(network.topic) if network.topic else None,
        tuple(raise_column(column) for column in network.columns),
        model,
    )


def raise_column(column: Column) -> ast.Column:
    """The declaration of a column. Raises ValueError like `raise_network`."""
    marks = []
    if column.target:
        marks.append(ast.Mark(ast.Name("target")))
    if column.unit:
        marks.append(ast.Mark(ast.Name("unit"), text(column.unit)))
    return ast.Column(
        name(column.name),
        ast.Name(str(column.type)),
        _domain(column),
        tuple(marks),
        text(column.description) if column.description else None,
    )


def _domain(column: Column) -> ast.Domain | None:
    match column.type:
        case ColumnType.BOOLEAN:
            return None
        case ColumnType.CATEGORICAL:
            if not column.labels:
                raise ValueError(f"the column {column.name!r} has no labels")
            return ast.LabelsDomain(tuple(map(label, column.labels)))
        case ColumnType.ORDINAL:
            if len(column.labels) < 2:
                raise ValueError(f"the ordinal column {column.name!r} has fewer than two levels")
            return ast.LevelsDomain(tuple(map(label, column.labels)))
        case _:
            if column.low is None or column.high is None:
                raise ValueError(f"the column {column.name!r} has no range")
            return ast.RangeDomain(number(column.low), number(column.high))
