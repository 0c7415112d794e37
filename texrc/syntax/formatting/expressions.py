"""Expressions that are too long for the line, or have comments inside.

Sums and products go on below, each further line beginning with its operator; a
call puts its arguments between brackets on lines of their own:

    price = 12*(30 + 0.9*(age - 18))*(1 + 0.35*[plan >= plus])
      *(1 - 0.08*[deductible >= 300] - 0.12*[deductible >= 1000])
"""

from __future__ import annotations

from texrc.syntax import ast
from texrc.syntax.formatting.lines import (
    SIGN,
    SUM,
    WIDTH,
    Operand,
    binding,
    leaf,
    one_line,
    operands,
    spaced,
)
from texrc.syntax.formatting.page import Page, with_commas
from texrc.syntax.formatting.writer import INDENT
from texrc.syntax.names import quoted


def write_expression(
    page: Page,
    expression: ast.Expression,
    *,
    loosest: int = SUM,
    tail: int = 0,
    hanging: int = INDENT,
) -> None:
    """Write an expression from here on.

    ``loosest``: what binds looser gets round brackets. ``tail``: columns that must
    stay free behind it. ``hanging``: how much further in its own lines go on.
    """
    line = one_line(expression, loosest)
    if line is not None and page.fits(line, tail) and not page.comments.is_split(expression):
        page.write(line)
        return
    bracketed = binding(expression) < loosest
    if bracketed:
        page.write("(")
        tail += 1
    match expression:
        case ast.Binary():
            _write_chain(page, expression, tail, page.indent + hanging)
        case ast.Negation(operand):
            page.write("-")
            write_expression(page, operand, loosest=SIGN, tail=tail)
        case ast.Call(function, arguments):
            page.write(f"{quoted(function.text)}(")
            write_items(page, expression, arguments, ")")
        case _:
            page.write(leaf(expression))
    if bracketed:
        page.write(")")


def write_items(
    page: Page, brackets: ast.Call | ast.Parts, items: tuple[ast.Expression, ...], close: str
) -> None:
    """What stands between the brackets of a call or of parts: simple items side by side."""
    simple = all(isinstance(item, ast.Constant | ast.Reference) for item in items)
    if simple and not page.comments.is_split(brackets):
        page.fill(with_commas([leaf(item) for item in items]), close)  # pyright: ignore[reportArgumentType] - all are leaves
        return
    hanging = INDENT if len(items) > 1 else 0
    page.block(
        brackets,
        items,
        close,
        lambda item: write_expression(page, item, tail=1, hanging=hanging),
        between=",",
    )


def _write_chain(page: Page, expression: ast.Binary, tail: int, indent: int) -> None:
    """The operands one after the other; a new line where one does not fit any more."""
    chain = operands(expression)
    note = None
    for number, operand in enumerate(chain):
        room = tail if number == len(chain) - 1 else 0
        if number == 0:
            pass
        elif note is not None or _begins_line(page, operand, room, indent):
            page.note(note)
            page.newline(indent)
            page.own_lines(page.comments.above(operand.expression))
            page.write(spaced(operand.operator).lstrip())
        else:
            page.write(spaced(operand.operator))
        write_expression(page, operand.expression, loosest=operand.binding, tail=room)
        note = page.comments.at_end(operand.expression) if number < len(chain) - 1 else None


def _begins_line(page: Page, operand: Operand, room: int, indent: int) -> bool:
    """Whether an operand goes on a new line: it fits only there, or cannot be broken here."""
    if operand.operator == "**":
        return False
    if page.comments.above(operand.expression):
        return True
    operator = spaced(operand.operator)
    line = one_line(operand.expression, operand.binding)
    if line is not None and not page.comments.is_split(operand.expression):
        if page.fits(operator + line, room):
            return False
        if indent + len(operator.lstrip() + line) + room <= WIDTH:
            return True
    opening = _opening(operand.expression, operand.binding)
    return opening is None or not page.fits(operator + opening)


def _opening(expression: ast.Expression, loosest: int) -> str | None:
    """An expression up to the bracket behind which it can go on on further lines."""
    match expression:
        case ast.Binary() if binding(expression) < loosest:
            first = operands(expression)[0]
            line = one_line(first.expression, first.binding)
            inner = line if line is not None else _opening(first.expression, first.binding)
            return f"({inner}" if inner is not None else None
        case ast.Binary():
            *others, last = operands(expression)
            inner = _opening(last.expression, last.binding)
            if inner is None:
                return None
            text = ""
            for operand in others:
                line = one_line(operand.expression, operand.binding)
                if line is None:
                    return None
                text += (spaced(operand.operator) if operand.operator else "") + line
            return text + spaced(last.operator) + inner
        case ast.Call(function):
            return f"{quoted(function.text)}("
        case ast.Negation(operand):
            inner = _opening(operand, SIGN)
            return f"-{inner}" if inner is not None else None
        case _:
            return None
