"""Untrusted text on its way to a terminal: nothing hidden, nothing obeyed, everything measured."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"
"""Formatting characters that words of living scripts and emoji need; they move nothing."""

_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def printable(text: str) -> str:
    """The text with every character escaped that a terminal would obey or hide.

    Control characters (with them escape sequences, line breaks and tabs), marks
    that turn the direction of writing, other invisible formatting, line and
    paragraph separators and lone surrogates come out as ``\\n``, ``\\x1b`` or
    ``\\u202e``; everything else stays.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(visible(character) for character in text)


def visible(character: str) -> str:
    """One character as `printable` shows it."""
    if character.isprintable() or character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category in ("Zs", "Co", "Cn"):  # odd spaces; characters newer than this Python knows
        return character
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def width(text: str) -> int:
    """How many terminal cells a printable text takes.

    Wide and fullwidth characters of East Asian scripts and emoji take two,
    combining marks and joiners none (Unicode Standard Annex 11; what wcwidth does).
    """
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if character in _JOINERS or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    if "\u1160" <= character <= "\u11ff":  # vowels and finals that join a Hangul syllable
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
