"""What the candidates cost: `python -m tests.battery.speed`.

A column of two labels (16-bit draws of 8,192 rows, compared with a threshold, marked where they
tie, a byte a row) and a column of units (64-bit words, a float64 a row), one thread, compiled as
the sampler's loops are. The repeats go round the candidates in turn; the figures are medians of
the thread's CPU time. NUMBA_CPU_NAME=haswell (AVX2) or nehalem (SSE4.2) shows what older
processors do.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable

import numba
import numpy as np
from numba import njit

from tests.battery.arrangements import key
from tests.battery.generators import Generator, generator
from texrc.codegen import jit

ROWS = 1 << 20
SPAN = 8192
REPEATS = 101
CANDIDATES = ("texr", "philox4x32-10", "philox4x32-7", "splitmix64")


def loops(of: Generator) -> tuple[Callable[..., None], Callable[..., None]]:
    """Fill a column of labels, or of units."""
    narrow, wide, unit_draw = of.narrow, of.wide, jit.library().unit_draw
    threshold, mark = np.uint16(1 << 14), np.uint8(128)

    @njit(nogil=True, error_model="numpy")
    def labels(out, key, slot):
        words = np.empty(SPAN // 2, np.uint32)
        draws = words.view(np.uint16)
        for done in range(0, out.size, SPAN):
            narrow(words, done // 1024, SPAN // 1024, key, slot)
            part = out[done : done + SPAN]
            for i in range(SPAN):
                part[i] = mark if draws[i] == threshold else np.uint8(draws[i] > threshold)

    @njit(nogil=True, error_model="numpy")
    def units(out, key, slot):
        words = np.empty(SPAN, np.uint64)
        for done in range(0, out.size, SPAN):
            wide(words, done // 1024, SPAN // 1024, key, slot)
            part = out[done : done + SPAN]
            for i in range(SPAN):
                part[i] = unit_draw(words[i])

    return labels, units


def main() -> None:
    """Print nanoseconds a row."""
    print(f"numba {numba.__version__}, CPU {os.environ.get('NUMBA_CPU_NAME', 'as it is')}")
    functions = {name: loops(generator(name)) for name in CANDIDATES}
    outs = (np.empty(ROWS, np.uint8), np.empty(ROWS, np.float64))
    own, slot = key(7, "births", "weight"), np.uint64(0)
    spent: dict[tuple[str, int], list[float]] = {
        (name, i): [] for name in CANDIDATES for i in range(2)
    }
    for _ in range(REPEATS):
        for name, pair in functions.items():
            for i, function in enumerate(pair):
                begin = time.thread_time_ns()
                function(outs[i], own, slot)
                spent[name, i].append((time.thread_time_ns() - begin) / ROWS)
    print(f"{'ns a row':16} {'label':>16} {'unit':>16}   median (least)")
    for name in CANDIDATES:
        cells = [spent[name, i][1:] for i in range(2)]
        shown = [f"{statistics.median(cell):7.3f} ({min(cell):.3f})" for cell in cells]
        print(f"{name:16} {shown[0]:>16} {shown[1]:>16}")


if __name__ == "__main__":
    main()
