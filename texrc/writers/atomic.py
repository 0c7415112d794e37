"""Files that are whole or not there: written under a temporary name, then renamed."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO


@contextmanager
def whole_file(path: str) -> Iterator[BinaryIO]:
    """A binary file that takes the name ``path`` only when the block ends without an error.

    The temporary file stands beside the target, is removed when the block
    fails, and keeps the permissions of a file that it replaces. What is no
    regular file (a pipe, /dev/null) is written to as it is. Raises OSError.
    """
    target = os.path.realpath(path)
    mode = 0o666
    try:
        present = os.stat(target)
    except FileNotFoundError:
        present = None
    if present is not None:
        if stat.S_ISDIR(present.st_mode):
            raise IsADirectoryError(21, os.strerror(21), path)
        if not stat.S_ISREG(present.st_mode):
            with open(target, "wb") as special:
                yield special
            return
        mode = stat.S_IMODE(present.st_mode)
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name[:40]}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            if present is not None and hasattr(os, "fchmod"):
                os.fchmod(descriptor, mode)  # whatever the umask says
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException as error:
        with suppress(OSError):
            os.unlink(temporary)
        if isinstance(error, OSError) and error.filename in (None, temporary):
            error.filename = path  # what the user knows, and not the temporary name
        raise


def write_whole(path: str, data: bytes) -> None:
    """Write a small file whole. Raises OSError."""
    with whole_file(path) as file:
        file.write(data)
