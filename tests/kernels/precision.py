"""Distances from exact values, which mpmath computes."""

import math

import mpmath
import numpy as np

mpmath.mp.dps = 50


def ulps(values, exact):
    """How many units in the last place of the exact (mpmath) numbers the values are off."""
    distances = []
    for value, truth in zip(np.atleast_1d(values).tolist(), exact, strict=True):
        nearest = float(truth)
        if not math.isfinite(nearest) or not math.isfinite(value):
            distances.append(0.0 if value == nearest else math.inf)
        else:
            distances.append(float(abs(mpmath.mpf(value) - truth) / math.ulp(nearest)))
    return np.array(distances)


def relative_errors(values, exact):
    """|value - exact| / |exact|, of mpmath numbers that are not zero."""
    return np.array(
        [
            float(abs(mpmath.mpf(value) - truth) / abs(truth))
            for value, truth in zip(np.atleast_1d(values).tolist(), exact, strict=True)
        ]
    )
