"""Text to blocks: what stands where, and TX601 where it cannot."""

from __future__ import annotations

import re

from texrc.diagnostics import Diagnostics
from texrc.diagnostics.render.text import printable
from texrc.interop.bif.comments import without_comments
from texrc.interop.bif.document import (
    Document,
    Numbers,
    Probability,
    Properties,
    Row,
    Variable,
    Word,
)
from texrc.interop.bif.names import split_by_count, word
from texrc.interop.bif.properties import read_property
from texrc.source import SourceFile, Span
from texrc.syntax.limits import MAX_COLUMNS

MAX_FAULTS = 100
_MAX_LIST = 1_000_000
"""Characters of one list of states: 4,096 names of the longest kind fit."""

_SPACE = re.compile(r"\s*")
_BLOCK = re.compile(
    r"^[ \t]*(?:network\b[^\n{;]*\{|variable\b[^\n{;=,]*\s*\{|probability\s*\()", re.MULTILINE
)
_KEYWORD = re.compile(r"(network|variable|probability)\b")
_HEADER = re.compile(r'\s*("(?:[^"\\\n]|\\.)*+"|[^{};"\n]*?)\s*\{')
_HEAD = re.compile(r"\s*\(((?:[^);]|\)(?!\s*\{))*+)\)\s*\{")
_TYPE = re.compile(r"type\s+([\w-]+)\s*(?:\[\s*([^\]\n;]*?)\s*\])?\s*(\{|;)")
_STATES_END = re.compile(
    r'(?<=[\s{,"])"(?:[^"\\\n]|\\.){0,200}+"(?=\s*[,}"])|\}\s*(;)|(\})(?=\s*\})'
)
_PROPERTY = re.compile(r'property\b((?:"(?:[^"\\\n]|\\.)*+"|[^;"\n])*+)(;)')
_NUMBERS = re.compile(r"(table|default)\b([^;{}()]*)(;)")
_PLAIN_ROW = re.compile(r'\(([^()"\n;]*)\)([^;{}()"]*);')
_ANY_ROW = re.compile(r"\)(\s*[-+.\d][-+.\deE,\s]*);")
_ONLY_NUMBERS = re.compile(r"[-+.\deE,\s]*")
_UP_TO_A_SIGN = re.compile(r"[^;{}()]*")
_AROUND = re.compile(r"[^\s;{}()]{1,24}|.", re.DOTALL)


def scan(source: SourceFile, diagnostics: Diagnostics) -> Document:
    """The blocks of a file. After a fault it goes on with the next block."""
    scanner = _Scanner(source, diagnostics)
    document = Document()
    while scanner.more():
        scanner.block(document)
        if len(document.variables) > MAX_COLUMNS:
            diagnostics.add(
                "TX602",
                f"the network has more than {MAX_COLUMNS:,} variables",
                document.variables[-1].name.span,
                f"variable number {MAX_COLUMNS + 1:,}",
            )
            break
        if len(diagnostics) >= MAX_FAULTS:
            break
    return document


class _Fault(Exception):
    """Reading this block cannot go on; it has been reported."""


class _Scanner:
    def __init__(self, source: SourceFile, diagnostics: Diagnostics) -> None:
        self._text = without_comments(source.text)
        self._diagnostics = diagnostics
        self._at = 0
        self._limit = 0
        """Where the next block that starts a line begins."""

    def more(self) -> bool:
        self._skip_space()
        return self._at < len(self._text)

    def block(self, document: Document) -> None:
        start = self._at
        keyword = _KEYWORD.match(self._text, start)
        if start >= self._limit:
            following = _BLOCK.search(self._text, start + 1)
            self._limit = following.start() if following else len(self._text)
        try:
            if keyword is None:
                raise self._fault("`network`, `variable` or `probability`")
            self._at = keyword.end()
            match keyword[1]:
                case "network":
                    self._network(document)
                case "variable":
                    document.variables.append(self._variable())
                case _:
                    document.probabilities.append(self._probability())
        except _Fault:
            self._at = self._limit

    def _network(self, document: Document) -> None:
        document.name = self._name()
        while not self._closing("`property` or `}`"):
            self._property(document.properties)

    def _variable(self) -> Variable:
        name = self._name()
        properties = Properties()
        states: tuple[Word, ...] | None = None
        while not self._closing("`type`, `property` or `}`"):
            if self._text.startswith("type", self._at) and states is None:
                states = self._type(name)
            else:
                self._property(properties)
        if states is None:
            self._report(name.span, f"the variable `{_shown(name.text)}` has no `type` line")
            raise _Fault
        return Variable(name, states, properties)

    def _type(self, name: Word) -> tuple[Word, ...]:
        found = _TYPE.match(self._text, self._at, self._limit)
        if found is None:
            raise self._fault("`type discrete [ 2 ] { state, state };`")
        kind = Span(found.start(1), found.end(1))
        if found[1] != "discrete":
            self._diagnostics.add(
                "TX602",
                f"the variable `{_shown(name.text)}` is of the type `{_shown(found[1])}`",
                kind,
                "not discrete",
                helps=["only networks of discrete variables can be read from BIF"],
            )
            raise _Fault
        if found[3] == ";":
            self._at = found.end() - 1
            raise self._fault("the states in braces")
        start = found.end()
        for end in _STATES_END.finditer(self._text, start, min(self._limit, start + _MAX_LIST)):
            if end[1] or end[2]:
                break
        else:
            self._at = self._limit
            raise self._fault("`};` after the states")
        self._at = end.end()
        if end[2]:
            self._fault("`;` after the states")
        count = None
        if found[2] is not None:
            count = int(found[2]) if re.fullmatch(r"[0-9]{1,18}", found[2]) else -1
        states = split_by_count(self._text[start : end.start()], start, count)
        if count is not None and len(states) != count:
            self._diagnostics.add(
                "TX602",
                f"the variable `{_shown(name.text)}` announces {_shown(found[2])} states "
                f"and lists {len(states):,}",
                Span(found.start(2), found.end(2)),
                "announced here",
                helps=["where a name has a comma in it, write it in double quotes"]
                if 0 < count < len(states)
                else [],
            )
            raise _Fault
        return states

    def _probability(self) -> Probability:
        self._skip_space()
        found = _HEAD.match(self._text, self._at, self._limit)
        if found is None:
            raise self._fault("`( variable | parents ) {`")
        self._at = found.end()
        head = Word(found[1], Span(found.start(1), found.end(1)))
        rows: list[Row] = []
        numbers: dict[str, list[Numbers]] = {"table": [], "default": []}
        while not self._closing("a row `(states) numbers;`, `table`, `default` or `}`"):
            row = _PLAIN_ROW.match(self._text, self._at, self._limit)
            if row is not None:
                rows.append(Row(row[1], row.start(1), row[2], row.start(2)))
                self._at = row.end()
                continue
            try:
                self._odd_part(rows, numbers)
            except _Fault:
                if len(self._diagnostics) >= MAX_FAULTS or not self._past_the_line():
                    raise
        return Probability(head, tuple(rows), tuple(numbers["table"]), tuple(numbers["default"]))

    def _odd_part(self, rows: list[Row], numbers: dict[str, list[Numbers]]) -> None:
        """What is no plain row, in a `probability` block."""
        text = self._text
        found = _NUMBERS.match(text, self._at, self._limit)
        if found is not None:
            span = Span(found.start(), found.end(2))
            numbers[found[1]].append(Numbers(found[2], found.start(2), span))
            self._at = found.end()
        elif text[self._at] == "(":
            rows.append(self._odd_row())
        elif text.startswith(("table", "default"), self._at):
            unended = _UP_TO_A_SIGN.match(text, self._at, self._limit)
            assert unended is not None
            self._at = unended.end()
            raise self._fault("`;` after the numbers")
        else:
            self._property(Properties())

    def _past_the_line(self) -> bool:
        """Whether the block goes on after the faulty line, which is then behind."""
        line = self._text.rfind("\n", 0, self._at) + 1
        begins_line = not self._text[line : self._at].strip()
        if self._text.startswith("}", self._at) or (
            begins_line and self._text.startswith("(", self._at)
        ):
            return True
        line_end = self._text.find("\n", self._at, self._limit)
        self._at = line_end if line_end >= 0 else self._limit
        return line_end >= 0

    def _odd_row(self) -> Row:
        """A row whose states have brackets, quotes or semicolons in them, or a faulty one."""
        start = self._at + 1
        line_end = self._text.find("\n", start, self._limit)
        found = _ANY_ROW.search(self._text, start, self._limit)
        if found is None or (0 <= line_end < found.start()):
            close = self._text.find(")", start, self._limit if line_end < 0 else line_end)
            self._at = close + 1 if close >= 0 else start
            if close >= 0:
                numbers = _ONLY_NUMBERS.match(self._text, self._at, self._limit)
                assert numbers is not None
                expected = "numbers and `;`" if numbers.end() == self._at else "a number or `;`"
                self._at = numbers.end()
                raise self._fault(expected)
            raise self._fault("`)` after the states of a row")
        self._at = found.end()
        return Row(self._text[start : found.start()], start, found[1], found.start(1))

    def _property(self, properties: Properties) -> None:
        found = _PROPERTY.match(self._text, self._at, self._limit)
        if found is None:
            expected = "`property` or `}`"
            if self._text.startswith("property", self._at):
                expected = "`;` after the property"
                line = self._text.find("\n", self._at, self._limit)
                self._at = line if line >= 0 else self._limit
            raise self._fault(expected)
        read_property(found[1], properties)
        self._at = found.end()

    def _name(self) -> Word:
        self._skip_space()
        found = _HEADER.match(self._text, self._at, self._limit)
        if found is None or not found[1]:
            raise self._fault("a name and `{`")
        self._at = found.end()
        return word(found[1], found.start(1))

    def _closing(self, expected: str) -> bool:
        """Whether the block ends here; its end is then behind."""
        self._skip_space()
        if self._at >= self._limit:
            raise self._fault(expected)
        if self._text[self._at] == "}":
            self._at += 1
            return True
        return False

    def _skip_space(self) -> None:
        space = _SPACE.match(self._text, self._at)
        assert space is not None
        self._at = space.end()

    def _fault(self, expected: str) -> _Fault:
        """TX601 here, for the caller to raise where it cannot go on."""
        self._skip_space()
        if self._at >= len(self._text):
            end = len(self._text.rstrip())
            self._report(
                Span(max(end - 1, 0), end),
                f"the file ends where {expected} is due",
                "the file ends here",
                "the file may have been cut off: get it again",
            )
        else:
            stray = _AROUND.match(self._text, self._at)
            assert stray is not None
            self._report(
                Span(stray.start(), stray.end()),
                f"`{_shown(stray[0])}` stands where {expected} is due",
                "unexpected",
            )
        return _Fault()

    def _report(self, span: Span, message: str, label: str = "", help_text: str = "") -> None:
        self._diagnostics.add("TX601", message, span, label, helps=[help_text] if help_text else [])


def _shown(text: str) -> str:
    """Text of the file in a message: nothing hidden, not too long."""
    return printable(text if len(text) <= 60 else text[:59] + "…")
