"""NumPy's functions and the compiled loops give the same bits, however the rows are cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench import hybrid
from tests.codegen.emitting import light_module
from tests.codegen.networks import bnlearn_network, lowered
from tests.strategies import networks
from texrc import driver
from texrc.arrow import buffers as buffers_of
from texrc.codegen import jit, machine, numpy_kernels
from texrc.codegen.loops import LOWEST_BIT_HASH, LOWEST_BIT_PLACE
from texrc.codegen.machine import Machine
from texrc.codegen.plan import plan
from texrc.ir.network import Network
from texrc.resources import folder

SPECS = sorted(folder("specs").rglob("*.texr"))


def drawn(network: Network, executor, first: int, rows: int, seed: int = 0) -> list[np.ndarray]:
    runs = Machine(plan(network))
    buffers = buffers_of(runs.plan.layouts, rows)
    runs.fill(executor, runs.keys(seed), first, buffers)
    return buffers


def assert_same_bytes(one: list[np.ndarray], other: list[np.ndarray], network: Network) -> None:
    different = [
        column.name
        for column, a, b in zip(network.columns, one, other, strict=True)
        if a.tobytes() != b.tobytes()
    ]
    assert not different


def assert_executors_agree(network: Network, first: int, rows: int, seed: int = 0) -> None:
    by_numpy = drawn(network, numpy_kernels, first, rows, seed)
    by_numba = drawn(network, jit.library(), first, rows, seed)
    assert_same_bytes(by_numpy, by_numba, network)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_executors_agree_on_the_specs(path):
    result = driver.check(driver.read_source(str(path)))
    assert result.network is not None
    assert_executors_agree(result.network, 1_000_003, 3000)


@pytest.mark.parametrize("name", hybrid.NAMES)
def test_executors_agree_on_numbers(name):
    """From a row within a tile, over whole tiles, to another."""
    assert_executors_agree(hybrid.hybrid(name).network, 1_000_003, 3000)


@pytest.mark.parametrize("what", ["units", "normals"])
def test_draws_of_some_rows_are_those_of_all(what):
    key, slot, first = np.array([1, 2, 3], np.uint64), np.uint64(1), 2**40 + 700
    whole = np.empty(5000)
    getattr(numpy_kernels, what)(whole, first, key, slot)
    places = np.array([0, 1, 323, 324, 835, 836, 1348, 4999])
    for executor in (numpy_kernels, jit.library()):
        some = np.empty(places.size)
        getattr(executor, f"{what}_at")(some, places, first, key, slot)
        assert np.array_equal(some, whole[places])


GAMMAS = lowered(
    """
    x: continuous [0, 1] k: categorical {a, b, c} alone: continuous [0, 90]
    cut: continuous [0, 4] some: continuous [0, 60] mixed: continuous [0, 90]
    """,
    """
    x ~ uniform k ~ uniform alone ~ gamma(9, 1) cut ~ gamma(1 + x, 3) some ~ gamma(0.5 + x, 2)
    mixed | k ~ {a: gamma(2, 3); b: gamma(5 - 2*x, 1); c: mix {0.5: normal(9, 9), 0.5: gamma(4, 2)}}
    """,
)


def test_executors_agree_on_numbers_that_are_accepted_or_refused(tmp_path):
    assert_executors_agree(GAMMAS, 1_000_003, 3000)
    emitted = light_module(GAMMAS, tmp_path).sample(3000, 0, 1_000_003)
    drawn_ones = drawn(GAMMAS, numpy_kernels, 1_000_003, 3000)
    assert_same_bytes(list(emitted.values()), drawn_ones, GAMMAS)


@pytest.mark.parametrize("name", ["asia", "alarm", "hailfinder", "hepar2"])
def test_executors_agree_on_published_networks(name):
    assert_executors_agree(bnlearn_network(name), 777, 5000)


@given(networks(), st.integers(0, 2**63 - 300), st.integers(1, 300), st.integers(0, 2**64 - 1))
@settings(max_examples=60)
def test_executors_agree_on_any_network(network, first, rows, seed):
    assert_executors_agree(network, first, rows, seed)


@given(networks(), st.lists(st.integers(0, 2100), max_size=3), st.integers(0, 2**40))
@settings(max_examples=40)
def test_shards_are_parts_of_the_whole(network, cuts, first):
    whole = drawn(network, numpy_kernels, first, 2100)
    for start, stop in zip([0, *sorted(cuts)], [*sorted(cuts), 2100], strict=True):
        shard = drawn(network, numpy_kernels, first + start, stop - start)
        assert_same_bytes([column[start:stop] for column in whole], shard, network)


@pytest.mark.parametrize("path", SPECS[::3], ids=lambda path: path.stem)
def test_blocks_of_any_size_give_the_same_rows(path, monkeypatch):
    network = driver.check(driver.read_source(str(path))).network
    assert network is not None
    whole = drawn(network, jit.library(), 500, 9000)
    monkeypatch.setattr(machine, "BLOCK_ROWS", 1009)
    assert_same_bytes(whole, drawn(network, jit.library(), 500, 9000), network)


def test_the_last_rows_there_are():
    network = lowered("a: categorical {x, y, z} b: continuous [0, 1]", "a ~ uniform b ~ uniform")
    assert_executors_agree(network, 2**63 - 1500, 1500)


@pytest.mark.parametrize("labels", [1, 2, 3, 5, 6, 12, 13, 128, 129, 300])
@pytest.mark.parametrize("rare", [False, True])
@pytest.mark.parametrize("parents", [1, 3, 7, 80])
def test_executors_agree_on_tables_of_every_shape(labels, rare, parents):
    """Few thresholds and many, one row and many, one byte and two."""
    own = " ".join(f"l{i}," for i in range(labels - 1)) + f" l{labels - 1}"
    rows = []
    for row in range(parents):
        weights = [str((7 * row + 3 * i) % 11 + (i == 0)) for i in range(labels)]
        if rare:
            weights[-1] = "1e-9"
        rows.append(f"p{row}: weights {{{', '.join(f'l{i}: {w}' for i, w in enumerate(weights))}}}")
    given_labels = ", ".join(f"p{i}" for i in range(parents))
    network = lowered(
        f"p: categorical {{{given_labels}}} y: categorical {{{own}}}",
        f"p ~ uniform y | p ~ {{ {'; '.join(rows)} }}",
    )
    assert_executors_agree(network, 4000, 3000)


def test_the_lowest_bit_of_every_word_is_found():
    for place in range(64):
        word = np.uint64(1 << place)
        with np.errstate(over="ignore"):
            assert LOWEST_BIT_PLACE[(word * LOWEST_BIT_HASH) >> np.uint64(58)] == place
