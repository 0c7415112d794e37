"""The contenders, one file a peer, each written as someone who knows that peer well would write it.

Friends of a peer: if yours can be faster on one thread, mend its file.

A file has `NAME`, and `discrete(workload, rows)`, which gets ready to draw that many rows
(reading and compiling are not timed) and returns a `Contest`, or raises `Skipped`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from tests.bench.discrete import DiscreteWorkload

Codes = Sequence[npt.NDArray[Any]]


class Skipped(Exception):
    """This contender cannot take part; ``args[0]`` says why."""


@dataclass(frozen=True)
class Contest:
    """A contender made ready.

    ``draw(seed)`` draws the rows, in the peer's own kind of table; ``columns(table)`` are its
    columns as arrays, in the order of the network's: codes, or numbers.
    """

    draw: Callable[[int], Any]
    columns: Callable[[Any], Codes]
    threads: int = 1


class Peer(Protocol):
    NAME: str

    def discrete(self, workload: DiscreteWorkload, rows: int) -> Contest: ...


def peer(module: str) -> Any:
    """The contender in a file of this folder, by its name."""
    return import_module(f"{__name__}.{module}")


def codes_of(array: Any) -> npt.NDArray[Any]:
    """An array of any library as NumPy's."""
    return np.asarray(array)
