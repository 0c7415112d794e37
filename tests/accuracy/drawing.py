"""Draws by the public interface, counted batch by batch."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

import texrc
from tests.accuracy.checks import Counts, Floats

BATCH = 2**20
"""Rows at a time: sorted within the cache."""


def batches(columns: str, model: str, draws: int, seed: int) -> Iterator[pa.RecordBatch]:
    """The rows of a spec; in one thread, as the other core runs other tests."""
    text = f'dataset accuracy "Draws" {{ columns {{ {columns} }} model {{ {model} }} }}'
    return texrc.compile(text).batches(draws, seed, batch_size=BATCH, threads=1)


def numbers(batch: pa.RecordBatch, column: str) -> npt.NDArray[np.generic]:
    return batch.column(column).to_numpy()


def codes(batch: pa.RecordBatch, column: str) -> npt.NDArray[np.integer]:
    """The labels' places in the declaration."""
    return batch.column(column).indices.to_numpy()


def cell_counts(values: npt.NDArray[np.generic], edges: Floats) -> Counts:
    """How many values lie between successive edges, the lower edge excluded; all must.

    The first cell holds its lower edge too.
    """
    ordered = np.sort(values)
    assert edges[0] <= ordered[0] and ordered[-1] <= edges[-1]
    places = np.searchsorted(ordered.astype(np.float64, copy=False), edges[1:-1], side="right")
    return np.diff(np.concatenate([[0], places, [ordered.size]]))
