"""What stands in a column's box."""

from __future__ import annotations

from dataclasses import dataclass

from texrc.interop.svg.lettering import shortened, text_width
from texrc.ir.atoms import number_text
from texrc.ir.network import Column, ColumnType
from texrc.diagnostics.render.text import printable

NAME_SIZE = 13.5
KIND_SIZE = 10.5
HEIGHT = 44.0
_LEAST, _MOST = 84.0, 216.0
_MARGIN = 13.0


@dataclass(frozen=True)
class Box:
    """A column's two lines and the width that they need."""

    column: Column
    name: str
    kind: str
    width: float

    @classmethod
    def of(cls, column: Column) -> Box:
        room = _MOST - 2 * _MARGIN
        name = shortened(printable(column.name), room, NAME_SIZE, bold=True)
        kind = shortened(_kind(column), room, KIND_SIZE)
        text = max(text_width(name, NAME_SIZE, bold=True), text_width(kind, KIND_SIZE))
        return cls(column, name, kind, max(_LEAST, text + 2 * _MARGIN))


def _kind(column: Column) -> str:
    """`18 to 85 years`, `no / yes`, `basic < plus < full cover`"""
    if column.is_numeric:
        assert column.low is not None and column.high is not None
        ends = f"{number_text(column.low)} to {number_text(column.high)}"
        return f"{ends} {printable(column.unit)}".rstrip()
    separator = " < " if column.type is ColumnType.ORDINAL else ", "
    if column.type is ColumnType.BOOLEAN:
        separator = " / "
    shown = separator.join(map(printable, column.labels[:12]))
    return shown + (separator + "…" if len(column.labels) > 12 else "")
