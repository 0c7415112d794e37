"""JSON text to values, and the places of values in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NoReturn

from texrc.diagnostics import Diagnostics
from texrc.source import SourceFile, Span
from texrc.syntax.limits import MAX_OPERATIONS, MAX_TOKENS

Path = tuple[str | int, ...]
"""The way to a value: keys of objects, indexes of arrays."""

MAX_NESTING = 2 * MAX_OPERATIONS + 32
"""Brackets inside each other; an operation of an expression takes two."""
_LONGEST_NUMBER = 100
_MOST_KEYS = 100
"""Of one object; a network's have ten."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)


class _NotJson(ValueError):
    pass


def load(source: SourceFile, diagnostics: Diagnostics) -> Any:
    """The value, numbers with a point or an exponent as Decimal. TX604 where it is no JSON."""
    text = source.text
    if sum(map(text.count, ",[{")) > MAX_TOKENS:
        diagnostics.add("TX604", f"the text has more than {MAX_TOKENS:,} values")
        return None
    too_deep = _too_deep(text)
    if too_deep is not None:
        diagnostics.add(
            "TX604",
            f"brackets inside each other, more than {MAX_NESTING} deep",
            Span(too_deep, too_deep + 1),
            "too deep for a network",
        )
        return None
    try:
        return json.loads(
            text,
            parse_float=_decimal,
            parse_int=_integer,
            parse_constant=_no_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        end = len(text.rstrip())
        place = min(error.pos, max(end - 1, 0))
        at_end = error.pos >= end
        message = error.msg[0].lower() + error.msg[1:].removesuffix(" at")
        diagnostics.add(
            "TX604",
            f"this is no JSON: {message}",
            Span(place, place + 1),
            "the text ends here" if at_end else "here",
        )
    except _NotJson as error:
        diagnostics.add("TX604", str(error))
    return None


def places(text: str, paths: Iterable[Path]) -> dict[Path, Span]:
    """Where the values at these paths stand, in one pass over a text that is JSON."""
    wanted = set(paths)
    found: dict[Path, Span] = {}
    trail: list[str | int] = []
    starts: list[tuple[int, bool]] = []
    key_is_due = False
    for match in _TOKEN.finditer(text):
        token = match[0]
        if key_is_due and token[0] == '"':
            trail[-1] = json.loads(token)
            key_is_due = False
        elif token in "{[":
            starts.append((match.start(), token == "{"))
            trail.append("" if token == "{" else 0)
            key_is_due = token == "{"
        elif token in "}]":
            start, _ = starts.pop()
            trail.pop()
            key_is_due = False
            if (path := tuple(trail)) in wanted:
                found[path] = Span(start, match.end())
        elif token == ",":
            key_is_due = starts[-1][1]
            if not key_is_due:
                trail[-1] = int(trail[-1]) + 1
        elif token != ":" and (path := tuple(trail)) in wanted:
            found[path] = Span(match.start(), match.end())
    return found


def _too_deep(text: str) -> int | None:
    """The place of the first bracket that is too deep."""
    depth = 0
    for match in re.finditer(r'"(?:[^"\\]|\\.)*+"?|[{\[]|[}\]]', text, re.DOTALL):
        token = match[0]
        if token in "{[":
            depth += 1
            if depth > MAX_NESTING:
                return match.start()
        elif token in "}]":
            depth -= 1
    return None


def _decimal(text: str) -> Decimal:
    if len(text) > _LONGEST_NUMBER:
        raise _NotJson(f"the number `{text[:20]}...` has too many digits")
    return Decimal(text)


def _integer(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise _NotJson(f"the number `{text[:20]}...` has too many digits")
    return int(text)


def _no_constant(text: str) -> NoReturn:
    raise _NotJson(f"`{text}` is no number of JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > _MOST_KEYS:
        raise _NotJson(f"an object has more than {_MOST_KEYS} keys")
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))
        raise _NotJson(f"an object has the key `{twice[:80]}` twice")
    return made
