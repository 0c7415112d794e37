"""The limit: texr's generator and a byte stored a cell, compiled, with nothing else to do."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from tests.bench.discrete import DiscreteWorkload
from tests.bench.runners import Contest
from texrc.codegen import jit
from texrc.codegen.streams import SLOT_LABEL, TILE

NAME = "limit: generator and byte"
BLOCK_TILES = 4


@cache
def _filled() -> Any:
    from numba import njit

    fill = jit.library().fill_words

    @njit(nogil=True)
    def store(out, draws):
        for i in range(out.size):
            out[i] = np.uint8(draws[i] & np.uint16(0xFF))

    @njit(nogil=True)
    def filled(out, key, slot):
        words = np.empty(BLOCK_TILES * 512, np.uint32)
        draws = words.view(np.uint16)
        for start in range(0, out.size, draws.size):
            stop = min(start + draws.size, out.size)
            fill(words, start // 1024, BLOCK_TILES, key, slot)
            store(out[start:stop], draws)

    return filled


def discrete(workload: DiscreteWorkload, rows: int) -> Contest:
    out = [np.empty(rows, np.uint8) for _ in range(workload.columns)]
    fill = _filled()
    assert TILE == 1024

    def draw(seed: int) -> list[Any]:
        for column, codes in enumerate(out):
            fill(codes, np.array([seed, column, 1], np.uint64), np.uint64(SLOT_LABEL))
        return out

    return Contest(draw, list)
