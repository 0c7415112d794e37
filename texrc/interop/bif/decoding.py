"""Bytes of a BIF file to text."""

from __future__ import annotations

from texrc.diagnostics import Diagnostics
from texrc.source import SourceFile
from texrc.syntax.limits import MAX_BYTES

_UTF8_BOM = b"\xef\xbb\xbf"


def decode_bif(data: bytes, name: str) -> tuple[SourceFile | None, Diagnostics]:
    """The text: UTF-8 where the bytes are UTF-8, else Latin-1, in which older files are.

    None and TX004 when there is too much of it.
    """
    diagnostics = Diagnostics()
    if len(data) > MAX_BYTES:
        diagnostics.add("TX004", f"{name} is larger than {MAX_BYTES // 2**20} MiB")
        return None, diagnostics
    data = data.removeprefix(_UTF8_BOM)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return SourceFile(name, text), diagnostics
