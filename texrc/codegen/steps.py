"""A plan: what a machine does for each column, in an order that has parents first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from texrc.codegen.matching import Matcher
from texrc.codegen.selection import Selection
from texrc.ir.distributions import Distribution, FamilyName
from texrc.ir.expressions import Expression
from texrc.ir.network import Network

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a column lies in memory: its element type, and for numbers its range."""

    dtype: np.dtype
    """uint8 or uint16 codes; the narrowest integer type; float64."""
    states: int = 0
    """Labels of a discrete column, 0 for numbers."""
    low: float = 0.0
    high: float = 0.0
    whole: bool = False


# --- discrete columns --------------------------------------------------------


@dataclass(frozen=True, eq=False)
class ScoredRow:
    """A table row whose label depends on numbers: softmax, logit or a definition."""

    row: int
    distribution: Distribution
    expressions: tuple[Expression, ...]


@dataclass(frozen=True, eq=False)
class Choice:
    """Labels by ``selection``, indexed by what the matcher gives; but ``scored`` rows by scores.

    ``selection`` is None where every row is scored. With scored rows the
    matcher gives row numbers, and the selection's entries for them are idle.
    """

    selection: Selection | None
    scored: tuple[ScoredRow, ...] = ()


# --- numeric columns ---------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Tabulated:
    """Whole numbers by ``selection``, as labels: label k is the number ``first + k``."""

    selection: Selection
    first: int


@dataclass(frozen=True, eq=False)
class ConstantFamily:
    """Leaves of one family whose parameters are numbers: ``parameters[leaf, place]``.

    ``normals``: drawn from standard normals, and by quantile only where several fall outside.
    """

    family: FamilyName
    parameters: FloatArray
    normals: bool = False


@dataclass(frozen=True, eq=False)
class ComputedFamily:
    """A leaf whose parameters are expressions."""

    family: FamilyName
    arguments: tuple[Expression, ...]

    @property
    def normals(self) -> bool:
        """Whether draws are from standard normals, and by quantile where these fall outside."""
        return self.family in FROM_NORMALS


@dataclass(frozen=True, eq=False)
class QuarterLeaves:
    """Leaves that pick a quarter, then a value within it; an empty quarter is never picked.

    ``first[k]`` and ``last[k]`` are the smallest and the largest value of quarter k.
    """

    selection: Selection
    first: FloatArray
    last: FloatArray


@dataclass(frozen=True, eq=False)
class UniformLeaf:
    """The declared range, every value alike."""


@dataclass(frozen=True, eq=False)
class DefinedLeaf:
    """The value of an expression."""

    value: Expression


FROM_NORMALS = frozenset({"normal", "lognormal", "gamma"})
ACCEPTED = frozenset({"gamma"})
"""Those of which a number made from a normal is accepted or refused."""

Group = ConstantFamily | ComputedFamily | QuarterLeaves | UniformLeaf | DefinedLeaf


@dataclass(frozen=True, eq=False)
class Leaves:
    """The distributions of a numeric column, numbered; mixtures count one leaf a component.

    Row r's leaves begin at ``first_leaf[r]``; ``components`` (rows as the
    table's) picks among them and is None where no row is a mixture. Leaf l is
    the ``place[l]``-th of ``groups[group[l]]``; ``distributions[l]`` is what it was made from.
    """

    first_leaf: npt.NDArray[np.uint32]
    components: Selection | None
    groups: tuple[Group, ...]
    group: npt.NDArray[np.int64]
    place: npt.NDArray[np.uint32]
    distributions: tuple[Distribution, ...]


@dataclass(frozen=True, eq=False)
class Step:
    """One column: find the table row (``matcher``), then draw by it (``draw``)."""

    column: int
    matcher: Matcher | None
    draw: Choice | Tabulated | Leaves


@dataclass(frozen=True, eq=False)
class Plan:
    """A network made ready for a machine.

    ``layouts`` follow the network's columns, ``steps`` a topological order.
    """

    network: Network
    layouts: tuple[Layout, ...]
    steps: tuple[Step, ...]
