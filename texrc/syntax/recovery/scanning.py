"""Tokens from a text with faults in its spelling, each reported and mended on the way.

What is reported here is wrong wherever it stands; what is wrong only because
of where it stands is the parser's to report.
"""

from __future__ import annotations

import re
from decimal import Decimal

from texrc.diagnostics.model import Applicability, Diagnostics, Edit, Fix, Label
from texrc.source import Span
from texrc.syntax.lexer import Lexer, load_lexer
from texrc.syntax.limits import MAX_FAULTS, MAX_RECOVERED
from texrc.syntax.names import is_spellable, quoted
from texrc.syntax.recovery.quotes import (
    closes_nothing,
    line_end,
    read_backticks,
    read_other_quotes,
    read_text,
)
from texrc.syntax.recovery.tokens import STRAY, Token
from texrc.syntax.tables import END

LOOK_ALIKES = {
    "\u2264": "<=",
    "\u2265": ">=",
    "\u00d7": "*",
    "\u00b7": "*",
    "\u00f7": "/",
    "\u2212": "-",
    "\u2010": "-",
    "\u2011": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u223c": "~",
    "\u02dc": "~",
    "\u2223": "|",
    "\u2026": "..",
    "^": "**",
} | {chr(ord(sign) + 0xFEE0): sign for sign in "(),:;<=>"}
"""Characters that are taken for signs of the language, with the sign; the wide ones of East Asian
texts among them."""

_RAISED = {"\u00b2": "2", "\u00b3": "3"}
"""Powers in one character."""

_ODD_SPACES = re.compile(
    r"[\x0b\x0c\x85\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff]+"
)
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_GROUPED = re.compile(r"[0-9]+_[0-9_]*(?:\.[0-9]+)?")
_WORD = re.compile(r"\w+")
_OTHERS = re.compile(r"[^\s\w\"'`#(){}\[\],;:~|<>=*/+\-.]+")


AHEAD = 512
"""How many tokens the scan is ahead of the parse: more than any look ahead needs."""

_MANY_SPACES = 1000
"""Odd spaces that are mended in one go."""


class Scan:
    """One pass over one text, as far as the parse has need of it.

    ``tokens`` grows; its last one is the end of the text once that is reached.
    """

    def __init__(self, text: str, diagnostics: Diagnostics) -> None:
        self.text = text
        self.diagnostics = diagnostics
        self.lexer: Lexer = load_lexer()
        self.tokens: list[Token] = []
        self._odd_spaces: list[Span] = []
        self._fences: list[Span] = []
        self._position = 0
        self._steps = 0

    def reach(self, index: int) -> bool:
        """Go on until `AHEAD` tokens follow token ``index``, or the text ends.

        False when there are too many faults or tokens to go on.
        """
        text, tokens = self.text, self.tokens
        while len(tokens) <= index + AHEAD and self._position <= len(text):
            self._steps += 1
            faults = max(len(self.diagnostics), len(self._fences))
            exhausted = faults >= MAX_FAULTS or self._steps > MAX_RECOVERED
            if not exhausted:
                self._position = self._next(self._position)
            if exhausted or self._position > len(text):
                self._report_odd_spaces()
                self._report_fences()
            if exhausted:
                return False
        return True

    def _next(self, position: int) -> int:
        """Take the token at this place or after it; give where the next search begins."""
        match = self.lexer.scanner.match(self.text, position)
        assert match is not None
        group = match.lastindex or 0
        if group == self.lexer.comment:
            return match.end()
        start, end = match.span(group)
        kind = self.lexer.kinds[group] or match[group]
        if kind == END:
            self._add(END, start, start)
            return len(self.text) + 1
        if kind == STRAY:
            if self._fence(start):
                return line_end(self.text, start)
            return self._stray(start)
        if kind == "TEXT":
            if closes_nothing(self.text, start):
                return self._stray(start)
            end = read_text(self.text, start, self.diagnostics)
        elif kind in ("NUMBER", "FROM"):
            return self._number(kind, start, end)
        elif kind == "QUOTED" and self._fence(start):
            return line_end(self.text, start)
        elif kind == "NAME":
            end = self._name(start, end)
        elif kind == "_" and (word := _WORD.match(self.text, start)) and word.end() > start + 1:
            return self._underscore(start, word.end())
        elif self._begins_foreign_comment(kind, start):
            return self._foreign_comment(start)
        elif kind in ("=", "<", "-", ":") and self._foreign_sign(start):
            return self.tokens[-1].end
        self._add(kind, start, end)
        return end

    def _add(self, kind: str, start: int, end: int) -> None:
        line_start = self.text.rfind("\n", self.tokens[-1].end if self.tokens else 0, start)
        first = not self.tokens or line_start >= 0
        self.tokens.append(Token(kind, self.text[start:end], start, end, first))

    def _fault(
        self, code: str, message: str, span: Span, replacement: str | None, help: str
    ) -> None:
        fix = None
        if replacement is not None:
            fix = Fix(f"write `{replacement}`", (Edit(span, replacement),))
        self.diagnostics.add(code, message, span, helps=[help] if help else [], fix=fix)

    # --- words and numbers ----------------------------------------------------

    def _name(self, start: int, end: int) -> int:
        word = _WORD.match(self.text, start)
        if word is None or word.end() <= end:
            return end
        name = word.group()
        if len(name) <= 40:
            return end  # A character that is no part of names, such as a raised 2, follows.
        # The scanner stops after forty characters.
        self._fault(
            "TX001",
            f"a plain name has at most 40 characters, this one has {len(name)}",
            Span(start, word.end()),
            quoted(name) if is_spellable(name) else None,
            "in backticks a name may have 80 characters",
        )
        return word.end()

    def _underscore(self, start: int, end: int) -> int:
        name = self.text[start:end]
        self._fault(
            "TX001",
            "a plain name begins with a letter, not with `_`",
            Span(start, end),
            quoted(name) if is_spellable(name) else None,
            "any other name stands in backticks; `_` alone means anything",
        )
        self._add("QUOTED", start, end)
        return end

    def _number(self, kind: str, start: int, end: int) -> int:
        text = self.text
        if kind == "NUMBER":
            grouped = _GROUPED.match(text, start)
            if grouped is not None:
                plain = grouped.group().replace("_", "")
                self._fault("TX001", "a number has no `_` in it", Span(*grouped.span()), plain, "")
                self._add("NUMBER", *grouped.span())
                return grouped.end()
            digits = _DIGITS.match(text, start)
            if digits is not None and digits.end() > end:
                self._too_long(digits)
                self._add("NUMBER", *digits.span())
                return digits.end()
            if text[end : end + 1] == "%":
                percent = Decimal(text[start:end]).scaleb(-2)
                spelled = f"{percent.normalize():f}" if abs(percent.adjusted()) < 15 else None
                self._fault(
                    "TX002",
                    "percentages are not written with `%`",
                    Span(start, end + 1),
                    spelled,
                    "write the share of one: 5 percent are 0.05",
                )
                self._add("NUMBER", start, end)
                self.tokens[-1].end = end + 1
                return end + 1
            if text[end : end + 1] == "." and text[end + 1 : end + 2] not in (".", *"0123456789"):
                self._fault(
                    "TX001",
                    "a number does not end with a point",
                    Span(start, end + 1),
                    text[start:end],
                    "",
                )
                self._add("NUMBER", start, end)
                return end + 1
        self._add(kind, start, end)
        return end

    def _too_long(self, digits: re.Match[str]) -> None:
        mantissa, _, exponent = digits.group().lower().partition("e")
        whole, _, fraction = mantissa.partition(".")
        if exponent and abs(int(exponent[:9])) > 289:
            message, help = "this number is out of range", "exponents go from -289 to 289"
        elif len(whole) > 15:
            message = f"a number has at most 15 digits before its point, this one has {len(whole)}"
            help = "write a larger number with an exponent: 1.5e20"
        else:
            message = (
                f"a number has at most 17 digits after its point, this one has {len(fraction)}"
            )
            help = "write a smaller number with an exponent: 1.5e-20"
        self._fault("TX009", message, Span(*digits.span()), None, help)

    # --- what begins no token -------------------------------------------------

    def _stray(self, start: int) -> int:
        text, character = self.text, self.text[start]
        spaces = _ODD_SPACES.match(text, start)
        if spaces is not None:
            if len(self._odd_spaces) < _MANY_SPACES:
                self._odd_spaces.append(Span(*spaces.span()))
            return spaces.end()
        if character == '"' and closes_nothing(text, start):
            self._add(STRAY, start, start + 1)
            return start + 1
        if character == '"':
            end = read_text(text, start, self.diagnostics)
            self._add("TEXT", start, end)
            return end
        if character == "`":
            end = read_backticks(text, start, self.diagnostics)
            self._add("QUOTED", start, end)
            return end
        before = self.tokens[-1].kind if self.tokens else ""
        other = read_other_quotes(text, start, before, self.diagnostics)
        if other is not None:
            kind, end = other
            self._add(kind, start, end)
            return end
        digits = _DIGITS.match(text, start + 1) if character == "." else None
        if digits is not None and not (self.tokens and self.tokens[-1].end == start):
            span = Span(start, digits.end())
            zero = "0" + text[start : span.end]
            self._fault("TX001", "a number begins with a digit", span, zero, "")
            self._add("NUMBER", start, span.end)
            return span.end
        if character in _RAISED:
            power = "**" + _RAISED[character]
            span = Span(start, start + 1)
            self._fault("TX002", f"`{character}` is no sign of the language", span, power, "")
            self._add("**", start, start + 1)
            self._add("NUMBER", start + 1, start + 1)
            self.tokens[-1].text = _RAISED[character]
            return start + 1
        if character in LOOK_ALIKES:
            sign = LOOK_ALIKES[character]
            self._fault(
                "TX002",
                f"`{character}` is no sign of the language",
                Span(start, start + 1),
                sign,
                "",
            )
            self._add(sign, start, start + 1)
            return start + 1
        run = _OTHERS.match(text, start)
        end = run.end() if run is not None else start + 1
        while end > start + 1 and text[end - 1] in LOOK_ALIKES:
            end -= 1
        self._add(STRAY, start, end)
        return end

    def _begins_foreign_comment(self, kind: str, start: int) -> bool:
        """Whether `//` or `/*` stands here, or `--` at the beginning of a line."""
        pair = self.text[start : start + 2]
        if kind == "-" and pair == "--":
            last = self.tokens[-1].end if self.tokens else 0
            return not self.text[max(self.text.rfind("\n", 0, start) + 1, last) : start].strip()
        return kind == "/" and pair in ("//", "/*")

    def _foreign_comment(self, start: int) -> int:
        """`// ...`, `-- ...` and `/* ... */`."""
        text = self.text
        if text.startswith("/*", start):
            close = text.find("*/", start)
            end = close + 2 if close >= 0 else len(text)
            self._fault(
                "TX002",
                "a comment begins with `#`",
                Span(start, start + 2),
                None,
                "`#` makes a comment of the rest of its line",
            )
            return end
        line_end = text.find("\n", start)
        end = line_end if line_end >= 0 else len(text)
        self._fault("TX002", "a comment begins with `#`", Span(start, start + 2), "#", "")
        return end

    def _foreign_sign(self, start: int) -> bool:
        """`==`, `=>`, `=<`, `<-`, `->`, `:=`: reported, and taken for what they stand for."""
        pair = self.text[start : start + 2]
        sign = {"==": "=", "=>": ">=", "=<": "<=", "<-": "~", "->": ":", ":=": "~"}.get(pair)
        if pair == "=>" and self._ends_keys():
            sign = ":"
        if (
            sign is None
            or (pair in ("<-", ":=") and not self._begins_statement())
            or (pair == "->" and not self._ends_keys())
        ):
            return False
        span = Span(start, start + 2)
        message = f"`{pair}` is no sign of the language"
        if pair == ":=":
            self._fault("TX002", message, span, None, "`~` draws a column, `=` computes it")
        else:
            self._fault("TX002", message, span, sign, "")
        self._add(sign, start, start + 2)
        return True

    def _ends_keys(self) -> bool:
        """Whether the last tokens may be the keys of a row, not the column of an indicator."""
        if len(self.tokens) < 2:
            return False
        before, last = self.tokens[-2:]
        return (last.is_word or last.kind in ("NUMBER", ")", "_")) and before.kind != "["

    def _begins_statement(self) -> bool:
        return bool(self.tokens) and self.tokens[-1].is_word and self.tokens[-1].first

    def _fence(self, start: int) -> bool:
        """Whether a line of a Markdown fence begins here; kept to be reported once."""
        end = line_end(self.text, start)
        line = self.text[start:end]
        if not line.startswith("```") or not re.fullmatch(r"\w*", line.lstrip("`")):
            return False
        if self.text[max(start - 4, 0) : start].rpartition("\n")[2].strip():
            return False
        if len(self._fences) < MAX_FAULTS:
            self._fences.append(Span(start, end))
        return True

    def _report_fences(self) -> None:
        if not self._fences:
            return
        self.diagnostics.add(
            "TX002",
            "a Markdown fence is no part of the text",
            self._fences[0],
            secondary=[Label(span) for span in self._fences[1:]],
            fix=Fix("leave the fence out", tuple(Edit(span, "") for span in self._fences)),
        )

    def _report_odd_spaces(self) -> None:
        if not self._odd_spaces:
            return
        count = len(self._odd_spaces)
        edits = tuple(Edit(span, " ") for span in self._odd_spaces)
        name = f"U+{ord(self.text[self._odd_spaces[0].start]):04X}"
        self.diagnostics.add(
            "TX002",
            f"a character that looks like a space and is none ({name})"
            + (f", here and {count - 1} times more" if count > 1 else ""),
            self._odd_spaces[0],
            fix=Fix("put plain spaces", edits, Applicability.SAFE),
        )
