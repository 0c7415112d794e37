"""What we export, as pgmpy and pyAgrum read it."""

from __future__ import annotations

import itertools
import logging
import os
import warnings
from pathlib import Path

import numpy as np
import pyagrum
import pytest
from pgmpy.factors.discrete import TabularCPD
from pgmpy.readwrite import BIFReader

from texrc import driver
from texrc.interop.bif import write_bif
from texrc.interop.bif.expanding import full_table
from texrc.ir.network import Network
from texrc.source import SourceFile

PLAIN = """dataset lamps "One variable lamp; its probability {of} failing" {
  columns {
    season : ordinal {winter < summer} (target, unit "x") "Season, with a \\"quote\\""
    age    : categorical {0, 1, two, older} "Years"
    fails  : boolean "Fails within the year"
  }
  model {
    season ~ uniform
    age ~ weights {0: 1, 1: 1, two: 1, older: 4}
    fails | season, age ~ {
      (summer, _): {no: 0.9, yes: rest};
      (_, older): logit(-1);
      _: {no: 0.999998, yes: 0.000002};
    }
  }
}
"""

QUOTED = """dataset `odd names` "Names that need quotes" {
  columns {
    heart_rate : categorical {`< 60`, `60 to 100`, `> 100`} "Beats a minute"
    été          : boolean "In summer"
  }
  model {
    heart_rate ~ {`< 60`: 0.2, `60 to 100`: 0.7, `> 100`: 0.1}
    été | heart_rate ~ {`< 60`: {no: 0.1, yes: 0.9}; _: {no: 0.5, yes: 0.5}}
  }
}
"""

ALONE = """dataset one "One coin" {
  columns { side: categorical {head, tail} "Side" }
  model { side ~ {head: 1e-12, tail: rest} }
}
"""


def exported(text: str) -> tuple[Network, str]:
    result = driver.check(SourceFile("spec.texr", text))
    assert result.network is not None and not result.has_errors, result.diagnostics
    written, diagnostics = write_bif(result.network)
    assert written is not None, diagnostics.items
    return result.network, written


@pytest.mark.parametrize("text", [PLAIN, QUOTED, ALONE], ids=["plain", "quoted", "alone"])
def test_pgmpy_reads_it(text: str) -> None:
    network, written = exported(text)
    logging.disable(logging.WARNING)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = BIFReader(string=written).get_model()
    logging.disable(logging.NOTSET)
    assert model.check_model()
    assert set(model.nodes()) == {column.name for column in network.columns}
    for node in network.nodes or ():
        column = network.columns[node.column]
        cpd = model.get_cpds(column.name)
        assert isinstance(cpd, TabularCPD)
        assert cpd.state_names[column.name] == list(column.labels)
        theirs = np.moveaxis(np.asarray(cpd.values), 0, -1)
        for codes, probabilities in full_table(network, node):
            np.testing.assert_array_equal(theirs[codes], [float(p) for p in probabilities])


@pytest.mark.parametrize("text", [PLAIN, ALONE], ids=["plain", "alone"])
def test_pyagrum_reads_it(text: str, tmp_path: Path) -> None:
    network, written = exported(text)
    path = tmp_path / "exported.bif"
    path.write_text(written)
    model = pyagrum.loadBN(os.fspath(path))
    for node in network.nodes or ():
        column = network.columns[node.column]
        assert model.variable(column.name).labels() == column.labels
        parents = [network.columns[parent].name for parent in node.parents]
        theirs = model.cpt(column.name).reorganize([column.name, *reversed(parents)]).toarray()
        for codes, probabilities in full_table(network, node):
            total = float(sum(probabilities))
            ours = [float(p) / total for p in probabilities]
            np.testing.assert_allclose(theirs[codes], ours, rtol=2e-6, atol=1e-7)


def test_the_joint_distribution_is_the_same_in_pyagrum(tmp_path: Path) -> None:
    """Every cell of the joint table, against a product of our own conditionals."""
    network, written = exported(PLAIN)
    path = tmp_path / "exported.bif"
    path.write_text(written)
    model = pyagrum.loadBN(os.fspath(path))
    tables = [(node, dict(full_table(network, node))) for node in network.nodes or ()]
    sizes = [range(len(column.labels)) for column in network.columns]
    instance = model.completeInstantiation()
    for cell in itertools.product(*sizes):
        ours = 1.0
        for node, table in tables:
            numbers = table[tuple(cell[parent] for parent in node.parents)]
            ours *= float(numbers[cell[node.column]] / sum(numbers))
        named = {c.name: c.labels[code] for c, code in zip(network.columns, cell, strict=True)}
        instance.fromdict(named)
        assert model.jointProbability(instance) == pytest.approx(ours, rel=5e-6)
