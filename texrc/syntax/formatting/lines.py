"""What a construct looks like on one line, and None where it is too long for that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from texrc.syntax import ast
from texrc.syntax.names import quoted

WIDTH = 100
"""Columns of a line."""

SUM, PRODUCT, SIGN, POWER, ATOM = 1, 2, 3, 4, 5
"""How tight an expression binds, loosest first."""

_BINDING = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER}


class Operand(NamedTuple):
    """A term of a sum or factor of a product, after its operator (empty for the first)."""

    operator: str
    expression: ast.Expression
    binding: int
    """What binds looser stands in round brackets."""


def binding(expression: ast.Expression) -> int:
    """How tight the outermost operator binds."""
    if isinstance(expression, ast.Binary):
        return _BINDING[expression.operator]
    return SIGN if isinstance(expression, ast.Negation) else ATOM


def operands(expression: ast.Binary) -> list[Operand]:
    """`a - b + c` as a, -b, +c: the chain of operators that bind alike, to the left.

    A power has two operands, as `**` binds to the right.
    """
    own = binding(expression)
    if own == POWER:
        return [Operand("", expression.left, ATOM), Operand("**", expression.right, SIGN)]
    chain: list[Operand] = []
    node: ast.Expression = expression
    while isinstance(node, ast.Binary) and binding(node) == own:
        chain.append(Operand(node.operator, node.right, own + 1))
        node = node.left
    chain.append(Operand("", node, own))
    chain.reverse()
    return chain


def spaced(operator: str) -> str:
    """An operator between two operands: sums are set apart, products are not."""
    return f" {operator} " if _BINDING[operator] == SUM else operator


def one_line(value: ast.Value, loosest: int = SUM) -> str | None:
    """A value on one line; None when that is longer than `WIDTH`.

    An expression that binds looser than ``loosest`` gets round brackets.
    """
    text = _LINES[type(value)](value)
    loose = isinstance(value, ast.Binary | ast.Negation) and binding(value) < loosest
    return f"({text})" if loose and text is not None else text


def label(written: ast.Label) -> str:
    """A label in its own spelling."""
    return written.raw if isinstance(written, ast.Number) else quoted(written.text)


def key(written: ast.Key) -> str:
    """`yes`, `_`, `< 25`, `18..30`"""
    match written:
        case ast.LabelKey(of):
            return label(of)
        case ast.AnyKey():
            return "_"
        case ast.BoundKey(comparison, of):
            return f"{comparison} {label(of)}"
        case ast.IntervalKey(low, high):
            return f"{label(low)}..{label(high)}"


def keys(written: Sequence[ast.Key]) -> str:
    """One key, or `(several, keys)`."""
    if len(written) == 1:
        return key(written[0])
    return f"({', '.join(map(key, written))})"


def text(written: ast.Text) -> str:
    """A text in double quotes, escaped."""
    escaped = written.value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


def marks(written: Sequence[ast.Mark]) -> str:
    """`(target, unit "kg")`"""
    items = (
        quoted(mark.name.text) + (f" {text(mark.text)}" if mark.text is not None else "")
        for mark in written
    )
    return f"({', '.join(items)})"


def leaf(value: ast.Constant | ast.Reference | ast.Indicator) -> str:
    """An expression that has no parts, whatever its length."""
    match value:
        case ast.Constant(number):
            return number.raw
        case ast.Reference(name):
            return quoted(name.text)
        case ast.Indicator(column, comparison, of):
            return f"[{quoted(column.text)} {comparison} {label(of)}]"


def _negation(value: ast.Negation) -> str | None:
    operand = one_line(value.operand, SIGN)
    return _short("-" + operand) if operand is not None else None


def _binary(value: ast.Binary) -> str | None:
    parts: list[str] = []
    length = 0
    for operator, expression, loosest in operands(value):
        operand = one_line(expression, loosest)
        if operand is None:
            return None
        part = spaced(operator) + operand if operator else operand
        length += len(part)
        if length > WIDTH:
            return None
        parts.append(part)
    return "".join(parts)


def _call(value: ast.Call) -> str | None:
    inner = _list(value.arguments, one_line)
    return _short(f"{quoted(value.function.text)}({inner})") if inner is not None else None


def _parts(value: ast.Parts) -> str | None:
    inner = _list(value.items, one_line)
    return _short(f"{quoted(value.head.text)} [{inner}]") if inner is not None else None


def _table(value: ast.Table) -> str | None:
    inner = _list(value.entries, entry)
    if inner is None:
        return None
    return _short(head(value) + "{" + inner + "}")


def head(table: ast.Table) -> str:
    """The word before a table's brace with its space, or nothing."""
    return f"{quoted(table.head.text)} " if table.head is not None else ""


def entry(written: ast.Entry) -> str | None:
    """An entry of a table, without what separates it from the next."""
    value = written.value
    spelled = value.number.raw if type(value) is ast.Constant else one_line(value)
    return f"{keys(written.keys)}: {spelled}" if spelled is not None else None


def _list(items: Sequence[Any], line: Callable[[Any], str | None]) -> str | None:
    """The items with commas between; gives up as soon as they are too long."""
    if len(items) * 3 > WIDTH + 3:
        return None
    parts: list[str] = []
    length = 0
    for item in items:
        part = line(item)
        if part is None:
            return None
        length += len(part) + 2
        if length > WIDTH + 2:
            return None
        parts.append(part)
    return ", ".join(parts)


def _short(line: str) -> str | None:
    return line if len(line) <= WIDTH else None


_LINES: dict[type, Callable[[Any], str | None]] = {
    ast.Constant: leaf,
    ast.Reference: leaf,
    ast.Indicator: leaf,
    ast.Negation: _negation,
    ast.Binary: _binary,
    ast.Call: _call,
    ast.Parts: _parts,
    ast.Table: _table,
}


def common_width(widths: Iterable[int], most: int) -> int:
    """The width to align to: the largest that is no larger than ``most``; 0 if there is none."""
    return max((width for width in widths if width <= most), default=0)
