"""The few operations that differ between a whole array and one number.

Kernels are written once, in terms of these. Called from plain Python they take
NumPy arrays (or numbers) and work on every element; inside numba they are
replaced by the scalar operation named in each docstring (`texrc.codegen.jit`).
Both give the same bits.
"""

import numpy as np


def select(condition, chosen, other):
    """``chosen`` where the condition holds, else ``other``; both are evaluated.

    In numba: ``chosen if condition else other``.
    """
    return np.where(condition, chosen, other)


def everywhere(condition):
    """Whether the condition holds for every element: for leaving a loop early.

    In numba: the condition itself.
    """
    return bool(np.all(condition))


def logical_not(condition):
    """The opposite of a boolean. In numba: ``not condition``."""
    return np.logical_not(condition)


def bits(number):
    """The 64 bits of a float64, as int64. In numba: a bit cast."""
    return np.asarray(number, np.float64).view(np.int64)


def from_bits(pattern):
    """The float64 with the bits of an int64 or uint64. In numba: a bit cast."""
    return np.asarray(pattern).view(np.float64)


def to_float(whole):
    """A whole number or a boolean as float64, rounded to nearest. In numba: ``float64(whole)``."""
    return np.asarray(whole).astype(np.float64)


def has_bit(word, bit):
    """Whether a word has a bit set, both of one unsigned type. In numba: without widening."""
    return (word & bit) != 0


def shift_right(word, count):
    """``word >> count``, both of one unsigned type. In numba: without widening."""
    return word >> count


def counted(count, condition):
    """``count + 1`` where the condition holds, of the count's type. In numba: without widening."""
    return count + condition.astype(count.dtype)


def look_up_32(out, i, x, table, begin):
    """``out[i : i + 32] = table[begin + x[i : i + 32]]``, uint16s, for x below 64."""
    out[i : i + 32] = table[begin + x[i : i + 32]]
