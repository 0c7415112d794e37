"""How wide text is in an ordinary sans-serif font, roughly, and how to shorten it."""

from __future__ import annotations

import unicodedata

from texrc.diagnostics.render.text import visible

_NARROW = set("iljtfrI.,:;|!'()[]{}` ")
_BROAD = set("mwMW@%&")
_JOINERS = "\u200c\u200d"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """In the unit of ``size``; a little more than most fonts need."""
    return sum(map(_width, text)) * size * (1.08 if bold else 1.0)


def shortened(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it takes more than ``room``."""
    if text_width(text, size, bold=bold) <= room:
        return text
    used = text_width("…", size, bold=bold)
    kept = []
    for character in text:
        used += text_width(character, size, bold=bold)
        if used > room:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


def safe(text: str) -> str:
    """For elements and attributes: no markup, no character that XML forbids or a reader hides."""
    shown = "".join(map(visible, text))
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        shown = shown.replace(character, entity)
    return "".join(c for c in shown if c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")


def _width(character: str) -> float:
    if character in _NARROW:
        return 0.34
    if character in _BROAD:
        return 0.92
    if character in _JOINERS or unicodedata.category(character) in ("Mn", "Me"):
        return 0.0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 1.02
    if character.isupper():
        return 0.72
    return 0.58
