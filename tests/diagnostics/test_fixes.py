from __future__ import annotations

from texrc.diagnostics import Applicability, Diagnostic, Edit, Fix
from texrc.diagnostics.fixes import apply_fixes
from texrc.diagnostics.model import Label
from texrc.source import Span

TEXT = "0123456789"


def finding(
    *edits: tuple[int, int, str], applicability: Applicability = Applicability.SAFE
) -> Diagnostic:
    written = tuple(Edit(Span(start, end), text) for start, end, text in edits)
    place = Label(written[0].span) if written else None
    return Diagnostic("TX101", "", place, fix=Fix("", written, applicability))


def test_edits_apply_whatever_their_order() -> None:
    second, first = finding((6, 8, "x")), finding((0, 1, ""), (2, 2, "abc"))
    assert apply_fixes(TEXT, [second, first]) == ("1abc2345x89", (first, second), ())


def test_overlapping_fixes_are_skipped_whole() -> None:
    first, second, third = (
        finding((1, 4, "A")),
        finding((3, 5, "B"), (8, 9, "C")),
        finding((4, 5, "D")),
    )
    mended = apply_fixes(TEXT, [first, second, third])
    assert mended == ("0AD56789", (first, third), (second,))


def test_insertions_at_one_place_do_not_pile_up() -> None:
    first, again, at_edge = finding((2, 2, "x")), finding((2, 2, "x")), finding((2, 4, "y"))
    assert apply_fixes(TEXT, [first, again, at_edge]) == ("01x23456789", (first,), (again, at_edge))


def test_a_fix_that_contradicts_itself_is_skipped() -> None:
    odd = finding((2, 5, "x"), (4, 6, "y"))
    assert apply_fixes(TEXT, [odd]) == (TEXT, (), (odd,))


def test_suggestions_and_bare_findings_are_left_alone() -> None:
    suggested = finding((0, 1, "x"), applicability=Applicability.SUGGESTED)
    assert apply_fixes(TEXT, [suggested, Diagnostic("TX101", "")]) == (TEXT, (), ())


def test_a_second_run_applies_what_the_first_skipped() -> None:
    def findings(text: str) -> list[Diagnostic]:
        return [finding((i, i + 2, "b")) for i in range(len(text) - 1) if text[i : i + 2] == "aa"]

    once = apply_fixes("aaaa", findings("aaaa"))
    assert once.text == "bb"
    assert len(once.skipped) == 1
