"""A column in a few words, for pictures of the network."""

from __future__ import annotations

from texrc.diagnostics.render.text import printable
from texrc.ir.atoms import number_text
from texrc.ir.network import Column, ColumnType

MOST_LABELS = 12


def domain_in_words(column: Column) -> str:
    """`18 to 85 years`, `no / yes`, `basic < plus < full cover`"""
    if column.is_numeric:
        assert column.low is not None and column.high is not None
        ends = f"{number_text(column.low)} to {number_text(column.high)}"
        return f"{ends} {printable(column.unit)}".rstrip()
    separator = " < " if column.type is ColumnType.ORDINAL else ", "
    if column.type is ColumnType.BOOLEAN:
        separator = " / "
    shown = separator.join(map(printable, column.labels[:MOST_LABELS]))
    return shown + (separator + "…" if len(column.labels) > MOST_LABELS else "")
