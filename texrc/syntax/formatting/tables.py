"""Statements, and the tables in them.

A conditional's table has one row a line, the values below each other where no row
becomes too long for its line by that:

    plan | age, bmi ~ {
      (q1, < 25): {basic: 0.6, plus: 0.3, full: 0.1};
      _:          weights {basic: 3, plus: 4, full: 3};
    }

Other tables stay on a line as long as they fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from texrc.syntax import ast
from texrc.syntax.formatting.expressions import write_expression, write_items
from texrc.syntax.formatting.lines import WIDTH, entry, head, key, keys, one_line
from texrc.syntax.formatting.page import Page, with_commas
from texrc.syntax.formatting.writer import INDENT
from texrc.syntax.names import quoted

_MOST_PADDING = 24
"""Values of rows stand below each other if that takes no more spaces than these."""


def write_statement(page: Page, statement: ast.Statement) -> None:
    """Write a statement from the beginning of the current line on."""
    page.write(quoted(statement.target.text))
    match statement:
        case ast.Definition(_, expression):
            page.write(" = ")
            write_expression(page, expression)
        case ast.Marginal(_, value):
            page.write(" ~ ")
            _write_value(page, value)
        case ast.Conditional(_, given, value):
            page.write(" | ")
            _write_given(page, given)
            page.write(" ~ ")
            if isinstance(value, ast.Table) and value.head is None:
                _write_rows(page, value)
            else:
                _write_value(page, value)


def _write_given(page: Page, given: tuple[ast.Name, ...]) -> None:
    outer = page.indent
    page.indent = outer + 2 * INDENT
    page.flow(with_commas([quoted(name.text) for name in given]), len(" ~ {"))
    page.indent = outer


def _write_rows(page: Page, table: ast.Table) -> None:
    """The rows of a conditional: one alone stays on the line if it fits."""
    if len(table.entries) == 1 and not page.comments.is_split(table):
        line = entry(table.entries[0])
        if line is not None and page.fits(line, len("{  }")):
            page.write(f"{{ {line} }}")
            return
    page.write("{")
    _write_entries(page, table, between=";", last=";")


def _write_value(page: Page, value: ast.Value, tail: int = 0) -> None:
    match value:
        case ast.Table():
            _write_table(page, value, tail)
        case ast.Parts(name, items):
            line = one_line(value)
            if page.fits(line, tail) and not page.comments.is_split(value):
                page.write(line or "")
                return
            page.write(f"{quoted(name.text)} [")
            write_items(page, value, items, "]")
        case _:
            write_expression(page, value, tail=tail)


def _write_table(page: Page, table: ast.Table, tail: int) -> None:
    """Probabilities, weights, scores or parts of a mixture."""
    split = page.comments.is_split(table)
    line = one_line(table)
    if line is not None and page.fits(line, tail) and not split:
        page.write(line)
        return
    page.write(head(table) + "{")
    simple = all(isinstance(e.value, ast.Constant | ast.Reference) for e in table.entries)
    if simple and not split:
        page.fill(with_commas([entry(e) or "" for e in table.entries]), "}")
    else:
        _write_entries(page, table, between=",", last="")


def _write_entries(page: Page, table: ast.Table, *, between: str, last: str) -> None:
    indent = page.indent + INDENT
    lines = [_entry(page, written, indent) for written in table.entries]
    waiting = _in_columns(lines, indent)

    def write(written: ast.Entry) -> None:
        line, padded = next(waiting)
        if line.whole:
            page.write(f"{line.keys + ':':<{padded}} {line.value}")
            return
        _write_keys(page, written.keys, line.keys)
        page.write(": ")
        _write_value(page, written.value, tail=1)

    page.block(table, table.entries, "}", write, between=between, last=last, groups=True)


class _Line(NamedTuple):
    """An entry's parts on one line; ``whole`` if that is how it can stand."""

    keys: str
    value: str | None
    whole: bool


def _entry(page: Page, written: ast.Entry, indent: int) -> _Line:
    spelled = keys(written.keys)
    value = one_line(written.value)
    fits = value is not None and indent + len(spelled) + 2 + len(value) + 1 <= WIDTH
    return _Line(spelled, value, fits and not page.comments.is_split(written))


def _in_columns(lines: Sequence[_Line], indent: int) -> Iterator[tuple[_Line, int]]:
    """Each line with the width to pad its keys to, which lines next to each other share."""
    for whole, group in groupby(lines, key=attrgetter("whole")):
        run = list(group)
        padded = _padding(run, indent) if whole else 0
        for line in run:
            yield line, padded


def _padding(lines: Sequence[_Line], indent: int) -> int:
    """The width of the keys with their colon if values are to stand below each other, else 0."""
    widths = [len(line.keys) for line in lines]
    if max(widths) - min(widths) > _MOST_PADDING:
        return 0
    longest = max(len(line.value or "") for line in lines)
    padded = max(widths) + 1
    return padded if indent + padded + 1 + longest + 1 <= WIDTH else 0


def _write_keys(page: Page, written: tuple[ast.Key, ...], spelled: str) -> None:
    if page.fits(spelled, 2) or len(written) == 1:
        page.write(spelled)
        return
    outer = page.indent
    page.write("(")
    page.indent = outer + INDENT
    page.flow(with_commas([key(part) for part in written]), len("): {"))
    page.indent = outer
    page.write(")")
