"""CSV with a header line; labels as text, booleans as true and false."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv as pacsv

_NEEDS_QUOTES = re.compile(r'[",\r\n]|^\s|\s$|^$')


def write(batches: Iterable[pa.RecordBatch], schema: pa.Schema, sink: BinaryIO) -> None:
    """A header line, then a line a row, in UTF-8; texts stand in quotes where one needs them."""
    sink.write((",".join(map(_quoted, schema.names)) + "\n").encode())
    plain = pa.schema(
        [
            pa.field(field.name, pa.string() if pa.types.is_dictionary(field.type) else field.type)
            for field in schema
        ]
    )
    for batch in batches:
        # Labels are the same in every batch, so that all batches get the same style.
        style = "needed" if any(map(_NEEDS_QUOTES.search, _labels(batch))) else "none"
        options = pacsv.WriteOptions(include_header=False, quoting_style=style)
        pacsv.write_csv(batch.cast(plain), sink, options)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if _NEEDS_QUOTES.search(name) else name


def _labels(batch: pa.RecordBatch) -> list[str]:
    labels: list[str] = []
    for column in batch.columns:
        if isinstance(column, pa.DictionaryArray):
            labels += column.dictionary.to_pylist()
    return labels
