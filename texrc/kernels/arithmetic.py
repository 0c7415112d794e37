"""Arithmetic of expressions and whole numbers that NumPy and numba have no single rule for."""

import numpy as np

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


def draw_whole(u, first, last):
    """A whole number from first to last, all alike: the u-quantile. About 1 ns."""
    count = last - first + 1.0
    return first + smaller(np.floor(u * count), last - first)


def round_half_up(x, low, high):
    """floor(x + 1/2), kept in [low, high]; NaN and infinities stay."""
    rounded = np.floor(x + 0.5)
    held = select(rounded < low, low, select(rounded > high, high, rounded))
    return select(np.abs(x) < np.inf, held, x)
