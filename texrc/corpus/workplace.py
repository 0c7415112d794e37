"""The hidden folder of a corpus, `.texrc`: its lock, its journal, tables in the making."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

NAME = ".texrc"
"""Hidden, so that no spec's table can have this name and readers of the folder skip it."""


class Refused(Exception):
    """A corpus cannot be written there; ``args[0]`` says why."""


@dataclass(frozen=True)
class Workplace:
    """Paths inside `.texrc`. ``parts`` is this run's own and empty at first."""

    output: str
    parts: str

    @property
    def journal(self) -> str:
        return os.path.join(self.output, NAME, "journal.jsonl")

    def part(self, name: str) -> str:
        """A file while it is nobody's; tables go by their tasks' numbers."""
        return os.path.join(self.parts, name)

    def shard(self, name: str) -> str:
        """A shard that is being packed; a later run goes on with it."""
        return os.path.join(self.output, NAME, name)


@contextmanager
def workplace(output: str) -> Iterator[Workplace]:
    """The workplace of a corpus, for this process alone.

    What killed runs left behind is removed; a worker that outlived its run by a moment
    finds its folder gone. Raises `Refused` where another run is at work, and OSError.
    """
    folder = os.path.join(output, NAME)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "lock"), "ab") as lock:  # closing it gives the lock back
        if not _locked(lock.fileno()):
            raise Refused(f"another run is writing to {output}")
        for name in os.listdir(folder):
            if name.startswith("parts-"):
                shutil.rmtree(os.path.join(folder, name), ignore_errors=True)
        parts = os.path.join(folder, f"parts-{secrets.token_hex(4)}")
        os.mkdir(parts)
        try:
            yield Workplace(output, parts)
        finally:
            shutil.rmtree(parts, ignore_errors=True)


if os.name == "nt":
    import msvcrt

    def _locked(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
