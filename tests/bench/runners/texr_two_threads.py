"""texr: a new table in memory, on two threads."""

from __future__ import annotations

from tests.bench.discrete import DiscreteWorkload
from tests.bench.hybrid import HybridWorkload
from tests.bench.runners import Contest, Skipped
from tests.bench.runners.texr_fresh import network as fresh
from texrc.ir.network import Network

NAME = "texr, two threads"


def discrete(workload: DiscreteWorkload | HybridWorkload, rows: int) -> Contest:
    return network(workload.network, rows)


hybrid = discrete


def network(network: Network, rows: int) -> Contest:
    if rows < 2 * 65_536:
        raise Skipped("so few rows are one thread's work")
    return fresh(network, rows, threads=2)
