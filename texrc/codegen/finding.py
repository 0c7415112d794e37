"""Finding each row's table row: the run of a matcher."""

from __future__ import annotations

import numpy as np

from texrc.codegen.drawing import Block, Index
from texrc.codegen.matching import BitVectors, DenseIndex, Matcher


def find_rows(matcher: Matcher, block: Block) -> Index:
    """The table row of each row of a block, or what the matcher gives in its place."""
    if isinstance(matcher, BitVectors):
        return _by_bit_vectors(matcher, block)
    x = _combinations(matcher, block)
    if matcher.rows is None:
        return x
    rows = np.empty(block.count, np.uint32)
    block.executor.look_up(rows, x, matcher.rows)
    return rows


def _combinations(matcher: DenseIndex, block: Block) -> Index:
    """The number of each row's combination of atoms, in the narrowest type that holds it."""
    parents = matcher.parents
    if len(parents) == 1 and parents[0].starts is None:
        return block.codes(parents[0].column)
    last = matcher.combinations - 1
    kind = np.min_scalar_type(last).type
    # a stride above the last combination belongs to a parent with one atom, number 0
    strides = [kind(min(stride, last)) for stride in matcher.strides]
    if parents[0].starts is None:
        x = np.empty(block.count, kind)
        block.executor.begin_index(x, block.codes(parents[0].column), strides[0])
    else:
        x = np.zeros(block.count, kind)
        block.executor.add_atoms(x, block.numbers(parents[0].column), parents[0].starts, strides[0])
    for parent, stride in zip(parents[1:], strides[1:], strict=True):
        if parent.starts is None:
            block.executor.add_to_index(x, block.codes(parent.column), stride)
        else:
            block.executor.add_atoms(x, block.numbers(parent.column), parent.starts, stride)
    return x


def _by_bit_vectors(matcher: BitVectors, block: Block) -> Index:
    places = np.empty((len(matcher.parents), block.count), np.uint32)
    for place, parent, offset in zip(places, matcher.parents, matcher.offsets, strict=True):
        if parent.starts is None:
            np.add(block.codes(parent.column), offset, out=place, dtype=np.uint32)
        else:
            place.fill(offset)
            numbers = block.numbers(parent.column)
            block.executor.add_atoms(place, numbers, parent.starts, np.uint32(1))
    rows = np.empty(block.count, np.uint32)
    block.executor.first_rows(rows, places, matcher.masks)
    return rows
