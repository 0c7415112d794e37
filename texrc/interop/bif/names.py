"""Lists of names: where one ends and the next begins, though any sign may be part of a name.

Writers such as bnlearn's separate names by a comma and a space and quote
nothing, so that a comma may also belong to a name. What helps is the number of
names that is due, or the names that are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from texrc.interop.bif.document import Word
from texrc.source import Span

_QUOTED = r'"(?:[^"\\\n]|\\.){0,200}+"'
_PARTS = re.compile(rf"((?<![^\s,(]){_QUOTED}(?=\s*(?:[,|]|\Z)))|(,)|([\[({{])|([\])}}])")
_QUOTED_OR_WORD = re.compile(rf"{_QUOTED}|[^\s\",]+")
_ESCAPE = re.compile(r"\\([\"\\])")
_MAX_OPEN = 8
"""Readings of one row's keys that are followed at a time; more than two are hardly ever open."""


def unquoted(text: str) -> str:
    """A name without the white space around it and without its quotes."""
    text = text.strip()
    if len(text) >= 2 and text[0] == '"' == text[-1]:
        return _ESCAPE.sub(r"\1", text[1:-1])
    return text


def word(text: str, start: int) -> Word:
    """The name in a stretch of text that begins at offset ``start`` of its source."""
    stripped = text.strip()
    begin = start + len(text) - len(text.lstrip())
    return Word(unquoted(stripped), Span(begin, begin + len(stripped)))


def split_by_count(text: str, start: int, count: int | None) -> tuple[Word, ...]:
    """The names in ``text`` by the first way of separating that gives ``count`` of them.

    By every comma, by commas with white space after them, by commas outside
    brackets, by white space; by every comma where none gives that many.
    """
    first: tuple[Word, ...] | None = None
    for separated in _ways(text, start):
        if count is None or len(separated) == count:
            return separated
        if first is None or (len(first) == 1 and len(separated) > 1):
            first = separated
    return first or ()


def split_by_names(
    text: str, start: int, known: Sequence[Mapping[str, int]]
) -> tuple[int, ...] | None:
    """The places of the names in ``text``, the i-th one of ``known[i]``.

    None unless there is exactly one way to read the text so.
    """
    commas = [match.start() for match in _commas(text)]
    starts, ends = [0, *(comma + 1 for comma in commas)], [*commas, len(text)]
    ways: dict[int, list[tuple[int, ...]]] = {0: [()]}
    for names in known:
        longest = 2 * max(map(len, names), default=0) + 2
        following: dict[int, list[tuple[int, ...]]] = {}
        for first, readings in ways.items():
            for last in range(first, len(ends)):
                part = text[starts[first] : ends[last]].strip()
                if len(part) > longest:
                    break
                code = names.get(unquoted(part))
                if code is not None:
                    found = following.setdefault(last + 1, [])
                    found += [(*reading, code) for reading in readings][: 2 - len(found)]
        ways = following
        if len(ways) > _MAX_OPEN:
            return None
    complete = ways.get(len(ends), [])
    if len(complete) == 1:
        return complete[0]
    if complete or commas:
        return None
    words = [unquoted(match[0]) for match in _QUOTED_OR_WORD.finditer(text)]
    if len(words) != len(known):
        return None
    codes = tuple(names.get(name, -1) for names, name in zip(known, words, strict=True))
    return codes if -1 not in codes else None


def split_head(text: str, start: int, known: Mapping[str, int]) -> tuple[Word, tuple[Word, ...]]:
    """The variable of ``( variable | parents )`` and its parents.

    Older files leave the bar out and separate by white space.
    """
    child, bar, rest = _at_bar(text)
    if not bar and unquoted(child) not in known:
        words = split_by_count(text, start, None)
        if len(words) == 1:
            words = tuple(_by_space(text, start))
        return (words[0] if words else word(text, start)), words[1:]
    if not bar or not rest.strip():
        return word(child, start), ()
    rest_start = start + len(child) + 1
    ways = list(_ways(rest, rest_start))
    for parents in ways:
        if all(parent.text in known for parent in parents):
            return word(child, start), parents
    return word(child, start), ways[0]


def _ways(text: str, start: int) -> Iterator[tuple[Word, ...]]:
    if not text.strip():
        yield ()
        return
    yield tuple(_by_commas(text, start, lambda after, depth: True))
    yield tuple(_by_commas(text, start, lambda after, depth: after[:1].isspace()))
    yield tuple(_by_commas(text, start, lambda after, depth: depth == 0))
    yield tuple(_by_space(text, start))


def _by_commas(text: str, start: int, separates: Callable[[str, int], bool]) -> Iterator[Word]:
    begin = depth = 0
    for match in _PARTS.finditer(text):
        if match[3]:
            depth += 1
        elif match[4]:
            depth = max(0, depth - 1)
        elif match[2] and separates(text[match.end() : match.end() + 1], depth):
            yield word(text[begin : match.start()], start + begin)
            begin = match.end()
    if text[begin:].strip():  # a comma may stand after the last one
        yield word(text[begin:], start + begin)


def _by_space(text: str, start: int) -> Iterator[Word]:
    for match in _QUOTED_OR_WORD.finditer(text):
        yield word(match[0], start + match.start())


def _commas(text: str) -> Iterator[re.Match[str]]:
    return (match for match in _PARTS.finditer(text) if match[2])


def _at_bar(text: str) -> tuple[str, str, str]:
    """Before the first bar that stands in no quotes, the bar, and after it."""
    match = re.match(rf"(?:{_QUOTED}|[^|\"]|\")*?(?=\|)", text) if "|" in text else None
    if match is None:
        return text, "", ""
    return match[0], "|", text[match.end() + 1 :]
