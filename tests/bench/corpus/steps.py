"""Where a worker's time goes, spec by spec."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from pathlib import Path

from texrc import arrow, driver
from texrc.codegen import jit
from texrc.codegen.machine import Machine
from texrc.codegen.plan import plan
from texrc.ir.lower import lower
from texrc.passes import check_network
from texrc.syntax import parse
from texrc.writers import writer

WARM_UP = 40
"""So many specs go before, with which the loops are compiled or read from the disk."""


def milliseconds(specs: Sequence[Path], rows: int) -> dict[str, float]:
    """Milliseconds of the processor that each step takes for a spec, in the mean."""
    _timed(specs[:WARM_UP], rows)
    spent = _timed(specs, rows)
    return {step: 1e3 * seconds / len(specs) for step, seconds in spent.items()}


def _timed(specs: Sequence[Path], rows: int) -> dict[str, float]:
    spent: dict[str, float] = {}
    last = time.process_time()

    def step(name: str) -> None:
        nonlocal last
        now = time.process_time()
        spent[name] = spent.get(name, 0.0) + now - last
        last = now

    for path in specs:
        source = driver.read_source(str(path))
        step("read")
        tree, diagnostics = parse(source)
        if tree is None or diagnostics.has_errors:
            raise ValueError(f"{path} is not sound")
        step("parse")
        network, _ = lower(tree)
        step("lower")
        check_network(network)
        step("check")
        made = plan(network)
        machine = Machine(made)
        step("plan")
        buffers = arrow.buffers(made.layouts, rows)
        machine.fill(jit.library(), machine.keys(0), 0, buffers)
        step("draw")
        schema = arrow.schema(network, 0, 0, rows)
        batch = arrow.record_batch(network, schema, buffers)
        step("Arrow")
        writer("parquet")(iter([batch]), schema, io.BytesIO())
        step("Parquet")
    return spent
