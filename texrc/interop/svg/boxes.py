"""What stands in a column's box."""

from __future__ import annotations

from dataclasses import dataclass

from texrc.diagnostics.render.text import printable
from texrc.interop.captions import domain_in_words
from texrc.interop.svg.lettering import shortened, text_width
from texrc.ir.network import Column

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
        kind = shortened(domain_in_words(column), room, KIND_SIZE)
        text = max(text_width(name, NAME_SIZE, bold=True), text_width(kind, KIND_SIZE))
        return cls(column, name, kind, max(_LEAST, text + 2 * _MARGIN))
