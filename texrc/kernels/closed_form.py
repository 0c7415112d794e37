"""Uniform, exponential and triangular laws, whose quantiles have closed forms."""

import numpy as np

from texrc.kernels.elementary import exp, expm1, log1p
from texrc.kernels.elementwise import select


def held_between(x, low, high):
    """x, or the nearer of low and high where it lies outside."""
    return select(x < low, low, select(x > high, high, x))


def draw_between(u, first, width, last):
    """A number from first to last = first + width, all alike: the u-quantile. About 0.5 ns."""
    return held_between(first + u * width, first, last)


def mass_uniform(least, most, low, high):
    """The probability that uniform(least, most) falls in [low, high]; NaN unless least < most."""
    start = select(least > low, least, low)
    end = select(most < high, most, high)
    mass = (0.5 * end - 0.5 * start) / (0.5 * most - 0.5 * least)
    valid = (least < most) & (least > -np.inf) & (most < np.inf)
    return select(valid, select(mass > 0.0, mass, 0.0), np.nan)


def draw_uniform(u, least, most, low, high):
    """The u-quantile of uniform(least, most) truncated to [low, high].

    NaN unless least < most, both finite; +inf where the mass is below 1e-300. About 3 ns.
    """
    mass = mass_uniform(least, most, low, high)
    start = select(least > low, least, low)
    end = select(most < high, most, high)
    x = draw_between(u, start, end - start, end)
    return select(mass >= 1e-300, x, select(mass == mass, np.inf, np.nan))


def mass_exponential(mean, low, high):
    """The probability that an exponential of this mean falls in [low, high]; NaN unless > 0."""
    start = select(low > 0.0, low, 0.0)
    mass = exp(-start / mean) * -expm1((start - high) / mean)
    mass = select(high > start, mass, 0.0)
    return select((mean > 0.0) & (mean < np.inf), mass, np.nan)


def draw_exponential(u, mean, low, high):
    """The u-quantile of an exponential of this mean, truncated to [low, high].

    What remains beyond ``low`` is exponential again, so that nothing is lost far out.
    NaN for a mean not positive and finite, +inf where the mass is below 1e-300. About 6 ns.
    """
    mass = mass_exponential(mean, low, high)
    start = select(low > 0.0, low, 0.0)
    x = held_between(start - mean * log1p(u * expm1((start - high) / mean)), start, high)
    return select(mass >= 1e-300, x, select(mass == mass, np.inf, np.nan))


def triangle_unit(least, most):
    """A power of two that brings wide and narrow triangles to a size whose square is a number.

    It is 1 from 1e-150 to 1e150.
    """
    width = most - least
    return select(width > 1e150, 2.0**-600, select(width < 1e-150, 2.0**600, 1.0))


def triangle_sides(least, mode, most, low, high):
    """The parts of [low, high] left and right of the mode, with their masses.

    Returns (start, end, left, right): the first and last point with density, and the masses
    times (most - least): the integrals of 2 (x - least)/(mode - least) on the left and of
    2 (most - x)/(most - mode) on the right.
    """
    start = held_between(low, least, mode)
    left_end = held_between(high, least, mode)
    right_start = held_between(low, mode, most)
    end = held_between(high, mode, most)
    rise = mode - least
    fall = most - mode
    left = (left_end - start) * ((left_end - least) + (start - least))
    right = (end - right_start) * ((most - end) + (most - right_start))
    left = select(rise > 0.0, left / rise, 0.0)
    right = select(fall > 0.0, right / fall, 0.0)
    return start, end, left, right


def triangle_valid(least, mode, most):
    """Whether least <= mode <= most, least < most, both finite."""
    ordered = (least <= mode) & (mode <= most) & (least < most)
    return ordered & (least > -np.inf) & (most < np.inf)


def mass_triangular(least, mode, most, low, high):
    """The probability that triangular(least, mode, most) falls in [low, high].

    NaN unless least <= mode <= most and least < most.
    """
    unit = triangle_unit(least, most)
    _, _, left, right = triangle_sides(
        least * unit, mode * unit, most * unit, low * unit, high * unit
    )
    mass = (left + right) / (most * unit - least * unit)
    return select(triangle_valid(least, mode, most), mass, np.nan)


def draw_triangular(u, least, mode, most, low, high):
    """The u-quantile of triangular(least, mode, most) truncated to [low, high].

    NaN for parameters out of order, +inf where the mass is below 1e-300. About 6 ns.
    """
    unit = triangle_unit(least, most)
    valid = triangle_valid(least, mode, most)
    least, mode, most = least * unit, mode * unit, most * unit
    start, end, left, right = triangle_sides(least, mode, most, low * unit, high * unit)
    total = left + right
    # On the left (x - least)^2 grows by what is asked, on the right (most - x)^2: each
    # quadratic is solved for the distance from ``start`` or ``end``, without cancellation.
    gain = u * total * (mode - least)
    near = start - least
    up = start + gain / (near + np.sqrt(near * near + gain))
    loss = (1.0 - u) * total * (most - mode)
    rest = most - end
    down = end - loss / (rest + np.sqrt(rest * rest + loss))
    x = select(u * total < left, up, down) / unit
    x = select(x < low, low, select(x > high, high, x))
    x = select(total / (most - least) >= 1e-300, x, np.inf)
    return select(valid, x, np.nan)
