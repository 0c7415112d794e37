"""Philox against the known answers published with Random123."""

import numpy as np
import pytest

from texrc.kernels.philox import (
    narrow_draw,
    philox4x32,
    unit_draw,
    wide_draw,
    wide_word,
)

ONES = 0xFFFFFFFF
KNOWN = [
    ((0, 0, 0, 0, 0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((ONES,) * 6, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter_and_key", "answer"), KNOWN)
def test_known_answers_for_numbers(counter_and_key, answer):
    assert tuple(map(int, philox4x32(*map(np.uint64, counter_and_key)))) == answer


def test_known_answers_for_arrays():
    arguments = np.array([question for question, _ in KNOWN], dtype=np.uint64).T
    words = np.array(philox4x32(*arguments)).T
    assert words.dtype == np.uint64
    assert words.tolist() == [list(answer) for _, answer in KNOWN]


def test_draws_at_the_ends():
    words = np.array([0, 2**64 - 1, 0x123456789ABCDEF0], dtype=np.uint64)
    assert unit_draw(words).tolist() == [
        2.0**-53,
        1 - 2.0**-53,
        ((0x123456789ABCDEF0 >> 12) + 0.5) * 2.0**-52,
    ]
    assert wide_draw(words).tolist() == [0, 2**63 - 1, 0x123456789ABCDEF0 >> 1]
    assert wide_word(np.uint64(0x12345678), np.uint64(0x9ABCDEF0)) == words[2]
    assert narrow_draw(np.array([0, ONES], dtype=np.uint64)).tolist() == [0, 2**31 - 1]
