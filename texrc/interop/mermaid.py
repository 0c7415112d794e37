"""The network as a Mermaid flowchart, for Markdown pages that draw it."""

from __future__ import annotations

import json
import re

from texrc.diagnostics.render.text import printable
from texrc.interop.captions import domain_in_words
from texrc.ir.network import ColumnType, Network

BRACKETS = {
    ColumnType.CONTINUOUS: ("([", "])"),
    ColumnType.INTEGER: ("[[", "]]"),
    ColumnType.CATEGORICAL: ("[", "]"),
    ColumnType.ORDINAL: ("[/", "\\]"),
    ColumnType.BOOLEAN: ("{{", "}}"),
}
"""The shape of each type: stadium, subroutine, rectangle, trapezium, hexagon."""

# A point after a number and a leading dash would make a list of Markdown's.
_UNSAFE = re.compile(r"[^\w ,/]|\.", re.ASCII)


def to_mermaid(network: Network) -> str:
    """The text: a node a column, shaped by its type, targets with a bold border.

    Nodes go by number; names and labels stand in it as escaped text only.
    """
    title = json.dumps(f"{printable(network.name)}: {printable(network.title)}")
    lines = ["---", f"title: {title}", "---", "flowchart TD"]
    for index, column in enumerate(network.columns):
        opening, closing = BRACKETS[column.type]
        words = f"{_escaped(column.name)}<br/>{_escaped(domain_in_words(column))}"
        lines.append(f'  n{index}{opening}"{words}"{closing}')
    for node in network.nodes or ():
        lines += [f"  n{parent} --> n{node.column}" for parent in node.parents]
    targets = [f"n{index}" for index, column in enumerate(network.columns) if column.target]
    if targets:
        lines.append("  classDef target stroke:#c2255c,stroke-width:3px")
        lines.append(f"  class {','.join(targets)} target")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """Letters, digits and a few signs as they are, the rest as Mermaid's entity codes."""
    return _UNSAFE.sub(_entity, printable(text))


def _entity(match: re.Match[str]) -> str:
    character = match[0]
    return character if character.isalnum() else f"#{ord(character)};"
