"""The lines of a text as it grows."""

from __future__ import annotations

INDENT = 2


class Writer:
    """Finished lines and the one being written.

    ``indent`` is that of the current line; a note is a comment that ends it.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line = ""
        self._note: str | None = None
        self.indent = 0

    @property
    def column(self) -> int:
        """Where on the current line the next text goes, from 0."""
        return len(self._line)

    def write(self, text: str) -> None:
        self._line += text

    def note(self, comment: str | None) -> None:
        """A comment for the end of the current line; None is none."""
        if comment is not None:
            assert self._note is None
            self._note = comment

    def newline(self, indent: int) -> None:
        """End the line, if anything is on it, and begin one with this indent."""
        self._finish()
        self.indent = indent
        self._line = " " * indent

    def own_line(self, comment: str) -> None:
        """A comment on a line of its own, at the indent of the current line, which is empty."""
        self._lines.append(" " * self.indent + comment)

    def blank_line(self) -> None:
        """One empty line above the current line, which is empty; never two, nor a first one."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def text(self) -> str:
        """Everything written, each line with its line break."""
        self._finish()
        self._line = ""
        self._lines.append("")
        return "\n".join(self._lines)

    def _finish(self) -> None:
        if self._note is not None:
            self._line = f"{self._line}  {self._note}"
            self._note = None
        if self._line.strip(" "):
            self._lines.append(self._line.rstrip(" "))
