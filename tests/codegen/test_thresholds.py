"""Labels against their definition: how many thresholds the 63-bit number of a cell reaches."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texrc.codegen import jit, numpy_kernels
from texrc.codegen.thresholds import MOST_STATES, Thresholds, code_type
from texrc.kernels.philox import philox4x32

KEY = np.array([0x12345678, 0x9ABCDEF0, 0x0F1E2D3C], np.uint64)
SLOT = 2


def call(index: int, slot: int) -> list[int]:
    counter = (index % 2**32, index // 2**32, slot, KEY[2], KEY[0], KEY[1])
    return [int(word) for word in philox4x32(*map(np.uint64, counter))]


def number(row: int) -> int:
    """The number of a cell, as `texrc.codegen.streams` describes it."""
    tile, place = divmod(row, 1024)
    word, half = divmod(place, 2)
    draw = call(tile * 128 + word % 128, SLOT)[word // 128] >> (16 * half) & 0xFFFF
    wide = call(tile * 512 + place % 512, SLOT + 256)
    first, second = wide[:2] if place < 512 else wide[2:]
    return draw << 47 | (first << 32 | second) >> 17


def chosen(executor, wide_vectors, thresholds, x, first):
    by = Thresholds(thresholds, wide_vectors)
    out = np.full(len(x), 77, code_type(by.states))
    if by.rows == 1:
        x = np.empty(0, np.uint8)
    slot = np.uint64(SLOT)
    executor.choose(out, first, x, KEY, slot, by.all, by.states, by.leading, by.guide)
    return out


def ways():
    yield numpy_kernels, None
    for wide_vectors in MOST_STATES:
        yield jit.library(), wide_vectors


@st.composite
def tables(draw):
    """Thresholds at and around the numbers of the cells, at both ends, and anywhere."""
    states = draw(st.sampled_from([2, 3, 4, 5, 7, 9, 30, 128, 129, 300]))
    rows = draw(st.sampled_from([1, 2, 4, 5, 8, 16, 17, 70, 300]))
    cells = draw(st.integers(1, 300))
    first = draw(st.integers(0, 2**63 - 1 - cells) | st.integers(0, 3000))
    seed = draw(st.integers(0, 2**32))
    generator = np.random.default_rng(seed)
    x = generator.integers(0, rows, cells)
    numbers = np.array([number(first + i) for i in range(cells)], np.uint64)
    near = generator.choice(numbers, (rows, states - 1)).astype(np.uint64)
    kinds = generator.integers(0, 6, near.shape)
    below = generator.integers(0, 2**47, near.shape, np.uint64)
    anywhere = generator.integers(0, 2**63, near.shape, np.uint64)
    ends = [near, near + np.uint64(1), near >> np.uint64(47) << np.uint64(47)]
    ends += [near >> np.uint64(47) << np.uint64(47) | below, anywhere]
    ends += [generator.choice(np.array([0, 2**63], np.uint64), near.shape)]
    thresholds = np.sort(np.choose(kinds, ends), axis=1)
    return thresholds, x.astype(draw(st.sampled_from([np.uint16, np.uint32]))), first, numbers


@given(tables())
@settings(max_examples=150)
def test_labels_by_definition(case):
    thresholds, x, first, numbers = case
    expected = (thresholds[x] <= numbers[:, None]).sum(axis=1)
    for executor, wide_vectors in ways():
        assert np.array_equal(chosen(executor, wide_vectors, thresholds, x, first), expected)


@pytest.mark.parametrize("wide_vectors", MOST_STATES)
@pytest.mark.parametrize("rows", [1, 3, 8, 16, 40])
def test_a_table_is_compared_with_or_has_a_guide(rows, wide_vectors):
    for states in range(2, 20):
        thresholds = np.sort(np.random.default_rng(1).integers(0, 2**63, (rows, states - 1)))
        by = Thresholds(thresholds.astype(np.uint64), wide_vectors)
        assert (by.leading.size > 0) != (by.guide.size > 0)


def test_a_guide_leaves_few_cells_open_and_stays_small():
    for rows, states in [(1, 12), (20, 4), (5, 40), (300, 3)]:
        thresholds = np.sort(np.random.default_rng(2).integers(0, 2**63, (rows, states - 1)))
        guide = Thresholds(thresholds.astype(np.uint64), False).guide
        assert guide.size <= 2**16
        assert np.mean(guide >= 128) < 0.05
