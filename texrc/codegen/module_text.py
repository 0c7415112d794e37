"""A generated module's compiled part: our functions as text, with numba's decorators."""

from __future__ import annotations

from collections.abc import Iterable

from texrc.codegen import numpy_kernels
from texrc.codegen.sources import LOOPS, SCALARS, Piece
from texrc.kernels import INLINE

IMPORTS = """\
import numpy as np
from llvmlite import ir
from numba import config, njit, types
from numba.core.codegen import get_host_cpu_features
from numba.extending import intrinsic
"""

DECORATORS = """\
# Never fastmath: + - * / and sqrt alone give the same bits on every machine. Kernels and
# inner loops are called from compiled loops only; a loop is called from plain Python, and is
# kept on disk once compiled.
kernel = njit(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
inner_loop = kernel
hot_kernel = njit(
    nogil=True,
    error_model="numpy",
    no_cpython_wrapper=True,
    no_cfunc_wrapper=True,
    forceinline=True,
)
loop = njit(nogil=True, error_model="numpy", no_cfunc_wrapper=True, cache=True)
"""

LOOP_FILES = frozenset(module.__name__ for module in LOOPS)
CALLED = frozenset(vars(numpy_kernels))
"""Loops with a twin there are called from plain Python; others are parts of them."""
HOT = frozenset(function.__name__ for function in INLINE)


def compiled_part(pieces: Iterable[Piece]) -> str:
    """The pieces in their order, a heading a file, each function decorated."""
    return _joined(pieces, decorated=True)


def plain_part(pieces: Iterable[Piece]) -> str:
    """The pieces in their order, a heading a file, as they are."""
    return _joined(pieces, decorated=False)


def _joined(pieces: Iterable[Piece], decorated: bool) -> str:
    parts: list[str] = []
    module = ""
    after_constant = False
    for piece in pieces:
        if piece.module != module:
            module = piece.module
            title = f"{module.removeprefix('texrc.').replace('.', '/')}.py"
            parts.append(f"\n\n# --- {title} {'-' * (92 - len(title))}\n\n")
        elif piece.is_function or not after_constant:
            parts.append("\n\n")
        head = f"@{_decorator(piece)}\n" if decorated and piece.is_function else ""
        parts.append(f"{head}{piece.text}")
        after_constant = not piece.is_function
    return "".join(parts).lstrip("\n")


def _decorator(piece: Piece) -> str:
    if piece.module == SCALARS:
        return "intrinsic"
    if piece.module in LOOP_FILES:
        return "loop" if piece.name in CALLED else "inner_loop"
    return "hot_kernel" if piece.name in HOT else "kernel"
