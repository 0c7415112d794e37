"""The network as a graph in DOT, Graphviz's language."""

from __future__ import annotations

from texrc.diagnostics.render.text import printable
from texrc.interop.captions import domain_in_words
from texrc.ir.network import ColumnType, Network

SHAPES = {
    ColumnType.CONTINUOUS: "ellipse",
    ColumnType.INTEGER: "octagon",
    ColumnType.CATEGORICAL: "box",
    ColumnType.ORDINAL: "trapezium",
    ColumnType.BOOLEAN: "diamond",
}


def to_dot(network: Network) -> str:
    """The text: a node a column, shaped by its type, targets with two lines around them.

    Nodes go by number; names and labels stand in it as escaped text only.
    """
    lines = [
        f"digraph {_quoted(network.name)} {{",
        f"  graph [label={_quoted(network.title)}, labelloc=t, fontname=Helvetica];",
        "  node [fontname=Helvetica, fontsize=11];",
        '  edge [color="#8a96a3"];',
    ]
    for index, column in enumerate(network.columns):
        label = _quoted(column.name, f"{column.type}: {domain_in_words(column)}")
        target = ", peripheries=2" if column.target else ""
        tooltip = f", tooltip={_quoted(column.description)}" if column.description else ""
        lines.append(f"  n{index} [label={label}, shape={SHAPES[column.type]}{target}{tooltip}];")
    for node in network.nodes or ():
        lines += [f"  n{parent} -> n{node.column};" for parent in node.parents]
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(*lines: str) -> str:
    """Lines as one string of DOT, in which nothing is an escape of Graphviz's but our breaks."""
    escaped = (
        printable(line).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
        for line in lines
    )
    return '"' + "\\n".join(escaped) + '"'
