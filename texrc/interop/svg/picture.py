"""Boxes, edges, title and legend put together."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from texrc.interop.svg.boxes import HEIGHT, KIND_SIZE, NAME_SIZE, Box
from texrc.interop.svg.curves import BEND_WIDTH, GAP, Point, curves, gap, heights, n
from texrc.interop.svg.layers import Edge, layered
from texrc.interop.svg.lettering import safe, shortened, text_width
from texrc.interop.svg.ordering import reduce_crossings
from texrc.interop.svg.positions import horizontal
from texrc.ir.network import ColumnType, Network

MARGIN = 28.0
_TITLE_SIZE = 19.0
_TEXT_SIZE = 12.5
_LEGEND_GAP = 40.0
_NARROWEST = 470.0
"""Room for a legend of one row."""

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
        widths += [BEND_WIDTH] * (len(layering.above) - len(linked))
        x = horizontal(layering, widths, gap(layering))
        y = heights(layering, x)
        for place, column in enumerate(linked):
            self._centres[column] = (x[place], y[place])
        self._paths = list(curves(layering, x, y, widths))
        self._width = max(centre + width / 2 for centre, width in zip(x, widths, strict=True))
        self._height = max(y) + HEIGHT / 2

    def _place_alone(self) -> None:
        """Columns without edges: rows below the rest."""
        if not self._alone:
            return
        total = sum(self._boxes[column].width + GAP for column in self._alone)
        room = max(self._width, min(total, max(640.0, (total * HEIGHT * 2.4) ** 0.5)))
        x, y = 0.0, self._height + (HEIGHT if self._height else 0.0) + HEIGHT / 2
        for column in self._alone:
            width = self._boxes[column].width
            if x and x + width > room:
                x, y = 0.0, y + HEIGHT + GAP
            self._centres[column] = (x + width / 2, y)
            x += width + GAP
            self._width = max(self._width, x - GAP)
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
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(total_width)} '
            f'{n(total_height)}" width="{n(total_width)}" height="{n(total_height)}" '
            f'role="img" font-family="{_FONT}">',
            f"<title>{name}: {title}</title>",
            "<defs>",
            '<marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" '
            'markerHeight="7" orient="auto-start-reverse" markerUnits="userSpaceOnUse">',
            f'<path d="M0,1 L10,5 L0,9 L2.5,5 z" fill="{_LINE}"/>',
            "</marker>",
            "</defs>",
            *header,
            f'<g transform="translate({n(left)},{n(top)})">',
            f'<g fill="none" stroke="{_LINE}" stroke-width="1.3">',
            *(f'<path d="{path}" marker-end="url(#arrow)"/>' for path in self._paths),
            "</g>",
            *itertools.chain.from_iterable(map(self._box, range(len(self._boxes)))),
            "</g>",
            f'<g transform="translate({n(MARGIN)},{n(top + self._height + _LEGEND_GAP)})">',
            *legend,
            "</g>",
            "</svg>",
        ]
        return "\n".join(lines) + "\n"

    def _header(self) -> tuple[list[str], float, float]:
        """The title's lines, their height, and the width that the picture gets."""
        network = self._network
        width = max(self._width, _NARROWEST)
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
                f'<rect x="{n(x)}" y="{n(y - 9)}" width="16" height="11" rx="3" fill="{fill}" '
                f'stroke="{stroke}" stroke-width="{2 if fill == "none" else 1.2}"/>'
            )
            lines.append(_text(x + 22, y, words, 11.0, _LINE, "normal", "start"))
            x += needed
        return lines, _LEGEND_GAP + y

    def _box(self, index: int) -> Iterator[str]:
        box = self._boxes[index]
        column = box.column
        x, y = self._centres[index]
        left, top = x - box.width / 2, y - HEIGHT / 2
        stroke = _TARGET if column.target else STROKES[column.type]
        yield "<g>"
        yield f"<title>{safe(_tooltip(box))}</title>"
        yield (
            f'<rect x="{n(left)}" y="{n(top)}" width="{n(box.width)}" height="{n(HEIGHT)}" '
            f'rx="9" fill="{FILLS[column.type]}" stroke="{stroke}" '
            f'stroke-width="{2.6 if column.target else 1.3}"/>'
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
        f'<text x="{n(x)}" y="{n(y)}" font-size="{n(size)}" fill="{fill}" '
        f'text-anchor="{anchor}"{style} xml:space="preserve">{safe(words)}</text>'
    )
