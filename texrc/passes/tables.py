"""A node's rows as boxes of atoms: what coverage and the lints of tables look at."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from texrc.ir.atoms import Partition, parent_partition
from texrc.ir.network import Network, Node
from texrc.ir.patterns import Anything, IsCode, Pattern, UnknownKey

Run = tuple[int, int]
"""Neighbouring atoms, as a half-open stretch of their numbers."""


LARGEST_INDEX = 1 << 16
"""Combinations up to which a table is written out."""


@dataclass(frozen=True)
class Table:
    """The rows over those parents that some row tells apart.

    ``places`` are the parents' places in ``node.given``; ``runs[k][row]`` is
    the run of atoms of ``partitions[k]`` that the row matches. ``unclear``
    are the rows with a key that was reported: what they match is not known.
    """

    places: tuple[int, ...]
    partitions: tuple[Partition, ...]
    runs: tuple[tuple[Run, ...], ...]
    row_count: int
    unclear: frozenset[int]

    @classmethod
    def of(cls, network: Network, node: Node) -> Table:
        """The table of a node of the network; made once."""
        key = (cls, node.column)
        known = network.remembered.get(key)
        if known is None or known[0] is not node:
            known = network.remembered[key] = (node, cls._made(network, node))
        return known[1]

    @classmethod
    def _made(cls, network: Network, node: Node) -> Table:
        rows = node.rows
        places: list[int] = []
        partitions: list[Partition] = []
        runs: list[tuple[Run, ...]] = []
        # Without a known parent nothing tells several rows apart.
        unclear = set(range(len(rows))) if not node.given and len(rows) > 1 else set[int]()
        for place in range(len(node.given)):
            patterns = [row.patterns[place] for row in rows]
            unclear.update(
                row for row, pattern in enumerate(patterns) if type(pattern) is UnknownKey
            )
            if all(type(pattern) in (Anything, UnknownKey) for pattern in patterns):
                continue
            partition = parent_partition(network, node, place)
            places.append(place)
            partitions.append(partition)
            runs.append(_runs(partition, patterns))
        return cls(tuple(places), tuple(partitions), tuple(runs), len(rows), frozenset(unclear))

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """How many atoms each parent has."""
        return tuple(partition.count for partition in self.partitions)

    @cached_property
    def combinations(self) -> int:
        return math.prod(self.counts)

    def box(self, row: int) -> tuple[Run, ...]:
        """The row's run of each parent."""
        return tuple(runs[row] for runs in self.runs)

    def points(self, rows: int) -> list[tuple[int, ...]] | None:
        """The one combination that each of the first ``rows`` matches; None unless all do so."""
        columns: list[list[int]] = []
        for runs in self.runs:
            if any(stop - start != 1 for start, stop in runs[:rows]):
                return None
            columns.append([start for start, _ in runs[:rows]])
        return list(zip(*columns, strict=True))

    @cached_property
    def index(self) -> list[int] | None:
        """The row of each combination, the last parent running fastest.

        None where that is much work, or some combination has no row.
        """
        combinations = self.combinations
        if combinations > LARGEST_INDEX or self.unclear:
            return None
        volumes = sum(
            math.prod(stop - start for start, stop in self.box(row))
            for row in range(self.row_count)
        )
        if volumes > 2 * LARGEST_INDEX:
            return None
        rows = [-1] * combinations
        strides = self.strides
        for row in reversed(range(self.row_count)):
            offsets = [0]
            for (start, stop), stride in zip(self.box(row), strides, strict=True):
                offsets = [o + atom * stride for o in offsets for atom in range(start, stop)]
            for offset in offsets:
                rows[offset] = row
        return None if -1 in rows else rows

    @cached_property
    def strides(self) -> tuple[int, ...]:
        """By how much a step of each parent moves in `index`."""
        counts = self.counts
        return tuple(math.prod(counts[place + 1 :]) for place in range(len(counts)))

    @cached_property
    def whole(self) -> list[int]:
        """The rows that match every combination."""
        left = range(self.row_count)
        for runs, count in zip(self.runs, self.counts, strict=True):
            everything = (0, count)
            left = [row for row in left if runs[row] == everything]
        return list(left)

    @cached_property
    def empty(self) -> frozenset[int]:
        """The rows that no combination matches."""
        return frozenset(
            row for runs in self.runs for row, (start, stop) in enumerate(runs) if start == stop
        )


def _runs(partition: Partition, patterns: Sequence[Pattern]) -> tuple[Run, ...]:
    known: dict[Pattern, Run] = {}
    single = [(code, code + 1) for code in range(partition.count)]
    runs: list[Run] = []
    for pattern in patterns:
        if type(pattern) is IsCode:
            runs.append(single[pattern.code])
            continue
        run = known.get(pattern)
        if run is None:
            atoms = partition.atoms(pattern)
            run = known[pattern] = (atoms.start, max(atoms.start, atoms.stop))
        runs.append(run)
    return tuple(runs)
