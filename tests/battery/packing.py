"""Random bits of any width as 32-bit words, compiled. No bit is left out, and none is repeated.

The tests look at the leading bits of words most closely. So where values are wider than a
word, the leading 32 bits of each are a word.
"""

import numpy as np
from numba import njit

GROUP = 32
"""Values put into words together: of ``bits`` bits each they make ``bits`` words."""


@njit(nogil=True)
def words_of(values, bits):
    """uint32: of every 32 values (uint64 below 2^bits, bits from 32 to 64) the leading 32 bits
    of each, then the bits that are left of all of them. What does not fill a group is dropped.
    """
    groups = values.size // GROUP
    left = np.uint64(bits - 32)
    mask = (np.uint64(1) << left) - np.uint64(1)
    out = np.empty(groups * bits, np.uint32)
    for g in range(groups):
        kept, width, at = np.uint64(0), np.uint64(0), g * bits + GROUP
        for i in range(GROUP):
            value = values[g * GROUP + i]
            out[g * bits + i] = np.uint32(value >> left)
            kept = (kept << left) | (value & mask)
            width += left
            if width >= np.uint64(32):
                width -= np.uint64(32)
                out[at] = np.uint32((kept >> width) & np.uint64(0xFFFFFFFF))
                kept &= (np.uint64(1) << width) - np.uint64(1)
                at += 1
    return out


@njit(nogil=True)
def leading_bits(draws):
    """uint32: the leading bit of each of every 32 draws (uint16), the first one's highest."""
    out = np.empty(draws.size // GROUP, np.uint32)
    for g in range(out.size):
        word = np.uint32(0)
        for i in range(GROUP):
            word = (word << np.uint32(1)) | np.uint32(draws[g * GROUP + i] >> np.uint16(15))
        out[g] = word
    return out


@njit(nogil=True)
def reversed_bits(words):
    """uint32: each word from its lowest bit to its highest."""
    out = np.empty_like(words)
    for i in range(words.size):
        w = words[i]
        w = ((w >> np.uint32(1)) & np.uint32(0x55555555)) | ((w & np.uint32(0x55555555)) << 1)
        w = ((w >> np.uint32(2)) & np.uint32(0x33333333)) | ((w & np.uint32(0x33333333)) << 2)
        w = ((w >> np.uint32(4)) & np.uint32(0x0F0F0F0F)) | ((w & np.uint32(0x0F0F0F0F)) << 4)
        w = ((w >> np.uint32(8)) & np.uint32(0x00FF00FF)) | ((w & np.uint32(0x00FF00FF)) << 8)
        out[i] = (w >> np.uint32(16)) | (w << 16)
    return out


@njit(nogil=True)
def rows_with(draws, low):
    """int64: the places of the draws (uint16) whose lower byte is ``low``."""
    out = np.empty(draws.size, np.int64)
    found = 0
    for i in range(draws.size):
        if (draws[i] & np.uint16(0xFF)) == low:
            out[found] = i
            found += 1
    return out[:found].copy()
