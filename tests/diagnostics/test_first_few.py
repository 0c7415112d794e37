"""Bags that keep the first few findings of each code."""

from __future__ import annotations

from texrc.diagnostics import Diagnostics
from texrc.diagnostics.first_few import FirstFew


def test_keeps_the_first_and_counts_the_others() -> None:
    few = FirstFew(most=2)
    for number in range(5):
        few.add("TX301", f"sum {number}", notes=["exact"])
        few.add("TX312", "zero") if number == 0 else None
    diagnostics = Diagnostics()
    few.pour(diagnostics, "in this file")
    assert [(d.message, d.notes) for d in diagnostics] == [
        ("sum 0", ("exact",)),
        ("zero", ()),
        ("sum 1", ("exact", "3 more of this kind in this file")),
    ]


def test_skipping_counts_what_is_not_worded() -> None:
    few = FirstFew(most=1)
    assert not few.skip("TX301")
    few.add("TX301", "the first")
    assert few.skip("TX301") and few.skip("TX301") and not few.skip("TX312")
    diagnostics = Diagnostics()
    few.pour(diagnostics, "here")
    assert [d.notes for d in diagnostics] == [("2 more of this kind here",)]
