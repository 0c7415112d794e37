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
    padded = _padding(page, table)

    def write(written: ast.Entry) -> None:
        spelled = keys(written.keys)
        value = one_line(written.value)
        if padded and value is not None and _stands_alone(page, written, spelled, value):
            page.write(f"{spelled + ':':<{padded}} {value}")
            return
        _write_keys(page, written.keys, spelled)
        page.write(": ")
        _write_value(page, written.value, tail=1)

    page.block(table, table.entries, "}", write, between=between, last=last, groups=True)


def _padding(page: Page, table: ast.Table) -> int:
    """The width of the keys with their colon if values are to stand below each other, else 0."""
    widths: list[int] = []
    longest = 0
    for written in table.entries:
        spelled = keys(written.keys)
        value = one_line(written.value)
        if value is not None and _stands_alone(page, written, spelled, value):
            widths.append(len(spelled))
            longest = max(longest, len(value))
    if not widths or max(widths) - min(widths) > _MOST_PADDING:
        return 0
    padded = max(widths) + 1
    return padded if page.indent + INDENT + padded + 1 + longest + 1 <= WIDTH else 0


def _stands_alone(page: Page, written: ast.Entry, spelled: str, value: str) -> bool:
    """Whether an entry fits on one line of its table without padding."""
    length = page.indent + INDENT + len(spelled) + 2 + len(value) + 1
    return length <= WIDTH and not page.comments.is_split(written)


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
