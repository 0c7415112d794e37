"""Wrong specs: each `bad/CODE/NAME.texr` gives `NAME.expected`, and each fault once at its place.

A comment at the end of a line names the codes of the faults whose primary place is on it
(`# TX101`, `# TX301 TX301`); a comment of its own line, `# nowhere: TW008`, those without a
place. The spec has these findings and no others. After a change that is meant,
`TEXR_REWRITE=1 pytest tests/test_transcripts.py` writes the expected files anew: read the
difference before committing it.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from texrc import driver
from texrc.diagnostics.codes import NAMES
from texrc.diagnostics.render.full import render
from texrc.diagnostics.render.selection import Report
from texrc.source import SourceFile

HERE = Path(__file__).parent / "bad"
SPECS = sorted(HERE.glob("*/*.texr"))
MARK = re.compile(r"# (nowhere: )?((?:T[XW]\d{3} ?)+)$")


def marked(text: str) -> Counter[tuple[int, str]]:
    """The codes that the comments name, by line; line 0 for those without a place."""
    found: Counter[tuple[int, str]] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if mark := MARK.search(line):
            found.update((0 if mark[1] else number, code) for code in mark[2].split())
    return found


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_wrong_spec(path: Path) -> None:
    source = SourceFile(path.name, path.read_text(encoding="utf-8"))
    diagnostics = driver.check(source).diagnostics
    text = render([Report(diagnostics, source)], limit=None)
    expected = path.with_suffix(".expected")
    if os.environ.get("TEXR_REWRITE"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    if marks := marked(source.text):
        places = (
            source.line_and_column(d.primary.span.start)[0] if d.primary else 0 for d in diagnostics
        )
        assert Counter(zip(places, (d.code for d in diagnostics), strict=True)) == marks
    assert path.parent.name in {diagnostic.code for diagnostic in diagnostics}


def test_every_code_of_a_spec_has_one() -> None:
    about_specs = {code for code in NAMES if code.startswith(("TX1", "TX2", "TX3", "TW"))}
    shown = {path.parent.name for path in SPECS}
    # A table that exhausts the budget is long, and names change on the way from BIF only.
    assert about_specs - shown == {"TX205", "TW009"}
    assert shown <= set(NAMES)


def test_no_expected_file_without_its_spec() -> None:
    assert {path.with_suffix(".texr") for path in HERE.glob("*/*.expected")} == set(SPECS)
