"""The loops and kernels compiled by numba, from one generated module in the user's cache folder.

The module is a copy of our own source text and nothing else; no spec has a say in it. Each
loop is compiled at its first call for the types it is called with (0.2 to 2 s, later 10 ms
from the disk), with IEEE arithmetic and without contraction.
"""

from __future__ import annotations

import sys
from functools import cache
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

from texrc.codegen import module_text
from texrc.codegen.cache_folder import stored, user_folder
from texrc.codegen.module_text import DECORATORS, IMPORTS, compiled_part
from texrc.codegen.sources import DRIVER, compiled_modules, pieces, source_text

NAME = "texr_loops"

HEAD = '''\
"""The compiled loops of texr: copies of its own source, made and read by texrc.codegen.jit."""

'''


@cache
def library() -> ModuleType:
    """The functions of the loop files and all kernels, compiled when first called."""
    from texrc.codegen.cache_lock import lock_saving

    path = stored(f"{NAME}.py", _key(), _text)
    spec = spec_from_file_location(NAME, path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[NAME] = module  # numba looks it up when it loads from its cache
    spec.loader.exec_module(module)
    lock_saving(module, path.with_suffix(".lock"))
    return module


def is_warm(function: str) -> bool:
    """Whether this process or an earlier one has compiled this loop: calling it would not be slow.

    Where this process has not, some ms go by to look on the disk, and that it was for this very
    CPU and these types is not known.
    """
    dispatcher = getattr(sys.modules.get(NAME), function, None)
    if dispatcher is not None and dispatcher.signatures:
        return True
    try:
        folder = user_folder() / _key() / "__pycache__"
        return any(folder.glob(f"{NAME}.{function}-*.nbi"))
    except (OSError, RuntimeError):
        return False


@cache
def _key() -> str:
    """Names everything that the compiled code depends on."""
    from importlib.metadata import version  # loads the e-mail package: not for small samples

    digest = sha256(f"{sys.implementation.cache_tag} numba {version('numba')}".encode())
    for module in (__name__, module_text.__name__, *compiled_modules()):
        digest.update(source_text(module).encode())
    return digest.hexdigest()[:16]


def _text() -> str:
    compiled = [piece for piece in pieces().values() if piece.module not in DRIVER]
    return f"{HEAD}{IMPORTS}\n{DECORATORS}\n\n{compiled_part(compiled)}\n# {_key()}\n"
