"""From the distributions of a table's rows to what a machine draws by."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from texrc.codegen.selection import Selection, select_by
from texrc.codegen.steps import (
    FROM_NORMALS,
    Choice,
    ComputedFamily,
    ConstantFamily,
    DefinedLeaf,
    FloatArray,
    Group,
    Layout,
    Leaves,
    QuarterLeaves,
    ScoredRow,
    UniformLeaf,
)
from texrc.ir.atoms import Partition
from texrc.ir.distributions import (
    Categorical,
    Definition,
    Distribution,
    Family,
    FamilyName,
    Logit,
    Mixture,
    Quarters,
    Softmax,
    Uniform,
    Weights,
    expressions_of,
)
from texrc.ir.evaluation import evaluate
from texrc.ir.expressions import columns_of
from texrc.ir.network import Column
from texrc.ir.patterns import IsQuarter
from texrc.ir.rest import with_rest
from texrc.kernels import elementary
from texrc.passes.masses import MASS


def choice(distributions: Sequence[Distribution], states: int) -> Choice:
    """The draw of a discrete column from the distributions of its table's rows."""
    idle = [1.0] + [0.0] * (states - 1)
    weights: list[list[float]] = []
    scored: list[ScoredRow] = []
    for row, distribution in enumerate(distributions):
        if isinstance(distribution, Softmax | Logit | Definition):
            scored.append(ScoredRow(row, distribution, tuple(expressions_of(distribution))))
            weights.append(idle)
        else:
            weights.append(_label_weights(distribution, states))
    if len(scored) == len(distributions):
        return Choice(None, tuple(scored))
    return Choice(select_by(np.array(weights)), tuple(scored))


def _label_weights(distribution: Distribution, states: int) -> list[float]:
    match distribution:
        case Categorical(probabilities):
            return list(map(float, with_rest(probabilities)))
        case Weights(weights):
            return list(map(float, weights))
        case Uniform():
            return [1.0] * states
        case _:
            raise ValueError(f"a {distribution.kind} gives no label")


MOSTLY = 0.8
"""A family with constant parameters and this much of its mass in the range is drawn from
standard normals; with less, quantiles are faster, because so many would fall outside."""


def leaves(distributions: Sequence[Distribution], column: Column, layout: Layout) -> Leaves:
    """The draw of a numeric column from the distributions of its table's rows."""
    first_leaf: list[int] = []
    parts: list[Distribution] = []
    for distribution in distributions:
        first_leaf.append(len(parts))
        if isinstance(distribution, Mixture):
            parts.extend(distribution.components)
        else:
            parts.append(distribution)
    together: dict[str | int, list[int]] = {}  # the leaves of each group
    for leaf, part in enumerate(parts):
        together.setdefault(_sharing(part, layout) or leaf, []).append(leaf)
    group = np.zeros(len(parts), np.int64)
    place = np.zeros(len(parts), np.uint32)
    for number, members in enumerate(together.values()):
        group[members] = number
        place[members] = np.arange(len(members))
    return Leaves(
        np.array(first_leaf, np.uint32),
        _components(distributions),
        tuple(
            _group([parts[leaf] for leaf in members], column, layout)
            for members in together.values()
        ),
        group,
        place,
        tuple(parts),
    )


def _components(distributions: Sequence[Distribution]) -> Selection | None:
    """What picks the component of a mixture; None where there is no mixture."""
    most = max((len(d.components) for d in distributions if isinstance(d, Mixture)), default=0)
    if not most:
        return None
    weights = np.zeros((len(distributions), most))
    for row, distribution in enumerate(distributions):
        if isinstance(distribution, Mixture):
            shares = list(map(float, with_rest(distribution.weights)))
            weights[row, : len(shares)] = shares
        else:
            weights[row, 0] = 1.0
    return select_by(weights)


def _sharing(part: Distribution, layout: Layout) -> str:
    """Equal for leaves that one group holds; empty for a leaf of its own."""
    match part:
        case Family(name, arguments) if not any(map(columns_of, arguments)):
            return f"{name} from normals" if _from_normals(part, layout) else name
        case Quarters():
            return "quarters"
        case Uniform():
            return "any"
        case _:
            return ""


def _group(parts: Sequence[Distribution], column: Column, layout: Layout) -> Group:
    match parts[0]:
        case Family(name, arguments) if any(map(columns_of, arguments)):
            return ComputedFamily(name, arguments)
        case Family(name):
            return _constant_family(name, parts, layout)
        case Quarters():
            return _quarter_leaves(parts, column, layout)
        case Uniform():
            return UniformLeaf()
        case Definition(value):
            return DefinedLeaf(value)
        case part:
            raise ValueError(f"a {part.kind} gives no number")


def _constant_family(
    name: FamilyName, parts: Sequence[Distribution], layout: Layout
) -> ConstantFamily:
    parameters = [constants(part) for part in parts if isinstance(part, Family)]
    return ConstantFamily(name, np.array(parameters), _from_normals(parts[0], layout))


def constants(family: Family) -> list[np.float64]:
    """The values of arguments without columns."""
    with np.errstate(all="ignore"):
        return [np.float64(evaluate(a, NO_COLUMNS, elementary)) for a in family.arguments]


def _from_normals(part: Distribution, layout: Layout) -> bool:
    """Whether a family without columns is made from normals, most of which give a number."""
    if not isinstance(part, Family) or part.name not in FROM_NORMALS:
        return False
    first, second = constants(part)
    if part.name == "gamma":
        return bool(first >= 1.0)  # below, no number would be accepted
    margin = 0.5 if layout.whole else 0.0
    low, high = np.float64(layout.low - margin), np.float64(layout.high + margin)
    about = _about_mass(part.name, float(first), float(second), float(low), float(high))
    if abs(about - MOSTLY) > 1e-6:  # never for NaN
        return about >= MOSTLY
    with np.errstate(all="ignore"):
        return bool(MASS[part.name](first, second, low, high) >= MOSTLY)


def _about_mass(name: FamilyName, first: float, second: float, low: float, high: float) -> float:
    """The mass of a normal or lognormal in [low, high] by the machine's own erf and log.

    Their last bits differ from machine to machine, so close calls are not theirs; all others
    they decide in a tenth of the kernels' time. NaN, a close call, outside the domain.
    """
    if not (0.0 < second < math.inf and abs(first) < math.inf):
        return math.nan
    if name == "lognormal":
        low, high = (math.log(end) if end > 0.0 else -math.inf for end in (low, high))
    below, above = ((end - first) / second * math.sqrt(0.5) for end in (low, high))
    return 0.5 * (math.erf(above) - math.erf(below))


def quarter_ends(column: Column) -> list[tuple[float, float] | None]:
    """The smallest and the largest value of each quarter; None for one without values."""
    quarters = [IsQuarter(1), IsQuarter(2), IsQuarter(3), IsQuarter(4)]
    partition = Partition.of(column, quarters)
    return [next(map(partition.interval, partition.atoms(quarter)), None) for quarter in quarters]


def _quarter_leaves(parts: Sequence[Distribution], column: Column, layout: Layout) -> QuarterLeaves:
    ends = quarter_ends(column)
    first, last = np.array([quarter or (layout.low, layout.low) for quarter in ends]).T
    empty = [quarter is None for quarter in ends]
    weights: FloatArray = np.array(
        [
            list(map(float, with_rest(part.probabilities)))
            for part in parts
            if isinstance(part, Quarters)
        ]
    )
    weights[:, empty] = 0.0
    return QuarterLeaves(select_by(weights), first, last)


class _NoColumns:
    """The values that an expression without columns may ask for: none."""

    def numbers(self, column: int) -> np.float64:
        raise LookupError(column)

    def codes(self, column: int) -> np.ndarray:
        raise LookupError(column)


NO_COLUMNS = _NoColumns()
