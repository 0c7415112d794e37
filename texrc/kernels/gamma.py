"""The gamma law with its shape and scale, on x >= 0."""

import numpy as np

from texrc.kernels.elementary import exp, log, log1p
from texrc.kernels.elementwise import everywhere, logical_not, select
from texrc.kernels.gamma_function import lgamma
from texrc.kernels.incomplete_gamma import SMALLEST, gamma_height, gamma_tails
from texrc.kernels.normal import normal_quantile, tilted_fraction, tilted_mean


def halley_step(residual, slope, bend):
    """The step in v that brings log(tail) to log(target), given residual = log(tail/target).

    ``slope`` is d log(tail)/dv, ``bend`` d log|d tail/dv|/dv. Halley's correction is kept
    between a half and two, the step within 50.
    """
    newton = residual / slope
    correction = 1.0 - 0.5 * newton * (bend - slope)
    correction = select(correction < 0.5, 0.5, select(correction > 2.0, 2.0, correction))
    step = -newton / correction
    return select(step < -50.0, -50.0, select(step > 50.0, 50.0, step))


def between(low, high):
    """A point between 0 <= low and high: in the middle, or by ratio where they are far apart."""
    floor = select(low > SMALLEST, low, SMALLEST)
    return select(low > 0.001 * high, 0.5 * (low + high), np.sqrt(floor) * np.sqrt(high))


def gamma_guess(a, target, from_below):
    """A point near which P(a, x) (or Q, unless from_below) is the target."""
    p_log = select(from_below, log(target), log1p(-target))
    rising = exp((p_log + lgamma(a + 1.0)) / a)
    z = normal_quantile(target)
    root = 1.0 - 1.0 / (9.0 * a) + select(from_below, -z, z) / (3.0 * np.sqrt(a))
    cubed = a * root * root * root
    ahead = -log(target) - lgamma(a)
    ahead = select(ahead > 1.0, ahead + (a - 1.0) * log(select(ahead > 1.0, ahead, 1.0)), 1.0)
    middle = select((a < 0.5) | (root < 0.1), ahead, cubed)
    rises = (rising < 0.2 * (a + 1.0)) & (from_below | (a < 1.0))
    return select(rises, rising * (1.0 + rising / (a + 1.0)), middle)


def gamma_solve(a, target, from_below, low, high, skip):
    """The x in [low, high] where P(a, x) = target, or Q(a, x) unless from_below.

    Halley's method on the logarithms of both, inside a shrinking bracket; at most 80 steps.
    """
    x = gamma_guess(a, target, from_below)
    x = select((x > low) & (x < high), x, between(low, high))
    for _ in range(80):
        lower, upper, height = gamma_tails(a, x)
        tail = select(from_below, lower, upper)
        residual = log(tail / target)
        beyond = (residual > 0.0) == from_below
        low = select(beyond, low, x)
        high = select(beyond, x, high)
        moved = x * exp(halley_step(residual, select(from_below, height, -height) / tail, a - x))
        inside = (moved >= low) & (moved <= high)
        x = select(skip, x, select(inside, moved, between(low, high)))
        skip = skip | (inside & (np.abs(residual) < 1e-5)) | (high - low <= 2e-16 * high)
        if everywhere(skip):
            break
    return x


def gamma_range(a, start, end, width):
    """P at start, Q at end, mass and the density's shape over [start, end] = start + width.

    Returns (lower, upper, mass, narrow, slope, curve, third). narrow: too narrow for tails,
    the mass is then that of the density's expansion (`tilted_mean`).
    """
    lower, start_upper, _ = gamma_tails(a, start)
    end_lower, upper, _ = gamma_tails(a, end)
    mass = select(end_lower <= start_upper, end_lower - lower, start_upper - upper)
    middle = start + 0.5 * width
    part = width / middle
    curve = -0.5 * (a - 1.0) * part * part
    slope = (a - 1.0) * part - width
    narrow = (np.abs(slope) < 0.001) & (np.abs(curve) < 1e-6) & (part < 0.001)
    height = gamma_height(select(narrow, a, 1.0), select(narrow, middle, 1.0))
    mass = select(narrow, height * part * tilted_mean(slope, curve), mass)
    third = (a - 1.0) * part * part * part / 3.0
    return lower, upper, select(end > start, mass, 0.0), narrow, slope, curve, third


def gamma_valid(shape, scale):
    """Whether both are positive and finite."""
    return (shape > 0.0) & (shape < np.inf) & (scale > 0.0) & (scale < np.inf)


def mass_gamma(shape, scale, low, high):
    """The probability that gamma(shape, scale) falls in [low, high]; NaN if not positive."""
    valid = gamma_valid(shape, scale)
    a = select(valid, shape, 1.0)
    first = select(low > 0.0, low, 0.0)
    end = high / scale
    end = select(end < 1e300, end, 1e300)
    width = (high - first) / scale
    _, _, mass, _, _, _, _ = gamma_range(a, first / scale, end, width)
    return select(valid, mass, np.nan)


def attempt_gamma(z, u, shape):
    """A gamma number of scale 1 from a standard normal and a unit draw, or NaN.

    Marsaglia and Tsang 2000, "A simple method for generating gamma variables": what is not NaN
    follows the law exactly. At least 95 of 100 are not; all are for a shape below 1.
    Cost: about 4 ns.
    """
    d = shape - 0.3333333333333333
    root = 1.0 + z / np.sqrt(9.0 * d)
    v = root * root * root
    positive = root > 0.0
    held = select(positive, v, 1.0)
    accepted = log(u) < 0.5 * z * z + d * (1.0 - held + log(held))
    return select((shape >= 1.0) & positive & accepted, d * v, np.nan)


def draw_gamma(u, shape, scale, low, high):
    """The u-quantile of gamma(shape, scale) truncated to [low, high].

    NaN for parameters not positive and finite, +inf where the mass is below 1e-300.
    The share drawn is within 2e-10 of u; what lies below 1e-300 scale counts as one value.
    Cost: about 1 us.
    """
    valid = gamma_valid(shape, scale)
    a = select(valid, shape, 1.0)
    first = select(low > 0.0, low, 0.0)
    start = first / scale
    end = high / scale
    end = select(end < 1e300, end, 1e300)
    width = (high - first) / scale
    lower, upper, mass, narrow, slope, curve, third = gamma_range(a, start, end, width)
    p = lower + u * mass
    q = upper + (1.0 - u) * mass
    from_below = p <= q
    usable = valid & (mass >= 1e-300)
    solvable = usable & logical_not(narrow)
    target = select(solvable, select(from_below, p, q), 0.5)
    x = scale * gamma_solve(a, target, from_below, start, end, logical_not(solvable))
    fraction = tilted_fraction(u, slope, curve, third)
    x = select(narrow, first + (0.5 + fraction) * (high - first), x)
    x = select(x < first, first, select(x > high, high, x))
    return select(valid, select(usable, x, np.inf), np.nan)
