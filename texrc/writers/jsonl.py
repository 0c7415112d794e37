"""JSON Lines: one object a row, keyed by column name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

import pyarrow as pa


def write(batches: Iterable[pa.RecordBatch], schema: pa.Schema, sink: BinaryIO) -> None:
    """A line a row, in UTF-8."""
    del schema  # every row carries its names
    for batch in batches:
        lines = (json.dumps(row, ensure_ascii=False) for row in batch.to_pylist())
        sink.write("".join(line + "\n" for line in lines).encode())
