"""TX306: parameters outside their domain, and expressions without a value."""

from __future__ import annotations

import math
from collections.abc import Iterator

from texrc.diagnostics import Diagnostics
from texrc.diagnostics.first_few import FirstFew
from texrc.ir.distributions import (
    FAMILIES,
    Distribution,
    Family,
    Logit,
    Mixture,
    Poison,
    Softmax,
)
from texrc.ir.expressions import Constant, Expression, Negate
from texrc.ir.network import Network, Node
from texrc.passes import undefined, wording
from texrc.passes.claims import CLAIMS, Claim, parameter
from texrc.passes.intervals import point
from texrc.passes.programs import Impossible, Program
from texrc.passes.reach import Reach
from texrc.passes.witnesses import Budget, Point, Situation, search


def parameters(network: Network, diagnostics: Diagnostics) -> None:
    """Every parameter and every score, at every value that the declared ranges allow."""
    budget = Budget()
    for node in network.nodes or ():
        found = FirstFew()
        reach = Reach(network, node)
        for row, part in parts(node):
            if isinstance(part, Family):
                numbers = plain_numbers(part.arguments)
                if numbers is not None and _holds(part.name, numbers):
                    continue
                subjects = [
                    f"{parameter(name)} of `{network.columns[node.column].name}`"
                    for name in FAMILIES[part.name]
                ]
                _check(network, reach, row, part, part.arguments, subjects, budget, found)
            elif isinstance(part, Softmax | Logit):
                scores = part.scores if isinstance(part, Softmax) else (part.score,)
                if plain_numbers(scores) is None:
                    subjects = _scores(network, node, part)
                    _check(network, reach, row, part, scores, subjects, budget, found)
        found.pour(diagnostics, "in the same statement")


def parts(node: Node) -> Iterator[tuple[int, Distribution]]:
    """Each row's number and distribution, mixtures as their components."""
    for number, row in enumerate(node.rows):
        if isinstance(row.distribution, Mixture):
            for component in row.distribution.components:
                yield number, component
        else:
            yield number, row.distribution


def plain_numbers(arguments: tuple[Expression, ...]) -> tuple[float, ...] | None:
    """The arguments where all are written as numbers."""
    numbers = []
    for argument in arguments:
        match argument:
            case Constant(value):
                numbers.append(float(value))
            case Negate(Constant(value)):
                numbers.append(-float(value))
            case _:
                return None
    return tuple(numbers)


def situation_of(
    network: Network, reach: Reach, row: int, arguments: tuple[Expression, ...]
) -> Situation | None:
    """None for a row that is never reached, or whose columns hang together nobody knows how,
    or that reads the column it is for (TX201)."""
    read = wording.read_columns(arguments)
    if reach.node.column in read:
        return None
    domains = reach.domains(row) if read else {}
    if domains is None or _is_unclear(network, read):
        return None
    return Situation(network, Program.of(network, arguments, domains), reach, row)


def _is_unclear(network: Network, read: list[int]) -> bool:
    """Whether a statement that was reported ties two of the columns together.

    It may have kept them within bounds that the declared ranges do not show.
    """
    for column in read:
        node = network.node_of.get(column)
        for row in node.rows if node is not None else ():
            if isinstance(row.distribution, Poison) and not set(
                wording.read_columns(row.distribution.reads)
            ).isdisjoint(read):
                return True
    return False


def _holds(family: str, numbers: tuple[float, ...]) -> bool:
    values = [point(number) for number in numbers]
    return all(claim.gap(values) <= 0.0 for claim in CLAIMS[family])


def _scores(network: Network, node: Node, part: Softmax | Logit) -> list[str]:
    column = network.columns[node.column]
    if isinstance(part, Logit):
        return [f"the score of `{column.name}`"]
    return [f"the score of `{label}`" for label in column.labels]


def _check(
    network: Network,
    reach: Reach,
    row: int,
    part: Distribution,
    arguments: tuple[Expression, ...],
    subjects: list[str],
    budget: Budget,
    diagnostics: Diagnostics,
) -> None:
    """The arguments of one family or the scores of one row; ``subjects`` names each."""
    situation = situation_of(network, reach, row, arguments)
    if situation is None:
        return
    faulty = set()
    for place, found in undefined.undefined_parts(situation, budget):
        faulty.add(place)
        if found is not None:
            undefined.report(situation, found, subjects[place], diagnostics)
    if isinstance(part, Family):
        _check_claims(situation, part, faulty, subjects, budget, diagnostics)


def _check_claims(
    situation: Situation,
    family: Family,
    faulty: set[int],
    subjects: list[str],
    budget: Budget,
    diagnostics: Diagnostics,
) -> None:
    """The domain of each parameter that has a value; ``faulty`` are those that may have none."""
    program = situation.program
    try:
        values = program.values(program.whole_box)
    except Impossible:
        return
    for claim in CLAIMS[family.name]:
        if faulty.intersection(claim.places) or claim.gap(values) <= 0.0:
            continue
        found = _counterexample(situation, family, claim, budget)
        if found is None:
            continue
        faulty.update(claim.places)
        _report(situation, family, claim, subjects, *found, diagnostics)


def _counterexample(
    situation: Situation, family: Family, claim: Claim, budget: Budget
) -> tuple[Point, tuple[float, ...]] | None:
    outputs = situation.program.outputs

    def verify(values: Point) -> tuple[float, ...] | None:
        from texrc.passes import exact

        numbers = tuple(
            exact.value(argument, values) if place in claim.places else math.nan
            for place, argument in enumerate(family.arguments)
        )
        return numbers if claim.gap([point(number) for number in numbers]) > 0.0 else None

    if not wording.read_columns(family.arguments[place] for place in claim.places):
        numbers = verify({})  # wrong wherever the row is reached
        return ({}, numbers) if numbers is not None else None
    return search(
        situation, lambda results: claim.gap([results[place] for place in outputs]), verify, budget
    )


def _report(
    situation: Situation,
    family: Family,
    claim: Claim,
    subjects: list[str],
    values: Point,
    numbers: tuple[float, ...],
    diagnostics: Diagnostics,
) -> None:
    network = situation.network
    arguments = [family.arguments[place] for place in claim.places]
    columns = wording.read_columns(arguments)
    given = wording.given(network, columns, values)
    if len(claim.places) == 1:
        place = claim.places[0]

        def still_wrong(number: float) -> bool:
            changed = [point(number if i == place else other) for i, other in enumerate(numbers)]
            return claim.gap(changed) > 0.0

        message = f"{given} {subjects[place]} is {wording.rounded(numbers[place], still_wrong)}"
        span, label = arguments[0].span, claim.must
    else:
        names = [FAMILIES[family.name][place] for place in claim.places]
        shown = [
            f"`{n}` is {wording.number(numbers[p])}"
            for n, p in zip(names, claim.places, strict=True)
        ]
        target = network.columns[situation.reach.node.column].name
        comma = ", " if given else ""
        message = f"{given}{comma}{' and '.join(shown)} in the `{family.name}` of `{target}`"
        span, label = family.span, claim.must
    diagnostics.add(
        "TX306",
        message.strip(),
        span,
        label,
        secondary=wording.declared_ranges(network, columns),
        helps=claim.helps if columns else (),
    )
