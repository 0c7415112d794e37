"""Witnesses: the values of columns with which a claim about expressions fails.

Interval arithmetic over the whole box proves most claims. Where it cannot, corners and
walks from one column to the next look for the worst point, and branch and bound splits the
box, most promising part first, until every part is proven, a witness is found, or the
budget is spent. A witness counts only if the sampler's own arithmetic confirms it and its
table row is the first to match. Undecided claims stay quiet: the sampler checks each row.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from texrc.ir.network import Network
from texrc.passes.bounds import can_be
from texrc.passes.domains import Codes, Domain, Numbers, Side
from texrc.passes.intervals import INF, Interval, point
from texrc.passes.programs import Impossible, Program
from texrc.passes.reach import Reach

Found = TypeVar("Found")
Point = dict[int, float]
"""A value for each free column; a code for a discrete one."""
Gap = Callable[[Sequence[Interval]], float]
"""By how much the results of a program's steps may break a claim; up to 0, it is proven."""
Verify = Callable[[Point], Found | None]
"""With the values of free and derived columns: what is wrong there, None if nothing is."""

SEARCH_WORK = 20_000
"""Steps of interval arithmetic for one claim."""
NETWORK_WORK = 300_000
"""The same for all claims of one pass over a network."""
VERIFICATION_WORK = 50
"""What the sampler's arithmetic at one point costs, in such steps."""
MOST_SHORTENED = 24
"""Points that finding numbers with fewer digits tries."""
MOST_VERIFIED = 12
"""Points that the sampler's arithmetic looks at for one claim."""
MOST_CORNERS = 32
SWEEPS = 2


@dataclass
class Budget:
    """Steps that may still be spent."""

    left: int = NETWORK_WORK

    def part(self) -> Budget:
        """What one search may spend of it."""
        part = Budget(min(self.left, SEARCH_WORK))
        self.left -= part.left
        return part

    def give_back(self, part: Budget) -> None:
        self.left += max(part.left, 0)


@dataclass(frozen=True)
class Situation:
    """The expressions of one table row, and where it is reached."""

    network: Network
    program: Program
    reach: Reach
    row: int

    def complete(self, free: Point) -> Point | None:
        """The point with its derived columns, if such a row can occur; None otherwise.

        What no column decides is wrong wherever it stands.
        """
        from texrc.passes import exact

        if not self.program.free and not self.program.derived:
            return {}
        values = exact.with_definitions(self.network, self.program.derived, free)
        for column in self.program.derived:
            if not self.program.domain(column).holds(values[column]):
                return None
        if not self.reach.is_first(self.row, values):
            return None
        if not all(can_be(self.network, column, values, exact.value) for column in free):
            return None
        return values


def sides_of(free: Mapping[int, Domain], values: Point) -> dict[int, Side]:
    """A point as a box."""
    return {
        column: 1 << int(values[column]) if isinstance(domain, Codes) else point(values[column])
        for column, domain in free.items()
    }


def search(
    situation: Situation, gap: Gap, verify: Verify[Found], budget: Budget
) -> tuple[Point, Found] | None:
    """A witness against the claim with what `verify` says of it; None if proven or undecided."""
    part = budget.part()
    if part.left <= 0:
        return None
    try:
        return _Search(situation, gap, verify, part).run()
    finally:
        budget.give_back(part)


class _Search(Generic[Found]):
    def __init__(
        self, situation: Situation, gap: Gap, verify: Verify[Found], budget: Budget
    ) -> None:
        self.situation = situation
        self.program = situation.program
        self.free = situation.program.free
        self.gap = gap
        self.verify = verify
        self.budget = budget
        self.verified = 0

    def run(self) -> tuple[Point, Found] | None:
        start = self._measure(self.program.whole_box)
        if start <= 0.0:
            return None
        found = self._try_best(promising_points(self.program, self._measure_point, self.budget))
        if found is None:
            found = self._split(start)
        return found

    def _measure(self, sides: Mapping[int, Side]) -> float:
        self.budget.left -= len(self.program.steps)
        try:
            return self.gap(self.program.run(sides))
        except Impossible:
            return -INF

    def _measure_point(self, values: Point) -> float:
        return self._measure(sides_of(self.free, values))

    def _confirm(self, values: Point) -> tuple[Point, Found] | None:
        if self.verified >= MOST_VERIFIED:
            return None
        self.verified += 1
        found = self._look_at(values)
        if found is None:
            return None
        return self._shortened(found)

    def _look_at(self, values: Point) -> tuple[Point, Found] | None:
        self.budget.left -= VERIFICATION_WORK + self.situation.row // 10
        complete = self.situation.complete(values)
        if complete is None:
            return None
        found = self.verify(complete)
        return None if found is None else (complete, found)

    def _shortened(self, witness: tuple[Point, Found]) -> tuple[Point, Found]:
        """The witness with numbers of fewer digits, where they serve as well."""
        tries = MOST_SHORTENED
        for column, domain in self.free.items():
            if not isinstance(domain, Numbers) or domain.whole:
                continue
            for short in _shorter(witness[0][column], domain):
                if not tries:
                    break
                if domain.holds(short):
                    tries -= 1
                    values = {key: witness[0][key] for key in self.free} | {column: short}
                    found = self._look_at(values)
                    if found is not None:
                        witness = found
                        break
        return witness

    def _try_best(self, points: Iterator[Point]) -> tuple[Point, Found] | None:
        measured = {}
        for values in points:
            worst = self._measure_point(values)
            if worst > 0.0:
                measured[tuple(values.items())] = worst
        for items in sorted(measured, key=measured.__getitem__, reverse=True)[: MOST_VERIFIED // 2]:
            found = self._confirm(dict(items))
            if found is not None:
                return found
        return None

    def _split(self, start: float) -> tuple[Point, Found] | None:
        counter = itertools.count()
        heap = [(-start, next(counter), dict(self.free))]
        while heap and self.budget.left > 0 and self.verified < MOST_VERIFIED:
            _, _, box = heapq.heappop(heap)
            column = self._widest(box)
            if column is None:
                continue
            for half in box[column].halves():
                part = box | {column: half}
                worst = self._measure({key: domain.hull for key, domain in part.items()})
                if worst <= 0.0:
                    continue
                heapq.heappush(heap, (-worst, next(counter), part))
                values = middle_of(part)
                if self._measure_point(values) > 0.0:
                    found = self._confirm(values)
                    if found is not None:
                        return found
        return None

    def _widest(self, box: Mapping[int, Domain]) -> int | None:
        """The column whose domain has shrunk least, None when all are single values."""
        most, widest = 0.0, None
        for column, domain in box.items():
            share = 0.0 if domain.is_single else _share(domain, self.free[column])
            if share > most:
                most, widest = share, column
        return widest


def promising_points(
    program: Program, measure: Callable[[Point], float], budget: Budget
) -> Iterator[Point]:
    """Corners, where they are few, and where walks along one column at a time end.

    ``measure`` says how good a point is: the walks go up, while it leaves something of
    the budget.
    """
    free = program.free
    lowest = {column: float(domain.at(0.0)) for column, domain in free.items()}
    highest = {column: float(domain.at(1.0)) for column, domain in free.items()}
    if 1 << len(free) <= MOST_CORNERS:
        for corner in itertools.product(*zip(lowest.values(), highest.values(), strict=True)):
            yield dict(zip(free, corner, strict=True))
    named = _named_numbers(program)
    choices = {column: _choices(domain, named) for column, domain in free.items()}
    for start in (middle_of(free), lowest, highest):
        here, height = dict(start), measure(start)
        for _ in range(SWEEPS):
            before = height
            for column, values in choices.items():
                for value in values if budget.left > 0 else ():
                    there = here | {column: value}
                    reached = measure(there)
                    if reached > height:
                        here, height = there, reached
            if height == before:
                break
        yield here


def middle_of(free: Mapping[int, Domain]) -> Point:
    """The middle of a box."""
    return {column: float(domain.at(0.5)) for column, domain in free.items()}


def _choices(domain: Domain, named: list[float]) -> list[float]:
    """Values of a column worth a try: its ends and those between, numbers that are named."""
    if isinstance(domain, Codes):
        return [float(code) for code in domain.members[:16]]
    held = [value for value in named if domain.holds(value)][:8]
    return list(dict.fromkeys([*map(domain.at, (0.0, 1.0, 0.5, 0.25, 0.75)), *held]))


def _named_numbers(program: Program) -> list[float]:
    """Zero, and the constants in the expressions with either sign."""
    numbers = [0.0]
    for step in program.steps:
        if step.apply is not None and not step.operands:
            constant = step.apply().low
            numbers += [constant, -constant]
    return numbers


def _shorter(number: float, domain: Numbers) -> list[float]:
    """Numbers near by that read better, best first."""
    low, high, _, _ = domain.hull
    scale = 10.0 ** math.floor(math.log10(high - low)) if high > low else 1.0
    if 0.0 < abs(number) < 1e-9 * scale:  # next to zero
        return [math.copysign(scale * share, number) for share in (1e-3, 1e-6, 1e-9)]
    rounded = [float(f"{number:.{digits}e}") for digits in range(6)]
    return rounded[: rounded.index(number)] if number in rounded else rounded


def _share(part: Domain, whole: Domain) -> float:
    """How wide a domain is in comparison, above 0."""
    if isinstance(part, Codes) or isinstance(whole, Codes):
        return part.hull.bit_count() / whole.hull.bit_count()  # pyright: ignore[reportAttributeAccessIssue] - both are
    width = part.hull.high - part.hull.low
    return max(width / (whole.hull.high - whole.hull.low), math.ulp(0.0))
