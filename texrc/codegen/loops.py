"""Loops over the rows of a block, in the subset of Python that numba compiles.

Each gives bit for bit what the function of the same name in `numpy_kernels`
gives. Rows are addressed by their number in the whole table (``first``), which
decides their draws, apart from their place in a buffer, which does not.
`texrc.codegen.jit` compiles a copy of this file from the user's cache folder.
"""

import numpy as np

from texrc.kernels.box_muller import normal_pair
from texrc.kernels.philox import philox4x32, unit_draw, wide_word

TILE_ROWS = 1024
SPAN_ROWS = 8192
LOW_32 = np.uint64(0xFFFFFFFF)
BITS_32 = np.uint64(32)
LOWEST_BIT_HASH = np.uint64(0x03F79D71B4CB0A89)
BITS_58 = np.uint64(58)
LOWEST_BIT_PLACE = np.array(
    [
        0, 1, 48, 2, 57, 49, 28, 3, 61, 58, 50, 42, 38, 29, 17, 4,
        62, 55, 59, 36, 53, 51, 43, 22, 45, 39, 33, 30, 24, 18, 12, 5,
        63, 47, 56, 27, 60, 41, 37, 16, 54, 35, 52, 21, 44, 32, 23, 11,
        46, 26, 40, 15, 34, 20, 31, 10, 25, 14, 19, 9, 13, 8, 7, 6,
    ],
    np.int64,
)  # fmt: skip


# --- random numbers of whole tiles -------------------------------------------


def fill_words(words, first_tile, tiles, key, slot):
    """32-bit words (uint32[512 a tile]) of ``tiles`` tiles, each two 16-bit draws.

    The key is uint64[3]: k0, k1, salt. It is read and masked once: the rounds' keys are then
    worked out outside the loop, and every product is known to be one of 32-bit words.
    0.15 ns a draw with AVX-512.
    """
    k0, k1, salt = key[0] & LOW_32, key[1] & LOW_32, key[2] & LOW_32
    for tile in range(tiles):
        base = (np.uint64(first_tile) + np.uint64(tile)) * np.uint64(128)
        low = base & LOW_32
        high = base >> BITS_32
        out = words[tile * 512 : tile * 512 + 512]
        for i in range(128):
            a, b, c, d = philox4x32(low + np.uint64(i), high, slot, salt, k0, k1)
            out[i] = a
            out[i + 128] = b
            out[i + 256] = c
            out[i + 384] = d


def fill_wide(words, first_tile, tiles, key, slot):
    """64-bit words (uint64) of ``tiles`` tiles."""
    k0, k1, salt = key[0] & LOW_32, key[1] & LOW_32, key[2] & LOW_32
    for tile in range(tiles):
        base = (np.uint64(first_tile) + np.uint64(tile)) * np.uint64(512)
        low = base & LOW_32
        high = base >> BITS_32
        out = words[tile * 1024 : tile * 1024 + 1024]
        for i in range(512):
            a, b, c, d = philox4x32(low + np.uint64(i), high, slot, salt, k0, k1)
            out[i] = wide_word(a, b)
            out[i + 512] = wide_word(c, d)


def wide_word_of(row, key, slot):
    """The 64-bit word (uint64) of one row of the table."""
    tile = np.uint64(row) // np.uint64(1024)
    place = np.uint64(row) % np.uint64(1024)
    index = tile * np.uint64(512) + place % np.uint64(512)
    a, b, c, d = philox4x32(
        index & LOW_32, index >> BITS_32, slot, key[2] & LOW_32, key[0] & LOW_32, key[1] & LOW_32
    )
    return wide_word(a, b) if place < np.uint64(512) else wide_word(c, d)


def units(out, first, key, slot):
    """The quantiles (float64 in (0, 1)) of rows first to first + out.size."""
    words = np.empty(SPAN_ROWS, np.uint64)
    done = 0
    skip = first % TILE_ROWS
    tile = first // TILE_ROWS
    while done < out.size:
        now = min(out.size - done, SPAN_ROWS - skip)
        fill_wide(words, tile, (skip + now + TILE_ROWS - 1) // TILE_ROWS, key, slot)
        for i in range(now):
            out[done + i] = unit_draw(words[skip + i])
        done += now
        tile += SPAN_ROWS // TILE_ROWS
        skip = 0


def normals(out, first, key, slot):
    """Standard normals (float64) of rows first to first + out.size.

    Rows i and i + 512 of a tile are a pair: its radius is from the word of the first, its
    angle from that of the second.
    """
    words = np.empty(TILE_ROWS, np.uint64)
    pairs = np.empty(TILE_ROWS)
    done = 0
    skip = first % TILE_ROWS
    tile = first // TILE_ROWS
    while done < out.size:
        now = min(out.size - done, TILE_ROWS - skip)
        fill_wide(words, tile, 1, key, slot)
        if now == TILE_ROWS:
            pair_normals(out[done : done + TILE_ROWS], words)
        else:
            pair_normals(pairs, words)
            for i in range(now):
                out[done + i] = pairs[skip + i]
        done += now
        tile += 1
        skip = 0


def pair_normals(out, words):
    """The normals of one tile from its words."""
    for i in range(512):
        a, b = normal_pair(words[i], words[i + 512])
        out[i] = a
        out[i + 512] = b
