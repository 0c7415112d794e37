"""Lists over several lines, with the comments and blank lines between their items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from texrc.syntax import ast
from texrc.syntax.formatting.comments import Comments
from texrc.syntax.formatting.lines import WIDTH
from texrc.syntax.formatting.writer import INDENT, Writer

Emit = Callable[[Any], None]


class Page(Writer):
    """Lines with the comments that go on them."""

    def __init__(self, comments: Comments) -> None:
        super().__init__()
        self.comments = comments

    def fits(self, text: str | None, tail: int = 0) -> bool:
        """Whether a text, and as many columns after it, fit on the current line."""
        return text is not None and self.column + len(text) + tail <= WIDTH

    def own_lines(self, comments: Sequence[ast.Comment]) -> None:
        for comment in comments:
            self.own_line(comment.text)

    def begin(self, item: object, end: int | None) -> None:
        """What stands above an item that begins the current line: comments and blank lines.

        ``end`` is the end of the item before, None after an opening bracket.
        """
        start = self.comments.span(item).start
        for comment in self.comments.above(item):
            # One that has moved out of the item brings no blank line along.
            if comment.span.start < start:
                self._blank_line_between(end, comment.span.start)
                end = comment.span.end
            self.own_line(comment.text)
        self._blank_line_between(end, start)

    def finish(self, comments: Sequence[ast.Comment], end: int | None) -> None:
        """Comments that nothing follows but a bracket, or the end of the text."""
        for comment in comments:
            self._blank_line_between(end, comment.span.start)
            self.own_line(comment.text)
            end = comment.span.end

    def block(
        self,
        brackets: object,
        items: Sequence[Any],
        close: str,
        emit: Emit,
        *,
        between: str = "",
        last: str = "",
        groups: bool = False,
    ) -> None:
        """An item a line, from behind the opening bracket to the closing one.

        ``between`` ends every item but the last one, which ``last`` ends. With
        ``groups``, blank lines between items stay.
        """
        outer = self.indent
        inner = outer + INDENT
        self.note(self.comments.opening(brackets))
        end = None
        for number, item in enumerate(items):
            self.newline(inner)
            if groups:
                self.begin(item, end)
            else:
                self.own_lines(self.comments.above(item))
            emit(item)
            self.write(between if number < len(items) - 1 else last)
            self.note(self.comments.at_end(item))
            end = self.comments.span(item).end
        self.newline(inner)
        if groups:
            self.finish(self.comments.closing(brackets), end)
        else:
            self.own_lines(self.comments.closing(brackets))
        self.newline(outer)
        self.write(close)

    def fill(self, pieces: Sequence[str], close: str) -> None:
        """Short pieces, as many on each line as fit, between brackets on lines of their own."""
        outer = self.indent
        self.newline(outer + INDENT)
        self.flow(pieces)
        self.newline(outer)
        self.write(close)

    def flow(self, pieces: Sequence[str], tail: int = 0) -> None:
        """Short pieces from here on, with further lines at the indent of this one."""
        indent = self.indent
        for number, piece in enumerate(pieces):
            room = tail if number == len(pieces) - 1 else 0
            if number and self.fits(piece, room + 1):
                self.write(" ")
            elif number:
                self.newline(indent)
            self.write(piece)

    def _blank_line_between(self, end: int | None, place: int) -> None:
        if end is not None and self.comments.blank_line_between(end, place):
            self.blank_line()


def with_commas(pieces: Sequence[str]) -> list[str]:
    """The pieces, each but the last one with a comma behind."""
    return [f"{piece}," for piece in pieces[:-1]] + [*pieces[-1:]]
