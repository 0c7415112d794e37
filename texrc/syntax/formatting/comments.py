"""Which part of a tree each comment belongs to.

Comments stand only where they still belong to the same part when the printed
text is read again: above an item of a list (a column, statement, row, label,
argument, term) or at the end of its line, behind an opening bracket, or above a
closing one. A comment from inside an item that has no list around it moves to
the item: above it when it had a line of its own, else to the end of its line.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from texrc.source import Span
from texrc.syntax import ast
from texrc.syntax.formatting.lines import POWER, binding, operands

_Bracketed = ast.Dataset | ast.Model | ast.Table | ast.Parts | ast.Call | tuple
_LabelList = ast.LabelsDomain | ast.LevelsDomain


class Comments:
    """The comments and blank lines of a tree by the part they belong to.

    Parts are looked up by identity; the columns' tuple stands for the `columns` block.
    """

    def __init__(self, tree: ast.Dataset) -> None:
        self._tree = tree
        self._starts = [comment.span.start for comment in tree.comments]
        self._above: dict[int, list[ast.Comment]] = {}
        self._at_end: dict[int, tuple[ast.Comment, object]] = {}
        self._opening: dict[int, tuple[ast.Comment, object]] = {}
        self._closing: dict[int, list[ast.Comment]] = {}
        self._split: set[int] = set()
        self.after: list[ast.Comment] = []
        """Those after the dataset, on lines of their own."""
        for comment in tree.comments:
            self._place(comment)

    def above(self, item: object) -> Sequence[ast.Comment]:
        """Those on lines of their own before an item."""
        return self._above.get(id(item), ())

    def at_end(self, item: object) -> str | None:
        """The one at the end of an item's last line."""
        return _text(self._at_end.get(id(item)))

    def opening(self, brackets: object) -> str | None:
        """The one behind an opening bracket."""
        return _text(self._opening.get(id(brackets)))

    def closing(self, brackets: object) -> Sequence[ast.Comment]:
        """Those on lines of their own before a closing bracket."""
        return self._closing.get(id(brackets), ())

    def is_split(self, part: object) -> bool:
        """Whether a comment inside a part keeps it from standing on one line."""
        return id(part) in self._split

    def blank_line_between(self, end: int, place: int) -> bool:
        """Whether a blank line stands right before a place and after ``end``, that of an item."""
        blanks = self._tree.blank_lines
        blank = bisect_left(blanks, place) - 1
        if blank < 0 or blanks[blank] < end:
            return False
        comment = bisect_left(self._starts, place) - 1
        return comment < 0 or self._tree.comments[comment].span.end <= blanks[blank]

    def _place(self, comment: ast.Comment) -> None:
        place, tree = comment.span.start, self._tree
        if place >= tree.span.end:
            if comment.own_line or id(tree) in self._at_end or self.after:
                self.after.append(comment)
            else:
                self._at_end[id(tree)] = comment, tree
        elif place < tree.span.start or (comment.own_line and place < tree.title.span.end):
            self._put_above(tree, comment)
        else:
            self._descend(comment)

    def _descend(self, comment: ast.Comment) -> None:
        """Into the innermost list around the comment."""
        place = comment.span.start
        path: list[object] = []
        node: object = self._tree
        # The items whose line ends and begins are nearest, and how much of the path is around
        # them; and the item whose line begins nearest to that of `ending`.
        ending = beginning = (node, 0)
        first = node
        while True:
            path.append(node)
            rows = _rows(node)
            if rows is not None and place < rows.span.start and not comment.own_line:
                self._split.update(map(id, [*path, rows]))
                self._put_opening(rows, comment, node)
                return
            items = self._items(node)
            number = bisect_right(items, place, key=self._start) - 1
            inside = number >= 0 and place < self.span(items[number]).end
            if isinstance(node, _Bracketed | _LabelList):
                if not inside:
                    self._split.update(map(id, path))
                    self._put_between(node, items, number, comment, beginning[0])
                    return
                ending = beginning = (items[number], len(path))
                first = items[number]
            elif isinstance(node, ast.Binary) and binding(node) < POWER and items:
                if not inside and 0 <= number < len(items) - 1:
                    self._split.update(map(id, path))
                    if comment.own_line:
                        self._put_above(items[number + 1], comment)
                    else:
                        above = beginning[0] if number == 0 else items[number]
                        self._put_at_end(items[number], comment, above)
                    return
                if inside and number > 0:
                    beginning = (items[number], len(path))
                if inside and number < len(items) - 1:
                    ending = (items[number], len(path))
                    first = beginning[0]
            if not inside:
                break
            node = items[number]
        item, depth = beginning if comment.own_line else ending
        self._split.update(map(id, path[:depth]))
        if comment.own_line:
            self._make_room(ending[0])
            self._put_above(item, comment)
        else:
            self._put_at_end(item, comment, first)

    def _put_between(
        self,
        brackets: object,
        items: Sequence[Any],
        number: int,
        comment: ast.Comment,
        around: object,
    ) -> None:
        """Between two items of a list, before its first or after its last one."""
        if not comment.own_line:
            if number < 0:
                self._put_opening(brackets, comment, around)
            else:
                self._put_at_end(items[number], comment, items[number])
        elif number + 1 < len(items):
            self._put_above(items[number + 1], comment)
        else:
            self._closing.setdefault(id(brackets), []).append(comment)

    def _put_above(self, item: object, comment: ast.Comment) -> None:
        self._above.setdefault(id(item), []).append(comment)

    def _put_at_end(self, item: object, comment: ast.Comment, beginning: object) -> None:
        self._make_room(item)
        self._at_end[id(item)] = comment, beginning

    def _make_room(self, item: object) -> None:
        """An earlier comment at an item's end goes above the item where its line begins."""
        earlier = self._at_end.pop(id(item), None)
        if earlier is not None:
            self._put_above(earlier[1], earlier[0])

    def _put_opening(self, brackets: object, comment: ast.Comment, around: object) -> None:
        earlier = self._opening.get(id(brackets))
        if earlier is not None:
            self._put_above(earlier[1], earlier[0])
        self._opening[id(brackets)] = comment, around

    def _items(self, node: object) -> Sequence[Any]:
        """What may hold a comment inside a node, in order."""
        match node:
            case ast.Dataset(_, _, topic, columns, model):
                return [part for part in (topic, columns, model) if part is not None]
            case tuple():
                return node
            case ast.Model(statements):
                return statements
            case ast.Column(_, _, ast.LabelsDomain() | ast.LevelsDomain() as domain):
                return (domain,)
            case ast.LabelsDomain(labels) | ast.LevelsDomain(labels):
                return labels
            case ast.Marginal() | ast.Conditional() | ast.Entry():
                return (node.value,)
            case ast.Definition():
                return (node.expression,)
            case ast.Table(_, entries):
                return entries
            case ast.Parts(_, items):
                return items
            case ast.Call(_, arguments):
                return arguments
            case ast.Negation(operand):
                return (operand,)
            case ast.Binary():
                return [operand.expression for operand in operands(node)]
            case _:
                return ()

    def span(self, item: Any) -> Span:
        """Where an item stands; that of the columns' tuple is their block's."""
        return self._tree.columns_span if isinstance(item, tuple) else item.span

    def _start(self, item: Any) -> int:
        return self.span(item).start


def _rows(node: object) -> ast.Table | None:
    """The table of rows of a conditional statement, which has its brackets on other lines."""
    match node:
        case ast.Conditional(_, _, ast.Table(None) as table):
            return table
        case _:
            return None


def _text(found: tuple[ast.Comment, object] | None) -> str | None:
    return found[0].text if found is not None else None
