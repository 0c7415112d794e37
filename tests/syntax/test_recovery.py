"""What recovery promises beyond its transcripts in ``tests/bad/TX00*``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.syntax.samples import SMALL
from texrc.diagnostics import Applicability, Diagnostics
from texrc.diagnostics.fixes import apply_fixes
from texrc.source import SourceFile
from texrc.syntax import parse, recovery
from texrc.syntax.limits import MAX_FAULTS

WRONG = sorted((Path(__file__).parent.parent / "bad").glob("TX00[123]/*.texr"))


def syntax_errors(text: str) -> Diagnostics:
    return parse(SourceFile("x", text))[1]


def all_mended(found: Diagnostics) -> bool:
    return all(d.fix and d.fix.applicability is Applicability.SAFE for d in found)


@pytest.mark.parametrize(
    "text",
    [path.read_text(encoding="utf-8") for path in WRONG],
    ids=[f"{path.parent.name}/{path.stem}" for path in WRONG],
)
def test_safe_fixes_mend(text: str) -> None:
    """Safe fixes leave no fault of theirs, and bring none."""
    before = syntax_errors(text)
    mended = apply_fixes(text, before)
    after = syntax_errors(mended.text)
    assert len(after) == len(before) - len(mended.applied)
    if all_mended(before):
        assert not after.has_errors


def test_most_slips_have_a_safe_fix() -> None:
    mended = [all_mended(syntax_errors(path.read_text(encoding="utf-8"))) for path in WRONG]
    assert sum(mended) > len(mended) // 3


def test_a_fault_on_every_row() -> None:
    row = "      18..30: {basic: 0.5 plus: 0.25, `full cover`: rest};\n"
    head, tail = SMALL.split("      18..30: ", 1)
    first = head.count("\n") + 1
    source = SourceFile("x", head + row * 1000 + tail.partition("\n")[2])
    _, diagnostics = parse(source)
    lines = [source.line_and_column(d.primary.span.start)[0] for d in diagnostics if d.primary]
    assert lines == list(range(first, first + MAX_FAULTS))


def test_a_refused_text_is_never_without_a_diagnostic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "recover", lambda source: Diagnostics())
    (diagnostic,) = syntax_errors(SMALL.replace("uniform", ")"))
    assert diagnostic.code == "TX001"
    assert diagnostic.primary is not None
    assert diagnostic.primary.span.start == SMALL.index("uniform")
