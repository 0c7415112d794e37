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

from texrc.codegen import family_loops, loops, matching_loops
from texrc.kernels import LARGE, SMALL

SCALARS = "texrc.codegen.scalars"
"""Read as text only: importing it would import numba."""
LOOPS: tuple[ModuleType, ...] = (loops, matching_loops, family_loops)
"""Files of loops over rows, which plain Python calls."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A function or a constant: its text, without a decorator of ours, and the names it uses."""

    name: str
    module: str
    text: str
    is_function: bool
    uses: frozenset[str]


def source_modules() -> tuple[str, ...]:
    """The names of the files, each after those it imports."""
    return (SCALARS, *(module.__name__ for module in (*SMALL, *LARGE, *LOOPS)))


@cache
def pieces() -> dict[str, Piece]:
    """Everything that may be copied, by name; what is used comes before what uses it."""
    found: dict[str, Piece] = {}
    for name in source_modules():
        for piece in _pieces_of(name):
            if piece.name in found:
                raise ValueError(
                    f"{piece.name} is defined in {name} and {found[piece.name].module}"
                )
            found[piece.name] = piece
    for piece in found.values():
        strangers = piece.uses - found.keys() - KNOWN
        if strangers and piece.module != SCALARS:
            raise ValueError(f"{piece.module}.{piece.name} uses {', '.join(sorted(strangers))}")
    return found


KNOWN = frozenset(dir(builtins)) | {"np"}


def needed(names: Iterable[str]) -> tuple[Piece, ...]:
    """The pieces of these names and all they use, in the order of `pieces`."""
    everything = pieces()
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in wanted and name in everything:
            wanted.add(name)
            waiting.extend(everything[name].uses)
    return tuple(piece for name, piece in everything.items() if name in wanted)


def _pieces_of(module: str) -> list[Piece]:
    text = source_text(module)
    lines = text.splitlines(keepends=True)
    found: list[Piece] = []
    for node in ast.parse(text).body:
        match node:
            case ast.FunctionDef(name=name):
                pass
            case ast.Assign(targets=[ast.Name(id=name)]):
                pass
            case _:
                continue
        body = "".join(lines[node.lineno - 1 : node.end_lineno])
        found.append(Piece(name, module, body, isinstance(node, ast.FunctionDef), _uses(node)))
    return found


def source_text(module: str) -> str:
    """The text of one of our modules, without importing it."""
    spec = find_spec(module)
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).read_text("utf-8")


def _uses(node: ast.FunctionDef | ast.Assign) -> frozenset[str]:
    """The names that a definition takes from outside itself."""
    inside = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    own = {part.id for part in inside if isinstance(part.ctx, ast.Store)}
    own.update(part.arg for part in ast.walk(node) if isinstance(part, ast.arg))
    return frozenset(part.id for part in inside if part.id not in own)
