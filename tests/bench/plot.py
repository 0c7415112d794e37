"""The plot: a group of bars a workload, nanoseconds a cell on a logarithmic axis, as SVG.

Drawn by hand: some rectangles and letters need no plotting library, the text can be compared
from run to run, and colours follow the reader's light or dark page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from tests.bench.sampling import Outcome

COLOURS = {
    "texr": "#0072b2",
    "limit: generator and byte": "#8a8a8a",
    "limit: Box-Muller": "#8a8a8a",
    "NumPy, vectorised": "#e69f00",
    "numpyro, jitted": "#d55e00",
    "bnlearn": "#cc79a7",
    "pyAgrum": "#009e73",
    "pgmpy": "#56b4e9",
    "pomegranate": "#b8a800",
}
"""Okabe and Ito's colours, told apart by everyone; contenders in the order of their bars."""

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 860, 360, 56, 44, 32
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#222}.g{stroke:#8884}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}}"
)


def plot(outcomes: Sequence[Outcome]) -> str:
    """The outcomes at the largest number of rows of each workload."""
    chosen = _largest(outcomes)
    workloads = list(dict.fromkeys(each.workload for each in chosen))
    contenders = [name for name in COLOURS if any(each.contender == name for each in chosen)]
    spent = {(e.workload, e.contender): e.nanoseconds["cpu_median"] for e in chosen}
    low = 10.0 ** math.floor(math.log10(min(spent.values(), default=0.1)))
    high = 10.0 ** math.ceil(math.log10(max(spent.values(), default=10)))

    def height(value: float) -> float:
        span = math.log(high / low) or 1.0
        return (HEIGHT - TOP - BOTTOM) * math.log(value / low) / span

    floor = HEIGHT - BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>Nanoseconds a cell, less is better</title><style>{STYLE}</style>",
    ]
    tick = low
    while tick <= high * 1.001:
        y = floor - height(tick)
        parts.append(f'<path class="g" d="M{LEFT} {y:.1f}H{WIDTH - 8}"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:g} ns</text>')
        tick *= 10
    group = (WIDTH - LEFT - 8) / max(len(workloads), 1)
    bar = group * 0.86 / max(len(contenders), 1)
    for place, workload in enumerate(workloads):
        x = LEFT + place * group + group * 0.07
        for number, contender in enumerate(contenders):
            value = spent.get((workload, contender))
            if value is not None:
                tall = max(height(value), 0.5)
                parts.append(
                    f'<rect x="{x + number * bar:.1f}" y="{floor - tall:.1f}" '
                    f'width="{bar * 0.92:.1f}" height="{tall:.1f}" fill="{COLOURS[contender]}">'
                    f"<title>{escape(contender)}, {escape(workload)}: {value:.3g} ns</title></rect>"
                )
        middle = LEFT + (place + 0.5) * group
        label = escape(workload.replace("_", " "))
        parts.append(f'<text x="{middle:.1f}" y="{floor + 16}" text-anchor="middle">{label}</text>')
    parts += _legend(contenders)
    parts.append("</svg>\n")
    return "\n".join(parts)


def _largest(outcomes: Sequence[Outcome]) -> list[Outcome]:
    most: dict[str, int] = {}
    for each in outcomes:
        most[each.workload] = max(most.get(each.workload, 0), each.asked_rows)
    return [
        each
        for each in outcomes
        if each.nanoseconds and each.contender in COLOURS and each.asked_rows == most[each.workload]
    ]


def _legend(contenders: Sequence[str]) -> list[str]:
    parts: list[str] = []
    x = float(LEFT)
    for contender in contenders:
        parts.append(
            f'<rect x="{x:.0f}" y="10" width="10" height="10" fill="{COLOURS[contender]}"/>'
        )
        parts.append(f'<text x="{x + 14:.0f}" y="19">{escape(contender)}</text>')
        x += 26 + 6.6 * len(contender)
    return parts
