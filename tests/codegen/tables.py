"""Whole tables, however they are asked for: the same in every environment.

Run as a program it prints a digest for each spec, in the environment that it runs in.
"""

from __future__ import annotations

import io
import json
from hashlib import blake2b
from itertools import pairwise
from unittest import mock

import pyarrow as pa

from tests.codegen.test_recorded_bytes import bytes_of, network_of
from texrc import sampler
from texrc.arrow import schema
from texrc.codegen import jit, numpy_kernels
from texrc.codegen.drawing import Executor
from texrc.ir.network import Network
from texrc.sampler import Sampler
from texrc.writers import writer

WHOLE = ("births", "online_orders")
"""Specs whose whole tables are drawn by both executors; of the others, columns by NumPy."""
ROWS, FIRST, SEED = 4_007, 70_001, 5
CUTS = (0, 1, 1023, 1500, ROWS)


def tables(network: Network, executor: Executor) -> dict[str, pa.Table]:
    """The same rows at once, on threads, in batches and in shards."""
    rows = Sampler.of(network)
    told = schema(network, SEED, FIRST, FIRST + ROWS)
    with mock.patch.object(sampler, "executor_for", return_value=executor):
        shards = [
            rows.sample(stop - start, SEED, first_row=FIRST + start).replace_schema_metadata(
                told.metadata
            )
            for start, stop in pairwise(CUTS)
        ]
        batches = rows.batches(ROWS, SEED, batch_size=997, first_row=FIRST)
        on_threads = rows.batches(ROWS, SEED, batch_size=256, first_row=FIRST, threads=4)
        return {
            "at once": rows.sample(ROWS, SEED, first_row=FIRST, threads=1),
            "on threads": rows.sample(ROWS, SEED, first_row=FIRST, threads=2),
            "batches": pa.Table.from_batches(batches),
            "batches on threads": pa.Table.from_batches(on_threads),
            "shards": pa.concat_tables(shards),
        }


def written(table: pa.Table, name: str) -> bytes:
    """The table in a format whose bytes depend on the rows alone."""
    sink = io.BytesIO()
    writer(name)(table.combine_chunks().to_batches(), table.schema, sink)
    return sink.getvalue()


def digests(names: list[str]) -> dict[str, str]:
    """One for each spec."""
    found = {}
    for name in names:
        network = network_of(name)
        total = blake2b(json.dumps(bytes_of(network, numpy_kernels)).encode(), digest_size=8)
        if name in WHOLE:
            for executor in (numpy_kernels, jit.library()):
                for table in tables(network, executor).values():
                    total.update(written(table, "csv"))
                    total.update(written(table, "arrow"))
        found[name] = total.hexdigest()
    return found


if __name__ == "__main__":
    import sys

    print(json.dumps(digests(sys.argv[1:])))
