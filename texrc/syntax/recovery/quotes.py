"""Quoted stretches that are not well formed: what they were meant to be, and where they end.

Texts never go over a line's end, so a forgotten quote does harm on its line only.
"""

from __future__ import annotations

import re
from itertools import islice

from texrc.diagnostics.model import Applicability, Diagnostics, Edit, Fix
from texrc.source import Span
from texrc.syntax.names import is_spellable, quoted

_CURLY = {
    "\u201c": '\u201d\u201c"',
    "\u201e": '\u201c\u201d"',
    "\u201d": '\u201d"',
    "\u00ab": "\u00bb",
    "'": "'",
    "\u2018": "\u2019'",
    "\u2019": "\u2019'",
}
"""Foreign opening quotes, with what may close them."""

_BEFORE_NAME = frozenset({"{", ",", ";", "<", "<=", ">", ">=", "..", "(", "[", "|"})
"""Kinds of tokens after which a name or a label is due, not a text."""
_AFTER_NAME = re.compile(r"[ \t]*[:~|\]]")

_WINDOW = 4000
"""How far a closing quote is looked for; no well-formed text is as long."""

# What may come after a text on its line.
_AFTER_TEXT = re.compile(
    r"[ \t]+\"|[ \t]*(?:$|[#(){},;:<|~=\]]|(?:[^\W\d_]\w*|`[^`\n]+`)[ \t]*:|"
    r"(?:topic|columns|model)\b)",
    re.M,
)
_UNCLOSED_NAME = re.compile(r"`[^\s,;:(){}\[\]<>=~|]*(?: \w[^\s,;:(){}\[\]<>=~|]*)*")
_CLOSES = re.compile(r"\"[ \t]*(?:[),#]|$)", re.M)
_CLOSING_QUOTE = re.compile(r"\\.|\"")
_MANY = 30
"""Quotes and escapes of one line that are looked at when the first quote does not end a text."""
_ESCAPE = re.compile(r"\\(.)", re.S)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def line_end(text: str, start: int) -> int:
    """Where the line ends (or the window), its break and trailing white space left out."""
    window = min(len(text), start + _WINDOW)
    end = text.find("\n", start, window)
    return start + len(text[start : end if end >= 0 else window].rstrip())


def closes_nothing(text: str, quote: int) -> bool:
    """Whether the `"` at this place ends a text whose opening quote is missing."""
    before = text[quote - 1 : quote]
    return (before.isalnum() or before in tuple(".!?%")) and _CLOSES.match(text, quote) is not None


def read_text(text: str, start: int, diagnostics: Diagnostics) -> int:
    """The end of the text whose `"` is at ``start``; its faults are reported."""
    end_of_line = line_end(text, start)
    closing = _CLOSING_QUOTE.finditer(text, start + 1, end_of_line)
    first = next((match.end() for match in closing if match[0] == '"'), None)
    if first is not None and _AFTER_TEXT.match(text, first):
        _check_inside(text, start, first, diagnostics)
        return first
    quotes = [match.start() for match in islice(closing, _MANY) if match[0] == '"']
    if first is not None:
        quotes.insert(0, first - 1)
    good = [quote for quote in quotes if _AFTER_TEXT.match(text, quote + 1)]
    if good and quotes.index(good[0]) % 2 == 0:
        inner = quotes[: quotes.index(good[0])]
        diagnostics.add(
            "TX001",
            'a double quote inside a text is written `\\"`',
            Span(inner[0], inner[0] + 1),
            "ends the text here",
            fix=Fix(
                "escape the quotes inside",
                tuple(Edit(Span(quote, quote), "\\") for quote in inner),
            ),
        )
        return good[0] + 1
    if quotes and len(quotes) % 2 == 1 and not good:
        return quotes[0] + 1  # What follows is the parser's to report.
    end = _probable_end(text, start, quotes[0] if quotes else end_of_line)
    diagnostics.add(
        "TX003",
        'this text is never closed: its second `"` is missing',
        Span(start, end),
        "opened here",
        fix=Fix("close the text", (Edit(Span(end, end), '"'),), Applicability.SUGGESTED),
    )
    return end


def _probable_end(text: str, start: int, limit: int) -> int:
    """Where an unclosed text was most likely meant to end."""
    line_start = max(text.rfind("\n", max(0, start - _WINDOW), start) + 1, start - _WINDOW)
    before, inside = text[line_start:start], text[start:limit]
    if before.count("(") > before.count(")") and ")" in inside:
        return start + inside.index(")")
    if inside.endswith("{"):
        return start + len(inside[:-1].rstrip())
    return start + len(inside.rstrip())


def _check_inside(text: str, start: int, end: int, diagnostics: Diagnostics) -> None:
    inside = text[start + 1 : end - 1]
    for escape in _ESCAPE.finditer(inside):
        if escape[1] not in '"\\nt':
            span = Span(start + 1 + escape.start(), start + 1 + escape.end())
            diagnostics.add(
                "TX001",
                f"`{escape[0]}` is no escape",
                span,
                helps=[r"the escapes are `\"`, `\\`, `\n` and `\t`"],
                fix=Fix("double the backslash", (Edit(Span(span.start, span.start), "\\"),)),
            )
            return
    control = _CONTROL.search(inside)
    if control is not None:
        span = Span(start + 1 + control.start(), start + 1 + control.end())
        fix = Fix(r"write `\t`", (Edit(span, r"\t"),)) if control[0] == "\t" else None
        diagnostics.add(
            "TX002", f"a text holds no control characters (U+{ord(control[0]):04X})", span, fix=fix
        )
        return
    length = len(_ESCAPE.sub(".", inside))
    if length > 400:
        diagnostics.add(
            "TX001",
            f"a text has at most 400 characters, this one has {length}",
            Span(start, end),
            helps=["say more in a comment: `# ...`"],
        )


def read_other_quotes(
    text: str, start: int, before: str, diagnostics: Diagnostics
) -> tuple[str, int] | None:
    """The kind of what stands in single or typographic quotes, and its end; None when nothing
    begins here. ``before`` is the kind of the token before it: it tells names from texts."""
    closing = _CURLY.get(text[start])
    if closing is None:
        return None
    end = next(
        (at + 1 for at in range(start + 1, line_end(text, start)) if text[at] in closing), None
    )
    if end is None:
        return None
    span, inside = Span(start, end), text[start + 1 : end - 1]
    marks = f"{text[start]} {text[end - 1]}"
    if (before in _BEFORE_NAME or _AFTER_NAME.match(text, end)) and is_spellable(inside):
        diagnostics.add(
            "TX002",
            f"names and labels stand plain or in backticks, not in {marks}",
            span,
            fix=Fix(f"write {quoted(inside)}", (Edit(span, quoted(inside)),)),
        )
        return "QUOTED", end
    inside = inside.replace("\\", "\\\\").replace('"', '\\"')
    diagnostics.add(
        "TX002",
        f"texts stand in double quotes, not in {marks}",
        span,
        fix=Fix("put double quotes", (Edit(span, f'"{inside}"'),)),
    )
    return "TEXT", end


def read_backticks(text: str, start: int, diagnostics: Diagnostics) -> int:
    """The end of a name whose backtick is at ``start`` and that is not well formed."""
    end_of_line = line_end(text, start)
    close = text.find("`", start + 1, end_of_line)
    if close < 0:
        word = _UNCLOSED_NAME.match(text, start)
        end = word.end() if word is not None else start + 1
        diagnostics.add(
            "TX003",
            "this name is never closed: its second backtick is missing",
            Span(start, end),
            "opened here",
            fix=Fix("close the name", (Edit(Span(end, end), "`"),), Applicability.SUGGESTED),
        )
        return end
    quoted = re.compile(r"`(?:[^`\n]|``)*`").match(text, start)
    end = quoted.end() if quoted is not None else close + 1
    length = len(text[start + 1 : end - 1].replace("``", "`"))
    if length == 0:
        message = "a name has at least one character"
    elif length > 80:
        message = f"a name has at most 80 characters, this one has {length}"
    else:
        message = "a name holds no control characters"
    diagnostics.add("TX001", message, Span(start, end))
    return end
