"""The columns of a drawn table as small pictures in text."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from texrc.diagnostics.render.text import printable
from texrc.spec import Spec

BAR_WIDTH = 24
MAX_LABELS = 12
BLOCKS = " ▁▂▃▄▅▆▇█"


def describe_marginals(spec: Spec, table: pa.Table) -> str:
    """A line a number, a line a label: shares as bars, numbers as small histograms."""
    width = max(len(printable(name)) for name in spec.column_names)
    lines: list[str] = []
    for column in spec.columns:
        name = f"{printable(column.name):<{width}}"
        values = table.column(column.name)
        if column.is_numeric:
            lines.append(
                f"{name}  {_numbers(values, float(column.low or 0), float(column.high or 0))}"
            )
        else:
            lines.extend(_labels(name, column.labels, values))
    return "\n".join(lines)


def _numbers(values: pa.ChunkedArray, low: float, high: float) -> str:
    numbers = values.to_numpy().astype(float)
    bins, ends = _bins(values, low, high)
    counts, _ = np.histogram(numbers, bins=bins, range=ends)
    tallest = max(int(counts.max()), 1)
    picture = "".join(BLOCKS[-(-int(count) * (len(BLOCKS) - 1) // tallest)] for count in counts)
    quartiles = "  ".join(f"{value:.4g}" for value in np.quantile(numbers, [0.25, 0.5, 0.75]))
    moments = f"mean {numbers.mean():.4g}, sd {numbers.std():.4g}"
    return f"{picture:<{BAR_WIDTH}}  {moments}, quartiles {quartiles}"


def _bins(values: pa.ChunkedArray, low: float, high: float) -> tuple[int, tuple[float, float]]:
    """How many bins over which range; each has as many of the whole numbers as the others."""
    if pa.types.is_floating(values.type):
        return BAR_WIDTH, (low, high)
    width = -(-(high - low + 1) // BAR_WIDTH)
    bins = int(-(-(high - low + 1) // width))
    return bins, (low - 0.5, low - 0.5 + bins * width)


def _labels(name: str, labels: tuple[str, ...], values: pa.ChunkedArray) -> list[str]:
    if pa.types.is_boolean(values.type):
        yes = int(values.to_numpy().sum())
        counts = [len(values) - yes, yes]
    else:
        codes = np.concatenate([chunk.indices.to_numpy() for chunk in values.chunks])
        counts = np.bincount(codes, minlength=len(labels)).tolist()
    shown = list(enumerate(labels))
    if len(labels) > MAX_LABELS:
        shown = sorted(shown, key=lambda pair: -counts[pair[0]])[:MAX_LABELS]
    label_width = max(len(printable(label)) for _, label in shown)
    lines = []
    for place, (code, label) in enumerate(shown):
        share = counts[code] / max(len(values), 1)
        bar = "█" * round(share * BAR_WIDTH)
        head = name if place == 0 else " " * len(name)
        lines.append(f"{head}  {bar:<{BAR_WIDTH}}  {printable(label):<{label_width}} {share:7.2%}")
    if len(labels) > MAX_LABELS:
        lines.append(f"{' ' * len(name)}  ... and {len(labels) - MAX_LABELS} more labels")
    return lines
