"""Which combinations of atoms no row of a table matches: the usefulness of a row under others.

After L. Maranget, "Warnings for pattern matching", Journal of Functional
Programming 17(3), 2007: a row is useful when some combination matches it and
no row above; a table is exhaustive when a last row of wildcards would be
useless. The search specialises the rows to smaller and smaller boxes of
combinations. Wildcards make the question coNP-complete, so that it works
within a budget. Two rules keep the tree small: a row that differs from the box
in one parent only is cut off at once, and branches are taken at the rows that
ask for the fewest parents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from texrc.passes.tables import Run

LARGEST_MATRIX = 1 << 29
"""Bits that a matrix may take."""


class OutOfBudget(Exception):
    """The question was not settled within the budget of work."""


class Budget:
    """Units of work that may still be spent; a unit is about one operation on 8,192 rows' bits."""

    def __init__(self, units: int) -> None:
        self.left = units

    def spend(self, units: int) -> None:
        """Raises `OutOfBudget` when there is less left."""
        if units > self.left:
            self.left = 0
            raise OutOfBudget
        self.left -= units


class Matrix:
    """Rows as bitsets: bit r of a set stands for row r.

    Raises `OutOfBudget` when the bitsets would be too large.
    """

    def __init__(
        self, counts: Sequence[int], runs: Sequence[Sequence[Run]], row_count: int
    ) -> None:
        self.counts = tuple(counts)
        self.runs = runs
        self.unit = len(self.counts) * (1 + (row_count >> 13))
        if 2 * sum(self.counts) * row_count > LARGEST_MATRIX:
            raise OutOfBudget
        self.every = (1 << row_count) - 1
        self._begun: list[list[int]] = []
        """For each parent and atom, the rows whose run begins before it."""
        self._open: list[list[int]] = []
        """For each parent and atom, the rows whose run ends after it."""
        for count, column in zip(self.counts, runs, strict=True):
            begins: list[list[int]] = [[] for _ in range(count + 1)]
            ends: list[list[int]] = [[] for _ in range(count + 1)]
            for row, (start, stop) in enumerate(column):
                if start == stop:
                    self.every &= ~(1 << row)  # matches nothing, so no combination either
                begins[min(start, count)].append(row)
                ends[stop].append(row)
            begun, open_ = [0], []
            for atom in range(count):
                begun.append(begun[-1] | bits(begins[atom], row_count))
            still = (1 << row_count) - 1
            for atom in range(count):
                still &= ~bits(ends[atom], row_count)
                open_.append(still)
            self._begun.append(begun)
            self._open.append(open_)
        self._known: dict[tuple[int, int], tuple[int, int]] = {}
        self._most_known = max(64, (1 << 26) // max(row_count, 1 << 13))

    def meeting(self, parent: int, run: Run) -> int:
        """The rows that match an atom of the run."""
        return self._begun[parent][run[1]] & self._open[parent][run[0]]

    def covering(self, parent: int, run: Run) -> int:
        """The rows that match every atom of the run."""
        return self._begun[parent][run[0] + 1] & self._open[parent][run[1] - 1]

    def unmatched(self, rows: int, box: Sequence[int], budget: Budget) -> tuple[int, ...] | None:
        """A box inside ``box`` that none of ``rows`` meets; None if they match all of it.

        A box has a bitset of atoms a parent. Raises `OutOfBudget`.
        """
        waiting = [(rows, list(box))]
        while waiting:
            rows, atoms = waiting.pop()
            branch = self._narrow(rows, atoms, budget)
            if branch is None:
                continue
            rows, parent, run = branch
            if parent < 0:
                return tuple(atoms)
            inside = atoms[parent] & _mask(run)
            outside = atoms[parent] & ~inside
            # Outside the run a row is gone, so that a combination is more likely to be found there.
            waiting.append((rows, [*atoms[:parent], inside, *atoms[parent + 1 :]]))
            waiting.append((rows, [*atoms[:parent], outside, *atoms[parent + 1 :]]))
        return None

    def _narrow(self, rows: int, atoms: list[int], budget: Budget) -> tuple[int, int, Run] | None:
        """Cut from the box, in place, what a row matches but for one parent.

        None when a row matches all of the box; else the rows left with the
        parent and the run to branch at, -1 when no row is left.
        """
        while True:
            budget.spend(self.unit)
            for parent, box in enumerate(atoms):
                rows &= self._meeting_and_covering(parent, box)[0]
            if not rows:
                return 0, -1, (0, 0)
            # Rows that ask for at least one, two and three parents.
            choosy: list[int] = []
            one = two = three = 0
            for parent, box in enumerate(atoms):
                asks = rows & ~self._meeting_and_covering(parent, box)[1]
                choosy.append(asks)
                three |= two & asks
                two |= one & asks
                one |= asks
            if rows & ~one:
                return None
            single = one & ~two
            if not single:
                break
            budget.spend(single.bit_count())
            for parent, asks in enumerate(choosy):
                for row in members(asks & single):
                    atoms[parent] &= ~_mask(self.runs[parent][row])
                if not atoms[parent]:
                    return None
        few = two & ~three or rows
        parent = max(range(len(atoms)), key=lambda parent: (choosy[parent] & few).bit_count())
        row = next(members(choosy[parent] & few))
        return rows, parent, self.runs[parent][row]

    def _meeting_and_covering(self, parent: int, box: int) -> tuple[int, int]:
        """The rows that match an atom of the bitset, and those that match all."""
        known = self._known.get((parent, box))
        if known is not None:
            return known
        meeting, covering = 0, -1
        for run in stretches(box):
            meeting |= self.meeting(parent, run)
            covering &= self.covering(parent, run)
        if len(self._known) >= self._most_known:
            self._known.clear()
        self._known[parent, box] = meeting, covering
        return meeting, covering


def bits(members: Sequence[int], size: int) -> int:
    """The bitset of numbers below ``size``."""
    if len(members) < 8:
        whole = 0
        for member in members:
            whole |= 1 << member
        return whole
    packed = bytearray(size // 8 + 1)
    for member in members:
        packed[member >> 3] |= 1 << (member & 7)
    return int.from_bytes(packed, "little")


def members(bitset: int) -> Iterator[int]:
    """The numbers in a bitset, in ascending order."""
    while bitset:
        lowest = bitset & -bitset
        yield lowest.bit_length() - 1
        bitset ^= lowest


def stretches(bitset: int) -> Iterator[Run]:
    """The runs of neighbours in a bitset."""
    offset = 0
    while bitset:
        gap = (bitset & -bitset).bit_length() - 1
        bitset >>= gap
        length = (bitset ^ (bitset + 1)).bit_length() - 1
        yield offset + gap, offset + gap + length
        offset += gap + length
        bitset >>= length


def _mask(run: Run) -> int:
    return ((1 << (run[1] - run[0])) - 1) << run[0]
