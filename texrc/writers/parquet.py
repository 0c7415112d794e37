"""Parquet by pyarrow: dictionary pages for labels, plain pages for numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq


def write(batches: Iterable[pa.RecordBatch], schema: pa.Schema, sink: BinaryIO) -> None:
    """One row group a batch; the Arrow schema with its metadata is kept in the file."""
    labelled = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    with pq.ParquetWriter(
        sink,
        schema,
        compression="zstd",
        # Doubles rarely repeat: trying a dictionary for them costs and gains nothing.
        use_dictionary=labelled or False,  # pyright: ignore[reportArgumentType] - names do too
    ) as file:
        for batch in batches:
            file.write_batch(batch)
