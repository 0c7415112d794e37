"""Philox against the known answers for seven rounds published with Random123."""

import numpy as np
import pytest

from texrc.kernels.philox import philox4x32, unit_draw, wide_word

ONES = 0xFFFFFFFF
KNOWN = [
    ((0, 0, 0, 0, 0, 0), (0x5F6FB709, 0x0D893F64, 0x4F121F81, 0x4F730A48)),
    ((ONES,) * 6, (0x5207DDC2, 0x45165E59, 0x4D8EE751, 0x8C52F662)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0),
        (0x4DFCCABA, 0x190A87F0, 0xC47362BA, 0xB6B5242A),
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
    assert wide_word(np.uint64(0x12345678), np.uint64(0x9ABCDEF0)) == words[2]
