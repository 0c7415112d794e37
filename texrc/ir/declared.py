"""Where a column is declared, for diagnostics that speak of it."""

from __future__ import annotations

from texrc.diagnostics import Label
from texrc.ir.network import Column, ColumnType


def declared_here(column: Column) -> list[Label]:
    """A secondary label at the column's name in its declaration, if it has a place."""
    if column.span is None:
        return []
    if column.is_numeric or column.type is ColumnType.BOOLEAN:
        return [Label(column.span, f"declared here as {column.type}")]
    noun = "levels" if column.type is ColumnType.ORDINAL else "labels"
    return [Label(column.span, f"declared here as {column.type} with {len(column.labels)} {noun}")]
