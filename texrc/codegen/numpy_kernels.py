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

from texrc.codegen.label_loops import LARGEST_DRAW, REST_BITS, REST_SHIFT, TIED
from texrc.codegen.loops import (
    BITS_32,
    BITS_58,
    LOW_32,
    LOWEST_BIT_HASH,
    LOWEST_BIT_PLACE,
    TILE_ROWS,
)
from texrc.codegen.value_loops import ACCEPTING, HALF_TILE
from texrc.kernels import arithmetic, closed_form, elementary
from texrc.kernels.beta import draw_beta
from texrc.kernels.binomial import draw_binomial, draw_negative_binomial
from texrc.kernels.box_muller import normal_pair
from texrc.kernels.gamma import attempt_gamma, draw_gamma
from texrc.kernels.lognormal import draw_lognormal
from texrc.kernels.normal import draw_normal
from texrc.kernels.philox import philox4x32, unit_draw, wide_word
from texrc.kernels.poisson import draw_poisson
from texrc.kernels.student_t import draw_student_t

Codes = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]
Index = npt.NDArray[np.uint8] | npt.NDArray[np.uint16] | npt.NDArray[np.uint32]
Uint32s = npt.NDArray[np.uint32]
Uint64s = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

WIDE_VECTORS = None
"""`choose` compares with the thresholds themselves."""

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


def _draws(first: int, count: int, key: Uint64s, slot: np.uint64) -> npt.NDArray[np.uint16]:
    words, rows = _words(first, count, TILE_ROWS // 8, key, slot)
    halves = np.concatenate(words, axis=1).astype("<u4").view("<u2")
    return halves.ravel()[rows].astype(np.uint16)


def _wide_words(first: int, count: int, key: Uint64s, slot: np.uint64) -> Uint64s:
    (a, b, c, d), rows = _words(first, count, TILE_ROWS // 2, key, slot)
    return np.concatenate([wide_word(a, b), wide_word(c, d)], axis=1).ravel()[rows]


def wide_words_of(rows: npt.NDArray[np.integer], key: Uint64s, slot: np.uint64) -> Uint64s:
    """The 64-bit words of some rows of the table."""
    tile, place = np.divmod(rows.astype(np.uint64), np.uint64(TILE_ROWS))
    half = np.uint64(TILE_ROWS // 2)
    index = tile * half + place % half
    a, b, c, d = philox4x32(index & LOW_32, index >> BITS_32, slot, key[2], key[0], key[1])
    return np.where(place < half, wide_word(a, b), wide_word(c, d))


def units(out: Floats, first: int, key: Uint64s, slot: np.uint64) -> None:
    out[:] = unit_draw(_wide_words(first, out.size, key, slot))


def units_at(
    out: Floats, places: npt.NDArray[np.int64], first: int, key: Uint64s, slot: np.uint64
) -> None:
    out[:] = unit_draw(wide_words_of(first + places, key, slot))


def normals_at(
    out: Floats, places: npt.NDArray[np.int64], first: int, key: Uint64s, slot: np.uint64
) -> None:
    row = np.uint64(first) + places.astype(np.uint64)
    one, other = (wide_words_of(each, key, slot) for each in (row & ~HALF_TILE, row | HALF_TILE))
    x, y = normal_pair(one, other)
    out[:] = np.where(row & HALF_TILE, y, x)


def normals(out: Floats, first: int, key: Uint64s, slot: np.uint64) -> None:
    (a, b, c, d), rows = _words(first, out.size, TILE_ROWS // 2, key, slot)
    pair = normal_pair(wide_word(a, b), wide_word(c, d))
    out[:] = np.concatenate(pair, axis=1).ravel()[rows]


# --- labels ----------------------------------------------------------------------


def choose(
    out: Codes,
    first: int,
    x: Index,
    key: Uint64s,
    slot: np.uint64,
    thresholds: Uint64s,
    states: int,
    leading: npt.NDArray[np.uint16],
    guide: Codes,
) -> None:
    if states < 2:
        out[:] = 0
        return
    draws = _draws(first, out.size, key, slot)
    leading = np.minimum(thresholds >> REST_BITS, LARGEST_DRAW).astype(np.uint16)
    start = x.astype(np.int64) * (states - 1) if x.size else np.zeros(out.size, np.int64)
    label, tied = _below(draws, leading, start, states - 1)
    open_ = np.flatnonzero(tied)
    if open_.size:
        words = wide_words_of(first + open_, key, slot | TIED)
        numbers = (draws[open_].astype(np.uint64) << REST_BITS) | (words >> REST_SHIFT)
        own = thresholds[start[open_, None] + np.arange(states - 1)]
        label[open_] = np.count_nonzero(own <= numbers[:, None], axis=1)
    out[:] = label


def _below(
    draws: npt.NDArray[np.uint16],
    leading: npt.NDArray[np.uint16],
    start: npt.NDArray[np.int64],
    count: int,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """How many of ``leading[start : start + count]``, ascending, lie below each draw; and
    whether the next is the draw. By bisection."""
    below = np.zeros(draws.size, np.int64)
    step = 1 << (count.bit_length() - 1)
    while step:
        place = below + step
        held = np.minimum(place, count) - 1
        below = np.where((place <= count) & (leading[start + held] < draws), place, below)
        step >>= 1
    following = leading[start + np.minimum(below, count - 1)]
    return below, (below < count) & (following == draws)


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


def within_gamma(
    out: Floats, u: Floats, shape: Floats, scale: Floats, low: float, high: float
) -> int:
    return _within(out, scale * attempt_gamma(out, u, shape), scale, low, high)


def _within(out: Floats, x: Floats, scale: Floats, low: float, high: float) -> int:
    inside = (x >= low) & (x <= high) & (scale > 0.0) & (scale < np.inf)
    out[:] = np.where(inside, x, np.nan)
    return out.size - int(np.count_nonzero(inside))


def each_between(out: Floats, u: Floats, first: Floats, width: Floats, last: Floats) -> None:
    out[:] = closed_form.draw_between(u, first, width, last)


def each_whole(out: Floats, u: Floats, finer: Floats, first: Floats, last: Floats) -> None:
    out[:] = arithmetic.draw_whole(u, finer, first, last)


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


def gammas_within(
    out: Floats,
    first: int,
    key: Uint64s,
    slot: np.uint64,
    place: Uint32s,
    shape: Floats,
    scale: Floats,
    low: float,
    high: float,
) -> int:
    u = np.empty(out.size)
    normals(out, first, key, slot)
    units(u, first, key, slot | ACCEPTING)
    return within_gamma(out, u, _of_rows(shape, place), _of_rows(scale, place), low, high)


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
