"""texr: from declarative specs to samplers.

    >>> import texrc
    >>> spec = texrc.load("specs/insurance/health_cover.texr")
    >>> table = texrc.compile(spec).sample(1000, seed=7)

Importing this package imports neither numba nor pyarrow; what needs them loads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from texrc.version import __version__

if TYPE_CHECKING:
    from texrc.compiling import compile
    from texrc.diagnostics import Diagnostic, TexrError
    from texrc.ir.network import Column
    from texrc.sampler import Sampler
    from texrc.spec import Spec, check, column, load

__all__ = [
    "Column",
    "Diagnostic",
    "Sampler",
    "Spec",
    "TexrError",
    "__version__",
    "check",
    "column",
    "compile",
    "load",
]

_HOMES = {
    "Column": "texrc.ir.network",
    "Diagnostic": "texrc.diagnostics",
    "Sampler": "texrc.sampler",
    "Spec": "texrc.spec",
    "TexrError": "texrc.diagnostics",
    "check": "texrc.spec",
    "column": "texrc.spec",
    "compile": "texrc.compiling",
    "load": "texrc.spec",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'texrc' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
