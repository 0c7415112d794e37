"""Loops over the rows of a block, in the subset of Python that numba compiles.

Each gives bit for bit what the function of the same name in `numpy_kernels`
gives. Rows are addressed by their number in the whole table (``first``), which
decides their draws, apart from their place in a buffer, which does not.
`texrc.codegen.jit` compiles a copy of this file from the user's cache folder.
"""

import numpy as np

from texrc.kernels.box_muller import normal_pair
from texrc.kernels.elementary import exp
from texrc.kernels.philox import (
    narrow_draw,
    philox4x32,
    unit_draw,
    wide_draw,
    wide_word,
)

TILE_ROWS = 1024
SPAN_ROWS = 4096
LOW_32 = np.uint64(0xFFFFFFFF)
BITS_32 = np.uint64(32)
ALIAS_MASK = np.uint64(0xFFF)
ALIAS_SHIFT = np.uint64(12)
NARROW_SHIFT = np.uint64(31)
NARROW_MASK = np.uint64(0x7FFFFFFF)
WIDE_SHIFT = np.uint64(13)


# --- random numbers of whole tiles -------------------------------------------


def fill_narrow(draws, first_tile, tiles, key, slot):
    """31-bit draws (uint32) of ``tiles`` tiles; ``key`` is uint64[3]: k0, k1, salt.

    The key is read and masked once: the rounds' keys are then worked out outside the loop,
    and every product is known to be one of 32-bit words.
    """
    k0, k1, salt = key[0] & LOW_32, key[1] & LOW_32, key[2] & LOW_32
    for tile in range(tiles):
        base = (np.uint64(first_tile) + np.uint64(tile)) * np.uint64(256)
        low = base & LOW_32
        high = base >> BITS_32
        out = draws[tile * 1024 : tile * 1024 + 1024]
        for i in range(256):
            a, b, c, d = philox4x32(low + np.uint64(i), high, slot, salt, k0, k1)
            out[i] = np.uint32(narrow_draw(a))
            out[i + 256] = np.uint32(narrow_draw(b))
            out[i + 512] = np.uint32(narrow_draw(c))
            out[i + 768] = np.uint32(narrow_draw(d))


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


# --- from a draw to a label, ``x`` being the row of the table ------------------


def one_row_thresholds(out, draws, thresholds, states):
    for i in range(out.size):
        out[i] = 0
    for j in range(states - 1):
        threshold = thresholds[j]
        for i in range(out.size):
            out[i] += draws[i] >= threshold


def thresholds_of_2(out, draws, x, thresholds):
    for i in range(out.size):
        out[i] = draws[i] >= thresholds[x[i]]


def thresholds_of_3(out, draws, x, thresholds):
    for i in range(out.size):
        at = np.uint32(x[i]) * np.uint32(2)
        draw = draws[i]
        reached = np.uint8(draw >= thresholds[at])
        reached += np.uint8(draw >= thresholds[at + np.uint32(1)])
        out[i] = reached


def thresholds_of_4(out, draws, x, thresholds):
    for i in range(out.size):
        at = np.uint32(x[i]) * np.uint32(3)
        draw = draws[i]
        reached = np.uint8(draw >= thresholds[at])
        reached += np.uint8(draw >= thresholds[at + np.uint32(1)])
        reached += np.uint8(draw >= thresholds[at + np.uint32(2)])
        out[i] = reached


def thresholds_of_5(out, draws, x, thresholds):
    for i in range(out.size):
        at = np.uint32(x[i]) * np.uint32(4)
        draw = draws[i]
        reached = np.uint8(draw >= thresholds[at])
        reached += np.uint8(draw >= thresholds[at + np.uint32(1)])
        reached += np.uint8(draw >= thresholds[at + np.uint32(2)])
        reached += np.uint8(draw >= thresholds[at + np.uint32(3)])
        out[i] = reached


def two_labels_of_4_rows(out, draws, x, thresholds):
    """As `thresholds_of_2` for at most 4 rows, whose thresholds stay in registers."""
    last = thresholds.size - 1
    t0 = thresholds[0]
    t1 = thresholds[min(1, last)]
    t2 = thresholds[min(2, last)]
    t3 = thresholds[min(3, last)]
    for i in range(out.size):
        row = np.uint8(x[i])
        odd = (row & np.uint8(1)) != np.uint8(0)
        low = t1 if odd else t0
        high = t3 if odd else t2
        out[i] = draws[i] >= (high if row >= np.uint8(2) else low)


def two_labels_of_8_rows(out, draws, x, thresholds):
    """As `thresholds_of_2` for at most 8 rows, whose thresholds stay in registers."""
    last = thresholds.size - 1
    t0 = thresholds[0]
    t1 = thresholds[min(1, last)]
    t2 = thresholds[min(2, last)]
    t3 = thresholds[min(3, last)]
    t4 = thresholds[min(4, last)]
    t5 = thresholds[min(5, last)]
    t6 = thresholds[min(6, last)]
    t7 = thresholds[min(7, last)]
    for i in range(out.size):
        row = np.uint8(x[i])
        odd = (row & np.uint8(1)) != np.uint8(0)
        second = (row & np.uint8(2)) != np.uint8(0)
        a = t1 if odd else t0
        b = t3 if odd else t2
        c = t5 if odd else t4
        d = t7 if odd else t6
        low = b if second else a
        high = d if second else c
        out[i] = draws[i] >= (high if row >= np.uint8(4) else low)


def three_labels_of_4_rows(out, draws, x, thresholds):
    """As `thresholds_of_3` for at most 4 rows, whose thresholds stay in registers."""
    last = thresholds.size - 2
    a0 = thresholds[0]
    b0 = thresholds[1]
    a1 = thresholds[min(2, last)]
    b1 = thresholds[min(2, last) + 1]
    a2 = thresholds[min(4, last)]
    b2 = thresholds[min(4, last) + 1]
    a3 = thresholds[min(6, last)]
    b3 = thresholds[min(6, last) + 1]
    for i in range(out.size):
        row = np.uint8(x[i])
        odd = (row & np.uint8(1)) != np.uint8(0)
        upper = row >= np.uint8(2)
        a_low = a1 if odd else a0
        a_high = a3 if odd else a2
        b_low = b1 if odd else b0
        b_high = b3 if odd else b2
        draw = draws[i]
        out[i] = np.uint8(draw >= (a_high if upper else a_low)) + np.uint8(
            draw >= (b_high if upper else b_low)
        )


def narrow_alias(out, draws, x, entries, states):
    count = np.uint64(states)
    for i in range(out.size):
        product = np.uint64(draws[i]) * count
        slot = product >> NARROW_SHIFT
        entry = entries[np.uint64(x[i]) * count + slot]
        own = (product & NARROW_MASK) < (entry >> ALIAS_SHIFT)
        out[i] = slot if own else entry & ALIAS_MASK


def wide_thresholds(out, words, x, thresholds, states):
    for i in range(out.size):
        draw = wide_draw(words[i])
        at = np.int64(x[i]) * (states - 1)
        reached = 0
        for j in range(states - 1):
            reached += draw >= thresholds[at + j]
        out[i] = reached


def wide_alias(out, words, x, entries, states):
    """The product of a word and the number of labels has 64 + 12 bits: slot and fraction."""
    count = np.uint64(states)
    for i in range(out.size):
        low = (words[i] & LOW_32) * count
        high = (words[i] >> BITS_32) * count + (low >> BITS_32)
        slot = high >> BITS_32
        fraction = ((high & LOW_32) << BITS_32) | (low & LOW_32)
        entry = entries[np.uint64(x[i]) * count + slot]
        own = (fraction >> WIDE_SHIFT) < (entry >> ALIAS_SHIFT)
        out[i] = slot if own else entry & ALIAS_MASK


def select_narrow(out, draws, x, rows, states, thresholds, entries, alias):
    """Labels by one table: uint32 thresholds or uint64 entries; ``x`` is idle for one row."""
    if alias:
        narrow_alias(out, draws, x, entries, states)
    elif rows == 1:
        one_row_thresholds(out, draws, thresholds, states)
    elif states == 2:
        if rows <= 4:
            two_labels_of_4_rows(out, draws, x, thresholds)
        elif rows <= 8:
            two_labels_of_8_rows(out, draws, x, thresholds)
        else:
            thresholds_of_2(out, draws, x, thresholds)
    elif states == 3:
        if rows <= 4:
            three_labels_of_4_rows(out, draws, x, thresholds)
        else:
            thresholds_of_3(out, draws, x, thresholds)
    elif states == 4:
        thresholds_of_4(out, draws, x, thresholds)
    elif states == 5:
        thresholds_of_5(out, draws, x, thresholds)
    else:
        one_row_thresholds(out, draws, thresholds, states)


def select_wide(out, words, x, states, table, alias):
    if alias:
        wide_alias(out, words, x, table, states)
    else:
        wide_thresholds(out, words, x, table, states)


def choose_narrow(out, first, x, key, slot, rows, states, thresholds, entries, alias):
    """Labels of rows first to first + out.size by a narrow selection."""
    draws = np.empty(SPAN_ROWS, np.uint32)
    done = 0
    skip = first % TILE_ROWS
    tile = first // TILE_ROWS
    while done < out.size:
        now = min(out.size - done, SPAN_ROWS - skip)
        fill_narrow(draws, tile, (skip + now + TILE_ROWS - 1) // TILE_ROWS, key, slot)
        part = slice(done, done + now)
        select_narrow(
            out[part], draws[skip : skip + now], x[part], rows, states, thresholds, entries, alias
        )
        done += now
        tile += SPAN_ROWS // TILE_ROWS
        skip = 0


def choose_wide(out, first, x, key, slot, states, table, alias):
    """Labels of rows first to first + out.size by a wide selection."""
    words = np.empty(SPAN_ROWS, np.uint64)
    done = 0
    skip = first % TILE_ROWS
    tile = first // TILE_ROWS
    while done < out.size:
        now = min(out.size - done, SPAN_ROWS - skip)
        fill_wide(words, tile, (skip + now + TILE_ROWS - 1) // TILE_ROWS, key, slot)
        part = slice(done, done + now)
        select_wide(out[part], words[skip : skip + now], x[part], states, table, alias)
        done += now
        tile += SPAN_ROWS // TILE_ROWS
        skip = 0


def softmax_labels(out, u, scores):
    """Labels with the probabilities exp(score) / sum of exp(scores), by the quantiles u.

    ``scores`` is float64[labels, rows], finite; it is overwritten. The largest score of a
    row is taken from all, so that nothing overflows; what underflows to 0 is never drawn.
    """
    states = scores.shape[0]
    highest = scores[0].copy()
    for j in range(1, states):
        row = scores[j]
        for i in range(out.size):
            highest[i] = row[i] if row[i] > highest[i] else highest[i]
    total = np.zeros(out.size)
    for j in range(states):
        row = scores[j]
        for i in range(out.size):
            total[i] += exp(row[i] - highest[i])
            row[i] = total[i]
    for i in range(out.size):
        out[i] = 0
    for j in range(states - 1):
        row = scores[j]
        for i in range(out.size):
            out[i] += u[i] * total[i] >= row[i]
