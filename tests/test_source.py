"""Lines and columns of a text, against the plain way to count them."""

from __future__ import annotations

from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texrc.source import BLOCK, SourceFile

AROUND_BLOCKS = [
    *("", "\n", "a", "a\n", "\r\n\r", "\n" * (2 * BLOCK + 1), "x" * BLOCK),
    *("x" * (BLOCK - 1) + "\n", "x" * BLOCK + "\n", "\n" * BLOCK, "\n" * (BLOCK + 1)),
]


def check_all_places(text: str, step: int) -> None:
    source = SourceFile("x", text)
    starts = [0, *(place + 1 for place, sign in enumerate(text) if sign == "\n")]
    assert source.line_count == len(starts)
    for offset in {*range(0, len(text) + 1, step), len(text)}:
        line = bisect_right(starts, offset)
        assert source.line_and_column(offset) == (line, offset - starts[line - 1] + 1)
    lines = text.split("\n")
    for number in {*range(1, len(starts) + 1, step), len(starts)}:
        assert source.line(number) == lines[number - 1].removesuffix("\r")


@pytest.mark.parametrize("text", AROUND_BLOCKS, ids=range(len(AROUND_BLOCKS)))
def test_texts_around_the_blocks_that_are_counted_together(text: str) -> None:
    check_all_places(text, 61)


@given(
    st.lists(st.sampled_from(["\n", "a\n", "\r\n", "x" * 97, "é" * 1500, "\n" * 700]), max_size=30)
)
def test_texts_over_several_blocks(pieces: list[str]) -> None:
    check_all_places("".join(pieces), 37)
