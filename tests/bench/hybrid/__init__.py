"""Networks with numbers to measure with: a spec a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import texrc
from texrc.ir.network import Network

NAMES = (
    "gaussian_chain", "truncated_normals", "lognormals", "mixtures", "quarters", "regressions",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class HybridWorkload:
    """A checked spec and its network."""

    name: str
    path: Path
    network: Network

    @property
    def columns(self) -> int:
        return len(self.network.columns)


@cache
def hybrid(name: str) -> HybridWorkload:
    """A spec of this folder by its name."""
    path = Path(__file__).parent / f"{name}.texr"
    return HybridWorkload(name, path, texrc.load(str(path)).network)
