"""The plot: a panel a workload, a bar a contender, nanoseconds a cell on a logarithmic axis.

Drawn by hand as SVG: some rectangles and letters need no plotting library, and the text can be
compared from run to run. It has its own ground, light or dark as the reader's page is said to
be, so that it can be read on either whatever that page does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from tests.bench.sampling import Outcome
from tests.bench.tables import digits

SHOWN = {
    "texr": "ours",
    "NumPy, vectorised": "peer",
    "numpyro, jitted": "peer",
    "bnlearn": "peer",
    "pyAgrum": "peer",
    "pgmpy": "peer",
    "pomegranate": "peer",
    "limit: generator and byte": "limit",
    "limit: Box-Muller": "limit",
}
"""The contenders from the top to the bottom of a panel, and how their bars look."""

ACROSS = 3
GUTTER, PANEL, GAP, EDGE = 168, 222, 22, 18
"""Pixels: the names' column, a panel's width, between panels, around everything."""
HEAD, BAR, STEP, TITLE, FOOT = 58, 11, 17, 26, 30
"""Pixels: the heading, a bar, from bar to bar, a panel's title, the axis' numbers below it."""
ROOM = 46
"""Pixels at a panel's right for the number beside the longest bar."""

STYLE = """
.ground{fill:#fff}text{font:12px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#3d444d;
paint-order:stroke;stroke:#fff;stroke-width:3px}
.title{font-size:15px;font-weight:600;fill:#1f2328}.panel{font-weight:600;fill:#1f2328}
.axis,.small{font-size:11px;fill:#6e7781}.strong{font-weight:700;fill:#0550ae}
.grid{stroke:#d0d7de;stroke-width:1}.ours{fill:#0969da}.peer{fill:#a6b1bc}
.limit{fill:none;stroke:#8c959f;stroke-dasharray:2 2}
@media(prefers-color-scheme:dark){.ground{fill:#0d1117}text{fill:#b7bfc8;stroke:#0d1117}
.title,.panel{fill:#e6edf3}.axis,.small{fill:#8d96a0}.strong{fill:#79c0ff}.grid{stroke:#30363d}
.ours{fill:#388bfd}.peer{fill:#59636e}.limit{stroke:#8d96a0}}
"""


def plot(outcomes: Sequence[Outcome], kind: str) -> str | None:
    """The outcomes of a kind at its largest number of rows; None where there are none."""
    most = max((each.asked_rows for each in outcomes if each.kind == kind), default=0)
    spent = {
        (each.workload, each.contender): each.nanoseconds["cpu_median"]
        for each in outcomes
        if each.kind == kind and each.asked_rows == most and each.nanoseconds
    }
    columns = {
        each.workload: each.columns
        for each in outcomes
        if any(workload == each.workload for workload, _ in spent)
    }
    contenders = [name for name in SHOWN if any(found == name for _, found in spent)]
    if not contenders:
        return None
    shown = [value for (_, contender), value in spent.items() if contender in SHOWN]
    axis = Axis(min(shown), max(shown))
    tall = TITLE + STEP * len(contenders) + FOOT
    width = 2 * EDGE + GUTTER + ACROSS * PANEL + (ACROSS - 1) * GAP
    height = HEAD + -(-len(columns) // ACROSS) * tall + EDGE // 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        f"<title>Nanoseconds a cell, less is better</title><style>{STYLE}</style>",
        f'<rect class="ground" width="{width}" height="{height}" rx="8"/>',
        _text(EDGE, 28, "Nanoseconds a cell", "title"),
        _text(
            EDGE,
            46,
            f"{most:,} rows on one thread. Less is better; each line is ten times the one before.",
            "small",
        ),
    ]
    for number, (workload, count) in enumerate(columns.items()):
        x = EDGE + GUTTER + number % ACROSS * (PANEL + GAP)
        y = HEAD + number // ACROSS * tall
        title = f"{workload.replace('_', ' ')}, {count:,} columns"
        parts += axis.drawn(x, y + TITLE, STEP * len(contenders))
        parts.append(_text(x, y + TITLE - 9, title, "panel"))
        for place, contender in enumerate(contenders):
            top = y + TITLE + 3 + place * STEP
            if number % ACROSS == 0:
                name = "strong" if SHOWN[contender] == "ours" else ""
                parts.append(_text(x - 10, top + BAR - 1, contender, name, "end"))
            parts += _bar(axis, x, top, contender, spent.get((workload, contender)))
    parts.append("</svg>\n")
    return "\n".join(parts)


class Axis:
    """From a nanosecond number to a place in a panel, tenfold by tenfold."""

    def __init__(self, least: float, most: float) -> None:
        self.low = math.floor(math.log10(least))
        self.high = max(math.log10(most), self.low + 1)
        self.pixels = (PANEL - ROOM) / (self.high - self.low)

    def length(self, value: float) -> float:
        return (math.log10(value) - self.low) * self.pixels

    def drawn(self, x: float, y: float, tall: float) -> list[str]:
        parts: list[str] = []
        for power in range(self.low, math.floor(self.high) + 1):
            at = x + self.length(10.0**power)
            parts.append(f'<path class="grid" d="M{at:.1f} {y}v{tall}"/>')
            label = f"{10.0**power:,.0f}" if power >= 0 else f"{10.0**power:g}"
            if power >= 3:
                label = f"{10 ** (power - 3):,}k"
            parts.append(_text(at, y + tall + 14, label, "axis", "middle"))
        return parts


def _bar(axis: Axis, x: float, top: float, contender: str, value: float | None) -> list[str]:
    if value is None:
        return [_text(x + 5, top + BAR - 1, "not measured", "axis")]
    long = max(axis.length(value), 1.0)
    kind = SHOWN[contender]
    return [
        f'<rect class="{kind}" x="{x:.1f}" y="{top:.1f}" width="{long:.1f}" height="{BAR}"/>',
        _text(x + long + 5, top + BAR - 1, digits(value), "strong" if kind == "ours" else ""),
    ]


def _text(x: float, y: float, text: str, name: str = "", anchor: str = "start") -> str:
    styled = (f' class="{name}"' if name else "") + (
        f' text-anchor="{anchor}"' if anchor != "start" else ""
    )
    return f'<text x="{x:.1f}" y="{y:.1f}"{styled}>{escape(text)}</text>'
