"""Boxes, edges, title and legend put together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from texrc.interop.svg.boxes import HEIGHT, KIND_SIZE, NAME_SIZE, Box
from texrc.interop.svg.layers import Edge, Layering, layered
from texrc.interop.svg.lettering import safe, shortened, text_width
from texrc.interop.svg.ordering import reduce_crossings
from texrc.interop.svg.positions import horizontal
from texrc.ir.network import ColumnType, Network

MARGIN = 28.0
_GAP = 26.0
"""Between boxes of a layer."""
_BEND_WIDTH = 10.0
_TITLE_SIZE = 19.0
_TEXT_SIZE = 12.5

FILLS = {
    ColumnType.CONTINUOUS: "#cfe3f7",
    ColumnType.INTEGER: "#c9ece6",
    ColumnType.CATEGORICAL: "#fbe5b8",
    ColumnType.ORDINAL: "#f9d6c4",
    ColumnType.BOOLEAN: "#e3d9f5",
}
STROKES = {
    ColumnType.CONTINUOUS: "#5b94c9",
    ColumnType.INTEGER: "#4da596",
    ColumnType.CATEGORICAL: "#cb9d34",
    ColumnType.ORDINAL: "#cf7f57",
    ColumnType.BOOLEAN: "#8f78c4",
}
_INK, _FAINT = "#1f2933", "#52606d"
_LINE = "#8a96a3"
"""Also of the title: seen on white and on black."""
_TARGET = "#c2255c"
_FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif"
)

Point = tuple[float, float]


def to_svg(network: Network) -> str:
    """The picture as a whole SVG document; for a network without circles."""
    return _Picture(network).text()


class _Picture:
    def __init__(self, network: Network) -> None:
        self._network = network
        self._boxes = [Box.of(column) for column in network.columns]
        edges = [(p, node.column) for node in network.nodes or () for p in node.parents]
        linked = sorted({end for edge in edges for end in edge})
        self._alone = sorted(set(range(len(self._boxes))) - set(linked))
        self._centres: dict[int, Point] = {}
        self._paths: list[str] = []
        self._width = self._height = 0.0
        if linked:
            self._place_linked(linked, edges)
        self._place_alone()

    # --- geometry -------------------------------------------------------------

    def _place_linked(self, linked: Sequence[int], edges: Sequence[Edge]) -> None:
        """``linked`` are the columns with edges; the layering numbers them by their place."""
        number = {column: place for place, column in enumerate(linked)}
        layering = layered(len(linked), [(number[p], number[c]) for p, c in edges])
        reduce_crossings(layering)
        widths = [self._boxes[column].width for column in linked]
        widths += [_BEND_WIDTH] * (len(layering.above) - len(linked))
        x = horizontal(layering, widths, _GAP)
        y = _heights(layering, x)
        for place, column in enumerate(linked):
            self._centres[column] = (x[place], y[place])
        self._paths = list(_curves(layering, x, y, widths))
        self._width = max(centre + width / 2 for centre, width in zip(x, widths, strict=True))
        self._height = max(y) + HEIGHT / 2

    def _place_alone(self) -> None:
        """Columns without edges: rows below the rest."""
        if not self._alone:
            return
        total = sum(self._boxes[column].width + _GAP for column in self._alone)
        room = max(self._width, min(total, max(640.0, (total * HEIGHT * 2.4) ** 0.5)))
        x, y = 0.0, self._height + (HEIGHT if self._height else 0.0) + HEIGHT / 2
        for column in self._alone:
            width = self._boxes[column].width
            if x and x + width > room:
                x, y = 0.0, y + HEIGHT + _GAP
            self._centres[column] = (x + width / 2, y)
            x += width + _GAP
            self._width = max(self._width, x - _GAP)
        self._height = y + HEIGHT / 2

    # --- text -----------------------------------------------------------------

    def text(self) -> str:
        header, header_height, width = self._header()
        legend, legend_height = self._legend(width)
        left = MARGIN + (width - self._width) / 2
        top = MARGIN + header_height
        total_width = width + 2 * MARGIN
        total_height = top + self._height + legend_height + MARGIN
        name, title = safe(self._network.name), safe(self._network.title)
        lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(total_width)} '
            f'{_n(total_height)}" width="{_n(total_width)}" height="{_n(total_height)}" '
            f'role="img" font-family="{_FONT}">',
            f"<title>{name}: {title}</title>",
            "<defs>",
            '<marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
            'markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">',
            f'<path d="M0,1 L10,5 L0,9 L2.5,5 z" fill="{_LINE}"/>',
            "</marker>",
            "</defs>",
            *header,
            f'<g transform="translate({_n(left)},{_n(top)})">',
            f'<g fill="none" stroke="{_LINE}" stroke-width="1.3" marker-end="url(#arrow)">'
            if False
            else f'<g fill="none" stroke="{_LINE}" stroke-width="1.3">',
            *(f'<path d="{path}" marker-end="url(#arrow)"/>' for path in self._paths),
            "</g>",
            *itertools.chain.from_iterable(map(self._box, range(len(self._boxes)))),
            "</g>",
            f'<g transform="translate({_n(MARGIN)},{_n(top + self._height + legend_height)})">',
            *legend,
            "</g>",
            "</svg>",
        ]
        return "\n".join(lines) + "\n"

    def _header(self) -> tuple[list[str], float, float]:
        """The title's lines, their height, and the width that the picture gets."""
        network = self._network
        width = max(self._width, 420.0)
        name = shortened(network.name, width, _TITLE_SIZE, bold=True)
        title = shortened(network.title, width, _TEXT_SIZE)
        lines = [
            _text(MARGIN, MARGIN + _TITLE_SIZE * 0.8, name, _TITLE_SIZE, _LINE, "bold", "start")
        ]
        if not title:
            return lines, _TITLE_SIZE + 22, width
        baseline = MARGIN + _TITLE_SIZE * 0.8 + _TEXT_SIZE * 1.7
        lines.append(_text(MARGIN, baseline, title, _TEXT_SIZE, _LINE, "normal", "start"))
        return lines, _TITLE_SIZE + _TEXT_SIZE * 1.7 + 22, width

    def _legend(self, width: float) -> tuple[list[str], float]:
        """The types that occur, in a row (or more) under the picture, and their height."""
        kinds = [kind for kind in ColumnType if any(b.column.type is kind for b in self._boxes)]
        entries = [(FILLS[kind], STROKES[kind], str(kind)) for kind in kinds]
        if any(box.column.target for box in self._boxes):
            entries.append(("none", _TARGET, "target"))
        lines: list[str] = []
        x = y = 0.0
        for fill, stroke, words in entries:
            needed = 22 + text_width(words, 11.0) + 18
            if x and x + needed > width:
                x, y = 0.0, y + 20
            lines.append(
                f'<rect x="{_n(x)}" y="{_n(y - 9)}" width="16" height="11" rx="3" fill="{fill}" '
                f'stroke="{stroke}" stroke-width="{2 if fill == "none" else 1.2}"/>'
            )
            lines.append(_text(x + 22, y, words, 11.0, _LINE, "normal", "start"))
            x += needed
        return lines, 40.0

    def _box(self, index: int) -> Iterator[str]:
        box = self._boxes[index]
        column = box.column
        x, y = self._centres[index]
        left, top = x - box.width / 2, y - HEIGHT / 2
        stroke = _TARGET if column.target else STROKES[column.type]
        yield "<g>"
        yield f"<title>{safe(_tooltip(box))}</title>"
        if column.target:
            yield (
                f'<rect x="{_n(left - 3.5)}" y="{_n(top - 3.5)}" width="{_n(box.width + 7)}" '
                f'height="{_n(HEIGHT + 7)}" rx="12.5" fill="none" stroke="{_TARGET}" '
                'stroke-width="1.2"/>'
            )
        yield (
            f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(box.width)}" height="{_n(HEIGHT)}" '
            f'rx="9" fill="{FILLS[column.type]}" stroke="{stroke}" '
            f'stroke-width="{2 if column.target else 1.3}"/>'
        )
        yield _text(x, y - 3, box.name, NAME_SIZE, _INK, "600", "middle")
        yield _text(x, y + 13, box.kind, KIND_SIZE, _FAINT, "normal", "middle")
        yield "</g>"


def _tooltip(box: Box) -> str:
    column = box.column
    return f"{column.name} ({column.type}): {column.description}".removesuffix(": ")


def _text(x: float, y: float, words: str, size: float, fill: str, weight: str, anchor: str) -> str:
    style = "" if weight == "normal" else f' font-weight="{weight}"'
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{fill}" '
        f'text-anchor="{anchor}"{style} xml:space="preserve">{safe(words)}</text>'
    )


def _heights(layering: Layering, x: Sequence[float]) -> list[float]:
    """The y of each vertex's centre; wide jumps get more room below them."""
    y = [0.0] * len(x)
    level = HEIGHT / 2
    for layer in layering.layers:
        farthest = 0.0
        for vertex in layer:
            y[vertex] = level
            for other in layering.below[vertex]:
                farthest = max(farthest, abs(x[other] - x[vertex]))
        level += HEIGHT + min(120.0, 44.0 + 0.09 * farthest)
    return y


def _curves(
    layering: Layering, x: Sequence[float], y: Sequence[float], widths: Sequence[float]
) -> Iterator[str]:
    """The path of each edge: upright where it leaves, passes a layer and arrives."""
    leaving = _ports(layering, x, widths, outgoing=True)
    arriving = _ports(layering, x, widths, outgoing=False)
    for edge, way in layering.ways.items():
        parts = [f"M{_n(leaving[edge])},{_n(y[way[0]] + HEIGHT / 2)}"]
        at = (leaving[edge], y[way[0]] + HEIGHT / 2)
        for vertex in way[1:-1]:
            parts.append(_bent(at, (x[vertex], y[vertex] - HEIGHT / 2)))
            at = (x[vertex], y[vertex] + HEIGHT / 2)
            parts.append(f"L{_n(at[0])},{_n(at[1])}")
        parts.append(_bent(at, (arriving[edge], y[way[-1]] - HEIGHT / 2 - 1.5)))
        yield " ".join(parts)


def _bent(start: Point, end: Point) -> str:
    """A curve that leaves and arrives upright."""
    reach = (end[1] - start[1]) * 0.5
    return (
        f"C{_n(start[0])},{_n(start[1] + reach)} {_n(end[0])},{_n(end[1] - reach)} "
        f"{_n(end[0])},{_n(end[1])}"
    )


def _ports(
    layering: Layering, x: Sequence[float], widths: Sequence[float], *, outgoing: bool
) -> dict[Edge, float]:
    """Where along its box each edge begins (or ends): side by side, in the order of the far ends."""
    by_node: dict[int, list[tuple[float, Edge]]] = {}
    for edge, way in layering.ways.items():
        towards = way[1] if outgoing else way[-2]
        by_node.setdefault(edge[0 if outgoing else 1], []).append((x[towards], edge))
    ports = {}
    for node, ends in by_node.items():
        ends.sort()
        step = min(14.0, (widths[node] - 28.0) / max(len(ends) - 1, 1))
        for place, (_, edge) in enumerate(ends):
            ports[edge] = x[node] + step * (place - (len(ends) - 1) / 2)
    return ports


def _n(number: float) -> str:
    """A coordinate with one digit after the point, and none where it is 0."""
    return f"{number:.1f}".removesuffix(".0")
