"""The hand-written specs that come with texr."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from texrc.resources import folder

_HEADER = re.compile(r'^dataset\s+\S+\s+"((?:[^"\\]|\\.)*)"', re.MULTILINE)


@dataclass(frozen=True)
class LibraryEntry:
    """A spec of the library: where it lies and what one row of it is."""

    path: Path
    title: str


def library() -> dict[str, LibraryEntry]:
    """Every spec by its name, `domain/name`, sorted."""
    root = folder("specs")
    entries = {}
    for path in sorted(root.rglob("*.texr")):
        header = _HEADER.search(path.read_text(encoding="utf-8"))
        name = path.relative_to(root).with_suffix("").as_posix()
        entries[name] = LibraryEntry(path, header.group(1) if header else "")
    return entries
