"""Network to JSON text."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from typing import Any

from texrc.ir.network import Network

_ALWAYS = ("kind", "version")
"""Written although they have their usual value: they tell what an object is."""


def to_json(network: Network) -> str:
    """The JSON text of a network without errors; `read_json` gives the same network again."""
    return json.dumps(_plain(network), indent=2, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if not dataclasses.is_dataclass(value):
        return value
    written = {}
    for field in dataclasses.fields(value):
        if not field.compare:  # a place in a text
            continue
        part = getattr(value, field.name)
        if field.name in _ALWAYS or part != field.default:
            written[field.name] = _plain(part)
    return written
