"""The `.texr` files that a command was given: files, folders, stdin."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from texrc.spec_files import specs_below


def texr_files(paths: Iterable[str]) -> list[str]:
    """The files, each folder's `*.texr` files in its place, sorted; `-` stays `-`."""
    files: list[str] = []
    for path in paths:
        if path != "-" and os.path.isdir(path):
            found = [os.path.join(path, spec) for spec in specs_below(path)]
            if not found:
                raise click.UsageError(f"there are no .texr files in {path!r}")
            files.extend(found)
        else:
            files.append(path)
    return files
