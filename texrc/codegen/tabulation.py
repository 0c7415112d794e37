"""Whole numbers drawn as labels: where few are possible, whatever they depend on is few-valued.

Each situation is then a list of probabilities, mixtures included, and a number costs what a
label costs, whatever its family.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from texrc.codegen import numpy_kernels
from texrc.codegen.drawing import Block
from texrc.codegen.finding import find_rows
from texrc.codegen.leaves import constants, quarter_ends
from texrc.codegen.matching import DenseIndex, Matcher, Parent
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
    expressions_of,
)
from texrc.ir.expressions import columns_of
from texrc.ir.network import Column, Network
from texrc.ir.rest import with_rest
from texrc.kernels.binomial import point_binomial, point_negative_binomial
from texrc.kernels.poisson import point_poisson
from texrc.passes.masses import MASS

MOST_VALUES = 4096
LARGEST_NUMBER = 2.0**51
"""So far from zero the ends of a number's cell, half a unit away, are floats."""
MOST_ENTRIES = 16_384
"""Numbers times situations: so many thresholds and their guide stay in the nearer caches."""
LEAST_SHARE = 2.0**-64
"""Numbers at the ends of the range that no situation gives as often are left out: a quantile
of 52 bits would not come to them either."""
LEAST_MASS = 1e-300
"""A family with less in the range cannot be drawn."""

POINT = {
    "poisson": point_poisson,
    "binomial": point_binomial,
    "negative_binomial": point_negative_binomial,
}
SLOW = COUNT_FAMILIES.keys() | {"gamma", "beta", "student_t"}
"""Families whose quantiles take a search, 1 us or more: worth a table of all situations."""

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Situations:
    """What a column's probabilities may depend on, numbered as ``matcher`` does.

    ``rows`` is the table row of each; ``block`` holds the columns that expressions read, a
    row a situation, and is None where they read none.
    """

    matcher: Matcher | None
    rows: Places
    block: Block | None = None


def tabulated(
    network: Network,
    layouts: Sequence[Layout],
    number: int,
    found: Matcher | None,
    distributions: Sequence[Distribution],
) -> tuple[Matcher | None, Tabulated] | None:
    """The table of a numeric column, and what finds its row; None where there is none.

    ``found`` is what finds the distribution.
    """
    layout = layouts[number]
    values = layout.high - layout.low + 1.0
    if not layout.whole or values > MOST_VALUES or not all(map(_can_be_listed, distributions)):
        return None
    if max(-layout.low, layout.high) > LARGEST_NUMBER:
        return None
    situations = _situations(layouts, found, distributions, int(MOST_ENTRIES // values))
    if situations is None:
        return None
    numbers = np.arange(layout.low, layout.high + 1.0)
    shares = _shares(distributions, situations, network.columns[number], numbers)
    if not np.isfinite(shares).all():
        return None  # no mass in the range, or parameters without a meaning
    taken = np.flatnonzero(shares.max(axis=0) >= LEAST_SHARE)
    first, last = int(taken[0]), int(taken[-1])
    selection = select_by(shares[:, first : last + 1])
    return situations.matcher, Tabulated(selection, int(layout.low) + first)


def _can_be_listed(distribution: Distribution) -> bool:
    if isinstance(distribution, Mixture):
        return all(map(_can_be_listed, distribution.components))
    return isinstance(distribution, Family | Uniform | Quarters)


# --- situations ----------------------------------------------------------------


def _situations(
    layouts: Sequence[Layout],
    found: Matcher | None,
    distributions: Sequence[Distribution],
    most: int,
) -> Situations | None:
    """At most so many, or None."""
    read = dict.fromkeys(
        column
        for distribution in distributions
        for expression in expressions_of(distribution)
        for column in columns_of(expression)
    )
    if not read:
        if len(distributions) > most:
            return None
        return Situations(found, np.arange(len(distributions)))
    if not any(part.name in SLOW for each in distributions for part in _families(each)):
        return None
    parents = {column: _every_value(column, layouts[column], most) for column in read}
    parents |= {each.column: each for each in _parents(found) if each.column not in parents}
    atoms = [0 if parent is None else parent.atoms for parent in parents.values()]
    combinations = math.prod(atoms)
    if not 0 < combinations <= most:
        return None
    return _combinations(layouts, found, [parent for parent in parents.values() if parent])


def _parents(found: Matcher | None) -> tuple[Parent, ...]:
    return () if found is None else found.parents


def _every_value(column: int, layout: Layout, most: int) -> Parent | None:
    """A parent whose atoms are its values; None where they are more."""
    if layout.states:
        return Parent(column, layout.states, None)
    if not layout.whole or layout.high - layout.low >= most:
        return None
    return Parent(
        column,
        int(layout.high - layout.low) + 1,
        np.arange(layout.low + 1.0, layout.high + 1.0),
    )


def _combinations(
    layouts: Sequence[Layout], found: Matcher | None, parents: list[Parent]
) -> Situations:
    """All combinations of the parents' atoms."""
    shape = [parent.atoms for parent in parents]
    strides = tuple(math.prod(shape[place + 1 :]) for place in range(len(shape)))
    count = math.prod(shape)
    buffers = [np.empty(0, layout.dtype) for layout in layouts]
    for parent, stride in zip(parents, strides, strict=True):
        atom = np.arange(count) // stride % parent.atoms
        layout = layouts[parent.column]
        values = atom if parent.starts is None else np.append(layout.low, parent.starts)[atom]
        buffers[parent.column] = values.astype(layout.dtype)
    block = Block(numpy_kernels, layouts, (), 0, count, buffers)
    rows = np.zeros(count, np.int64) if found is None else find_rows(found, block).astype(np.int64)
    return Situations(DenseIndex(tuple(parents), strides, count, None), rows, block)


# --- probabilities -------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Part:
    """A family with a weight in some situations."""

    family: Family
    weight: float
    at: Places


def _shares(
    distributions: Sequence[Distribution],
    situations: Situations,
    column: Column,
    numbers: FloatArray,
) -> FloatArray:
    """float64[situations, numbers]: probabilities; NaN where a family cannot be drawn."""
    shares = np.zeros((situations.rows.size, numbers.size))
    by_name: dict[FamilyName, list[Part]] = {}
    for row, distribution in enumerate(distributions):
        at = np.flatnonzero(situations.rows == row)
        if not at.size:
            continue
        for part, weight in _components(distribution):
            match part:
                case Family(name):
                    by_name.setdefault(name, []).append(Part(part, weight, at))
                case Uniform():
                    shares[at] += weight / numbers.size
                case Quarters(probabilities):
                    given = list(map(float, with_rest(probabilities)))
                    shares[at] += weight * _quarter_shares(given, column, numbers)
    for name, parts in by_name.items():
        parameters = [_parameters(part, situations.block) for part in parts]
        drawn = _family_shares(name, np.concatenate(parameters, axis=1), numbers)
        begin = 0
        for part in parts:
            end = begin + part.at.size
            shares[part.at] += part.weight * drawn[begin:end]
            begin = end
    return shares


def _components(distribution: Distribution) -> Iterator[tuple[Distribution, float]]:
    """What a distribution mixes, with weights above 0."""
    if not isinstance(distribution, Mixture):
        yield distribution, 1.0
        return
    for weight, part in zip(with_rest(distribution.weights), distribution.components, strict=True):
        if weight:
            yield part, float(weight)


def _families(distribution: Distribution) -> Iterator[Family]:
    for part, _ in _components(distribution):
        if isinstance(part, Family):
            yield part


def _parameters(part: Part, block: Block | None) -> FloatArray:
    """float64[parameters, situations]."""
    with np.errstate(all="ignore"):
        if block is None:
            values = constants(part.family)
        else:
            values = [block.evaluate(each, part.at) for each in part.family.arguments]
    return np.array([np.broadcast_to(value, part.at.size) for value in values])


def _family_shares(name: FamilyName, parameters: FloatArray, numbers: FloatArray) -> FloatArray:
    with np.errstate(all="ignore"):
        if name in COUNT_FAMILIES:
            masses = POINT[name](*parameters[:, :, None], numbers)
        else:
            masses = MASS[name](*parameters[:, :, None], numbers - 0.5, numbers + 0.5)
        total = np.cumsum(masses, axis=1)[:, -1:]
        return masses / np.where(total >= LEAST_MASS, total, np.nan)


def _quarter_shares(weights: list[float], column: Column, numbers: FloatArray) -> FloatArray:
    shares = np.zeros(numbers.size)
    for weight, ends in zip(weights, quarter_ends(column), strict=True):
        if ends is not None:
            within = (numbers >= ends[0]) & (numbers <= ends[1])
            shares[within] = weight / np.count_nonzero(within)
    return shares / np.cumsum(shares)[-1]
