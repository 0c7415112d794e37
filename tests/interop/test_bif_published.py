"""Every published network at hand: read as other readers read it, and written back the same."""

from __future__ import annotations

import logging
import os
import warnings
from pathlib import Path

import numpy as np
import pyagrum
import pytest
from pgmpy.readwrite import BIFReader

from tests.interop.networks import BESIDE, CARRIED, LARGE, SMALL, carried
from texrc.interop.bif import decode_bif, read_bif, write_bif
from texrc.interop.bif.expanding import full_table
from texrc.ir.network import Network, Node
from texrc.source import SourceFile

EACH = [*SMALL, *(pytest.param(name, marks=pytest.mark.slow) for name in LARGE)]

MINUTES = {"munin1", "munin2", "munin3", "munin4", "diabetes", "mildew", "barley"}
"""pgmpy takes very long for these; pyAgrum, below, does not."""


def read(data: bytes, name: str) -> Network:
    source, diagnostics = decode_bif(data, name)
    assert source is not None and not diagnostics.items
    network, diagnostics = read_bif(source)
    assert network is not None and not diagnostics.items, diagnostics.items[:3]
    return network


def table(network: Network, node: Node) -> np.ndarray:
    """P(column | parents), the parents' codes first."""
    sizes = [len(network.columns[parent].labels) for parent in node.parents]
    values = np.full((*sizes, len(network.columns[node.column].labels)), np.nan)
    for codes, probabilities in full_table(network, node):
        values[codes] = [float(p) for p in probabilities]
    return values


def test_all_are_here() -> None:
    assert len(CARRIED) >= 24
    assert len(SMALL) >= 8


@pytest.mark.parametrize("name", EACH)
def test_written_and_read_again_it_is_the_same(name: str) -> None:
    network = read(carried(name), f"{name}.bif")
    text, diagnostics = write_bif(network)
    assert text is not None and not diagnostics.items
    again, diagnostics = read_bif(SourceFile("other.bif", text))
    assert again is not None
    assert again == network and not diagnostics.items
    assert digits(again) == digits(network)


def digits(network: Network) -> list[str]:
    """The probabilities as spelled: 0.5 and 0.50 are equal as numbers."""
    return [
        str(probability)
        for node in network.nodes or ()
        for row in node.rows
        for probability in row.distribution.probabilities  # pyright: ignore[reportAttributeAccessIssue]
    ]


@pytest.mark.parametrize(
    "name",
    [
        *SMALL,
        *(pytest.param(name, marks=pytest.mark.slow) for name in LARGE if name not in MINUTES),
    ],
)
def test_as_pgmpy_reads_it(name: str) -> None:
    text = carried(name).decode()
    network = read(text.encode(), f"{name}.bif")
    logging.disable(logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = BIFReader(string=text)
    logging.disable(logging.NOTSET)
    assert [column.name for column in network.columns] == reader.variable_names
    for node in network.nodes or ():
        column = network.columns[node.column]
        assert list(column.labels) == reader.variable_states[column.name]
        parents = [network.columns[parent].name for parent in node.given]
        assert parents == reader.variable_parents[column.name]
        theirs = reader.variable_cpds[column.name].T
        ours = table(network, node)
        np.testing.assert_array_equal(ours.reshape(theirs.shape), theirs)


@pytest.mark.parametrize("name", EACH)
def test_as_pyagrum_reads_it(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.bif"
    path.write_bytes(carried(name))
    compare_with_pyagrum(path)


@pytest.mark.skipif(not BESIDE, reason="no networks beside the checkout")
@pytest.mark.parametrize("path", BESIDE, ids=lambda path: path.stem)
def test_networks_beside_the_checkout(path: Path) -> None:
    if path.stat().st_size < 100_000:
        compare_with_pyagrum(path)
    else:
        assert read(path.read_bytes(), path.name).columns


def compare_with_pyagrum(path: Path) -> None:
    """pyAgrum reads numbers in single precision and divides rows by their sum."""
    network = read(path.read_bytes(), path.name)
    try:
        theirs = pyagrum.loadBN(os.fspath(path))
    except pyagrum.FatalError:
        pytest.skip("pyAgrum takes letters, digits, `_`, `-` and `.` in state names only")
    assert theirs.size() == len(network.columns)
    for node in network.nodes or ():
        column = network.columns[node.column]
        assert theirs.variable(column.name).labels() == column.labels
        parents = [network.columns[parent].name for parent in node.given]
        cpt = theirs.cpt(column.name).reorganize([column.name, *reversed(parents)])
        ours = table(network, node)
        ours /= ours.sum(axis=-1, keepdims=True)
        np.testing.assert_allclose(cpt.toarray(), ours, rtol=2e-6, atol=1e-7)
