"""The user's cache folder: where generated modules lie, so that numba can cache beside them."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

STAMP = 1_000_000_000
"""The time that every written file is given: numba takes a file with another for changed,
and two processes that write the same text at once must not undo each other's work."""


def user_folder() -> Path:
    """`$XDG_CACHE_HOME/texr`, or `.cache/texr` in the home folder; it need not exist.

    Raises RuntimeError where there is no home folder.
    """
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (given if given.is_absolute() else Path.home() / ".cache") / "texr"


def stored(name: str, key: str, make_text: Callable[[], str]) -> Path:
    """The path of the file `key`/`name` in the user's folder, written if need be.

    Its text, from ``make_text``, must end with the key. Where the folder cannot be
    written, the file goes to a folder of this process alone.
    """
    with suppress(OSError, RuntimeError):
        folder = user_folder() / key
        if _is_whole(folder / name, key) and os.access(folder, os.W_OK):
            return folder / name
        return _written(folder, name, make_text())
    private = Path(tempfile.mkdtemp(prefix="texr-"))
    atexit.register(shutil.rmtree, private, ignore_errors=True)
    return _written(private, name, make_text())


def _is_whole(path: Path, key: str) -> bool:
    try:
        return path.read_bytes().rstrip().endswith(key.encode())
    except FileNotFoundError:
        return False


def _written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        os.utime(temporary, (STAMP, STAMP))
        os.replace(temporary, folder / name)
    except BaseException:
        os.unlink(temporary)
        raise
    return folder / name
