"""Every renderer on every tricky source, against a transcript that a person has looked at.

``python tests/diagnostics/test_render.py`` writes the transcripts anew.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.diagnostics.tricky_sources import CASES, SPEC, at, house, many
from texrc.diagnostics import Diagnostics
from texrc.diagnostics.render import RENDERERS, Report, wants_color
from texrc.diagnostics.render.text import printable, width
from texrc.source import SourceFile, Span

EXPECTED = Path(__file__).parent / "expected"
FORMATS = list(RENDERERS)
TRANSCRIPTS = [(case, name) for case in CASES for name in FORMATS if (case, name) != (many, "json")]
"""All pairs but the 200 findings as JSON: 120 kB that tell nothing new."""


def transcript_path(case: Callable[[], Report], format_name: str) -> Path:
    return EXPECTED / f"{case.__name__}.{format_name}.txt"


@pytest.mark.parametrize(("case", "format_name"), TRANSCRIPTS)
def test_matches_the_transcript(case: Callable[[], Report], format_name: str) -> None:
    path = transcript_path(case, format_name)
    assert RENDERERS[format_name]([case()]) == path.read_bytes().decode()


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_no_control_characters_reach_the_output(
    case: Callable[[], Report], format_name: str
) -> None:
    text = RENDERERS[format_name]([case()])
    hidden = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert hidden <= {"\n"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_color_changes_nothing_but_color(case: Callable[[], Report]) -> None:
    for format_name in FORMATS:
        colored = RENDERERS[format_name]([case()], color=True)
        plain = re.sub(r"\x1b\[[0-9;]*m", "", colored)
        assert plain == RENDERERS[format_name]([case()])


def test_color() -> None:
    text = RENDERERS["full"]([house()], color=True)
    assert text.startswith("\x1b[1;31merror[TX301]\x1b[0m\x1b[1m: probabilities")
    assert "\x1b[1;34m10 |\x1b[0m     education" in text


@pytest.mark.parametrize("format_name", FORMATS)
def test_nothing_to_say(format_name: str) -> None:
    nothing = RENDERERS[format_name]([Report([], SourceFile("x.texr", SPEC))])
    assert nothing == ("[]\n" if format_name == "json" else "")


def test_several_sources() -> None:
    other = Diagnostics()
    other.add("TW004", "in the other", at(SPEC, "bmi"))
    reports = [house(), Report(other.items, SourceFile("other.texr", SPEC))]
    text = RENDERERS["concise"](reports)
    assert [line.split(":")[0] for line in text.splitlines()] == [
        "clinic.texr",
        "other.texr",
        "1 error, 1 warning",
    ]
    assert [item["filename"] for item in json.loads(RENDERERS["json"](reports))] == [
        "clinic.texr",
        "other.texr",
    ]


def test_tools_get_every_finding() -> None:
    assert len(json.loads(RENDERERS["json"]([many()]))) == 200
    assert len(RENDERERS["github"]([many()]).splitlines()) == 200


def test_errors_are_not_crowded_out_by_warnings() -> None:
    bag = Diagnostics()
    for number in range(10):
        bag.add("TX101" if number == 9 else "TW004", f"finding {number}", at(SPEC, "bmi"))
    source = SourceFile("x.texr", SPEC)
    text = RENDERERS["concise"]([Report(bag.items, source)], limit=2)
    assert text == (
        "x.texr:4:5: TW004 [no-description] finding 0\n"
        "x.texr:4:5: TX101 [unknown-column] finding 9\n"
        "... and 8 more\n"
        "1 error, 9 warnings\n"
    )


def test_json_has_ruffs_fields() -> None:
    """The names that `ruff check --output-format json` gives, and three more."""
    (item,) = json.loads(RENDERERS["json"]([house()]))
    ruff = "cell code end_location filename fix location message name noqa_row severity url"
    assert set(item) == {*ruff.split(), "labels", "notes", "helps"}
    assert item["location"] == {"row": 10, "column": 29}
    assert item["end_location"] == {"row": 10, "column": 61}


class _Stream:
    def __init__(self, terminal: bool) -> None:
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.mark.parametrize(
    ("terminal", "environ", "expected"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": "0"}, False),
        (False, {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        (True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_wants_color(terminal: bool, environ: dict[str, str], expected: bool) -> None:
    assert wants_color(_Stream(terminal), environ) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain Ünïcode 日本", "plain Ünïcode 日本"),
        ("\x1b[31m", "\\x1b[31m"),
        ("a\tb\nc\rd", "a\\tb\\nc\\rd"),
        ("\u202e\u2066\u200b\ufeff", "\\u202e\\u2066\\u200b\\ufeff"),
        ("\U000e0041\ud800\x9b", "\\U000e0041\\ud800\\x9b"),
        ("a\u00a0b", "a\u00a0b"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_printable(text: str, expected: str) -> None:
    assert printable(text) == expected


@pytest.mark.parametrize("text", ["\r" * 500, "x\r\r\r", "a\r\r\n\r\r", "\r\n\r\r\n"])
def test_every_place_of_lone_carriage_returns_can_be_shown(text: str) -> None:
    for start in range(len(text) + 1):
        bag = Diagnostics()
        bag.add("TX001", "here", Span(start, start + 1))
        assert "here" in RENDERERS["full"]([Report(bag.items, SourceFile("x", text))])


def test_width() -> None:
    assert [width(text) for text in ("abc", "日本", "e\u0301", "한", "\u1112\u1161", "👩")] == [
        *(3, 4, 1, 2, 2, 2)
    ]


if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    for case, format_name in TRANSCRIPTS:
        rendered = RENDERERS[format_name]([case()])
        transcript_path(case, format_name).write_bytes(rendered.encode())
