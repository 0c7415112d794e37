"""texr: batch after batch, each let go before the next."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from tests.bench.discrete import DiscreteWorkload
from tests.bench.hybrid import HybridWorkload
from tests.bench.runners import Contest, Skipped
from tests.bench.runners.texr_fresh import arrays
from texrc.ir.network import Network
from texrc.sampler import BATCH_ROWS, Sampler

NAME = "texr, streamed"


def discrete(workload: DiscreteWorkload | HybridWorkload, rows: int) -> Contest:
    return network(workload.network, rows)


hybrid = discrete


def network(network: Network, rows: int) -> Contest:
    if rows <= BATCH_ROWS:
        raise Skipped("so few rows are one batch")
    sampler = Sampler.of(network)

    def draw(seed: int) -> pa.RecordBatch | None:
        last = None
        for batch in sampler.batches(rows, seed, threads=1):
            last = batch
        return last

    def columns(batch: pa.RecordBatch) -> list[Any]:
        return arrays(pa.Table.from_batches([batch]))

    return Contest(draw, columns)
