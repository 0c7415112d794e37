"""Names as a spec can spell them."""

from __future__ import annotations

from collections.abc import Iterable

from texrc.diagnostics import Diagnostics
from texrc.diagnostics.render.text import printable
from texrc.interop.bif.document import Word
from texrc.ir.raising import spellable


def spelled(words: Iterable[Word], what: str, diagnostics: Diagnostics) -> tuple[str, ...]:
    """The names, with a TW009 for each that had to change."""
    names = []
    for word in words:
        name = spellable(word.text)
        if name != word.text:
            diagnostics.add(
                "TW009",
                f"{what} `{printable(word.text[:100])}` is called `{name}` in the spec",
                word.span,
                "cannot be spelled in a spec",
            )
        names.append(name)
    return tuple(names)
