"""CSV with a header line; labels as text, booleans as true and false."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv as pacsv


def write(batches: Iterable[pa.RecordBatch], schema: pa.Schema, sink: BinaryIO) -> None:
    """A header line, then a line a row, in UTF-8."""
    plain = pa.schema(
        [
            pa.field(field.name, pa.string() if pa.types.is_dictionary(field.type) else field.type)
            for field in schema
        ]
    )
    with pacsv.CSVWriter(sink, plain) as file:
        for batch in batches:
            file.write_batch(batch.cast(plain))
