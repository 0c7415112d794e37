"""The regularised incomplete beta function from both ends, and its inverse."""

import numpy as np

from texrc.kernels.elementary import exp, log
from texrc.kernels.elementwise import everywhere, logical_not, select
from texrc.kernels.gamma import between, halley_step
from texrc.kernels.gamma_function import deviance, stirling_rest
from texrc.kernels.incomplete_gamma import SMALLEST
from texrc.kernels.normal import normal_quantile


def beta_height(a, b, x, y):
    """x^a y^b / B(a, b) for a, b > 0 and x + y = 1, both positive. Cost: about 50 ns.

    Relative error below 1e-15 (1 + |log of the value|), plus that of x where a + b is large.
    """
    n = a + b
    rest = stirling_rest(n) - stirling_rest(a) - stirling_rest(b)
    rest = rest - deviance(a, n * x) - deviance(b, n * y)
    return np.sqrt(0.15915494309189535 * (a / n) * b) * exp(rest)


def beta_fraction(a, b, x, y, skip):
    """The continued fraction of I_x(a, b) / `beta_height` for x below about a/(a + b).

    Didonato and Morris 1992, formula (9), by Lentz's way; at most 5000 terms (the number
    grows like the square root of a and b: 12 for 3, 120 for 10,000).
    Where ``skip`` holds, whatever is at hand.
    """
    skew = a * y - b * x + 1.0
    last = a + 1.0
    c = a * skew / last
    c = select(np.abs(c) < 1e-280, 1e-280, c)
    d = 0.0 * c
    value = c
    n = 0.0
    for _ in range(5000):
        n = n + 1.0
        part = n * (b - n) * x / last
        top = (a + n - 1.0) * (a + b + n - 1.0) * part * (x / last)
        # n (b - n) x / (a + 2 n - 1) serves both the numerator and the denominator
        after = last + 2.0
        bottom = n + part + (a + n) * (skew + n * (1.0 + y)) / after
        last = after
        d = bottom + top * d
        d = 1.0 / select(np.abs(d) < 1e-280, 1e-280, d)
        c = bottom + top / c
        c = select(np.abs(c) < 1e-280, 1e-280, c)
        change = select(skip, 1.0, c * d)
        value = value * change
        skip = skip | (np.abs(change - 1.0) <= 3e-16)
        if everywhere(skip):
            break
    return 1.0 / value


def beta_tails(a, b, x, y):
    """I_x(a, b), 1 - I_x(a, b) and `beta_height`, for x + y = 1.

    The smaller of the two tails has a relative error below 1e-13 + 1e-15 |log of it|,
    down to 1e-300.
    Cost: 200 ns to 1 us, more where a and b are beyond 1,000.
    """
    inside = (x >= SMALLEST) & (y >= SMALLEST) & (a > 0.0) & (b > 0.0)
    a_held = select(inside, a, 1.0)
    b_held = select(inside, b, 1.0)
    x_held = select(inside, x, 0.5)
    y_held = select(inside, y, 0.5)
    height = beta_height(a_held, b_held, x_held, y_held)
    left = a_held * y_held >= b_held * x_held
    first = select(left, a_held, b_held)
    second = select(left, b_held, a_held)
    near = select(left, x_held, y_held)
    other = select(left, y_held, x_held)
    idle = logical_not(inside) | (height < 1e-306)
    small = height * beta_fraction(first, second, near, other, idle)
    small = select(idle, 0.0, small)
    lower = select(left, small, 1.0 - small)
    upper = select(left, 1.0 - small, small)
    at_zero = x < SMALLEST
    lower = select(inside, lower, select(at_zero, 0.0, 1.0))
    upper = select(inside, upper, select(at_zero, 1.0, 0.0))
    return lower, upper, select(inside, height, 0.0)


def beta_guess(a, b, target, from_below):
    """x and 1 - x near which I_x(a, b) (or 1 - I, unless from_below) is the target.

    Abramowitz and Stegun 26.5.22 where a, b >= 1, else the power at the end that holds it.
    """
    z = normal_quantile(target)
    z = select(from_below, z, -z)
    r = (z * z - 3.0) / 6.0
    s = 1.0 / (2.0 * a - 1.0)
    t = 1.0 / (2.0 * b - 1.0)
    h = 2.0 / (s + t)
    w = z * np.sqrt(select(h + r > 0.0, h + r, 0.0)) / h
    w = w - (t - s) * (r + 0.8333333333333334 - 2.0 / (3.0 * h))
    odds = a / b * exp(-2.0 * w)
    n = a + b
    left = exp(a * log(a / n)) / a
    right = exp(b * log(b / n)) / b
    share = left / (left + right)
    p = select(from_below, target, 1.0 - target)
    q = select(from_below, 1.0 - target, target)
    low_end = exp(log(p / share) / a)
    high_end = exp(log(q / (1.0 - share)) / b)
    near_zero = p < share
    central = (a >= 1.0) & (b >= 1.0)
    x = select(central, odds / (1.0 + odds), select(near_zero, low_end, 1.0 - high_end))
    y = select(central, 1.0 / (1.0 + odds), select(near_zero, 1.0 - low_end, high_end))
    return x, y


def beta_solve(a, b, target, from_below, low, low_rest, high, high_rest, skip):
    """x and 1 - x, between low and high, where I_x(a, b) = target (or 1 - I, not from_below).

    ``low_rest`` = 1 - low, ``high_rest`` = 1 - high. Works on whichever of x and 1 - x is
    small, so that neither loses digits; otherwise as `gamma_solve`.
    """
    x, y = beta_guess(a, b, target, from_below)
    mirrored = x > 0.5
    first = select(mirrored, b, a)
    second = select(mirrored, a, b)
    rising = from_below != mirrored
    least = select(mirrored, high_rest, low)
    most = select(mirrored, low_rest, high)
    v = select(mirrored, y, x)
    v = select((v > least) & (v < most), v, between(least, most))
    for _ in range(80):
        rest = 1.0 - v
        lower, upper, height = beta_tails(first, second, v, rest)
        tail = select(rising, lower, upper)
        residual = log(tail / target)
        beyond = (residual > 0.0) == rising
        least = select(beyond, least, v)
        most = select(beyond, v, most)
        slope = select(rising, height, -height) / (tail * rest)
        step = halley_step(residual, slope, first - (second - 1.0) * v / rest)
        moved = v * exp(step)
        inside = (moved >= least) & (moved <= most)
        v = select(skip, v, select(inside, moved, between(least, most)))
        skip = skip | (inside & (np.abs(residual) < 1e-5)) | (most - least <= 2e-16 * most)
        if everywhere(skip):
            break
    return select(mirrored, 1.0 - v, v), select(mirrored, v, 1.0 - v)
