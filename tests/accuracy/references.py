"""The exact laws of drawn numbers: families truncated to a range, mixtures, quarters.

A reference gives the masses of cells, which add up to 1. Of a family they are differences of
scipy's distribution functions, each taken on the smaller tail, so that nothing is lost far out.
Over a range on which that tail hardly changes the difference would lose digits, and so it would
in the upper end of a triangle, whose upper tail scipy takes from 1: there the masses are
mpmath's, with 50 digits. `test_references` compares the one with the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from scipy import stats

from tests.accuracy.checks import TAILS, Floats
from tests.kernels import laws

SCIPY: dict[str, Callable[..., Any]] = {
    "normal": stats.norm,
    "lognormal": lambda mu, sigma: stats.lognorm(sigma, scale=np.exp(mu)),
    "uniform": lambda low, high: stats.uniform(low, high - low),
    "exponential": lambda mean: stats.expon(scale=mean),
    "triangular": lambda low, mode, high: stats.triang(
        (mode - low) / (high - low), low, high - low
    ),
    "gamma": lambda shape, scale: stats.gamma(shape, scale=scale),
    "beta": stats.beta,
    "student_t": stats.t,
    "poisson": stats.poisson,
    "binomial": stats.binom,
    "negative_binomial": stats.nbinom,
}
MPMATH: dict[str, type[laws.Law]] = {
    "normal": laws.Normal,
    "lognormal": laws.Lognormal,
    "uniform": laws.Uniform,
    "exponential": laws.Exponential,
    "triangular": laws.Triangular,
    "gamma": laws.Gamma,
    "beta": laws.Beta,
    "student_t": laws.StudentT,
    "poisson": laws.Poisson,
    "binomial": laws.Binomial,
    "negative_binomial": laws.NegativeBinomial,
}
COUNTS = ("poisson", "binomial", "negative_binomial")
LOST = 1e-4
"""A range with less than this share of the smaller tail at its ends is mpmath's."""
CELLS = 4096
CELLS_OF_MPMATH = 128


class Reference(Protocol):
    def grid(self) -> Floats:
        """Edges from low to high, of cells of about equal mass, and finer ones in the tails."""
        ...

    def masses(self, edges: Floats) -> Floats:
        """The masses between successive edges, of which the first is low and the last high."""
        ...


@dataclass(frozen=True)
class Truncated:
    """A family, as a spec writes it, truncated to [low, high]."""

    text: str
    low: float
    high: float

    @cached_property
    def _parsed(self) -> tuple[str, list[float]]:
        match = re.fullmatch(r"(\w+)\((.*)\)", self.text)
        assert match is not None, self.text
        return match[1], [float(number) for number in match[2].split(",")]

    @property
    def name(self) -> str:
        return self._parsed[0]

    @cached_property
    def scipy(self) -> Any:
        return SCIPY[self.name](*self._parsed[1])

    @cached_property
    def mpmath(self) -> laws.Law:
        return MPMATH[self.name](tuple(self._parsed[1]))

    @cached_property
    def scipy_loses_digits(self) -> bool:
        ends = np.array([self.low, self.high])
        smaller = np.minimum(self.scipy.cdf(ends), self.scipy.sf(ends)).max()
        if self.name == "triangular":  # scipy's sf is 1 - cdf
            smaller = 1.0
        return bool(self._between(ends)[0] < LOST * smaller)

    def grid(self) -> Floats:
        if self.scipy_loses_digits:
            return np.linspace(self.low, self.high, CELLS_OF_MPMATH + 1)
        tails = np.array([least * step for least in (1e-7, *TAILS) for step in (1, 2, 5)])
        shares = np.arange(1, CELLS) / CELLS
        shares = np.sort(np.concatenate([tails[tails < shares[0]], shares]))
        # The masses are exact for whatever edges: that these are quantiles only nearly is no harm.
        mass = self._between(np.array([self.low, self.high]))[0]
        below = self.scipy.cdf(self.low) + shares * mass
        beyond = self.scipy.sf(self.high) + (1.0 - shares) * mass
        lower = np.where(below <= beyond, self.scipy.ppf(below), self.scipy.isf(beyond))
        rest = tails[tails < 1.0 / CELLS]
        upper = np.where(
            self.scipy.sf(self.high) + rest * mass <= 0.5,
            self.scipy.isf(self.scipy.sf(self.high) + rest * mass),
            self.scipy.ppf(self.scipy.cdf(self.high) - rest * mass),
        )
        inner = np.clip(np.concatenate([lower, upper]), self.low, self.high)
        return np.unique(np.concatenate([[self.low], inner, [self.high]]))

    def masses(self, edges: Floats) -> Floats:
        """Edges may reach beyond the range, where there is no mass."""
        inside = np.clip(edges, self.low, self.high)
        if self.scipy_loses_digits:
            pairs = zip(inside[:-1].tolist(), inside[1:].tolist(), strict=True)
            exact = [self.mpmath.between(low, high) for low, high in pairs]
            return np.array([float(mass / sum(exact)) for mass in exact])
        masses = self._between(inside)
        return masses / masses.sum()

    def _between(self, edges: Floats) -> Floats:
        below, beyond = self.scipy.cdf(edges), self.scipy.sf(edges)
        masses = np.where(below[1:] <= beyond[:-1], np.diff(below), -np.diff(beyond))
        return np.where(np.diff(edges) > 0, masses, 0.0)


@dataclass(frozen=True)
class Counted:
    """A count family on the whole numbers from low to high; edges lie half-way between them."""

    text: str
    low: float
    high: float

    @cached_property
    def law(self) -> Truncated:
        return Truncated(self.text, self.low, self.high)

    def grid(self) -> Floats:
        return np.arange(self.low, self.high + 2) - 0.5

    def masses(self, edges: Floats) -> Floats:
        assert np.array_equal(edges, self.grid())
        masses = self.law.scipy.pmf(np.arange(self.low, self.high + 1))
        return masses / masses.sum()


@dataclass(frozen=True)
class Mixed:
    """Parts with their weights, each of them a law by itself: mixtures and quarters."""

    weights: tuple[float, ...]
    parts: tuple[Truncated, ...]

    def grid(self) -> Floats:
        every = max(1, len(self.parts) // 2)
        return np.unique(
            np.concatenate(
                [[p.low, p.high] for p in self.parts] + [p.grid()[::every] for p in self.parts]
            )
        )

    def masses(self, edges: Floats) -> Floats:
        return sum(
            (w * p.masses(edges) for w, p in zip(self.weights, self.parts, strict=True)),
            np.zeros(edges.size - 1),
        )


def reference(kind: str, text: str, low: float, high: float) -> Reference:
    """The law of a column ``kind [low, high]`` drawn from a family, a mixture or quarters.

    An integer k has the mass from k - 1/2 to k + 1/2.
    """
    if text.partition("(")[0] in COUNTS:
        return Counted(text, low, high)
    if text.startswith("quarters"):
        return _quarters(kind, [float(p) for p in text[10:-1].split(",")], low, high)
    if kind == "integer":
        low, high = low - 0.5, high + 0.5
    if text == "uniform":
        return Truncated(f"uniform({low!r}, {high!r})", low, high)
    if text.startswith("mix"):
        parts = re.findall(r"([0-9.]+): (\w+\([^)]*\))", text)
        return Mixed(
            tuple(float(weight) for weight, _ in parts),
            tuple(Truncated(part, low, high) for _, part in parts),
        )
    return Truncated(text, low, high)


def _quarters(kind: str, shares: list[float], low: float, high: float) -> Mixed:
    """Quarters are half-open: a whole number on an edge belongs to the upper one."""
    edges = [low + (high - low) * quarter / 4 for quarter in range(5)]
    if kind == "integer":
        edges = [np.ceil(edge) - 0.5 for edge in edges[:4]] + [high + 0.5]
    return Mixed(
        tuple(shares),
        tuple(
            Truncated(f"uniform({first!r}, {last!r})", float(first), float(last))
            for first, last in zip(map(float, edges[:4]), map(float, edges[1:]), strict=True)
        ),
    )
