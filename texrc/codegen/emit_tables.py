"""Tables of numbers as Python text."""

from __future__ import annotations

import base64
import textwrap
from typing import Any

import numpy as np
import numpy.typing as npt

from texrc.codegen.emit_expressions import number_literal

MOST_LITERAL = 64
"""Up to so many numbers are written out; more are packed."""


class Tables:
    """The module constants that the columns' functions use.

    Short ones stand before the function that uses them, packed ones at the end of the module.
    """

    def __init__(self) -> None:
        self.short: list[str] = []
        self.packed: list[str] = []

    def add(self, name: str, array: npt.NDArray[Any], made: str = "") -> str:
        """Defines the name, as what ``made`` makes of the array; returns it."""
        few = array.size <= MOST_LITERAL
        text = _literal(array) if few else _packed(array)
        (self.short if few else self.packed).append(
            f"{name} = {made}({text})\n" if made else f"{name} = {text}\n"
        )
        return name

    def take_short(self) -> str:
        """The text of the short tables since the last time."""
        text = "".join(self.short)
        self.short.clear()
        return text


def _literal(array: npt.NDArray[Any]) -> str:
    if array.ndim == 2:
        rows = "".join(f"        {_line(row)},\n" for row in array)
        return f"np.array(\n    [\n{rows}    ],\n    np.{array.dtype},\n)"
    return f"np.array({_line(array)}, np.{array.dtype})"


def _line(row: npt.NDArray[Any]) -> str:
    write = number_literal if row.dtype == np.float64 else str
    return f"[{', '.join(write(number) for number in row.tolist())}]"


def _packed(array: npt.NDArray[Any]) -> str:
    stored = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"))
    lines = textwrap.wrap(base64.b64encode(stored.tobytes()).decode(), 92)
    text = "\n".join(f'    "{line}"' for line in lines)
    return f'unpacked(\n    "{array.dtype}",\n    {array.shape},\n{text},\n)'
