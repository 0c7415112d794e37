"""A row of cells to draw on, and a source line as it is shown."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, groupby

from texrc.diagnostics.render.style import PLAIN, paint
from texrc.diagnostics.render.text import visible, width

TAB = 4
WIDEST = 120
"""Lines of more cells are shown through a window around what is marked."""
BEFORE = 30
"""Characters that a window shows before the first thing marked in it."""
ELLIPSIS = "..."


class Row:
    """One line of output, drawn cell by cell."""

    def __init__(self) -> None:
        self._cells: list[tuple[str, str]] = []

    def put(self, start: int, text: str, style: str = PLAIN) -> None:
        """Write over the cells from ``start`` on; wide text only where nothing follows it."""
        missing = start + len(text) - len(self._cells)
        self._cells.extend([(" ", PLAIN)] * missing)
        self._cells[start : start + len(text)] = [(character, style) for character in text]

    def style_at(self, cell: int) -> str:
        return self._cells[cell][1]

    def __len__(self) -> int:
        return len(self._cells)

    def text(self, color: bool) -> str:
        """The row with its colours, nothing blank at its end."""
        cells = list(self._cells)
        while cells and cells[-1][0] == " ":
            cells.pop()
        return "".join(
            paint("".join(character for character, _ in run), style, color)
            for style, run in groupby(cells, key=lambda cell: cell[1])
        )


class ShownLine:
    """A source line, or a window of it, as it is printed: tabs expanded, the invisible escaped.

    ``first`` is the leftmost column (from 0) that must be seen.
    """

    def __init__(self, line: str, first: int = 0) -> None:
        self._from = 0
        pieces = _pieces(line[: WIDEST + 1])
        if sum(map(width, pieces)) > WIDEST:
            self._from = max(0, first - BEFORE)
            pieces = _pieces(line[self._from : self._from + WIDEST])
        ends = list(accumulate(map(width, pieces)))
        self._lead = ELLIPSIS if self._from else ""
        # Cells that belong to neither ellipsis:
        room = WIDEST - 2 * len(ELLIPSIS)
        kept = len(pieces) if not ends or ends[-1] <= WIDEST else max(1, bisect_right(ends, room))
        cut = self._from + kept < len(line)
        self.is_whole = not cut and self._from == 0
        self._ends = [0, *ends[:kept]]
        self.text = self._lead + "".join(pieces[:kept]) + (ELLIPSIS if cut else "")
        self.last = self._from + kept
        """One past the last column shown."""

    def cell(self, column: int) -> int:
        """The cell where a column (from 0) begins; columns out of sight are at the edges."""
        return len(self._lead) + self._ends[min(max(column, self._from), self.last) - self._from]


def _pieces(characters: str) -> list[str]:
    """Each character as it is printed."""
    if characters.isascii() and characters.isprintable():
        return list(characters)
    pieces: list[str] = []
    cells = 0
    for character in characters:
        piece = " " * (TAB - cells % TAB) if character == "\t" else visible(character)
        pieces.append(piece)
        cells += width(piece)
    return pieces
