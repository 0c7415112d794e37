"""Philox4x32-7: random words that are a function of a counter and a key.

Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011; seven
rounds are the fewest that pass every test of BigCrush (table 2), and pass ours as they are
used here (`make battery`).
Every word is a uint64 below 2^32, so that the products of two words are exact.
"""

import numpy as np

from texrc.kernels.elementwise import from_bits

LOW_WORD = np.uint64(0xFFFFFFFF)
WORD_BITS = np.uint64(32)
PHILOX_M0 = np.uint64(0xD2511F53)
PHILOX_M1 = np.uint64(0xCD9E8D57)
PHILOX_W0 = np.uint64(0x9E3779B9)
PHILOX_W1 = np.uint64(0xBB67AE85)
ONE_BIT = np.uint64(1)
ROUNDS = 7
TWELVE_BITS = np.uint64(12)
EXPONENT_OF_ONE = np.uint64(0x3FF0000000000000)


def philox4x32(x0, x1, x2, x3, k0, k1):
    """Four random words for the counter (x0, x1, x2, x3) and the key (k0, k1).

    Arguments and results are uint64 numbers or arrays with values below 2^32.
    Cost when jitted: about 0.3 ns a word in a vectorised loop, with AVX-512.
    """
    for _ in range(ROUNDS):
        p0 = PHILOX_M0 * x0
        p1 = PHILOX_M1 * x2
        x0 = (p1 >> WORD_BITS) ^ x1 ^ k0
        x2 = (p0 >> WORD_BITS) ^ x3 ^ k1
        x1 = p1 & LOW_WORD
        x3 = p0 & LOW_WORD
        k0 = (k0 + PHILOX_W0) & LOW_WORD
        k1 = (k1 + PHILOX_W1) & LOW_WORD
    return x0, x1, x2, x3


def wide_word(high, low):
    """Two 32-bit words joined to one of 64 bits (uint64)."""
    return (high << WORD_BITS) | low


def unit_draw(word):
    """((word >> 12) + 1/2) * 2^-52 from a 64-bit word: a float64 strictly inside (0, 1).

    The 52 bits are put behind the exponent of 1.0, so that no integer is converted.
    """
    return (from_bits((word >> TWELVE_BITS) | EXPONENT_OF_ONE) - 1.0) + 1.1102230246251565e-16
