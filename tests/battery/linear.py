"""Tests that generators linear over two elements fail: ranks of matrices, linear complexity."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numba import njit

from tests.battery.cells import Cells, Floats, PValue, Words

COMPLEXITY_BITS = 65536
COMPLEXITY_EVERY = 4


@njit(nogil=True)
def rank(rows, columns):
    """The rank over two elements of a matrix of uint64[rows, words], which is overwritten."""
    found = 0
    for column in range(columns):
        word, bit = column // 64, np.uint64(1) << np.uint64(column % 64)
        pivot = found
        while pivot < rows.shape[0] and not rows[pivot, word] & bit:
            pivot += 1
        if pivot == rows.shape[0]:
            continue
        for w in range(word, rows.shape[1]):
            rows[pivot, w], rows[found, w] = rows[found, w], rows[pivot, w]
        for r in range(pivot + 1, rows.shape[0]):
            if rows[r, word] & bit:
                for w in range(word, rows.shape[1]):
                    rows[r, w] ^= rows[found, w]
        found += 1
    return found


@njit(nogil=True)
def count_ranks(counts, words, size):
    """How far the ranks of square matrices of all bits fall short: 0, 1, 2, 3 or more."""
    matrix = np.empty((size, size // 64), np.uint64)
    of = size * size // 32
    for g in range(words.size // of):
        for i in range(size * size // 64):
            at = g * of + 2 * i
            joined = (np.uint64(words[at]) << np.uint64(32)) | np.uint64(words[at + 1])
            matrix[i // (size // 64), i % (size // 64)] = joined
        counts[min(size - rank(matrix, size), 3)] += 1


@njit(nogil=True)
def count_ranks_of_one_bit(counts, words, shift):
    """As `count_ranks`, 256 x 256 matrices of one bit of each word."""
    matrix = np.empty((256, 4), np.uint64)
    for g in range(words.size // 65536):
        matrix[:] = 0
        for i in range(65536):
            bit = np.uint64((words[g * 65536 + i] >> np.uint32(shift)) & np.uint32(1))
            matrix[i // 256, (i % 256) // 64] |= bit << np.uint64(i % 64)
        counts[min(256 - rank(matrix, 256), 3)] += 1


def _rank_chances(size: int) -> Floats:
    """Of square matrices with rank size, size - 1, size - 2, and less (Marsaglia, Tsay 1985)."""
    chances = []
    for short in range(3):
        chance = 2.0 ** -(short * short)
        for i in range(size - short):
            chance *= (1 - 2.0 ** (i - size)) ** 2 / (1 - 2.0 ** (i - size + short))
        chances.append(chance)
    return np.array([*chances, 1.0 - sum(chances)])


@njit(nogil=True)
def linear_complexity(bits):
    """The length of the shortest linear recurrence of some bits (Berlekamp and Massey)."""
    n = bits.size
    words = n // 64 + 2
    connection = np.zeros(words, np.uint64)
    before = np.zeros(words, np.uint64)
    window = np.zeros(words, np.uint64)  # bit i is the bit that came i steps ago
    connection[0] = before[0] = np.uint64(1)
    length, last = 0, -1
    for step in range(n):
        used = min(words, max(step // 64 + 1, 1))
        carry = np.uint64(bits[step])
        for w in range(used):
            now = window[w]
            window[w] = (now << np.uint64(1)) | carry
            carry = now >> np.uint64(63)
        if used < words:
            window[used] = carry
        parity = np.uint64(0)
        for w in range(length // 64 + 1):
            parity ^= connection[w] & window[w]
        for half in (32, 16, 8, 4, 2, 1):
            parity ^= parity >> np.uint64(half)
        if parity & np.uint64(1):
            kept = connection.copy()
            shift = step - last
            whole, part = shift // 64, np.uint64(shift % 64)
            for w in range(words - 1, whole - 1, -1):
                moved = before[w - whole] << part
                if part and w > whole:
                    moved |= before[w - whole - 1] >> (np.uint64(64) - part)
                connection[w] ^= moved
            if 2 * length <= step:
                length = step + 1 - length
                last = step
                before = kept
    return length


class Complexity:
    """The linear complexity of 65,536 bits, one from each word, once in four blocks.

    Of n bits, n even, it is n/2 + k with the chance 2^(2k - 1) for k <= 0 and 2^(-2k) above
    (Rueppel 1986), thus k places or more off n/2 with 2^(1 - 2k). The p-value is the chance
    that the one farthest off is farther, and half that it is just as far.
    """

    def __init__(self, shift: int) -> None:
        self.shift = shift
        self.blocks = 0
        self.off: list[int] = []

    def feed(self, words: Words) -> None:
        if self.blocks % COMPLEXITY_EVERY == 0:
            bits = (words[:COMPLEXITY_BITS] >> np.uint32(self.shift)) & np.uint32(1)
            self.off.append(abs(int(linear_complexity(bits)) - bits.size // 2))
        self.blocks += 1

    def results(self) -> Iterator[PValue]:
        at_least, beyond = (self._chance(max(self.off) + more) for more in (0, 1))
        yield f"linear complexity of bit {self.shift}", (at_least + beyond) / 2

    def _chance(self, off: int) -> float:
        """That any of them is so far off."""
        return 1.0 - (1.0 - min(1.0, 2.0 ** (1 - 2 * off))) ** len(self.off)


def linear_tests() -> list[Cells | Complexity]:
    """All of this file."""
    return [
        Cells("ranks of 64 x 64", _rank_chances(64),
              lambda counts, words: count_ranks(counts, words[: words.size // 16], 64)),
        Cells("ranks of 256 x 256", _rank_chances(256),
              lambda counts, words: count_ranks(counts, words[: words.size // 16], 256)),
        *(Cells(f"ranks of bit {shift}", _rank_chances(256),
                lambda counts, words, shift=shift: count_ranks_of_one_bit(
                    counts, words[: words.size // 4], shift))
          for shift in (0, 31)),
        Complexity(0),
        Complexity(31),
    ]  # fmt: skip
