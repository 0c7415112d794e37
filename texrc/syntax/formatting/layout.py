"""The file: its frame and its columns.

Declarations stand in two columns, kinds and descriptions, as far as that takes
no more space than `_WIDEST_NAME` and `_WIDEST_KIND`. Texts are never broken, and
no comment is: they may be longer than a line.
"""

from __future__ import annotations

from texrc.syntax import ast
from texrc.syntax.formatting.comments import Comments
from texrc.syntax.formatting.lines import common_width, label, marks, text
from texrc.syntax.formatting.page import Page
from texrc.syntax.formatting.tables import write_statement
from texrc.syntax.formatting.writer import INDENT
from texrc.syntax.names import quoted

_WIDEST_NAME = 32
_WIDEST_KIND = 64
"""Of a declaration up to its description."""


def format_dataset(tree: ast.Dataset) -> str:
    """The canonical text of a tree, its comments included (see the package)."""
    page = Page(Comments(tree))
    page.newline(0)
    page.begin(tree, 0)
    page.write(f"dataset {quoted(tree.name.text)} {text(tree.title)} {{")
    page.note(page.comments.opening(tree))
    if tree.topic is not None:
        page.newline(INDENT)
        page.begin(tree.topic, None)
        page.write(f"topic {text(tree.topic)}")
        page.note(page.comments.at_end(tree.topic))
        _begin_group(page)
    _write_columns(page, tree.columns)
    last = page.comments.span(tree.columns)
    if tree.model is not None:
        _begin_group(page)
        _write_model(page, tree.model)
        last = tree.model.span
    page.newline(INDENT)
    page.finish(page.comments.closing(tree), last.end)
    page.newline(0)
    page.write("}")
    page.note(page.comments.at_end(tree))
    page.newline(0)
    page.finish(page.comments.after, tree.span.end)
    return page.text()


def format_column(column: ast.Column) -> str:
    """A declaration on one line."""
    description = f" {text(column.description)}" if column.description is not None else ""
    return f"{quoted(column.name.text)} : {_kind(column)}{description}"


def _begin_group(page: Page) -> None:
    page.newline(INDENT)
    page.blank_line()


def _write_columns(page: Page, columns: tuple[ast.Column, ...]) -> None:
    page.newline(INDENT)
    page.begin(columns, None)
    page.write("columns {")
    names = common_width((len(quoted(column.name.text)) for column in columns), _WIDEST_NAME)
    beside = (
        names + 3 + len(_kind(column))
        for column in columns
        if column.description is not None and not page.comments.is_split(column)
    )
    kinds = common_width(beside, _WIDEST_KIND)
    page.block(
        columns,
        columns,
        "}",
        lambda column: _write_column(page, column, names, max(kinds, names + 3)),
        groups=True,
    )
    page.note(page.comments.at_end(columns))


def _write_model(page: Page, model: ast.Model) -> None:
    page.newline(INDENT)
    page.begin(model, None)
    page.write("model {")
    page.block(
        model,
        model.statements,
        "}",
        lambda statement: write_statement(page, statement),
        groups=True,
    )
    page.note(page.comments.at_end(model))


def _write_column(page: Page, column: ast.Column, names: int, kinds: int) -> None:
    indent = page.indent
    page.write(f"{quoted(column.name.text):<{names}} : ")
    kind = _kind(column)
    domain = column.domain
    broken = False
    if isinstance(domain, ast.LabelsDomain | ast.LevelsDomain) and (
        page.comments.is_split(domain) or not page.fits(kind)
    ):
        broken = True
        page.write(f"{quoted(column.type.text)} {{")
        _write_labels(page, domain)
        page.write(_marks(column))
    else:
        page.write(kind)
    if column.description is None:
        return
    description = text(column.description)
    described = indent + kinds + 1
    if not broken and page.column < described:
        page.write(" " * (described - page.column) + description)
    elif broken or page.fits(" " + description):
        page.write(" " + description)
    else:
        page.newline(described)
        if not page.fits(description):
            page.newline(indent + 2 * INDENT)
        page.write(description)


def _write_labels(page: Page, domain: ast.LabelsDomain | ast.LevelsDomain) -> None:
    """Many labels side by side; one a line when comments are among them."""
    between = "," if isinstance(domain, ast.LabelsDomain) else " <"
    if page.comments.is_split(domain):
        page.block(domain, domain.labels, "}", lambda of: page.write(label(of)), between=between)
        return
    spelled = [label(of) for of in domain.labels]
    page.fill([f"{of}{between}" for of in spelled[:-1]] + spelled[-1:], "}")


def _kind(column: ast.Column) -> str:
    """Type, domain and marks."""
    return quoted(column.type.text) + _domain(column.domain) + _marks(column)


def _domain(domain: ast.Domain | None) -> str:
    match domain:
        case None:
            return ""
        case ast.RangeDomain(low, high):
            return f" [{low.raw}, {high.raw}]"
        case ast.LabelsDomain(labels):
            return f" {{{', '.join(map(label, labels))}}}"
        case ast.LevelsDomain(labels):
            return f" {{{' < '.join(map(label, labels))}}}"


def _marks(column: ast.Column) -> str:
    return f" {marks(column.marks)}" if column.marks else ""
