"""The bytes that a spec and a seed give, as they were recorded: the same on every machine.

`expected/bytes.json` holds a digest a column. After a spec was edited, or a change of the
sampler that is meant to change bytes (then with a new version), record again:

    python -m tests.codegen.test_recorded_bytes
"""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path

import pytest

from texrc import driver
from texrc.arrow import buffers as buffers_of
from texrc.codegen import jit, numpy_kernels
from texrc.codegen.machine import Machine
from texrc.codegen.plan import plan
from texrc.ir.identity import spec_digest
from texrc.ir.network import Network
from texrc.resources import folder

HERE = Path(__file__).parent
RECORD = HERE / "expected" / "bytes.json"
SPECS = {
    path.stem: path
    for path in [HERE / "every_construct.texr", *sorted(folder("specs").rglob("*.texr"))]
}
FIRST, ROWS, SEED = 1_000_000_007, 2000, 20_260_731


def network_of(name: str) -> Network:
    network = driver.check(driver.read_source(str(SPECS[name]))).network
    assert network is not None
    return network


def bytes_of(network: Network, executor) -> dict[str, str]:
    """A digest of each column's buffer, little-endian."""
    runs = Machine(plan(network))
    buffers = buffers_of(runs.plan.layouts, ROWS)
    runs.fill(executor, runs.keys(SEED), FIRST, buffers)
    return {
        column.name: blake2b(
            buffer.astype(buffer.dtype.newbyteorder("<")).tobytes(), digest_size=8
        ).hexdigest()
        for column, buffer in zip(network.columns, buffers, strict=True)
    }


def recorded(name: str, network: Network) -> dict[str, str]:
    entry = json.loads(RECORD.read_text()).get(name)
    if entry is None or entry["digest"] != spec_digest(network):
        pytest.fail(f"{name} was edited: python -m tests.codegen.test_recorded_bytes")
    return entry["columns"]


@pytest.mark.parametrize("name", SPECS)
def test_numpy_gives_the_recorded_bytes(name):
    network = network_of(name)
    assert bytes_of(network, numpy_kernels) == recorded(name, network)


@pytest.mark.parametrize("name", ["every_construct", "health_cover"])
def test_numba_gives_the_recorded_bytes(name):
    network = network_of(name)
    assert bytes_of(network, jit.library()) == recorded(name, network)


def record() -> None:
    entries = {}
    for name in SPECS:
        network = network_of(name)
        entries[name] = {
            "digest": spec_digest(network),
            "columns": bytes_of(network, numpy_kernels),
        }
    RECORD.parent.mkdir(exist_ok=True)
    RECORD.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    record()
