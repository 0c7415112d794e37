"""From the parents' values to the table row: a dense index, or bit vectors over the rows.

A parent's value first becomes its atom (`texrc.ir.atoms`). Where the combinations of
atoms are few, an array over all of them names the row of each. Where they are many, each
atom of each parent has a bitset of the rows it matches; the bitsets of the parents' atoms
are intersected, and the first set bit is the row (Lakshman and Stiliadis, "High-speed
policy-based packet forwarding using efficient multi-dimensional range matching",
SIGCOMM 1998).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from texrc.ir.atoms import Partition, parent_partition
from texrc.ir.network import Network, Node, Row
from texrc.ir.patterns import Anything, Pattern

SMALL_INDEX = 65_536
LARGEST_INDEX = 4_000_000
MOST_FILLED = 64_000_000
"""Cells that filling a dense index may write; beyond that, bit vectors."""
LARGEST_BITSETS = 1 << 29
"""Bytes of bit vectors for one column."""


@dataclass(frozen=True, eq=False)
class Parent:
    """A parent after the bar: its column and where its atoms start (None: atoms are codes)."""

    column: int
    atoms: int
    starts: npt.NDArray[np.float64] | None


@dataclass(frozen=True, eq=False)
class DenseIndex:
    """``sum of atom * stride`` is the combination; ``rows[combination]`` its table row.

    ``rows`` is None where the combination itself numbers the rows.
    """

    parents: tuple[Parent, ...]
    strides: tuple[int, ...]
    combinations: int
    rows: npt.NDArray[np.uint32] | None


@dataclass(frozen=True, eq=False)
class BitVectors:
    """``masks[offsets[p] + atom]`` is the bitset of the rows that atom of parent p matches."""

    parents: tuple[Parent, ...]
    masks: npt.NDArray[np.uint64]
    offsets: tuple[int, ...]
    rows: int


Matcher = DenseIndex | BitVectors


class TooLarge(Exception):
    """A column's tables would not fit; ``args[0]`` says how large they would be."""


def matcher(network: Network, node: Node) -> Matcher | None:
    """How a node finds its row; None where the first row always matches.

    Parents that no row looks at are left out. Raises `TooLarge`, and ValueError
    when a dense index shows a combination without a row: a checked network has none.
    """
    looked_at = [
        place
        for place in range(len(node.given))
        if any(not isinstance(row.patterns[place], Anything) for row in node.rows)
    ]
    if not looked_at or _matches_all(node.rows[0]):
        return None
    partitions = [parent_partition(network, node, place) for place in looked_at]
    parents = tuple(
        Parent(
            node.given[place],
            partition.count,
            None if partition.column.is_discrete else np.array(partition.starts),
        )
        for place, partition in zip(looked_at, partitions, strict=True)
    )
    runs = [
        _runs(partition, [row.patterns[place] for row in node.rows])
        for place, partition in zip(looked_at, partitions, strict=True)
    ]
    combinations = math.prod(partition.count for partition in partitions)
    if combinations <= min(max(SMALL_INDEX, 4 * len(node.rows)), LARGEST_INDEX):
        dense = _dense(parents, runs, combinations, len(node.rows))
        if dense is not None:
            return dense
    return _bit_vectors(parents, runs, len(node.rows))


def _matches_all(row: Row) -> bool:
    return all(isinstance(pattern, Anything) for pattern in row.patterns)


def _runs(partition: Partition, patterns: Sequence[Pattern]) -> npt.NDArray[np.int64]:
    """int64[rows, 2]: the first atom that a row's pattern matches, and the one after the last."""
    known: dict[Pattern, tuple[int, int]] = {}
    for pattern in dict.fromkeys(patterns):
        atoms = partition.atoms(pattern)
        known[pattern] = (atoms.start, max(atoms.start, atoms.stop))
    return np.array([known[pattern] for pattern in patterns], np.int64)


def _dense(
    parents: tuple[Parent, ...],
    runs: list[npt.NDArray[np.int64]],
    combinations: int,
    row_count: int,
) -> DenseIndex | None:
    """The dense index, or None where overlapping rows make filling it too much work."""
    shape = tuple(parent.atoms for parent in parents)
    strides = tuple(math.prod(shape[place + 1 :]) for place in range(len(shape)))
    starts = np.stack([run[:, 0] for run in runs], axis=1)
    stops = np.stack([run[:, 1] for run in runs], axis=1)
    volumes = np.prod((stops - starts).astype(np.float64), axis=1)
    if volumes.sum() > MOST_FILLED:
        return None
    rows = np.full(combinations, row_count, np.uint32)
    single = np.flatnonzero(volumes == 1)
    np.minimum.at(rows, starts[single] @ np.array(strides, np.int64), single.astype(np.uint32))
    boxes = rows.reshape(shape)
    for row in np.flatnonzero(volumes > 1).tolist():
        box = boxes[tuple(map(slice, starts[row].tolist(), stops[row].tolist()))]
        np.minimum(box, np.uint32(row), out=box)
    if combinations and int(rows.max()) == row_count:
        raise ValueError("a combination of parents has no row")
    identical = combinations == row_count and np.array_equal(rows, np.arange(row_count))
    return DenseIndex(parents, strides, combinations, None if identical else rows)


def _bit_vectors(
    parents: tuple[Parent, ...], runs: list[npt.NDArray[np.int64]], row_count: int
) -> BitVectors:
    words = -(-row_count // 64)
    atoms = sum(parent.atoms for parent in parents)
    size = atoms * words * 8
    if size > LARGEST_BITSETS:
        raise TooLarge(
            f"{row_count:,} rows over {len(parents)} parents with {atoms:,} distinct parts "
            f"need {size / 2**20:,.0f} MiB of bit vectors, more than {LARGEST_BITSETS >> 20:,} MiB"
        )
    packed = np.zeros((atoms, words * 8), np.uint8)
    offsets: list[int] = []
    offset = 0
    for parent, run in zip(parents, runs, strict=True):
        offsets.append(offset)
        for atom in range(parent.atoms):
            matched = (run[:, 0] <= atom) & (atom < run[:, 1])
            packed[offset + atom, : -(-row_count // 8)] = np.packbits(matched, bitorder="little")
        offset += parent.atoms
    return BitVectors(parents, packed.view("<u8").astype(np.uint64), tuple(offsets), row_count)
