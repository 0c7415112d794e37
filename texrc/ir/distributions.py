"""How one value comes about, given its row so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from texrc.ir.expressions import Expression
from texrc.source import Span

CONTINUOUS_FAMILIES: dict[str, tuple[str, ...]] = {
    "normal": ("mean", "sd"),
    "lognormal": ("mu", "sigma"),
    "uniform": ("low", "high"),
    "gamma": ("shape", "scale"),
    "beta": ("alpha", "beta"),
    "exponential": ("mean",),
    "student_t": ("df", "location", "scale"),
    "triangular": ("low", "mode", "high"),
}
COUNT_FAMILIES: dict[str, tuple[str, ...]] = {
    "poisson": ("mean",),
    "binomial": ("trials", "p"),
    "negative_binomial": ("size", "p"),
}
FAMILIES: dict[str, tuple[str, ...]] = CONTINUOUS_FAMILIES | COUNT_FAMILIES
"""The names of each family's parameters, in order."""

FamilyName = Literal[
    "normal",
    "lognormal",
    "uniform",
    "gamma",
    "beta",
    "exponential",
    "student_t",
    "triangular",
    "poisson",
    "binomial",
    "negative_binomial",
]


def _place() -> Span | None:
    return field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Categorical:
    """A probability a label, in the column's order; None marks the one `rest`."""

    probabilities: tuple[Decimal | None, ...]
    span: Span | None = _place()
    kind: Literal["categorical"] = "categorical"


@dataclass(frozen=True, slots=True)
class Weights:
    """Counts a label, in the column's order, divided by their sum."""

    weights: tuple[Decimal, ...]
    span: Span | None = _place()
    kind: Literal["weights"] = "weights"


@dataclass(frozen=True, slots=True)
class Uniform:
    """The bare word `uniform`: every label alike, or every value of the declared range."""

    span: Span | None = _place()
    kind: Literal["uniform"] = "uniform"


@dataclass(frozen=True, slots=True)
class Softmax:
    """p(label) = exp(score) / sum of exp(scores); a score a label, in the column's order."""

    scores: tuple[Expression, ...]
    span: Span | None = _place()
    kind: Literal["softmax"] = "softmax"


@dataclass(frozen=True, slots=True)
class Logit:
    """p(second of two labels) = 1 / (1 + exp(-score)); for a boolean, p(yes)."""

    score: Expression
    span: Span | None = _place()
    kind: Literal["logit"] = "logit"


@dataclass(frozen=True, slots=True)
class Family:
    """A named family truncated to the column's declared range.

    On an integer column a continuous family gives k the mass of [k - 1/2, k + 1/2].
    """

    name: FamilyName
    arguments: tuple[Expression, ...]
    span: Span | None = _place()
    kind: Literal["family"] = "family"


@dataclass(frozen=True, slots=True)
class Quarters:
    """Four probabilities of the equal-width quarters of the range, uniform within each."""

    probabilities: tuple[Decimal | None, ...]
    span: Span | None = _place()
    kind: Literal["quarters"] = "quarters"


@dataclass(frozen=True, slots=True)
class Mixture:
    """Each component, itself truncated to the range, with its weight; None marks `rest`."""

    weights: tuple[Decimal | None, ...]
    components: tuple[Family | Quarters | Uniform, ...]
    span: Span | None = _place()
    kind: Literal["mixture"] = "mixture"


@dataclass(frozen=True, slots=True)
class Definition:
    """`y = expression`: no randomness. A boolean column takes 0 as no and 1 as yes."""

    value: Expression
    span: Span | None = _place()
    kind: Literal["definition"] = "definition"


@dataclass(frozen=True, slots=True)
class Poison:
    """Stands where an error was already reported, so that later passes stay quiet.

    ``reads`` are the columns named in what stands there, which it depends on all the same.
    """

    span: Span | None = _place()
    reads: tuple[Expression, ...] = ()
    kind: Literal["poison"] = "poison"


Distribution = (
    Categorical
    | Weights
    | Uniform
    | Softmax
    | Logit
    | Family
    | Quarters
    | Mixture
    | Definition
    | Poison
)


def expressions_of(distribution: Distribution) -> Iterator[Expression]:
    """Every expression a distribution evaluates."""
    match distribution:
        case Softmax(scores):
            yield from scores
        case Logit(score):
            yield score
        case Family(_, arguments):
            yield from arguments
        case Mixture(_, components):
            for component in components:
                yield from expressions_of(component)
        case Definition(value):
            yield value
        case Poison(_, reads):
            yield from reads
        case _:
            return
