"""Loops that turn random numbers into labels.

As in `loops`, each gives bit for bit what the function of the same name in `numpy_kernels`
gives. A label is how many of its table row's thresholds a 63-bit number reaches. The 16
leading bits of that number, the *draw*, nearly always tell: a cell where they do not is
marked, and settled afterwards. So the labels do not depend on how draws are compared with
thresholds, and the fastest way for a table's shape is taken.
"""

import numpy as np

from texrc.codegen.loops import (
    BITS_58,
    LOWEST_BIT_HASH,
    LOWEST_BIT_PLACE,
    SPAN_ROWS,
    TILE_ROWS,
    fill_words,
    wide_word_of,
)
from texrc.kernels.elementary import exp
from texrc.kernels.elementwise import counted, look_up_32, shift_right
from texrc.kernels.picking import pick_of_4

REST_BITS = np.uint64(47)
"""A number has so many bits after its draw."""
REST_SHIFT = np.uint64(17)
REST = np.uint64(1 << 47)
LARGEST_DRAW = np.uint64(0xFFFF)
TIED = np.uint64(1 << 8)
"""Added to a slot, for the bits after the draw."""
MARKED_BYTES = np.uint64(0x8080808080808080)
MARKED_PAIRS = np.uint64(0x8000800080008000)
WORDS_TOGETHER = 64


def choose(out, first, x, key, slot, thresholds, states, leading, guide):
    """The labels (uint8 or uint16) of rows first to first + out.size.

    ``thresholds``, ``states``, ``leading`` and ``guide`` are as `Thresholds` has them; ``x``
    is the table row of each label, idle and empty where there is one row for all. With
    AVX-512 a label costs 0.25 ns where few thresholds are compared with, 0.6 by a guide.
    """
    if states < 2:
        for i in range(out.size):
            out[i] = 0
        return
    rows = thresholds.size // (states - 1)
    words = np.empty(SPAN_ROWS // 2, np.uint32)
    near = np.empty(SPAN_ROWS, np.uint16)
    far = np.empty(SPAN_ROWS, np.uint32)
    done = 0
    skip = first % TILE_ROWS
    tile = first // TILE_ROWS
    while done < out.size:
        now = min(out.size - done, SPAN_ROWS - skip)
        fill_words(words, tile, (skip + now + TILE_ROWS - 1) // TILE_ROWS, key, slot)
        draws = words.view(np.uint16)[skip : skip + now]
        labels = out[done : done + now]
        part = x[done : done + now]
        marked = True
        if leading.size:
            marked = compare(labels, draws, part, leading, leading.size // (states - 1), near)
        elif guide.size <= 65536:
            look_at_guide(labels, draws, part, guide, rows, near)
        else:
            look_at_guide(labels, draws, part, guide, rows, far)
        if marked:
            settle(labels, first + done, draws, part, key, slot | TIED, thresholds, states)
        done += now
        tile += SPAN_ROWS // TILE_ROWS
        skip = 0


def compare(out, draws, x, leading, room, near):
    """Labels by comparing; a cell is marked where its draw is that of a threshold.

    Tells whether any is marked. The first comparison sets labels, the others add to them.
    """
    marked = False
    for at in range(0, leading.size, room):
        if room == 1:
            marked |= compare_with_1(out, draws, leading, at)
        elif room == 4:
            marked |= compare_with_4(out, draws, x, leading, at)
        else:
            marked |= compare_with_64(out, draws, x, leading, at, near)
    return marked


def compare_with_1(out, draws, leading, at):
    """One threshold for all rows, in a register. 0.05 ns a cell, 32 cells at once."""
    none, mark = out.dtype.type(0), mark_of(out)
    threshold = leading[at]
    marked = False
    for i in range(out.size):
        draw = draws[i]
        tied = draw == threshold
        label = counted(out[i] if at else none, draw > threshold)
        out[i] = mark if tied else label
        marked |= tied
    return marked


def compare_with_4(out, draws, x, leading, at):
    """One threshold for each of 4 rows, picked by three selects. 0.07 ns a cell."""
    none, mark = out.dtype.type(0), mark_of(out)
    t0, t1, t2, t3 = leading[at], leading[at + 1], leading[at + 2], leading[at + 3]
    marked = False
    for i in range(out.size):
        draw = draws[i]
        threshold = pick_of_4(np.uint8(x[i]), t0, t1, t2, t3)
        tied = draw == threshold
        label = counted(out[i] if at else none, draw > threshold)
        out[i] = mark if tied else label
        marked |= tied
    return marked


def compare_with_64(out, draws, x, leading, at, near):
    """One threshold for each of 64 rows; ``near`` is room for those of all cells.

    0.08 ns a cell with AVX-512, which looks up 32 of them by one instruction; 0.4 ns where
    they are loaded one by one.
    """
    whole = out.size // 32 * 32
    for i in range(0, whole, 32):
        look_up_32(near, i, x, leading, at)
    for i in range(whole, out.size):
        near[i] = leading[at + x[i]]
    none, mark = out.dtype.type(0), mark_of(out)
    marked = False
    for i in range(out.size):
        draw = draws[i]
        tied = draw == near[i]
        label = counted(out[i] if at else none, draw > near[i])
        out[i] = mark if tied else label
        marked |= tied
    return marked


def look_at_guide(out, draws, x, guide, rows, entries):
    """Labels, or the least they may be, marked. ``entries`` is room for the places looked at.

    0.4 ns a cell for any table: one look-up from the nearest cache, whatever the states.
    """
    size = np.uint32(guide.size // rows)
    unused = np.uint16(0)
    while size << unused < 65536:
        unused += np.uint16(1)
    if x.size:
        for i in range(out.size):
            entries[i] = np.uint32(x[i]) * size + shift_right(draws[i], unused)
    else:
        for i in range(out.size):
            entries[i] = shift_right(draws[i], unused)
    # Four at a time, one by one: the gathers of vector units are slower.
    whole = out.size // 4 * 4
    for i in range(0, whole, 4):
        out[i] = guide[entries[i]]
        out[i + 1] = guide[entries[i + 1]]
        out[i + 2] = guide[entries[i + 2]]
        out[i + 3] = guide[entries[i + 3]]
    for i in range(whole, out.size):
        out[i] = guide[entries[i]]


# --- cells that the draw leaves open --------------------------------------------------


def mark_of(labels):
    """The highest bit of a label."""
    return labels.dtype.type(1 << (8 * labels.itemsize - 1))


def settle(out, first, draws, x, key, slot, thresholds, states):
    """The labels of marked cells, from the least they may be, by all bits that it takes.

    Marks are looked for in 512 bytes, then in 8, then one by one: 0.03 ns a cell without any,
    some 20 ns for each.
    """
    mark = mark_of(out)
    marks = MARKED_BYTES if out.itemsize == 1 else MARKED_PAIRS
    each = 8 if out.itemsize == 1 else 4
    shift = 3 if out.itemsize == 1 else 4
    whole = out.size & -each
    words = out[:whole].view(np.uint64)
    rest = np.uint64(0)
    for i in range(whole, out.size):
        rest |= np.uint64(out[i]) << np.uint64((i - whole) << shift)
    for begin in range(0, words.size + 1, WORDS_TOGETHER):
        stop = min(begin + WORDS_TOGETHER, words.size)
        seen = rest if stop == words.size else np.uint64(0)
        for at in range(begin, stop):
            seen |= words[at]
        if not seen & marks:
            continue
        for at in range(begin, min(begin + WORDS_TOGETHER, words.size + 1)):
            marked = (words[at] if at < words.size else rest) & marks
            while marked:
                lowest = marked & (~marked + np.uint64(1))
                marked ^= lowest
                bit = LOWEST_BIT_PLACE[(lowest * LOWEST_BIT_HASH) >> BITS_58]
                i = at * each + (bit >> shift)
                label = np.int64(out[i]) - np.int64(mark)
                start = np.int64(x[i]) * (states - 1) if x.size else 0
                number = np.uint64(draws[i]) << REST_BITS
                tied = False
                while label < states - 1:
                    threshold = thresholds[start + label]
                    if number >= threshold:
                        label += 1
                    elif tied or number + REST <= threshold:
                        break
                    else:
                        number |= wide_word_of(first + i, key, slot) >> REST_SHIFT
                        tied = True
                out[i] = label


# --- labels by scores ------------------------------------------------------------------


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
