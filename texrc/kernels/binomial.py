"""The binomial and the negative binomial law, by the incomplete beta function."""

import numpy as np

from texrc.kernels.counts import count_guess, count_narrowed, count_next, count_target
from texrc.kernels.elementary import exp, log
from texrc.kernels.elementwise import everywhere, logical_not, select
from texrc.kernels.incomplete_beta import beta_height, beta_tails


def binomial_point(k, trials, p, height):
    """P(K = k) of binomial(trials, p) for whole k, from its `beta_height` where k < trials."""
    inside = (k >= 0.0) & (k < trials)
    left = select(inside, trials - k, 1.0)
    point = select((p > 0.0) & (p < 1.0), height / (p * left), 0.0)
    # all trials succeed: exp(0 log(0)) is not a number, but then trials is 0
    every = select(trials > 0.0, exp(trials * log(p)), 1.0)
    point = select(inside, point, select(k == trials, every, 0.0))
    return select((p == 0.0) & (k == 0.0), 1.0, point)


def binomial_tails(k, trials, p):
    """P(K <= k), P(K > k) and P(K = k) of binomial(trials, p), for whole k."""
    inside = (k >= 0.0) & (k < trials)
    held = select(inside, k, 0.0)
    left = select(inside, trials - held, 1.0)
    beyond, below, height = beta_tails(held + 1.0, left, p, 1.0 - p)
    negative = k < 0.0
    below = select(inside, below, select(negative, 0.0, 1.0))
    beyond = select(inside, beyond, select(negative, 1.0, 0.0))
    return below, beyond, binomial_point(k, trials, p, height)


def negative_binomial_point(k, size, p, height):
    """P(K = k) of negative_binomial(size, p) for whole k >= 0, from its `beta_height`."""
    rest = 1.0 - p
    return select(rest > 0.0, height / ((k + size) * rest), select(k > 0.0, 0.0, 1.0))


def negative_binomial_tails(k, size, p):
    """P(K <= k), P(K > k) and P(K = k) of the failures before success number ``size``."""
    negative = k < 0.0
    held = select(negative, 0.0, k)
    below, beyond, height = beta_tails(size, held + 1.0, p, 1.0 - p)
    point = negative_binomial_point(held, size, p, height)
    below = select(negative, 0.0, below)
    return below, select(negative, 1.0, beyond), select(negative, 0.0, point)


def whole_range_mass(first, last, first_tails, last_tails, point):
    """The probability of first..last, from the tails below first and up to last."""
    first_below, first_beyond, _ = first_tails
    last_below, last_beyond, _ = last_tails
    mass = select(last_below <= first_beyond, last_below - first_below, first_beyond - last_beyond)
    mass = select(first == last, point, mass)
    return select(last >= first, mass, 0.0)


def binomial_valid(trials, p):
    """Whether trials is a whole number of at least 0 and p a probability."""
    whole = (np.floor(trials) == trials) & (trials >= 0.0) & (trials < np.inf)
    return whole & (p >= 0.0) & (p <= 1.0)


def point_binomial(trials, p, k):
    """P(K = k) of binomial(trials, p) for whole k; NaN outside its domain."""
    valid = binomial_valid(trials, p)
    n = select(valid, trials, 1.0)
    chance = select(valid, p, 0.5)
    within = (k >= 0.0) & (k < n) & (chance > 0.0) & (chance < 1.0)
    held = select(within, chance, 0.5)
    height = beta_height(select(within, k + 1.0, 1.0), select(within, n - k, 1.0), held, 1.0 - held)
    return select(valid, binomial_point(k, n, chance, height), np.nan)


def binomial_range(trials, p, low, high):
    """The whole numbers first and last of [low, high], the tails outside, and the mass."""
    first = np.ceil(select(low > 0.0, low, 0.0))
    last = np.floor(select(high < trials, high, trials))
    first_tails = binomial_tails(first - 1.0, trials, p)
    last_tails = binomial_tails(last, trials, p)
    _, _, point = binomial_tails(first, trials, p)
    mass = whole_range_mass(first, last, first_tails, last_tails, point)
    return first, last, first_tails[0], last_tails[1], mass


def mass_binomial(trials, p, low, high):
    """The probability that binomial(trials, p) falls in [low, high]; NaN outside its domain."""
    valid = binomial_valid(trials, p)
    _, _, _, _, mass = binomial_range(select(valid, trials, 1.0), select(valid, p, 0.5), low, high)
    return select(valid, mass, np.nan)


def draw_binomial(u, trials, p, low, high):
    """The u-quantile of binomial(trials, p) restricted to the whole numbers in [low, high].

    NaN unless trials is whole, at least 0, and 0 <= p <= 1; +inf where the mass is below
    1e-300. Cost: about 1.5 us.
    """
    valid = binomial_valid(trials, p)
    n = select(valid, trials, 1.0)
    chance = select(valid, p, 0.5)
    first, last, first_below, last_beyond, mass = binomial_range(n, chance, low, high)
    target, from_below = count_target(u, first_below, last_beyond, mass)
    usable = valid & (mass >= 1e-300)
    found = logical_not(usable) | (first >= last)
    target = select(found, 0.5, target)
    mean = n * chance
    variance = mean * (1.0 - chance)
    skewness = select(variance > 0.0, (1.0 - 2.0 * chance) / np.sqrt(variance), 0.0)
    probe = count_guess(mean, variance, skewness, target, from_below)
    bottom = first
    top = last
    probe = select(probe < bottom, bottom, select(probe > top - 1.0, top - 1.0, probe))
    step = 0.0
    for _ in range(200):
        step = step + 1.0
        below, beyond, point = binomial_tails(probe, n, chance)
        bottom, top, found = count_narrowed(
            probe, below, beyond, point, target, from_below, bottom, top, found
        )
        if everywhere(found):
            break
        probe = count_next(probe, below, beyond, point, target, from_below, bottom, top, step)
    return select(valid, select(usable, top, np.inf), np.nan)


def negative_binomial_valid(size, p):
    """Whether size is positive and finite, and 0 < p <= 1."""
    return (size > 0.0) & (size < np.inf) & (p > 0.0) & (p <= 1.0)


def point_negative_binomial(size, p, k):
    """P(K = k) of negative_binomial(size, p) for whole k; NaN outside its domain."""
    valid = negative_binomial_valid(size, p)
    r = select(valid, size, 1.0)
    chance = select(valid, p, 0.5)
    failures = select(k >= 0.0, k, 0.0)
    held = select(chance < 1.0, chance, 0.5)
    height = beta_height(r, failures + 1.0, held, 1.0 - held)
    point = negative_binomial_point(failures, r, chance, height)
    return select(valid, select(k >= 0.0, point, 0.0), np.nan)


def negative_binomial_range(size, p, low, high):
    """The whole numbers first and last of [low, high], the tails outside, and the mass."""
    first = np.ceil(select(low > 0.0, low, 0.0))
    last = np.floor(high)
    first_tails = negative_binomial_tails(first - 1.0, size, p)
    last_tails = negative_binomial_tails(last, size, p)
    _, _, point = negative_binomial_tails(first, size, p)
    mass = whole_range_mass(first, last, first_tails, last_tails, point)
    return first, last, first_tails[0], last_tails[1], mass


def mass_negative_binomial(size, p, low, high):
    """The probability that negative_binomial(size, p) falls in [low, high]; NaN if invalid."""
    valid = negative_binomial_valid(size, p)
    held = select(valid, size, 1.0)
    _, _, _, _, mass = negative_binomial_range(held, select(valid, p, 0.5), low, high)
    return select(valid, mass, np.nan)


def draw_negative_binomial(u, size, p, low, high):
    """The u-quantile of negative_binomial(size, p) restricted to the whole numbers in [low, high].

    K counts the failures before success number ``size`` (any real above 0). NaN unless
    size > 0 and 0 < p <= 1; +inf where the mass is below 1e-300. Cost: about 1.5 us.
    """
    valid = negative_binomial_valid(size, p)
    r = select(valid, size, 1.0)
    chance = select(valid, p, 0.5)
    first, last, first_below, last_beyond, mass = negative_binomial_range(r, chance, low, high)
    target, from_below = count_target(u, first_below, last_beyond, mass)
    usable = valid & (mass >= 1e-300)
    found = logical_not(usable) | (first >= last)
    target = select(found, 0.5, target)
    mean = r * (1.0 - chance) / chance
    variance = mean / chance
    skewness = select(mean > 0.0, (2.0 - chance) / np.sqrt(r * (1.0 - chance)), 0.0)
    probe = count_guess(mean, variance, skewness, target, from_below)
    bottom = first
    top = last
    probe = select(probe < bottom, bottom, select(probe > top - 1.0, top - 1.0, probe))
    step = 0.0
    for _ in range(200):
        step = step + 1.0
        below, beyond, point = negative_binomial_tails(probe, r, chance)
        bottom, top, found = count_narrowed(
            probe, below, beyond, point, target, from_below, bottom, top, found
        )
        if everywhere(found):
            break
        probe = count_next(probe, below, beyond, point, target, from_below, bottom, top, step)
    return select(valid, select(usable, top, np.inf), np.nan)
