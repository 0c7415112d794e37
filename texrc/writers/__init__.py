"""Tables on their way out: one format a file, each ``write(batches, schema, sink)``.

``FORMATS`` names them; a suffix picks one where the user did not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import pyarrow as pa

    Writer = Callable[[Iterable[pa.RecordBatch], pa.Schema, BinaryIO], None]

FORMATS = ("parquet", "arrow", "csv", "jsonl")
BINARY_FORMATS = frozenset({"parquet", "arrow"})
SUFFIXES = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


def writer(name: str) -> Writer:
    """The ``write`` function of a format in ``FORMATS``."""
    return import_module(f"texrc.writers.{name}").write
