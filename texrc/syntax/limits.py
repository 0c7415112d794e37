"""What a text may not exceed. Checked before or while parsing, so that no text hangs the compiler.

The limits admit the largest networks of the bnlearn repository (1,041 columns;
540,000 probabilities in 14 MB of text).
"""

from __future__ import annotations

import re

from texrc.diagnostics.model import Diagnostics, Label
from texrc.source import SourceFile, Span

MAX_BYTES = 32 * 1024 * 1024
MAX_TOKENS = 3_000_000
MAX_COLUMNS = 4096
MAX_LABELS = 4096
MAX_NESTING = 64
"""Brackets inside each other."""
MAX_FAULTS = 100
"""Syntax errors reported of one text."""
MAX_RECOVERED = 1_000_000
"""Words, numbers and signs that are read again after a syntax error, to find all of them."""
MAX_OPERATIONS = 128
"""Operations below each other in one expression; a sum of n terms has n - 1."""

_UTF8_BOM = b"\xef\xbb\xbf"
_WRONG_ENCODINGS = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


def decode(data: bytes, name: str) -> tuple[SourceFile | None, Diagnostics]:
    """The text of a file's bytes: UTF-8, with or without a byte order mark.

    None and TX004 or TX007 when there is too much or it is no UTF-8.
    """
    diagnostics = Diagnostics()
    if len(data) > MAX_BYTES:
        _report_size(diagnostics)
        return None, diagnostics
    data = data.removeprefix(_UTF8_BOM)
    try:
        return SourceFile(name, data.decode("utf-8")), diagnostics
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        notes = [f"the first byte that does not fit is 0x{data[error.start]:02x} on line {line}"]
        if data[:2] in _WRONG_ENCODINGS:
            notes = [f"it begins with the byte order mark of {_WRONG_ENCODINGS[data[:2]]}"]
        diagnostics.add(
            "TX007",
            f"{name} is not UTF-8 text (at byte {error.start})",
            notes=notes,
            helps=["save the file with the encoding UTF-8"],
        )
        return None, diagnostics


def check_limits(source: SourceFile) -> Diagnostics:
    """TX004, TX005 and TX007 for a text that must not go to the parser."""
    diagnostics = Diagnostics()
    text = source.text
    # A code point takes four bytes at most: only long texts need to be measured.
    if len(text) > MAX_BYTES // 4 and len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        _report_size(diagnostics)
        return diagnostics
    stray = _UNUSABLE.search(text)
    if stray is not None:
        what = "a null character" if stray.group() == "\0" else "half of a surrogate pair"
        diagnostics.add(
            "TX007",
            f"the text has {what} in it",
            Span(stray.start(), stray.end()),
            "not text",
            helps=["save the file as plain UTF-8 text"],
        )
        return diagnostics
    _check_nesting(text, diagnostics)
    return diagnostics


def _report_size(diagnostics: Diagnostics) -> None:
    diagnostics.add(
        "TX004",
        f"the text is larger than {MAX_BYTES // 2**20} MiB",
        helps=["split the dataset, or shorten its tables with patterns and `_` rows"],
    )


_UNUSABLE = re.compile("[\0\ud800-\udfff]")
# Brackets, and what may hide brackets: texts, quoted names and comments.
_BRACKETS = re.compile(r'"(?:[^"\\\n]|\\.)*"?|`[^`\n]*`?|#[^\n]*|([\[({])|([\])}])')


def _check_nesting(text: str, diagnostics: Diagnostics) -> None:
    depth = 0
    outermost: list[int] = []
    for match in _BRACKETS.finditer(text):
        kind = match.lastindex
        if kind == 1:
            depth += 1
            if depth <= MAX_NESTING:
                del outermost[depth - 1 :]
                outermost.append(match.start())
                continue
            diagnostics.add(
                "TX005",
                f"brackets inside each other, more than {MAX_NESTING} deep",
                Span(match.start(), match.end()),
                f"bracket number {depth}",
                secondary=[Label(Span(outermost[0], outermost[0] + 1), "the outermost one")],
            )
            return
        if kind == 2 and depth > 0:
            depth -= 1
