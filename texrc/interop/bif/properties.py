"""Property lines: free text for most programs, in which ours finds what BIF has no place for.

`property description = "..." ;` and alike carry a spec's title, topic,
descriptions, units, targets and the order of levels. A value is written as a
JSON string, with what would confuse other readers escaped.
"""

from __future__ import annotations

import json
import re

from texrc.interop.bif.document import Properties
from texrc.interop.bif.names import unquoted

TITLE, TOPIC = "title", "topic"
DESCRIPTION, UNIT, TARGET = "description", "unit", "target"
SCALE = "scale"
"""`ordinal` where the states have an order; `type` is a word of BIF's own."""
_KEY_AND_VALUE = re.compile(r"([\w.-]+)\s*(?:=\s*|(?=\"))(.*)", re.DOTALL)
_CONFUSING = re.compile(r"[\x00-\x1f\x7f\"/;\\{}]|[vp](?=ariable|robability)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_MAX_TEXT = 400
"""What the grammar takes as a text."""


def read_property(text: str, properties: Properties) -> None:
    """Note ``key = value``, with or without quotes around the value or the whole.

    The first of several with the same key counts.
    """
    found = _KEY_AND_VALUE.fullmatch(unquoted(text))
    if found is None:
        return
    value = found[2].strip()
    if len(value) >= 2 and value[0] == '"' == value[-1]:
        try:
            value = str(json.loads(value))
        except ValueError:
            value = value[1:-1].strip()
    properties.values.setdefault(found[1].lower(), as_text(value))


def write_property(key: str, value: str) -> str:
    """The line, without a line break."""
    return f'property {key} = "{_CONFUSING.sub(_escape, value)}" ;'


def as_text(value: str) -> str:
    """What a spec's text can hold of it: no controls, at most 400 characters."""
    value = _CONTROL.sub(" ", value)
    return value if len(value) <= _MAX_TEXT else value[: _MAX_TEXT - 1] + "…"


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"
