"""TX308 and TW003: families with no mass, or little, in the range of their column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from texrc.diagnostics import Diagnostics, Label
from texrc.diagnostics.first_few import FirstFew
from texrc.ir.atoms import ends
from texrc.ir.distributions import COUNT_FAMILIES, Family
from texrc.ir.network import ColumnType, Network
from texrc.passes import wording
from texrc.passes.claims import CLAIMS
from texrc.passes.domains import Domain, Numbers
from texrc.passes.intervals import INF, Interval, point
from texrc.passes.moments import deviations_outside, mass_at_least
from texrc.passes.parameters import parts, plain_numbers, situation_of
from texrc.passes.programs import Impossible
from texrc.passes.reach import Reach
from texrc.passes.witnesses import Budget, Point, Situation, middle_of, promising_points, sides_of

NOTHING = 1e-300
LITTLE = 0.01
SURELY_ENOUGH = 0.011
"""A bound this high needs no exact mass."""
SPREAD = 64
"""Points spread over a box."""
NOTABLE_SHARE = 0.1
"""Little mass at fewer of the spread points is what the far corners of a box are like."""
WALK_WORK = 10_000
"""Steps of interval arithmetic for one family's walks."""
NETWORK_WORK = 300_000
"""The same for all points of all families; those after it are looked at in the middle only."""


@dataclass(frozen=True, slots=True)
class Probe:
    """Parameters whose mass is in doubt; ``point`` is where they come from."""

    parameters: tuple[float, ...]
    point: Point = field(default_factory=dict)
    spread: bool = False


@dataclass
class Case:
    """One family whose mass is not proven to be enough, everywhere."""

    column: int
    family: Family
    low: float
    high: float
    situation: Situation | None
    probes: list[Probe] = field(default_factory=list)
    spread_points: list[Point] = field(default_factory=list)
    is_sound: bool = True
    """Whether the parameters are in their domain at every point looked at; TX306 if not."""


def supports(network: Network, diagnostics: Diagnostics) -> None:
    """Every family, each component of a mixture by itself."""
    cases = [case for case in _cases(network) if case.probes and case.is_sound]
    if not cases:
        return
    from texrc.passes.masses import Question, masses

    answers = iter(
        masses(
            [
                Question(case.family.name, probe.parameters, case.low, case.high)
                for case in cases
                for probe in case.probes
            ]
        )
    )
    reports: dict[int, FirstFew] = {}
    for case in cases:
        about_column = reports.setdefault(case.column, FirstFew())
        found = [(next(answers), probe) for probe in case.probes]
        if any(mass != mass for mass, _ in found):
            continue  # outside the family's domain: TX306
        if case.situation is None:
            _report(network, case, found[0][0], found[0][1].parameters, {}, (), about_column)
        else:
            _judge(network, case, found, about_column)
    for about_column in reports.values():
        about_column.pour(diagnostics, "in the same statement")


def _cases(network: Network) -> Iterator[Case]:
    """Families whose mass the bounds do not prove, with the points in doubt."""
    work = NETWORK_WORK
    for node in network.nodes or ():
        column = network.columns[node.column]
        if column.is_discrete:
            continue
        reach = Reach(network, node)
        for row, part in parts(node):
            if not isinstance(part, Family):
                continue
            low, high = ends(column)
            if column.type is ColumnType.INTEGER and part.name not in COUNT_FAMILIES:
                low, high = low - 0.5, high + 0.5
            numbers = plain_numbers(part.arguments)
            if numbers is not None:
                case = Case(node.column, part, low, high, None)
                if not _is_enough(case, [point(number) for number in numbers]):
                    case.probes.append(Probe(numbers))
                yield case
                continue
            situation = situation_of(network, reach, row, part.arguments)
            if situation is not None:
                case = Case(node.column, part, low, high, situation)
                walks = Budget(WALK_WORK)
                _probe(case, situation, walks, thoroughly=work > 0)
                work -= WALK_WORK - walks.left
                yield case


def _is_enough(case: Case, parameters: list[Interval]) -> bool:
    """Whether enough mass is certain; also where the parameters are outside their domain."""
    if any(claim.gap(parameters) > 0.0 for claim in CLAIMS[case.family.name]):
        return all(parameter.is_point for parameter in parameters)
    return mass_at_least(case.family.name, parameters, case.low, case.high) >= SURELY_ENOUGH


def _probe(case: Case, situation: Situation, budget: Budget, *, thoroughly: bool) -> None:
    """Fill in the points of the row's box where the mass is in doubt."""
    program = situation.program
    try:
        if _is_enough(case, program.values(program.whole_box)):
            return
    except Impossible:
        return

    def parameters(values: Point) -> list[Interval] | None:
        budget.left -= len(program.steps)
        try:
            found = program.values(sides_of(program.free, values))
        except Impossible:
            return None
        sound = all(parameter.defined for parameter in found) and all(
            claim.gap(found) <= 0.0 for claim in CLAIMS[case.family.name]
        )
        if not sound:
            case.is_sound = False
            return None
        return found

    def outside(values: Point) -> float:
        found = parameters(values)
        if found is None:
            return -INF
        return deviations_outside(case.family.name, found, case.low, case.high)

    def add(values: Point, spread: bool) -> None:
        found = parameters(values)
        if found is not None and not _is_enough(case, found):
            case.probes.append(Probe(tuple(item.low for item in found), values, spread))

    if not thoroughly:
        case.spread_points = [middle_of(program.free)]
    else:
        for values in promising_points(program, outside, budget):
            add(values, spread=False)
        case.spread_points = spread_over(program.free)
    for values in case.spread_points:
        add(values, spread=True)


def spread_over(free: dict[int, Domain]) -> list[Point]:
    """The middle of a box and points evenly spread over it, in numbers of few digits.

    They are the additive recurrence of M. Roberts, "The unreasonable effectiveness of
    quasirandom sequences", 2018.
    """
    if not free:
        return [{}]
    root = 2.0
    for _ in range(60):  # the positive solution of x^(d+1) = x + 1
        root = (1.0 + root) ** (1.0 / (len(free) + 1))
    points = [middle_of(free)]
    for number in range(1, SPREAD):
        values: Point = {}
        for place, (column, domain) in enumerate(free.items(), start=1):
            share = (0.5 + number * root**-place) % 1.0
            value = float(domain.at(share))
            if isinstance(domain, Numbers) and not domain.whole:
                short = float(f"{value:.3g}")
                value = short if domain.holds(short) else value
            values[column] = value
        points.append(values)
    return points


def _judge(
    network: Network,
    case: Case,
    found: list[tuple[float, Probe]],
    diagnostics: Diagnostics,
) -> None:
    """One report for a family with expressions, or none."""
    from texrc.passes import exact
    from texrc.passes.masses import Question, masses

    situation = case.situation
    assert situation is not None

    def confirmed(probe: Probe) -> tuple[float, tuple[float, ...], Point] | None:
        """The mass by the sampler's own arithmetic, where such a row can occur."""
        values = situation.complete(probe.point)
        if values is None:
            return None
        numbers = tuple(exact.value(argument, values) for argument in case.family.arguments)
        (mass,) = masses([Question(case.family.name, numbers, case.low, case.high)])
        return mass, numbers, values

    for _, probe in sorted(found, key=lambda item: item[0])[:8]:
        certain = confirmed(probe)
        if certain is not None and certain[0] < NOTHING:
            _report(network, case, *certain, (), diagnostics)
            return
    little = [probe for mass, probe in found if probe.spread and mass < LITTLE]
    if len(little) < NOTABLE_SHARE * len(case.spread_points):
        return
    witnesses = [certain for certain in map(confirmed, little) if certain is not None]
    witnesses = [certain for certain in witnesses if certain[0] < LITTLE]
    possible = sum(situation.complete(values) is not None for values in case.spread_points)
    if not witnesses or len(witnesses) < NOTABLE_SHARE * possible:
        return
    share = round(100 * len(witnesses) / possible)
    notes = [f"less than 1 % lies there for about {share} % of what the declared ranges allow"]
    _report(network, case, *witnesses[0], notes if share < 100 else (), diagnostics)


def _report(
    network: Network,
    case: Case,
    mass: float,
    numbers: tuple[float, ...],
    values: Point,
    notes: list[str] | tuple[()],
    diagnostics: Diagnostics,
) -> None:
    if mass >= LITTLE:
        return
    column = network.columns[case.column]
    read = wording.read_columns(case.family.arguments)
    family = f"`{case.family.name}({', '.join(map(wording.rounded, numbers))})`"
    range_text = wording.range_text(network, case.column)
    given = wording.given(network, read, values)
    secondary = [Label(column.domain_span, "its range")] if column.domain_span else []
    secondary += wording.declared_ranges(network, read)[: wording.MOST_LABELS - 1]
    if mass < NOTHING:
        code, label = "TX308", f"nothing of it lies in {range_text}"
        message = f"{family} has no probability in the range of `{column.name}`, {range_text}"
    else:
        share = f"{100 * mass:.2g} %"
        code, label = "TW003", f"{share} of it in the range"
        message = f"only {share} of {family} lies in the range of `{column.name}`, {range_text}"
    diagnostics.add(
        code,
        f"{given}, {message}" if given else message,
        case.family.span,
        label,
        secondary=secondary,
        notes=notes,
        helps=["is a unit mixed up? otherwise widen the range, or bring the parameters near it"],
    )
