"""What each family asks of its parameters, as claims about intervals.

The kernels' ``*_valid`` functions decide at run time; these say the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from texrc.passes.intervals import Interval

TINY = math.ulp(0.0)


@dataclass(frozen=True, slots=True)
class Claim:
    """About the parameters at ``places``: ``gap`` up to 0 where it is proven, above where not."""

    places: tuple[int, ...]
    gap: Callable[[Sequence[Interval]], float]
    must: str
    helps: tuple[str, ...] = ()


def _above(value: float) -> float:
    """The gap of something that must be below 0."""
    return value if value != 0.0 else TINY


def _positive(place: int) -> Claim:
    return Claim(
        (place,),
        lambda values: _above(-values[place].low),
        "must be greater than 0",
        (
            "`max(0.5, ...)` keeps it above a floor, where that is what you mean",
            "`exp(...)` is greater than 0 for every moderate argument",
        ),
    )


def _less(low: int, high: int, low_name: str, high_name: str) -> Claim:
    return Claim(
        (low, high),
        lambda values: _above(values[low].high - values[high].low),
        f"`{low_name}` must be less than `{high_name}`",
    )


def _at_most(low: int, high: int, low_name: str, high_name: str) -> Claim:
    return Claim(
        (low, high),
        lambda values: values[low].high - values[high].low,
        f"`{low_name}` must be at most `{high_name}`",
    )


def _probability(place: int, positive: bool) -> Claim:
    def gap(values: Sequence[Interval]) -> float:
        low, high = values[place].low, values[place].high
        return max(_above(-low) if positive else -low, high - 1.0)

    return Claim(
        (place,),
        gap,
        "must be above 0 and at most 1" if positive else "must be from 0 to 1",
        ("`1/(1 + exp(-score))` is between 0 and 1 for every moderate score",),
    )


def _count(place: int) -> Claim:
    def gap(values: Sequence[Interval]) -> float:
        trials = values[place]
        return max(-trials.low, -1.0 if trials.whole else 1.0)

    return Claim(
        (place,),
        gap,
        "must be a whole number from 0 on",
        ("`floor(x + 0.5)` rounds to the nearest whole number",),
    )


CLAIMS: dict[str, tuple[Claim, ...]] = {
    "normal": (_positive(1),),
    "lognormal": (_positive(1),),
    "uniform": (_less(0, 1, "low", "high"),),
    "gamma": (_positive(0), _positive(1)),
    "beta": (_positive(0), _positive(1)),
    "exponential": (_positive(0),),
    "student_t": (_positive(0), _positive(2)),
    "triangular": (
        _at_most(0, 1, "low", "mode"),
        _at_most(1, 2, "mode", "high"),
        _less(0, 2, "low", "high"),
    ),
    "poisson": (_positive(0),),
    "binomial": (_count(0), _probability(1, positive=False)),
    "negative_binomial": (_positive(0), _probability(1, positive=True)),
}
"""Beyond having a finite value, which holds for all."""

PARAMETERS = {
    "sd": "the standard deviation `sd`",
    "sigma": "the standard deviation `sigma` of the logarithm",
    "mu": "the mean `mu` of the logarithm",
    "p": "the probability `p`",
    "trials": "the number `trials`",
    "df": "the degrees of freedom `df`",
}


def parameter(name: str) -> str:
    """What messages call a parameter."""
    return PARAMETERS.get(name, f"the parameter `{name}`")
