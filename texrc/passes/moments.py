"""How much of a family's probability lies in a range, at least: by its mean and variance.

Cheap and without NumPy, for whole boxes of parameters. Where these bounds do not suffice,
`texrc.passes.masses` computes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from texrc.passes.intervals import INF, Interval


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the mean lies, the largest variance, and the ends of the support."""

    mean_low: float
    mean_high: float
    variance: float
    least: float = -INF
    most: float = INF


def shape(family: str, parameters: Sequence[Interval]) -> Shape:
    """For parameters in their domain; a lognormal's is that of its logarithm."""
    a, b = parameters[0], parameters[-1]
    match family:
        case "normal" | "lognormal":
            return Shape(a.low, a.high, b.high * b.high)
        case "uniform":
            width = b.high - a.low
            return Shape(
                (a.low + b.low) / 2, (a.high + b.high) / 2, width * width / 12, a.low, b.high
            )
        case "gamma":
            return Shape(a.low * b.low, a.high * b.high, a.high * b.high * b.high, 0.0)
        case "beta":
            low, high = a.low / (a.low + b.high), a.high / (a.high + b.low)
            return Shape(low, high, 0.25 / (a.low + b.low + 1.0), 0.0, 1.0)
        case "exponential":
            return Shape(a.low, a.high, a.high * a.high, 0.0)
        case "student_t":
            location = parameters[1]
            excess = a.low / (a.low - 2.0) if a.low > 2.0 else INF
            return Shape(location.low, location.high, b.high * b.high * excess)
        case "triangular":
            mode, width = parameters[1], b.high - a.low
            low, high = (a.low + mode.low + b.low) / 3, (a.high + mode.high + b.high) / 3
            return Shape(low, high, width * width / 18, a.low, b.high)
        case "poisson":
            return Shape(a.low, a.high, a.high, 0.0)
        case "binomial":
            return Shape(a.low * b.low, a.high * b.high, a.high * 0.25, 0.0, a.high)
        case _:  # negative_binomial
            low = a.low * (1.0 - b.high) / b.high
            high = a.high * (1.0 - b.low) / b.low
            return Shape(low, high, high / b.low, 0.0)


def mass_at_least(family: str, parameters: Sequence[Interval], low: float, high: float) -> float:
    """What at least lies in [low, high] for all of the parameters, up to rounding."""
    if family == "lognormal":
        if high <= 0.0:
            return 0.0
        low, high = math.log(low) if low > 0.0 else -INF, math.log(high)
    if family == "uniform":
        least, most = parameters
        inside = min(most.low, high) - max(least.high, low)
        return max(0.0, inside / (most.high - least.low))
    found = shape(family, parameters)
    beyond = 0.0 if found.most <= high else _tail(family, parameters, found, high - found.mean_high)
    before = 0.0 if found.least >= low else _tail(family, parameters, found, found.mean_low - low)
    return max(0.0, 1.0 - beyond - before)


def deviations_outside(
    family: str, parameters: Sequence[Interval], low: float, high: float
) -> float:
    """How many standard deviations the mean lies outside [low, high], below 0 inside."""
    if family == "lognormal":
        low = math.log(low) if low > 0.0 else -INF
        high = math.log(high) if high > 0.0 else -INF
    found = shape(family, parameters)
    scale = parameters[-1].high
    variance = found.variance if found.variance < INF else scale * scale
    outside = max(found.mean_high - high, low - found.mean_low)
    return outside / math.sqrt(variance) if variance > 0.0 else math.copysign(INF, outside)


def _tail(family: str, parameters: Sequence[Interval], found: Shape, distance: float) -> float:
    """At most what lies farther from the mean than ``distance``, on one side."""
    if family in ("normal", "lognormal"):
        sd = parameters[1].high if distance > 0.0 else parameters[1].low
        return 0.5 * math.erfc(distance / sd / math.sqrt(2.0))
    if distance < 0.0:
        return 1.0
    if family == "student_t" and found.variance == INF:  # at most 2 degrees of freedom
        df, scale = parameters[0], parameters[2]
        return 0.25 if df.low >= 1.0 and distance >= scale.high else 0.5
    square = distance * distance
    if family == "student_t":  # symmetric
        return min(0.5, 0.5 * found.variance / square) if square > 0.0 else 0.5
    total = found.variance + square
    return found.variance / total if 0.0 < total < INF else 1.0  # Cantelli's inequality
