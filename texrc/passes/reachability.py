"""Which rows of a table can count, and whether one always does."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import product

from texrc.passes.tables import Run, Table
from texrc.passes.usefulness import Budget, Matrix, OutOfBudget, members

MOST_COMPARED = 200_000
"""Rows times parents up to which a missing combination is made as wide as it can be."""

NOTHING = -1
"""Stands for the row above where a row matches no combination at all."""

SEVERAL = -2
"""Stands for the row above where it takes several of them."""


@dataclass
class Findings:
    """``unreachable``: each row that can never count, with the row above that matches all of it.

    ``missing``: a box that no row matches, a bitset of atoms a parent.
    ``missing_count``: how many combinations no row matches, where they were counted.
    ``proven``: whether ``missing`` settles the question of coverage.
    """

    unreachable: dict[int, int] = field(default_factory=dict)
    missing: tuple[int, ...] | None = None
    missing_count: int | None = None
    proven: bool = True


def examine(table: Table, budget: Budget) -> Findings:
    """Coverage and unreachable rows of a table, as far as the budget goes."""
    found = Findings()
    catch_all = bool(table.whole)
    # The row that ends the table for good; one with a key that was reported may not do so.
    last = next((row for row in table.whole if row not in table.unclear), table.row_count)
    found.unreachable = {
        row: last for row in range(last + 1, table.row_count) if row not in table.unclear
    }
    points = None if any(row < last for row in table.unclear) else table.points(last)
    if points is not None and table.places:
        _examine_points(table, points, catch_all, found)
    elif table.places:
        _examine_boxes(table, last, catch_all, budget, found)
    for row in table.empty:
        found.unreachable[row] = NOTHING
    return found


def _examine_points(
    table: Table, points: list[tuple[int, ...]], catch_all: bool, found: Findings
) -> None:
    """Rows of one combination each: a look-up a row."""
    first: dict[tuple[int, ...], int] = {}
    for row, point in enumerate(points):
        earlier = first.setdefault(point, row)
        if earlier != row:
            found.unreachable[row] = earlier
    left = table.combinations - len(first)
    if catch_all:
        if left == 0:
            found.unreachable[len(points)] = SEVERAL
    elif left:
        missing = next(point for point in product(*map(range, table.counts)) if point not in first)
        found.missing = _widened(table, tuple(1 << atom for atom in missing))
        found.missing_count = left


def _examine_boxes(
    table: Table, last: int, catch_all: bool, budget: Budget, found: Findings
) -> None:
    """Any rows: the search, coverage first."""
    try:
        matrix = Matrix(table.counts, table.runs, table.row_count)
    except OutOfBudget:
        found.proven = catch_all
        return
    clear = matrix.every
    for row in table.unclear:
        clear &= ~(1 << row)
    try:
        undecided, disjoint = _compare_rows(table, matrix, clear, last, budget, found)
    except OutOfBudget:
        undecided, disjoint = {}, False
    whole = tuple((1 << count) - 1 for count in table.counts)
    if not catch_all:
        volume = sum(
            math.prod(stop - start for start, stop in table.box(row)) for row in range(last)
        )
        if not (disjoint and volume == table.combinations):
            try:
                missing = matrix.unmatched(matrix.every, whole, budget)
            except OutOfBudget:
                found.proven = False
                return
            if missing is not None:
                found.missing = _widened(table, missing)
                if disjoint:
                    found.missing_count = table.combinations - volume
    for row, above in undecided.items():
        box = tuple(((1 << (stop - start)) - 1) << start for start, stop in table.box(row))
        try:
            if matrix.unmatched(above, box, budget) is None:
                found.unreachable[row] = SEVERAL
        except OutOfBudget:
            return


def _compare_rows(
    table: Table, matrix: Matrix, clear: int, last: int, budget: Budget, found: Findings
) -> tuple[dict[int, int], bool]:
    """Each row with the rows above that it meets, unless one of them covers it alone.

    Further, whether no two rows have a combination in common. Raises `OutOfBudget`.
    """
    undecided: dict[int, int] = {}
    disjoint = clear == (1 << table.row_count) - 1
    for row in range(min(last + 1, table.row_count)):
        budget.spend(2 * matrix.unit)
        if row in table.unclear or row in table.empty:
            continue
        box = table.box(row)
        above = clear & ((1 << row) - 1)
        covering = above
        for parent, run in enumerate(box):
            above &= matrix.meeting(parent, run)
            covering &= matrix.covering(parent, run)
        disjoint = disjoint and not above
        if covering:
            found.unreachable[row] = next(members(covering))
        elif above:
            undecided[row] = above
    return undecided, disjoint


def _widened(table: Table, missing: tuple[int, ...]) -> tuple[int, ...]:
    """The box with every parent set free that does not matter for its being missed."""
    if table.row_count * len(missing) > MOST_COMPARED:
        return missing
    box = list(missing)
    rows = [row for row in range(table.row_count) if row not in table.empty]
    # Which parents keep each row away from the box, and how many do.
    misses = [
        [not _meets(atoms, runs[row]) for row in rows]
        for atoms, runs in zip(box, table.runs, strict=True)
    ]
    kept_away = [sum(column) for column in zip(*misses, strict=True)]
    for parent, count in enumerate(table.counts):
        if all(away > missed for away, missed in zip(kept_away, misses[parent], strict=True)):
            box[parent] = (1 << count) - 1
            kept_away = [
                away - missed for away, missed in zip(kept_away, misses[parent], strict=True)
            ]
    return tuple(box)


def _meets(atoms: int, run: Run) -> bool:
    start, stop = run
    return bool((atoms >> start) & ((1 << (stop - start)) - 1))
