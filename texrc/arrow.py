"""Tables as Arrow sees them: the schema with everything known of a spec, and record batches.

Labels are dictionary-encoded (ordered for ordinals), booleans Arrow's bool, integers of the
narrowest type that holds the declared range, continuous numbers float64. Buffers become
arrays without a copy, except for booleans, which Arrow packs to bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from texrc.codegen.plan import Layout, layout
from texrc.codegen.streams import GENERATOR
from texrc.ir.atoms import number_text
from texrc.ir.identity import digests
from texrc.ir.network import Column, ColumnType, Network
from texrc.version import __version__


def schema(
    network: Network, seed: int | None = None, first: int = 0, last: int | None = None
) -> pa.Schema:
    """The Arrow schema of a network's tables.

    Fields tell type, range, unit, description and target of their columns;
    the schema tells the spec's digests, name, title and topic, the compiler's version and
    the generator, and for drawn rows their seed and that they are rows ``first`` up to ``last``.
    """
    spec, context, model = digests(network)
    told = {
        "texr.dataset": network.name,
        "texr.title": network.title,
        "texr.topic": network.topic,
        "texr.digest": spec,
        "texr.context_digest": context,
        "texr.model_digest": "" if network.nodes is None else model,
        "texr.version": __version__,
        "texr.generator": GENERATOR,
    }
    known = pa.schema([_field(column) for column in network.columns], metadata=_encoded(told))
    return known if seed is None else drawn(known, seed, first, last)


def drawn(known: pa.Schema, seed: int, first: int = 0, last: int | None = None) -> pa.Schema:
    """The schema ``known`` of a network, for rows ``first`` up to ``last`` of a seed."""
    told = {"texr.seed": str(seed)}
    if last is not None:
        told["texr.rows"] = f"{first}:{last}"
    return known.with_metadata({**(known.metadata or {}), **_encoded(told)})


def _field(column: Column) -> pa.Field:
    told = {"type": str(column.type), "description": column.description, "unit": column.unit}
    if column.low is not None and column.high is not None:
        told["range"] = f"[{number_text(column.low)}, {number_text(column.high)}]"
    if column.target:
        told["target"] = "yes"
    return pa.field(column.name, _type(column), nullable=False, metadata=_encoded(told))


def _encoded(told: dict[str, str]) -> dict[bytes, bytes]:
    """What there is to tell, as UTF-8."""
    return {key.encode(): text.encode() for key, text in told.items() if text}


def _type(column: Column) -> pa.DataType:
    if column.type is ColumnType.BOOLEAN:
        return pa.bool_()
    kind = layout(column).dtype
    if column.is_discrete:
        index = pa.int8() if kind == np.uint8 else pa.int16()
        return pa.dictionary(index, pa.string(), ordered=column.type is ColumnType.ORDINAL)
    return pa.from_numpy_dtype(kind)


ALIGNMENT = 64
"""Bytes: Arrow recommends it, and vector instructions load it at once."""


def buffers(layouts: Sequence[Layout], rows: int) -> list[npt.NDArray[Any]]:
    """Room for so many rows: an array a column, all in one piece of Arrow's memory pool.

    A page that is new to the process costs its first writer more than sampling its bytes;
    Arrow's pool gives the pages of tables that are gone to the next.
    """
    sizes = [rows * layout.dtype.itemsize for layout in layouts]
    starts = [0, *accumulate(-(-size // ALIGNMENT) * ALIGNMENT for size in sizes)]
    piece = np.frombuffer(pa.allocate_buffer(starts[-1] + ALIGNMENT), np.uint8)
    piece = piece[-piece.ctypes.data % ALIGNMENT :]
    return [
        piece[start : start + size].view(layout.dtype)
        for start, size, layout in zip(starts, sizes, layouts, strict=False)
    ]


def record_batch(
    network: Network, schema: pa.Schema, buffers: Sequence[npt.NDArray[Any]]
) -> pa.RecordBatch:
    """A batch of the columns' buffers, which must not change afterwards."""
    arrays = [
        _array(column, field.type, buffer)
        for column, field, buffer in zip(network.columns, schema, buffers, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(column: Column, kind: pa.DataType, buffer: npt.NDArray[Any]) -> pa.Array:
    if column.type is ColumnType.BOOLEAN:
        bits = np.packbits(buffer, bitorder="little")
        return pa.Array.from_buffers(kind, len(buffer), [None, pa.py_buffer(bits)])
    if pa.types.is_dictionary(kind):
        # No code is above 127 in a byte or 4,095 in two, so the signed index has the same bits.
        codes = pa.Array.from_buffers(kind.index_type, len(buffer), [None, pa.py_buffer(buffer)])
        labels = _strings(column.labels)
        return pa.DictionaryArray.from_arrays(codes, labels, ordered=kind.ordered, safe=False)
    return pa.Array.from_buffers(kind, len(buffer), [None, pa.py_buffer(buffer)])


def _strings(texts: Sequence[str]) -> pa.Array:
    """As ``pa.array(texts)``, which imports pandas where that is installed (half a second)."""
    encoded = [text.encode() for text in texts]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(encoded), buffers)
