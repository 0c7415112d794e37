"""Networks to sample: from short texts, and those of the bnlearn repository that pgmpy carries."""

from __future__ import annotations

import itertools
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np

from tests.interop.networks import carried
from texrc.ir.distributions import Weights
from texrc.ir.lower import lower
from texrc.ir.network import Column, ColumnType, Network, Node, Row
from texrc.ir.patterns import IsCode
from texrc.source import SourceFile
from texrc.syntax import parse


@cache
def pgmpy_model(name: str) -> Any:
    """The network of this name as pgmpy's model, read by pgmpy's reader."""
    from pgmpy.readwrite import BIFReader

    return BIFReader(string=carried(name).decode()).get_model(state_name_type=str)


@cache
def bnlearn_network(name: str) -> Network:
    """Our network with the tables of `pgmpy_model`, columns in alphabetical order."""
    model = pgmpy_model(name)
    names = sorted(model.nodes())
    index = {column: place for place, column in enumerate(names)}
    columns = []
    nodes = []
    for place, column in enumerate(names):
        table = model.get_cpds(column)
        columns.append(
            Column(column, ColumnType.CATEGORICAL, labels=tuple(table.state_names[column]))
        )
        given = table.variables[1:]
        combinations = itertools.product(*(range(size) for size in table.values.shape[1:]))
        rows = tuple(
            Row(
                tuple(map(IsCode, codes)),
                Weights(
                    tuple(Decimal(repr(float(p))) for p in table.values[(slice(None), *codes)])
                ),
            )
            for codes in combinations
        )
        nodes.append(Node(place, tuple(index[parent] for parent in given), rows))
    return Network(name, "", "", tuple(columns), tuple(nodes))


def codes_of(table, column: str) -> np.ndarray:
    """The codes of a dictionary-encoded column of an Arrow table."""
    return np.concatenate([chunk.indices.to_numpy() for chunk in table.column(column).chunks])


def lowered(columns: str, model: str, name: str = "t") -> Network:
    """The network of a text, straight from lowering: no pass has proven or refused anything."""
    tree, diagnostics = parse(
        SourceFile(
            "<test>", f'dataset {name} "T" {{ columns {{ {columns} }} model {{ {model} }} }}'
        )
    )
    assert tree is not None, list(diagnostics)
    network, found = lower(tree)
    assert not found.has_errors, list(found)
    return network
