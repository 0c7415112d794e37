from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texrc.diagnostics.suggest import LONGEST, did_you_mean, slips


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("nomral", ["lognormal", "normal"], "normal"),  # two letters swapped
        ("Age", ["ages", "age"], "age"),  # case alone comes first
        ("AGEE", ["age"], "age"),  # case aside
        ("agee", ["ages", "age"], "ages"),  # equally near: the first
        ("larg", ["large", "small"], "large"),
        ("education_level", ["eductaion_levl", "education"], "eductaion_levl"),
        ("sex", ["age"], None),  # too far for a short word
        ("x", ["y"], None),  # nothing left of the word
        ("age", ["age"], None),  # never the word itself
        ("age", [], None),
        ("", ["a"], None),
        ("straße", ["STRASSE"], "STRASSE"),
        ("a" * (LONGEST + 1), ["a" * LONGEST], None),
    ],
)
def test_suggests(word: str, candidates: list[str], expected: str | None) -> None:
    assert did_you_mean(word, candidates) == expected


def plain_distance(a: str, b: str) -> int:
    """Optimal string alignment by the textbook's full table."""
    table = [[i + j if i * j == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
                table[i - 1][j - 1] + (a[i - 1] != b[j - 1]),
            )
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


words = st.text("abc", max_size=9)


@given(words, words, st.integers(-1, 4))
def test_the_band_gives_the_full_tables_distance(a: str, b: str, limit: int) -> None:
    distance = plain_distance(a, b)
    assert slips(a, b, limit) == (distance if distance <= limit else None)


@given(words, st.lists(words))
def test_the_suggestion_is_the_first_of_the_nearest(word: str, candidates: list[str]) -> None:
    suggestion = did_you_mean(word, candidates)
    if suggestion is None:
        return
    others = [
        other
        for other in candidates
        if 0 < plain_distance(word, other) < max(len(word), len(other))  # something is left
    ]
    nearest = min(plain_distance(word, other) for other in others)
    assert suggestion == next(o for o in others if plain_distance(word, o) == nearest)
