"""Changing a text part by part, so that the comments of all other parts stay."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from texrc.source import Span
from texrc.syntax import ast


class Editor:
    """Collects changes of a text by its tree. A part may be changed once."""

    def __init__(self, text: str, tree: ast.Dataset) -> None:
        self._text = text
        self._tree = tree
        self._starts = [comment.span.start for comment in tree.comments]
        self._edits: list[tuple[Span, str]] = []

    def text(self) -> str:
        """The text with every change made."""
        pieces: list[str] = []
        position = 0
        for span, replacement in sorted(self._edits, key=lambda edit: edit[0]):
            pieces += (self._text[position : span.start], replacement)
            position = span.end
        return "".join([*pieces, self._text[position:]])

    def put_column(self, name: str, written: str) -> None:
        """This declaration in place of the one of that name, else as the last one."""
        for present in self._tree.columns:
            if present.name.text == name:
                self._replace(present.span, written)
                return
        self._append(self._tree.columns[-1].span.end, written)

    def put_statement(self, target: str, written: str) -> None:
        """This statement in place of the target's, else as the last one (of a new model)."""
        model = self._tree.model
        if model is None:
            self._append(self._tree.columns_span.end, f"model {{\n{written}\n}}")
            return
        for present in model.statements:
            if present.target.text == target:
                self._replace(present.span, written)
                return
        self._append(model.statements[-1].span.end, written)

    def remove_column(self, name: str) -> None:
        """Without a column and its statement; a model that this empties goes as well."""
        before = self._tree.columns_span.start
        for column in self._tree.columns:
            if column.name.text == name:
                self._remove(column.span, before)
            before = column.span.end
        model = self._tree.model
        if model is None:
            return
        if all(statement.target.text == name for statement in model.statements):
            self.remove_model()
            return
        before = model.span.start
        for statement in model.statements:
            if statement.target.text == name:
                self._remove(statement.span, before)
            before = statement.span.end

    def remove_model(self) -> None:
        """Without the model, if there is one."""
        if self._tree.model is not None:
            self._remove(self._tree.model.span, self._tree.columns_span.end)

    def _replace(self, span: Span, written: str) -> None:
        if "#" in written:  # Perhaps a comment, which takes the rest of its line.
            line_start = self._text.rfind("\n", 0, span.start) + 1
            alone = not self._text[line_start : span.start].strip()
            written = f"{'' if alone else chr(10)}{written}\n"
        self._edits.append((span, written))

    def _append(self, end: int, written: str) -> None:
        """On lines of its own after a part that ends there, and after the comment at its end."""
        place = self._line_end(end)
        rest, break_, _ = self._text[place:].partition("\n")
        ending = "" if break_ and not rest.strip() else "\n"
        self._edits.append((Span(place, place), f"\n{written}{ending}"))

    def _remove(self, span: Span, before: int) -> None:
        """A part with the comments at its end and right above it (not beyond ``before``)."""
        start = span.start
        number = bisect_left(self._starts, start) - 1
        while number >= 0:
            comment = self._tree.comments[number]
            if not comment.own_line or comment.span.start < before:
                break
            if self._blank_line_between(comment.span.end, start):
                break
            start = comment.span.start
            number -= 1
        self._edits.append((Span(start, self._line_end(span.end)), ""))

    def _line_end(self, end: int) -> int:
        """The end of the comment behind a part that ends there on the same line, else that end."""
        number = bisect_left(self._starts, end)
        if number < len(self._starts):
            comment = self._tree.comments[number]
            between = self._text[end : comment.span.start]
            if not between.strip(" \t"):
                return comment.span.end
        return end

    def _blank_line_between(self, start: int, end: int) -> bool:
        blanks = self._tree.blank_lines
        number = bisect_right(blanks, start - 1)
        return number < len(blanks) and blanks[number] < end
