"""Truncated draws of whole numbers: the search that all count families share.

A draw is the smallest k in [first, last] with P(K <= k) at least p, or P(K > k) at most q,
whichever of the two is smaller. A search knows ``bottom`` <= answer <= ``top`` and probes
between; tails and probability at the probe come from the family.
"""

import numpy as np

from texrc.kernels.elementary import log
from texrc.kernels.elementwise import select
from texrc.kernels.normal import normal_quantile


def count_guess(mean, variance, skewness, target, from_below):
    """A whole number near the one sought, by the Cornish-Fisher expansion."""
    z = normal_quantile(target)
    z = select(from_below, -z, z)
    shift = z + skewness * (z * z - 1.0) / 6.0
    return np.ceil(mean + np.sqrt(variance) * shift - 0.5)


def count_narrowed(probe, below, beyond, point, target, from_below, bottom, top, found):
    """The bracket after a probe, and whether the answer is known: it is ``top`` then.

    Where it was known before, nothing changes. Returns (bottom, top, found).
    """
    enough = select(from_below, below >= target, beyond <= target)  # the answer is at most it
    short = select(from_below, below - point < target, beyond + point > target)
    narrowed = select(enough & short, probe, select(enough, bottom, probe + 1.0))
    top = select(found, top, select(enough, probe, top))
    bottom = select(found, bottom, narrowed)
    return bottom, top, found | (bottom >= top)


def count_next(probe, below, beyond, point, target, from_below, bottom, top, step):
    """The next probe: Newton on the logarithm of the tail, every third time the middle."""
    tail = select(from_below, below, beyond)
    change = log(tail / target) * tail / point
    moved = np.ceil(probe + select(from_below, -change, change))
    middle = np.floor(0.5 * (bottom + top))
    halve = (3.0 * np.floor(step / 3.0) == step) | (moved != moved)
    moved = select(halve, middle, moved)
    return select(moved < bottom, bottom, select(moved > top - 1.0, top - 1.0, moved))


def count_target(u, first_below, last_beyond, mass):
    """The tail to hit, and whether it is the lower one."""
    p = first_below + u * mass
    q = last_beyond + (1.0 - u) * mass
    from_below = p <= q
    return select(from_below, p, q), from_below
