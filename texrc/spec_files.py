"""The `.texr` files below a folder."""

from __future__ import annotations

import os

from texrc.diagnostics import Diagnostics, TexrError

SUFFIX = ".texr"


def specs_below(folder: str) -> list[str]:
    """The paths of the specs below a folder, relative to it, parts joined by `/`, sorted.

    Hidden files and folders (their names begin with a dot) are left out. A link to a file
    is that file, and links to folders are not followed, so that no tree is endless. Raises
    `TexrError` (TX008) for a folder that cannot be listed.
    """
    found: list[str] = []
    waiting = [""]
    while waiting:
        above = waiting.pop()
        try:
            with os.scandir(os.path.join(folder, above)) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{above}{entry.name}/")
                    elif entry.name.endswith(SUFFIX) and _is_readable(entry):
                        found.append(above + entry.name)
        except OSError as error:
            bag = Diagnostics()
            name = os.path.join(folder, above)
            bag.add("TX008", f"cannot read the folder {name}: {error.strerror or error}")
            raise TexrError(bag) from None
    return sorted(found)


def _is_readable(entry: os.DirEntry[str]) -> bool:
    """A file, or a link to nowhere, which its reader will report; no pipe or device."""
    return entry.is_file() or (entry.is_symlink() and not os.path.exists(entry.path))
