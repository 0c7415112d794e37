"""Streams of which the answer is known: what the battery must let pass, and what it must not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import shake_128
from itertools import count

import numpy as np
import numpy.typing as npt
from numba import njit

Words = npt.NDArray[np.uint32]


def shake128(size: int) -> Iterator[Words]:
    """A cryptographic hash of the block's number: must pass."""
    for block in count():
        yield np.frombuffer(shake_128(block.to_bytes(8, "little")).digest(size * 4), np.uint32)


def mt19937(size: int) -> Iterator[Words]:
    """The Mersenne Twister: its linear complexity, 19,937, must be seen."""
    generator = np.random.MT19937(1)
    while True:
        yield generator.random_raw(size).astype(np.uint32)


def lcg32(size: int) -> Iterator[Words]:
    """x -> 1664525 x + 1013904223 mod 2^32 of Numerical Recipes: its low bits must be seen."""
    return _series(_lcg32, np.array([1], np.uint32), size)


def xorshift128(size: int) -> Iterator[Words]:
    """Marsaglia's of 2003: its ranks must be seen."""
    state = np.array([123456789, 362436069, 521288629, 88675123], np.uint32)
    return _series(_xorshift128, state, size)


def related(size: int) -> Iterator[Words]:
    """40 columns of shake128, of which one repeats another in one row of 64: must be seen."""
    for words in shake128(size):
        rows = words[: size // 40 * 40].reshape(-1, 40).copy()
        rows[::64, 23] = rows[::64, 22]
        yield np.append(rows.ravel(), words[size // 40 * 40 :])


def biased(size: int) -> Iterator[Words]:
    """shake128 with bit 9 set in one word of 64: must be seen."""
    for words in shake128(size):
        words = words.copy()
        words[::64] |= np.uint32(1 << 9)
        yield words


def halves(size: int) -> Iterator[Words]:
    """shake128 with equal halves in one word of 64: must be seen."""
    for words in shake128(size):
        words = words.copy()
        words[::64] = (words[::64] & np.uint32(0xFFFF)) * np.uint32(0x10001)
        yield words


def _series(fill: Callable[..., None], state: Words, size: int) -> Iterator[Words]:
    while True:
        out = np.empty(size, np.uint32)
        fill(out, state)
        yield out


@njit
def _lcg32(out, state):
    for i in range(out.size):
        state[0] = np.uint32(state[0] * np.uint32(1664525) + np.uint32(1013904223))
        out[i] = state[0]


@njit
def _xorshift128(out, state):
    for i in range(out.size):
        t = state[0] ^ np.uint32(state[0] << np.uint32(11))
        state[0], state[1], state[2] = state[1], state[2], state[3]
        state[3] = state[3] ^ (state[3] >> np.uint32(19)) ^ t ^ (t >> np.uint32(8))
        out[i] = state[3]


CONTROLS: dict[str, Callable[[int], Iterator[Words]]] = {
    "shake128": shake128,
    "mt19937": mt19937,
    "lcg32": lcg32,
    "xorshift128": xorshift128,
    "related": related,
    "biased": biased,
    "halves": halves,
}
