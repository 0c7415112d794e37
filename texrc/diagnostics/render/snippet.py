"""The lines that labels point at, with what points at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from texrc.diagnostics.model import Label
from texrc.diagnostics.render.row import Row, ShownLine
from texrc.diagnostics.render.style import BLUE
from texrc.diagnostics.render.text import printable
from texrc.source import SourceFile

ALL_OF = 5
"""A label over at most so many lines shows all of them, else the first and the last."""
SAME_WINDOW = 60
"""Labels of a long line that start within so many columns share a window."""


@dataclass(frozen=True)
class _Mark:
    """A label resolved to lines (from 1) and columns (from 0, the end is one past)."""

    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    style: str
    sign: str
    depth: int = -1
    """The margin that brackets a label over several lines; -1 for one line."""

    @property
    def is_primary(self) -> bool:
        return self.sign == "^"


def snippet(
    source: SourceFile, primary: Label, secondary: Sequence[Label], style: str, color: bool
) -> tuple[int, list[str]]:
    """The width of the line numbers, and the rows from the blank gutter above to that below."""
    marks = _with_margins(
        [_resolve(source, primary, style, "^")]
        + [_resolve(source, label, BLUE, "-") for label in secondary]
    )
    numbers = _lines_to_show(marks)
    drawing = _Drawing(source, marks, len(str(numbers[-1])), color)
    return drawing.gutter_width, list(drawing.rows(numbers))


def _resolve(source: SourceFile, label: Label, style: str, sign: str) -> _Mark:
    size = len(source.text)
    start = min(label.span.start, size)
    end = min(max(label.span.end, start), size)
    if end > start and source.text[end - 1] == "\n":
        end -= 1  # a line break is nothing that could be underlined
    line, column = source.line_and_column(start)
    end_line, end_column = source.line_and_column(max(start, end))
    return _Mark(line, column - 1, end_line, end_column - 1, printable(label.message), style, sign)


def _with_margins(marks: list[_Mark]) -> list[_Mark]:
    """Labels over several lines get a margin each that is free on all their lines."""
    placed: list[_Mark] = []
    for mark in sorted(marks, key=lambda m: (m.line, -m.end_line, not m.is_primary)):
        depth = -1
        if mark.end_line > mark.line:
            taken = {m.depth for m in placed if m.depth >= 0 and m.end_line >= mark.line}
            depth = next(i for i in range(len(taken) + 1) if i not in taken)
        placed.append(_Mark(**{**mark.__dict__, "depth": depth}))
    return placed


def _lines_to_show(marks: Sequence[_Mark]) -> list[int]:
    wanted: set[int] = set()
    for mark in marks:
        if mark.end_line - mark.line < ALL_OF:
            wanted.update(range(mark.line, mark.end_line + 1))
        else:
            wanted.update((mark.line, mark.end_line))
    for number in list(wanted):  # dots in place of a single line would save nothing
        if number + 2 in wanted:
            wanted.add(number + 1)
    return sorted(wanted)


class _Drawing:
    def __init__(
        self, source: SourceFile, marks: Sequence[_Mark], gutter_width: int, color: bool
    ) -> None:
        self.gutter_width = gutter_width
        self._source = source
        self._color = color
        self._margin = 2 * (max(mark.depth for mark in marks) + 1)
        self._open: dict[int, _Mark] = {}  # labels over several lines, by margin
        self._starting: dict[int, list[_Mark]] = defaultdict(list)
        self._ending: dict[int, list[_Mark]] = defaultdict(list)
        for mark in marks:
            self._starting[mark.line].append(mark)
            if mark.depth >= 0:
                self._ending[mark.end_line].append(mark)

    def rows(self, numbers: Sequence[int]) -> Iterator[str]:
        yield self._emit("", Row())
        previous = numbers[0] - 1
        for number in numbers:
            if number > previous + 1:
                yield self._gap()
            yield from self._line(number)
            previous = number
        yield self._emit("", Row())

    def _line(self, number: int) -> Iterator[str]:
        """A line and what points at it; a long line once for each of its windows."""
        line = self._source.line(number)
        points = [(mark.column, mark, True) for mark in self._starting[number]]
        points += [(mark.end_column, mark, False) for mark in self._ending[number]]
        points.sort(key=lambda point: point[0])
        if not points:
            yield self._text_row(number, ShownLine(line), {})
        while points:
            shown = ShownLine(line, points[0][0])
            here = [
                point
                for point in points
                if shown.is_whole or point[0] <= points[0][0] + SAME_WINDOW
            ]
            points = points[len(here) :]
            starting = [mark for _, mark, starts in here if starts]
            ending = [mark for _, mark, starts in here if not starts]
            yield from self._pointed_at(number, line, shown, starting, ending)

    def _pointed_at(
        self,
        number: int,
        line: str,
        shown: ShownLine,
        starting: Sequence[_Mark],
        ending: Sequence[_Mark],
    ) -> Iterator[str]:
        single = [mark for mark in starting if mark.depth < 0]
        opening = [mark for mark in starting if mark.depth >= 0]
        whole = {m.depth: m for m in opening if not single and not line[: m.column].strip()}
        yield self._text_row(number, shown, whole)
        self._open.update(whole)
        yield from self._single(single, shown)
        for mark in opening:
            if mark.depth not in whole:
                row = self._margin_row()
                self._bracket(row, mark, shown.cell(mark.column), 1)
                yield self._emit("", row)
                self._open[mark.depth] = mark
        for mark in sorted(ending, key=lambda mark: -mark.depth):
            row = self._margin_row()
            last = max(shown.cell(mark.end_column) - 1, 0)
            self._bracket(row, mark, last, 0)
            row.put(len(row) + 1, mark.message, mark.style)
            yield self._emit("", row)
            del self._open[mark.depth]

    def _bracket(self, row: Row, mark: _Mark, cell: int, gap: int) -> None:
        """A line from the margin to the label's first or last character."""
        begin = 2 * mark.depth + 1
        row.put(begin - 1, " " if gap else "|", mark.style)
        row.put(begin, "_" * (self._margin + cell - begin) + mark.sign, mark.style)

    def _single(self, marks: Sequence[_Mark], shown: ShownLine) -> Iterator[str]:
        """Carets under each label; one message beside them, the others hung below."""
        if not marks:
            return
        row = self._margin_row()
        places = {mark: self._margin + shown.cell(mark.column) for mark in marks}
        ends = {
            mark: max(self._margin + shown.cell(mark.end_column), places[mark] + 1)
            for mark in marks
        }
        for mark in sorted(marks, key=lambda m: (m.is_primary, places[m] - ends[m])):
            row.put(places[mark], mark.sign * (ends[mark] - places[mark]), mark.style)
        messages = [mark for mark in marks if mark.message]
        beside = max(marks, key=lambda m: (ends[m], m.is_primary, places[m]))
        if beside.message:
            row.put(len(row) + 1, beside.message, beside.style)
            messages.remove(beside)
        yield self._emit("", row)
        hung = sorted(messages, key=lambda mark: places[mark])
        if hung:
            yield self._emit("", self._bars(hung, places))
        while hung:
            mark = hung.pop()
            row = self._bars(hung, places)
            row.put(places[mark], mark.message, mark.style)
            yield self._emit("", row)

    def _bars(self, marks: Sequence[_Mark], places: dict[_Mark, int]) -> Row:
        row = self._margin_row()
        for mark in marks:
            row.put(places[mark], "|", mark.style)
        return row

    def _text_row(self, number: int, shown: ShownLine, opening: dict[int, _Mark]) -> str:
        row = self._margin_row()
        for depth, mark in opening.items():
            row.put(2 * depth, "/", mark.style)
        row.put(self._margin, shown.text)
        return self._emit(str(number), row)

    def _margin_row(self) -> Row:
        row = Row()
        for depth, mark in self._open.items():
            row.put(2 * depth, "|", mark.style)
        return row

    def _gap(self) -> str:
        row = Row()
        row.put(0, "...")
        for depth, mark in self._open.items():
            row.put(self.gutter_width + 3 + 2 * depth, "|", mark.style)
        return row.text(self._color)

    def _emit(self, number: str, content: Row) -> str:
        gutter = Row()
        gutter.put(0, f"{number:>{self.gutter_width}} |", BLUE)
        text = content.text(self._color)
        return gutter.text(self._color) + (" " + text if text else "")
