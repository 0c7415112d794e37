"""Where the files that ship with the compiler lie: the grammar and the specs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(kind: Literal["grammar", "specs"]) -> Path:
    """The folder of this kind: inside an installed wheel, else in the checkout.

    Raises FileNotFoundError when neither is there.
    """
    for place in (_PACKAGE / "_data" / kind, _PACKAGE.parent / kind):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"texrc is installed without its {kind} folder")


def grammar_text() -> str:
    """The language's grammar, `texr.lark`."""
    return (folder("grammar") / "texr.lark").read_text(encoding="utf-8")
