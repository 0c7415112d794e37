"""Loops that draw numbers and shape them tile by tile, while these lie in the nearest cache.

As in `loops`, each gives bit for bit what the function of the same name in `numpy_kernels`
gives. A parameter is a float64 array with one value for all rows, or with a value a row, or,
where ``place`` (uint32) is not empty, with a value a leaf: ``parameter[place[i]]``.
"""

import numpy as np

from texrc.codegen.family_loops import each_between, within_gamma, within_lognormal, within_normal
from texrc.codegen.loops import BITS_32, LOW_32, TILE_ROWS, normals, units, wide_word_of
from texrc.kernels.box_muller import normal_pair
from texrc.kernels.elementwise import select
from texrc.kernels.philox import philox4x32, unit_draw, wide_word

HALF_TILE = np.uint64(512)
HALF_TILE_MASK = np.uint64(511)
HALF_TILE_BITS = np.uint64(9)
TILE_BITS = np.uint64(10)
NONE = np.uint64(0)
ACCEPTING = np.uint64(2 << 8)
"""Added to a slot, for the unit draws by which attempts are accepted."""


def normals_within(out, first, key, slot, place, mean, sd, low, high):
    """Normals where they fall in [low, high], else NaN; returns how many are NaN."""
    means = np.empty(TILE_ROWS)
    sds = np.empty(TILE_ROWS)
    outside = 0
    begin = 0
    while begin < out.size:
        end = end_of_tile(first, begin, out.size)
        part = out[begin:end]
        normals(part, first + begin, key, slot)
        m = of_rows(means, mean, place, begin, end)
        s = of_rows(sds, sd, place, begin, end)
        outside += within_normal(part, m, s, low, high)
        begin = end
    return outside


def lognormals_within(out, first, key, slot, place, mu, sigma, low, high):
    """Lognormals where they fall in [low, high], else NaN; returns how many are NaN."""
    mus = np.empty(TILE_ROWS)
    sigmas = np.empty(TILE_ROWS)
    outside = 0
    begin = 0
    while begin < out.size:
        end = end_of_tile(first, begin, out.size)
        part = out[begin:end]
        normals(part, first + begin, key, slot)
        m = of_rows(mus, mu, place, begin, end)
        s = of_rows(sigmas, sigma, place, begin, end)
        outside += within_lognormal(part, m, s, low, high)
        begin = end
    return outside


def gammas_within(out, first, key, slot, place, shape, scale, low, high):
    """Gamma numbers where an attempt is accepted and in [low, high], else NaN; how many are."""
    u = np.empty(TILE_ROWS)
    shapes = np.empty(TILE_ROWS)
    scales = np.empty(TILE_ROWS)
    outside = 0
    begin = 0
    while begin < out.size:
        end = end_of_tile(first, begin, out.size)
        part = out[begin:end]
        normals(part, first + begin, key, slot)
        units(u[: end - begin], first + begin, key, slot | ACCEPTING)
        a = of_rows(shapes, shape, place, begin, end)
        b = of_rows(scales, scale, place, begin, end)
        outside += within_gamma(part, u[: end - begin], a, b, low, high)
        begin = end
    return outside


def units_between(out, first, key, slot, place, start, width, end):
    """Numbers from start to end, all alike, as `each_between` makes them."""
    u = np.empty(TILE_ROWS)
    starts = np.empty(TILE_ROWS)
    widths = np.empty(TILE_ROWS)
    ends = np.empty(TILE_ROWS)
    begin = 0
    while begin < out.size:
        stop = end_of_tile(first, begin, out.size)
        part = u[: stop - begin]
        units(part, first + begin, key, slot)
        s = of_rows(starts, start, place, begin, stop)
        w = of_rows(widths, width, place, begin, stop)
        e = of_rows(ends, end, place, begin, stop)
        each_between(out[begin:stop], part, s, w, e)
        begin = stop


def end_of_tile(first, begin, size):
    """Where the tile of a place ends, or the rows do; row ``first`` has the place 0."""
    return min(size, begin + TILE_ROWS - (first + begin) % TILE_ROWS)


def of_rows(room, parameter, place, begin, end):
    """The values of a parameter at places begin to end, in ``room`` or where they are."""
    if parameter.size == 1:
        room[: end - begin] = parameter[0]
    elif place.size:
        for i in range(end - begin):
            room[i] = parameter[place[begin + i]]
    else:
        return parameter[begin:end]
    return room[: end - begin]


def units_at(out, places, first, key, slot):
    """The quantiles of some rows only: those ``places`` after row ``first``."""
    for i in range(out.size):
        out[i] = unit_draw(wide_word_of(first + places[i], key, slot))


def normals_at(out, places, first, key, slot):
    """The standard normals of some rows only: a call has both words of a row's pair."""
    k0, k1, salt = key[0] & LOW_32, key[1] & LOW_32, key[2] & LOW_32
    for i in range(out.size):
        row = np.uint64(first + places[i])
        index = ((row >> TILE_BITS) << HALF_TILE_BITS) | (row & HALF_TILE_MASK)
        a, b, c, d = philox4x32(index & LOW_32, index >> BITS_32, slot, salt, k0, k1)
        x, y = normal_pair(wide_word(a, b), wide_word(c, d))
        out[i] = select((row & HALF_TILE) != NONE, y, x)
