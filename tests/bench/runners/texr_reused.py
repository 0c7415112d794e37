"""texr's machine without Arrow: rows into buffers that are there already."""

from __future__ import annotations

from typing import Any

from tests.bench.discrete import DiscreteWorkload
from tests.bench.hybrid import HybridWorkload
from tests.bench.runners import Contest
from texrc.arrow import buffers as buffers_of
from texrc.codegen import jit
from texrc.codegen.machine import Machine
from texrc.codegen.plan import plan
from texrc.ir.network import Network

NAME = "texr, reused buffers"


def discrete(workload: DiscreteWorkload | HybridWorkload, rows: int) -> Contest:
    return network(workload.network, rows)


hybrid = discrete


def network(network: Network, rows: int) -> Contest:
    machine = Machine(plan(network))
    buffers = buffers_of(machine.plan.layouts, rows)
    executor = jit.library()

    def draw(seed: int) -> list[Any]:
        machine.fill(executor, machine.keys(seed), 0, buffers)
        return buffers

    return Contest(draw, list)
