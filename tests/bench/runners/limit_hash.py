"""A yardstick for machines: one splitmix64 hash for two cells, and a byte stored a cell.

The cheapest generator one could defend. It is not texr's; it tells how fast this processor is
today, whatever generator texr uses.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from tests.bench.discrete import DiscreteWorkload
from tests.bench.runners import Contest

NAME = "limit: splitmix64 and byte"
TILE = 1024


@cache
def _filled() -> Any:
    from numba import njit

    @njit(nogil=True)
    def hashed(draws, base, key):
        half = TILE // 2
        for i in range(half):
            z = key + (base + np.uint64(i)) * np.uint64(0x9E3779B97F4A7C15)
            z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            z ^= z >> np.uint64(31)
            draws[i] = np.uint32(z >> np.uint64(32))
            draws[i + half] = np.uint32(z & np.uint64(0xFFFFFFFF))

    @njit(nogil=True)
    def filled(out, key):
        draws = np.empty(TILE, np.uint32)
        for tile in range(out.size // TILE):
            hashed(draws, np.uint64(tile * (TILE // 2)), key)
            for i in range(TILE):
                out[tile * TILE + i] = np.uint8(draws[i] >> np.uint32(24))

    return filled


def discrete(workload: DiscreteWorkload, rows: int) -> Contest:
    # whole tiles: no code for a last part that is shorter
    out = [np.empty(-(-rows // TILE) * TILE, np.uint8) for _ in range(workload.columns)]
    fill = _filled()

    def draw(seed: int) -> list[Any]:
        for column, codes in enumerate(out):
            fill(codes, np.uint64(seed << 32 | column))
        return out

    return Contest(draw, list)
