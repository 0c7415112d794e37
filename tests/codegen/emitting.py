"""Emitted modules, loaded without the wait for numba: their compiled part is the library's."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from texrc.codegen import jit
from texrc.codegen.emit import emit_module
from texrc.ir.network import Network

COMPILED = "# === what numba compiles"
TABLES = "# === large tables"
END = "if __name__ =="


def model_part(text: str) -> str:
    """The text of a module as far as the dataset has a say in it, but for large tables."""
    return text[: text.index("# === drawing")]


def light_text(text: str) -> str:
    """The module with the library's functions in place of its own copies of them."""
    start = text.index(COMPILED)
    stop = text.index(TABLES if TABLES in text else END)
    return f"{text[:start]}from {jit.NAME} import *\n\n{text[stop:]}"


def light_module(network: Network, folder: Path) -> ModuleType:
    jit.library()
    path = folder / "emitted.py"
    path.write_text(light_text(emit_module(network)), "ascii")
    spec = importlib.util.spec_from_file_location("emitted", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
