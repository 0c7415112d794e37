"""One process at a time saves to numba's cache.

numba numbers a function's compiled versions without a lock: of two processes that save
different versions at once, one may later find the other's code under its own number.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any


def lock_saving(module: ModuleType, path: Path) -> None:
    """Makes every cached function of the module hold the lock file while it saves."""
    for function in vars(module).values():
        kept = getattr(function, "_cache", None)
        if kept is not None and hasattr(kept, "save_overload"):
            kept.save_overload = _locked(kept.save_overload, path)


def _locked(save: Callable[[Any, Any], None], path: Path) -> Callable[[Any, Any], None]:
    def save_overload(signature: Any, data: Any) -> None:
        with _held(path):
            save(signature, data)

    return save_overload


@contextmanager
def _held(path: Path) -> Iterator[None]:
    with open(path, "ab") as file:
        _lock(file.fileno())
        yield  # closing the file gives the lock back


if os.name == "nt":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
