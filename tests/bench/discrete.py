"""Discrete networks to measure with: those of the bnlearn repository, in pgmpy's package."""

from __future__ import annotations

import gzip
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from texrc.interop.bif import decode_bif, read_bif, write_bif
from texrc.interop.bif.expanding import full_table
from texrc.ir.network import Network

NAMES = ("asia", "alarm", "hailfinder", "andes", "pigs", "munin")


@dataclass(frozen=True, eq=False)
class Variable:
    """A column as peers take it: ``table[codes of the parents..., code]`` is its probability."""

    column: int
    labels: tuple[str, ...]
    parents: tuple[int, ...]
    """Columns, each with a smaller place in `DiscreteWorkload.variables` than this one."""
    table: npt.NDArray[np.float64]

    @property
    def flat(self) -> npt.NDArray[np.float64]:
        """float64[combinations, labels]; the last parent runs fastest."""
        return self.table.reshape(-1, len(self.labels))

    @property
    def strides(self) -> tuple[int, ...]:
        """What each parent's code counts in a combination's number."""
        shape = self.table.shape[:-1]
        return tuple(math.prod(shape[place + 1 :]) for place in range(len(shape)))


@dataclass(frozen=True, eq=False)
class DiscreteWorkload:
    """A network, and the same as arrays and as BIF text; rows add up to one."""

    name: str
    network: Network
    variables: tuple[Variable, ...]
    """In an order that has parents first."""

    @property
    def columns(self) -> int:
        return len(self.variables)

    @property
    def bif(self) -> str:
        """The text that every peer with a BIF reader is given."""
        text, diagnostics = write_bif(self.network)
        if text is None:
            raise ValueError(f"{self.name}: {diagnostics.in_order()}")
        return text


@cache
def discrete(name: str) -> DiscreteWorkload:
    """A network of the repository by its name."""
    import pgmpy

    folder = Path(pgmpy.__file__).parent / "utils/example_models"
    source, _ = decode_bif(gzip.decompress((folder / f"{name}.bif.gz").read_bytes()), name)
    assert source is not None
    # Some published rows add up to 0.9999; what is sampled adds up to one.
    network, diagnostics = read_bif(source, renormalize=True)
    if network is None:
        raise ValueError(f"{name}: {diagnostics.in_order()}")
    variables: list[Variable] = []
    for node in network.in_topological_order():
        column = network.columns[node.column]
        states = [len(network.columns[parent].labels) for parent in node.parents]
        table = np.zeros((*states, len(column.labels)))
        for codes, probabilities in full_table(network, node):
            table[codes] = [float(probability) for probability in probabilities]
        table /= table.sum(axis=-1, keepdims=True)
        variables.append(Variable(node.column, column.labels, node.parents, table))
    return DiscreteWorkload(name, network, tuple(variables))
