"""Arithmetic of expressions and whole numbers that NumPy and numba have no single rule for."""

import numpy as np

from texrc.kernels.elementary import product_error
from texrc.kernels.elementwise import select, to_float


def smaller(a, b):
    """The smaller of two numbers, NaN where one is NaN; 0 for -0."""
    return np.minimum(a, b) + 0.0  # which of -0 and 0 is the smaller depends on the processor


def larger(a, b):
    """The larger of two numbers, NaN where one is NaN; 0 for -0."""
    return np.maximum(a, b) + 0.0


def clamp(x, low, high):
    """x, but at least ``low``, and then at most ``high``."""
    return smaller(larger(x, low), high)


def indicator(condition):
    """1.0 where the condition holds, else 0.0."""
    return to_float(condition)


def draw_whole(u, finer, first, last):
    """A whole number from first to last, all alike: the quantile of u + (finer - 1/2) 2^-52.

    The 52 bits of one quantile do not come to each of more than 2^52 numbers. ``finer`` is
    another, or 1/2 where there are few. About 2 ns.
    """
    count = last - first + 1.0
    share = u * count
    below = np.floor(share)
    rest = (share - below) + product_error(u, count, share) + (finer - 0.5) * (count * 2.0**-52)
    return clamp((first + below) + np.floor(rest), first, last)


def round_half_up(x, low, high):
    """floor(x + 1/2), kept in [low, high]; NaN and infinities stay."""
    rounded = np.floor(x + 0.5)
    held = select(rounded < low, low, select(rounded > high, high, rounded))
    return select(np.abs(x) < np.inf, held, x)
