"""Our own functions as text: what a generated module is put together from.

A generated module holds copies of functions from a fixed list of files, which are
written so that a copy works anywhere: they name one another and constants of their
files, `np`, and nothing else. No name may stand for two things.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from texrc.codegen import family_loops, label_loops, loops, matching_loops, value_loops
from texrc.kernels import LARGE, SMALL

SCALARS = "texrc.codegen.scalars"
"""Read as text only: importing it would import numba."""
LOOPS: tuple[ModuleType, ...] = (loops, label_loops, matching_loops, family_loops, value_loops)
"""Files of loops over rows, which plain Python calls."""
DRIVER = (
    "texrc.codegen.streams",
    "texrc.codegen.thresholds",
    "texrc.codegen.emitted",
    "texrc.codegen.emitted_command",
)
"""Plain Python around the loops, for emitted samplers."""
MODULE_IMPORTS = """\
import argparse
import base64
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import config, njit, types
from numba.core.codegen import get_host_cpu_features
from numba.extending import intrinsic
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A function, a class or a constant: its text and the names it uses.

    The text of what is compiled is without decorators: the generated module has its own.
    """

    name: str
    module: str
    text: str
    is_function: bool
    uses: frozenset[str]


def compiled_modules() -> tuple[str, ...]:
    """The names of the files that numba compiles, each after those it imports."""
    return (SCALARS, *(module.__name__ for module in (*SMALL, *LARGE, *LOOPS)))


@cache
def pieces() -> dict[str, Piece]:
    """Everything that may be copied, by name; what is used comes before what uses it."""
    found: dict[str, Piece] = {}
    for name in (*compiled_modules(), *DRIVER):
        for piece in _pieces_of(name):
            if piece.name in found:
                raise ValueError(
                    f"{piece.name} is defined in {name} and {found[piece.name].module}"
                )
            found[piece.name] = piece
    return found


def _imported() -> set[str]:
    imports = [node for node in ast.parse(MODULE_IMPORTS).body if isinstance(node, _IMPORT)]
    return {name.asname or name.name for node in imports for name in node.names}


_IMPORT = ast.Import | ast.ImportFrom
KNOWN = frozenset(dir(builtins)) | _imported()


def needed(names: Iterable[str]) -> tuple[Piece, ...]:
    """The pieces of these names and all they use, in the order of `pieces`.

    Names that no piece has are passed over here, but not within pieces: there ValueError.
    """
    everything = pieces()
    wanted: set[str] = set()
    waiting = [name for name in names if name in everything]
    while waiting:
        name = waiting.pop()
        if name not in wanted:
            wanted.add(name)
            uses = everything[name].uses - KNOWN
            if strangers := uses - everything.keys():
                raise ValueError(f"{name} uses {', '.join(sorted(strangers))}")
            waiting.extend(uses)
    return tuple(piece for name, piece in everything.items() if name in wanted)


def _pieces_of(module: str) -> list[Piece]:
    text = source_text(module)
    lines = text.splitlines(keepends=True)
    found: list[Piece] = []
    for node in ast.parse(text).body:
        first = node.lineno
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                if module in DRIVER and node.decorator_list:
                    first = node.decorator_list[0].lineno
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                pass
            case _:
                continue
        body = "".join(lines[first - 1 : node.end_lineno])
        is_function = isinstance(node, ast.FunctionDef | ast.ClassDef)
        found.append(Piece(name, module, body, is_function, _uses(node)))
    return found


def source_text(module: str) -> str:
    """The text of one of our modules, without importing it."""
    spec = find_spec(module)
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).read_text("utf-8")


def _uses(node: ast.stmt) -> frozenset[str]:
    """The names that a definition takes from outside itself."""
    parts = list(ast.walk(node))
    used = {part.id for part in parts if isinstance(part, ast.Name)}
    own = {part.id for part in parts if isinstance(part, ast.Name) and isinstance(part.ctx, _STORE)}
    own.update(part.arg for part in parts if isinstance(part, ast.arg))
    methods = [each for part in parts if isinstance(part, ast.ClassDef) for each in part.body]
    own.update(
        part.name for part in parts if isinstance(part, ast.FunctionDef) and part not in methods
    )
    own.update(part.name for part in parts if isinstance(part, ast.ExceptHandler) and part.name)
    return frozenset(used - own)


_STORE = ast.Store | ast.Del
