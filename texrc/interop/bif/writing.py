"""Network to BIF text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal

from texrc.diagnostics import Diagnostics
from texrc.interop.bif import properties
from texrc.interop.bif.expanding import full_table, table_size
from texrc.interop.bif.properties import write_property
from texrc.ir.network import Column, ColumnType, Network, Node

MAX_PROBABILITIES = 5_000_000
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
"""Names that every reader takes without quotes."""


def write_bif(network: Network) -> tuple[str | None, Diagnostics]:
    """The BIF text of a network whose columns are all discrete; None and TX605 otherwise.

    Every table is written out in full, because few readers know `default`.
    Names that are not plain stand in double quotes, which other readers may not
    know or may take off. Title, topic, descriptions, units, targets and the
    order of levels are `property` lines.
    """
    diagnostics = Diagnostics()
    _check(network, diagnostics)
    if diagnostics.has_errors:
        return None, diagnostics
    parts = [_network(network)]
    parts += [_variable(column) for column in network.columns]
    for node in network.nodes or ():
        try:
            parts.append(_probability(network, node))
        except ValueError as error:
            name = network.columns[node.column].name
            diagnostics.add("TX605", f"`{name}` cannot be written as BIF: {error}", node.span)
    return (None if diagnostics.has_errors else "".join(parts)), diagnostics


def _check(network: Network, diagnostics: Diagnostics) -> None:
    if network.nodes is None:
        diagnostics.add(
            "TX605",
            f"`{network.name}` has no model, and BIF is nothing but models",
            helps=["export to JSON says everything that a spec says"],
        )
        return
    for column in network.columns:
        if column.is_numeric:
            diagnostics.add(
                "TX605",
                f"`{column.name}` is {column.type}, and BIF knows labels only",
                column.span,
                "a number",
                helps=["cut it into the levels of an ordinal column, or export to JSON"],
            )
    if diagnostics.has_errors:
        return
    written = 0
    for node in network.nodes:
        size = table_size(network, node)
        written += size
        if written > MAX_PROBABILITIES:
            name = network.columns[node.column].name
            diagnostics.add(
                "TX605",
                f"with the table of `{name}` the BIF file would have more than "
                f"{MAX_PROBABILITIES:,} probabilities",
                node.span,
                f"{size:,} probabilities when every combination is written out",
                helps=["JSON keeps the table's patterns as they are"],
            )
            return


def _network(network: Network) -> str:
    lines = [write_property(properties.TITLE, network.title)]
    if network.topic:
        lines.append(write_property(properties.TOPIC, network.topic))
    return _block(f"network {_name(network.name)}", lines)


def _variable(column: Column) -> str:
    states = ", ".join(map(_name, column.labels))
    lines = [f"type discrete [ {len(column.labels)} ] {{ {states} }};"]
    if column.type is ColumnType.ORDINAL:
        lines.append(write_property(properties.SCALE, str(column.type)))
    if column.unit:
        lines.append(write_property(properties.UNIT, column.unit))
    if column.target:
        lines.append(write_property(properties.TARGET, "true"))
    if column.description:
        lines.append(write_property(properties.DESCRIPTION, column.description))
    return _block(f"variable {_name(column.name)}", lines)


def _probability(network: Network, node: Node) -> str:
    columns = network.columns
    head = _name(columns[node.column].name)
    if node.parents:
        head += " | " + ", ".join(_name(columns[parent].name) for parent in node.parents)
    return _block(f"probability ( {head} )", _rows(network, node))


def _rows(network: Network, node: Node) -> Iterator[str]:
    names = [[_name(label) for label in network.columns[p].labels] for p in node.parents]
    last: tuple[Decimal, ...] | None = None
    numbers = ""
    for codes, probabilities in full_table(network, node):
        if probabilities is not last:
            numbers, last = ", ".join(map(_number, probabilities)), probabilities
        keys = ", ".join(labels[code] for labels, code in zip(names, codes, strict=True))
        yield f"({keys}) {numbers};" if codes else f"table {numbers};"


def _block(head: str, lines: list[str] | Iterator[str]) -> str:
    return "\n".join(itertools.chain([head + " {"], (f"  {line}" for line in lines), ["}\n"]))


def _number(number: Decimal) -> str:
    """As written; with an exponent only where the digits would be very many."""
    return f"{number:f}" if number.adjusted() >= -7 or not number else str(number)


def _name(name: str) -> str:
    if _PLAIN.fullmatch(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
