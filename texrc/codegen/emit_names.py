"""What an emitted module is called, and how text from a spec stands in it.

Text from a spec is data: it enters a module as an ASCII string literal and in no other way.
"""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 60


def module_name(dataset: str) -> str:
    """`<dataset>_sampler`, of ASCII letters, digits and `_`: a Python name and a file name."""
    plain = unicodedata.normalize("NFKD", dataset).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_")[:MOST_CHARACTERS].strip("_")
    if not kept:
        kept = "dataset"
    elif kept[0].isdigit():
        kept = f"dataset_{kept}"
    return f"{kept}_sampler"


def literal(text: str) -> str:
    """A text as a Python literal of printable ASCII."""
    return ascii(text)


def inside_docstring(text: str) -> str:
    """A text so that it may stand between three double quotes; half surrogates become `?`."""
    return ascii(_encodable(text))[1:-1].replace('"', '\\"')


def docstring(text: str) -> str:
    """A text as a docstring of one line."""
    return ascii(_encodable(text))


def _encodable(text: str) -> str:
    # Python 3.13 encodes docstrings when it compiles them
    return text.encode("utf-8", "replace").decode()
