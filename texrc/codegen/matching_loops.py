"""Loops that find each row's table row from its parents' values (`texrc.codegen.matching`).

As in `loops`, each gives bit for bit what the function of the same name in `numpy_kernels`
gives. Codes are uint8 or uint16; an index ``x`` is uint8, uint16 or uint32.
"""

import numpy as np

from texrc.codegen.loops import BITS_58, LOWEST_BIT_HASH, LOWEST_BIT_PLACE

FEW_STARTS = 16


def begin_index(x, codes, stride):
    """``codes * stride``; x and stride are of one unsigned type, which holds the result."""
    for i in range(x.size):
        x[i] = codes[i] * stride


def add_to_index(x, codes, stride):
    for i in range(x.size):
        x[i] += codes[i] * stride


def add_atoms(x, numbers, starts, stride):
    """Adds ``atom * stride``, the atom of a number being how many of ``starts`` it reaches."""
    if starts.size <= FEW_STARTS:
        for j in range(starts.size):
            start = starts[j]
            for i in range(x.size):
                x[i] += (numbers[i] >= start) * stride
    else:
        for i in range(x.size):
            number = numbers[i]
            below = 0
            count = starts.size
            while count > 0:
                half = count >> 1
                reached = number >= starts[below + half]
                below = below + half + 1 if reached else below
                count = count - half - 1 if reached else half
            x[i] += below * stride


def look_up(out, x, table):
    """``table[x]``, for a row number (uint32) each."""
    for i in range(out.size):
        out[i] = table[x[i]]


def first_rows(out, places, masks):
    """The first table row (uint32) that every parent's atom matches.

    ``places`` (uint32[parents, rows]) tell the bitset of each parent's atom
    in ``masks`` (uint64[bitsets, words]). A row of a checked table always matches.
    """
    parents = places.shape[0]
    for i in range(out.size):
        row = 0
        for word in range(masks.shape[1]):
            common = masks[places[0, i], word]
            for p in range(1, parents):
                common &= masks[places[p, i], word]
            if common != np.uint64(0):
                lowest = common & (~common + np.uint64(1))
                row = word * 64 + LOWEST_BIT_PLACE[(lowest * LOWEST_BIT_HASH) >> BITS_58]
                break
        out[i] = row
