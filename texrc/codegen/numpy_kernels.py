"""The machine's functions over arrays in NumPy: no compilation, for small tables.

Each gives bit for bit what the function of the same name in `loops`, `matching_loops` or
`family_loops` gives. What a function fills is its first argument. Callers silence NumPy's
floating-point warnings: the kernels answer with NaN and infinities on purpose.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from texrc.codegen.loops import (
    ALIAS_MASK,
    ALIAS_SHIFT,
    BITS_32,
    LOW_32,
    NARROW_MASK,
    NARROW_SHIFT,
    TILE_ROWS,
    WIDE_SHIFT,
)
from texrc.codegen.matching_loops import BITS_58, LOWEST_BIT_HASH, LOWEST_BIT_PLACE
from texrc.codegen.value_loops import HALF_TILE_BITS, HALF_TILE_MASK, ODD
from texrc.kernels import arithmetic, closed_form, elementary
from texrc.kernels.beta import draw_beta
from texrc.kernels.binomial import draw_binomial, draw_negative_binomial
from texrc.kernels.box_muller import normal_pair
from texrc.kernels.gamma import draw_gamma
from texrc.kernels.lognormal import draw_lognormal
from texrc.kernels.normal import draw_normal
from texrc.kernels.philox import narrow_draw, philox4x32, unit_draw, wide_draw, wide_word
from texrc.kernels.poisson import draw_poisson
from texrc.kernels.student_t import draw_student_t

Codes = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
Index = npt.NDArray[np.uint8] | npt.NDArray[np.uint16] | npt.NDArray[np.uint32]
Uint32s = npt.NDArray[np.uint32]
Uint64s = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

# --- from the parents' values to the table row ---------------------------------


def begin_index(x: Index, codes: Codes, stride: np.unsignedinteger) -> None:
    np.multiply(codes, stride, out=x, casting="unsafe")


def add_to_index(x: Index, codes: Codes, stride: np.unsignedinteger) -> None:
    x += np.multiply(codes, stride, dtype=x.dtype, casting="unsafe")


def add_atoms(x: Index, numbers: Floats, starts: Floats, stride: np.unsignedinteger) -> None:
    x += np.searchsorted(starts, numbers, side="right").astype(x.dtype) * stride


def look_up(out: Uint32s, x: Index, table: Uint32s) -> None:
    out[:] = table[x]


def first_rows(out: Uint32s, places: Uint32s, masks: Uint64s) -> None:
    waiting = np.arange(out.size)
    out[:] = 0
    for word in range(masks.shape[1]):
        column = masks[:, word]
        common = column[places[0, waiting]]
        for parent in places[1:]:
            common &= column[parent[waiting]]
        found = common != 0
        common = common[found]
        lowest = common & (~common + np.uint64(1))
        out[waiting[found]] = word * 64 + LOWEST_BIT_PLACE[(lowest * LOWEST_BIT_HASH) >> BITS_58]
        waiting = waiting[~found]
        if not waiting.size:
            return


# --- random numbers ------------------------------------------------------------


def _words(
    first: int, count: int, calls: int, key: Uint64s, slot: np.uint64
) -> tuple[tuple[Uint64s, ...], slice]:
    """The four words (uint64[tiles, calls]) of each call of the tiles that hold the rows.

    Also where the rows are among those of the tiles.
    """
    skip = first % TILE_ROWS
    tiles = -(-(skip + count) // TILE_ROWS)
    base = np.uint64(first // TILE_ROWS * calls)
    index = base + np.arange(tiles * calls, dtype=np.uint64)
    words = philox4x32(index & LOW_32, index >> BITS_32, slot, key[2], key[0], key[1])
    return tuple(word.reshape(tiles, calls) for word in words), slice(skip, skip + count)


def _narrow_draws(first: int, count: int, key: Uint64s, slot: np.uint64) -> Uint32s:
    words, rows = _words(first, count, TILE_ROWS // 4, key, slot)
    return np.concatenate([narrow_draw(word) for word in words], axis=1, dtype=np.uint32,
                          casting="unsafe").ravel()[rows]  # fmt: skip


def _wide_words(first: int, count: int, key: Uint64s, slot: np.uint64) -> Uint64s:
    (a, b, c, d), rows = _words(first, count, TILE_ROWS // 2, key, slot)
    return np.concatenate([wide_word(a, b), wide_word(c, d)], axis=1).ravel()[rows]


def units(out: Floats, first: int, key: Uint64s, slot: np.uint64) -> None:
    out[:] = unit_draw(_wide_words(first, out.size, key, slot))


def units_at(
    out: Floats, places: npt.NDArray[np.int64], first: int, key: Uint64s, slot: np.uint64
) -> None:
    row = np.uint64(first) + places.astype(np.uint64)
    half = row >> HALF_TILE_BITS
    index = ((half >> ODD) << HALF_TILE_BITS) | (row & HALF_TILE_MASK)
    a, b, c, d = philox4x32(index & LOW_32, index >> BITS_32, slot, key[2], key[0], key[1])
    second = (half & ODD) != 0
    out[:] = unit_draw(np.where(second, wide_word(c, d), wide_word(a, b)))


def normals(out: Floats, first: int, key: Uint64s, slot: np.uint64) -> None:
    (a, b, c, d), rows = _words(first, out.size, TILE_ROWS // 2, key, slot)
    pair = normal_pair(wide_word(a, b), wide_word(c, d))
    out[:] = np.concatenate(pair, axis=1).ravel()[rows]


# --- labels ----------------------------------------------------------------------


def choose_narrow(
    out: Codes,
    first: int,
    x: Index,
    key: Uint64s,
    slot: np.uint64,
    rows: int,
    states: int,
    thresholds: Uint32s,
    entries: Uint64s,
    alias: bool,
) -> None:
    draws = _narrow_draws(first, out.size, key, slot)
    if alias:
        product = draws * np.uint64(states)
        own = product & NARROW_MASK
        _alias(out, x, product >> NARROW_SHIFT, own, entries, states)
    elif rows == 1:
        _reached(out, draws, np.zeros(1, np.int64), thresholds, states)
    else:
        _reached(out, draws, x, thresholds, states)


def choose_wide(
    out: Codes,
    first: int,
    x: Index,
    key: Uint64s,
    slot: np.uint64,
    states: int,
    table: Uint64s,
    alias: bool,
) -> None:
    words = _wide_words(first, out.size, key, slot)
    if alias:
        count = np.uint64(states)
        low = (words & LOW_32) * count
        high = (words >> BITS_32) * count + (low >> BITS_32)
        fraction = ((high & LOW_32) << BITS_32) | (low & LOW_32)
        _alias(out, x, high >> BITS_32, fraction >> WIDE_SHIFT, table, states)
    else:
        _reached(out, wide_draw(words), x, table, states)


def _reached(
    out: Codes,
    draws: Uint32s | Uint64s,
    x: npt.NDArray[np.integer],
    thresholds: Uint32s | Uint64s,
    states: int,
) -> None:
    """How many of the thresholds of its table row each draw reaches."""
    out[:] = 0
    if states > 1:
        for threshold in thresholds.reshape(-1, states - 1).T:
            out += draws >= threshold[x]


def _alias(
    out: Codes, x: Index, slot: Uint64s, fraction: Uint64s, entries: Uint64s, states: int
) -> None:
    entry = entries[x.astype(np.uint64) * np.uint64(states) + slot]
    out[:] = np.where(fraction < entry >> ALIAS_SHIFT, slot, entry & ALIAS_MASK)


def softmax_labels(out: Codes, u: Floats, scores: Floats) -> None:
    highest = scores.max(axis=0)
    total = np.zeros(out.size)
    out[:] = 0
    for row in scores:
        total += elementary.exp(row - highest)
        row[:] = total
    for row in scores[:-1]:
        out += u * total >= row


# --- numbers -----------------------------------------------------------------------


def _each(draw: Callable[..., Any]) -> Callable[..., None]:
    """``f(out, u, *parameters, low, high)``, which fills out with a family's draws."""

    def fill(out: Floats, u: Floats, *parameters: Floats | float) -> None:
        out[:] = draw(u, *parameters)

    return fill


each_normal = _each(draw_normal)
each_lognormal = _each(draw_lognormal)
each_uniform = _each(closed_form.draw_uniform)
each_exponential = _each(closed_form.draw_exponential)
each_triangular = _each(closed_form.draw_triangular)
each_gamma = _each(draw_gamma)
each_beta = _each(draw_beta)
each_student_t = _each(draw_student_t)
each_poisson = _each(draw_poisson)
each_binomial = _each(draw_binomial)
each_negative_binomial = _each(draw_negative_binomial)


def within_normal(out: Floats, mean: Floats, sd: Floats, low: float, high: float) -> int:
    return _within(out, mean + sd * out, sd, low, high)


def within_lognormal(out: Floats, mu: Floats, sigma: Floats, low: float, high: float) -> int:
    return _within(out, elementary.exp(mu + sigma * out), sigma, low, high)


def _within(out: Floats, x: Floats, scale: Floats, low: float, high: float) -> int:
    inside = (x >= low) & (x <= high) & (scale > 0.0) & (scale < np.inf)
    out[:] = np.where(inside, x, np.nan)
    return out.size - int(np.count_nonzero(inside))


def each_between(out: Floats, u: Floats, first: Floats, width: Floats, last: Floats) -> None:
    out[:] = closed_form.draw_between(u, first, width, last)


def each_whole(out: Floats, u: Floats, first: Floats, last: Floats) -> None:
    out[:] = arithmetic.draw_whole(u, first, last)


def normals_within(
    out: Floats,
    first: int,
    key: Uint64s,
    slot: np.uint64,
    place: Uint32s,
    mean: Floats,
    sd: Floats,
    low: float,
    high: float,
) -> int:
    normals(out, first, key, slot)
    return within_normal(out, _of_rows(mean, place), _of_rows(sd, place), low, high)


def lognormals_within(
    out: Floats,
    first: int,
    key: Uint64s,
    slot: np.uint64,
    place: Uint32s,
    mu: Floats,
    sigma: Floats,
    low: float,
    high: float,
) -> int:
    normals(out, first, key, slot)
    return within_lognormal(out, _of_rows(mu, place), _of_rows(sigma, place), low, high)


def units_between(
    out: Floats,
    first: int,
    key: Uint64s,
    slot: np.uint64,
    place: Uint32s,
    start: Floats,
    width: Floats,
    end: Floats,
) -> None:
    u = np.empty(out.size)
    units(u, first, key, slot)
    each_between(out, u, *(_of_rows(each, place) for each in (start, width, end)))


def _of_rows(parameter: Floats, place: Uint32s) -> Floats:
    return parameter[place] if place.size and parameter.size > 1 else parameter


def round_each(out: Floats, low: float, high: float) -> None:
    out[:] = arithmetic.round_half_up(out, low, high)


def each_exp(out: Floats, x: Floats) -> None:
    out[:] = elementary.exp(x)


def each_log(out: Floats, x: Floats) -> None:
    out[:] = elementary.log(x)


def each_power(out: Floats, x: Floats, y: Floats) -> None:
    out[:] = elementary.power(x, y)


def first_not_finite(x: Floats) -> int:
    sound = np.isfinite(x)
    return x.size if sound.all() else int(np.argmin(sound))
