"""Whole numbers drawn as labels: where few are possible, and no distribution reads a column.

Each row of the table is then a list of probabilities, mixtures included, and a number costs
what a label costs, whatever its family.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from texrc.codegen.leaves import constants, quarter_ends
from texrc.codegen.selection import select_by
from texrc.codegen.steps import FloatArray, Layout, Tabulated
from texrc.ir.distributions import (
    COUNT_FAMILIES,
    Distribution,
    Family,
    FamilyName,
    Mixture,
    Quarters,
    Uniform,
)
from texrc.ir.expressions import columns_of
from texrc.ir.network import Column
from texrc.ir.rest import with_rest
from texrc.kernels.binomial import point_binomial, point_negative_binomial
from texrc.kernels.poisson import point_poisson
from texrc.passes.masses import MASS

MOST_VALUES = 4096
MOST_ENTRIES = 16_384
"""Numbers times table rows: so many thresholds and their guide stay in the nearer caches."""
LEAST_SHARE = 2.0**-64
"""Numbers at the ends of the range that no row takes as often are left out: a quantile of 52
bits would not come to them either."""
LEAST_MASS = 1e-300
"""A family with less in the range cannot be drawn."""

POINT = {
    "poisson": point_poisson,
    "binomial": point_binomial,
    "negative_binomial": point_negative_binomial,
}


def tabulated(
    distributions: Sequence[Distribution], column: Column, layout: Layout
) -> Tabulated | None:
    """The table of a numeric column's distributions; None where it is drawn in another way."""
    values = layout.high - layout.low + 1.0
    if not layout.whole or values > MOST_VALUES or values * len(distributions) > MOST_ENTRIES:
        return None
    if not all(map(_can_be_listed, distributions)):
        return None
    numbers = np.arange(layout.low, layout.high + 1.0)
    families = _family_shares(_families(distributions), numbers)
    shares = np.array([_shares(each, column, numbers, families) for each in distributions])
    if not np.isfinite(shares).all():
        return None  # no mass in the range, or parameters without a meaning
    taken = np.flatnonzero(shares.max(axis=0) >= LEAST_SHARE)
    first, last = int(taken[0]), int(taken[-1])
    selection = select_by(shares[:, first : last + 1])
    return Tabulated(selection, int(layout.low) + first)


def _can_be_listed(distribution: Distribution) -> bool:
    match distribution:
        case Uniform() | Quarters():
            return True
        case Family(_, arguments):
            return not any(map(columns_of, arguments))
        case Mixture(_, components):
            return all(map(_can_be_listed, components))
        case _:
            return False


def _families(distributions: Sequence[Distribution]) -> Iterator[Family]:
    for distribution in distributions:
        if isinstance(distribution, Mixture):
            yield from _families(distribution.components)
        elif isinstance(distribution, Family):
            yield distribution


def _family_shares(families: Iterator[Family], numbers: FloatArray) -> dict[Family, FloatArray]:
    """The probability of each number; NaN where there is none in the range."""
    by_name: dict[FamilyName, list[Family]] = {}
    for family in dict.fromkeys(families):
        by_name.setdefault(family.name, []).append(family)
    found: dict[Family, FloatArray] = {}
    for name, members in by_name.items():
        parameters = np.array([constants(family) for family in members]).T[:, :, None]
        with np.errstate(all="ignore"):
            if name in COUNT_FAMILIES:
                masses = POINT[name](*parameters, numbers)
            else:
                masses = MASS[name](*parameters, numbers - 0.5, numbers + 0.5)
            total = np.cumsum(masses, axis=1)[:, -1:]
            shares = masses / np.where(total >= LEAST_MASS, total, np.nan)
        found.update(zip(members, shares, strict=True))
    return found


def _shares(
    distribution: Distribution,
    column: Column,
    numbers: FloatArray,
    families: dict[Family, FloatArray],
) -> FloatArray:
    match distribution:
        case Family():
            return families[distribution]
        case Uniform():
            return np.full(numbers.size, 1.0 / numbers.size)
        case Quarters(probabilities):
            return _quarter_shares(list(map(float, with_rest(probabilities))), column, numbers)
        case Mixture(weights, components):
            shares = np.zeros(numbers.size)
            for weight, component in zip(with_rest(weights), components, strict=True):
                if weight:
                    shares += float(weight) * _shares(component, column, numbers, families)
            return shares
        case _:
            raise ValueError(f"a {distribution.kind} has no list of probabilities")


def _quarter_shares(weights: list[float], column: Column, numbers: FloatArray) -> FloatArray:
    shares = np.zeros(numbers.size)
    for weight, ends in zip(weights, quarter_ends(column), strict=True):
        if ends is not None:
            within = (numbers >= ends[0]) & (numbers <= ends[1])
            shares[within] = weight / np.count_nonzero(within)
    return shares / np.cumsum(shares)[-1]
