"""The limit of numbers: Box and Muller's normals from texr's generator, two a pair of words.

Each pair of 64-bit words gives a radius and an angle; logarithm, sine and cosine are
polynomials that vectorise. One column after another into buffers that are there already.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from tests.bench.hybrid import HybridWorkload
from tests.bench.runners import Contest
from texrc.codegen import jit
from texrc.codegen.streams import SLOT_NORMAL

NAME = "limit: Box-Muller"


@cache
def _filled() -> Any:
    from numba import njit

    library = jit.library()
    fill, log = library.fill_wide, library.log

    @njit(nogil=True, error_model="numpy")
    def normals(out, words):
        half = words.size // 2
        for i in range(half):
            u = (np.float64(np.int64(words[i] >> np.uint64(11))) + 0.5) * 2.0**-53
            w = words[i + half]
            # an angle within an eighth of a turn of 0, later turned by quarters
            t = np.float64(np.int64(w >> np.uint64(14))) * 2.0**-52 - 0.125 + 2.0**-53
            y = t * 6.283185307179586
            z = y * y
            s = -1 / 39916800.0 + z * (1 / 6227020800.0 - z / 1307674368000.0)
            s = 1 / 120.0 + z * (-1 / 5040.0 + z * (1 / 362880.0 + z * s))
            s = y * (1.0 + z * (-1 / 6.0 + z * s))
            c = -1 / 3628800.0 + z * (1 / 479001600.0 - z / 87178291200.0)
            c = 1 / 24.0 + z * (-1 / 720.0 + z * (1 / 40320.0 + z * c))
            c = 1.0 + z * (-0.5 + z * c)
            r = np.sqrt(-2.0 * log(u))
            swapped = (w & np.uint64(1)) != np.uint64(0)
            x = s if swapped else c
            y = c if swapped else s
            out[i] = -r * x if (w & np.uint64(2)) != np.uint64(0) else r * x
            out[i + half] = -r * y if (w & np.uint64(4)) != np.uint64(0) else r * y

    @njit(nogil=True)
    def filled(out, key, slot):
        words = np.empty(4096, np.uint64)
        numbers = np.empty(4096, np.float64)
        for start in range(0, out.size, words.size):
            stop = min(start + words.size, out.size)
            fill(words, start // 1024, 4, key, slot)
            if stop - start == words.size:
                normals(out[start:stop], words)
            else:
                normals(numbers, words)
                out[start:stop] = numbers[: stop - start]

    return filled


def hybrid(workload: HybridWorkload, rows: int) -> Contest:
    out = [np.empty(rows) for _ in range(workload.columns)]
    fill = _filled()

    def draw(seed: int) -> list[Any]:
        for column, values in enumerate(out):
            fill(values, np.array([seed, column, 1], np.uint64), np.uint64(SLOT_NORMAL))
        return out

    return Contest(draw, list)
