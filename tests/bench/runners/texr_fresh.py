"""texr as people call it: a new table in memory, on one thread."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from tests.bench.discrete import DiscreteWorkload
from tests.bench.hybrid import HybridWorkload
from tests.bench.runners import Contest
from texrc.ir.network import Network
from texrc.sampler import Sampler

NAME = "texr"


def discrete(workload: DiscreteWorkload | HybridWorkload, rows: int) -> Contest:
    return network(workload.network, rows)


hybrid = discrete


def network(network: Network, rows: int, threads: int = 1) -> Contest:
    """The sampler of any network."""
    sampler = Sampler.of(network)
    return Contest(lambda seed: sampler.sample(rows, seed, threads=threads), arrays, threads)


def arrays(table: pa.Table) -> list[Any]:
    """The codes or numbers of each column."""
    return [_array(column.combine_chunks()) for column in table.columns]


def _array(column: Any) -> Any:
    if isinstance(column, pa.ChunkedArray):
        column = column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.indices
    return column.to_numpy(zero_copy_only=False)
