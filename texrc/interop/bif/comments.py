"""Comments, `// ...` and `/* ... */`."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"(?:(?<=[\s;{},)])|\A)(?://[^\n]*|/\*(?:[^*]|\*(?!/))*+\*/)")
_TEXT_OR_COMMENT = re.compile(rf'"(?:[^"\\\n]|\\.)*+"?|{_COMMENT.pattern}')


def without_comments(text: str) -> str:
    """The text with its comments blanked out, so that every offset stays.

    A comment begins after white space or a bracket, comma or semicolon: `a//b`
    is a name. What stands in double quotes is none.
    """
    if "//" not in text and "/*" not in text:
        return text
    return _TEXT_OR_COMMENT.sub(_blanked, text)


def _blanked(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] == '"':
        closed = len(found) > 1 and found[-1] == '"'
        return found if closed else _COMMENT.sub(_blanked, found)
    return "".join("\n" if character == "\n" else " " for character in found)
