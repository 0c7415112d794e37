"""The order of the phases: text in, network and diagnostics out. Prints nothing."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from texrc.diagnostics import Diagnostic, Diagnostics, TexrError
from texrc.ir.lower import lower
from texrc.ir.network import Network
from texrc.missing import missing_helps
from texrc.passes import check_network
from texrc.source import SourceFile
from texrc.syntax import decode, parse
from texrc.syntax.ast import Dataset
from texrc.syntax.limits import MAX_BYTES

PathOrText = str | os.PathLike[str]


@dataclass(frozen=True)
class Result:
    """What the phases made of a source, as far as they came.

    ``tree`` is None after syntax errors, ``network`` then too. ``diagnostics``
    are sorted by place.
    """

    source: SourceFile
    tree: Dataset | None
    network: Network | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def has_errors(self) -> bool:
        return Diagnostics(list(self.diagnostics)).has_errors


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of stdin for `-`; at most one byte more than the parser takes.

    Raises `TexrError` (TX008) when they cannot be read.
    """
    try:
        if path == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        bag = Diagnostics()
        name = "stdin" if path == "-" else path
        helps = missing_helps(path) if isinstance(error, FileNotFoundError) else []
        bag.add("TX008", f"cannot read {name}: {error.strerror or error}", helps=helps)
        raise TexrError(bag) from None
    except ValueError:
        bag = Diagnostics()
        bag.add("TX008", "cannot read a path with a null character in it")
        raise TexrError(bag) from None


def read_source(path: str) -> SourceFile:
    """The text of a `.texr` file. Raises `TexrError` (TX004, TX007, TX008)."""
    source, diagnostics = decode(read_bytes(path), "<stdin>" if path == "-" else path)
    if source is None:
        raise TexrError(diagnostics)
    return source


def source_of(path_or_text: PathOrText) -> SourceFile:
    """A path's text, or the text itself: a string with a brace or a line break is text."""
    if isinstance(path_or_text, str) and ("{" in path_or_text or "\n" in path_or_text):
        return SourceFile("<text>", path_or_text)
    return read_source(os.fspath(Path(path_or_text)))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No search for cycles meanwhile: there are none in trees, and looking for them among a
    million nodes would double the time of the phases.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def check(source: SourceFile) -> Result:
    """Parse, lower and run every pass; stops after a phase whose errors hide the next one's."""
    with _collector_paused():
        tree, diagnostics = parse(source)
        network = None
        if tree is not None and not diagnostics.has_errors:
            network, found = lower(tree)
            diagnostics.items.extend(found)
            diagnostics.items.extend(check_network(network))
    return Result(source, tree, network, tuple(diagnostics.in_order()))
