"""The `.texr` files that a command was given: files, folders, stdin."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click


def texr_files(paths: Iterable[str]) -> list[str]:
    """The files, each folder's `*.texr` files in its place, sorted; `-` stays `-`."""
    files: list[str] = []
    for path in paths:
        if path != "-" and os.path.isdir(path):
            found = sorted(
                os.path.join(folder, name)
                for folder, folders, names in os.walk(path)
                for name in names
                if name.endswith(".texr") and "/." not in folder
            )
            if not found:
                raise click.UsageError(f"there are no .texr files in {path!r}")
            files.extend(found)
        else:
            files.append(path)
    return files
