"""Where a command's data goes: a whole file, or stdout."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click

from texrc.writers.atomic import whole_file


@contextmanager
def opened(output: str | None) -> Iterator[BinaryIO]:
    """The sink for ``--output``; None and `-` are stdout. A path that cannot be is usage."""
    if output is None or output == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    folder = os.path.dirname(output) or "."
    if not os.path.isdir(folder):
        raise click.UsageError(f"there is no folder {folder!r} to write into")
    if os.path.isdir(output):
        raise click.UsageError(f"{output!r} is a folder, not a file")
    if not os.access(folder, os.W_OK):
        raise click.UsageError(f"the folder {folder!r} cannot be written to")
    with whole_file(output) as file:
        yield file


def put_text(output: str | None, text: str) -> None:
    """Write text, ended by a line break."""
    with opened(output) as sink:
        sink.write((text if text.endswith("\n") else text + "\n").encode())


def chosen_format(
    format_name: str | None, output: str | None, suffixes: dict[str, str], default: str
) -> str:
    """The format that was named, else that of the output's suffix, else the default on stdout."""
    if format_name is not None:
        return format_name
    if output is None or output == "-":
        return default
    suffix = os.path.splitext(output)[1].lower()
    if suffix not in suffixes:
        raise click.UsageError(
            f"no format goes by the suffix {suffix!r}; name one with --format "
            f"or end the name in one of {', '.join(suffixes)}"
        )
    return suffixes[suffix]
