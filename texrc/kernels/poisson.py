"""The Poisson law."""

import numpy as np

from texrc.kernels.counts import count_guess, count_narrowed, count_next, count_target
from texrc.kernels.elementwise import everywhere, logical_not, select
from texrc.kernels.incomplete_gamma import gamma_height, gamma_tails


def poisson_tails(k, mean):
    """P(K <= k), P(K > k) and P(K = k) for whole k; k < 0 gives 0, 1, 0."""
    beyond, below, height = gamma_tails(select(k >= 0.0, k + 1.0, 1.0), mean)
    negative = k < 0.0
    below = select(negative, 0.0, below)
    return below, select(negative, 1.0, beyond), select(negative, 0.0, height / mean)


def point_poisson(mean, k):
    """P(K = k) of poisson(mean) for whole k; NaN for a mean not positive and finite."""
    valid = (mean > 0.0) & (mean < np.inf)
    held = select(valid, mean, 1.0)
    point = gamma_height(select(k >= 0.0, k, 0.0) + 1.0, held) / held
    return select(valid, select(k >= 0.0, point, 0.0), np.nan)


def poisson_range(mean, low, high):
    """The whole numbers first and last of [low, high], the tails outside, and the mass."""
    first = np.ceil(select(low > 0.0, low, 0.0))
    last = np.floor(high)
    first_below, first_beyond, _ = poisson_tails(first - 1.0, mean)
    last_below, last_beyond, _ = poisson_tails(last, mean)
    _, _, point = poisson_tails(first, mean)
    mass = select(last_below <= first_beyond, last_below - first_below, first_beyond - last_beyond)
    mass = select(first == last, point, mass)
    return first, last, first_below, last_beyond, select(last >= first, mass, 0.0)


def mass_poisson(mean, low, high):
    """The probability that poisson(mean) falls in [low, high]; NaN unless mean > 0."""
    valid = (mean > 0.0) & (mean < np.inf)
    _, _, _, _, mass = poisson_range(select(valid, mean, 1.0), low, high)
    return select(valid, mass, np.nan)


def draw_poisson(u, mean, low, high):
    """The u-quantile of poisson(mean) restricted to the whole numbers in [low, high].

    NaN for a mean not positive and finite, +inf where the mass is below 1e-300.
    Cost: about 1 us.
    """
    valid = (mean > 0.0) & (mean < np.inf)
    held = select(valid, mean, 1.0)
    first, last, first_below, last_beyond, mass = poisson_range(held, low, high)
    target, from_below = count_target(u, first_below, last_beyond, mass)
    usable = valid & (mass >= 1e-300)
    found = logical_not(usable) | (first >= last)
    target = select(found, 0.5, target)
    probe = count_guess(held, held, 1.0 / np.sqrt(held), target, from_below)
    bottom = first
    top = last
    probe = select(probe < bottom, bottom, select(probe > top - 1.0, top - 1.0, probe))
    step = 0.0
    for _ in range(200):
        step = step + 1.0
        below, beyond, point = poisson_tails(probe, held)
        bottom, top, found = count_narrowed(
            probe, below, beyond, point, target, from_below, bottom, top, found
        )
        if everywhere(found):
            break
        probe = count_next(probe, below, beyond, point, target, from_below, bottom, top, step)
    return select(valid, select(usable, top, np.inf), np.nan)
