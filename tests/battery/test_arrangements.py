"""The words that the battery tests are the draws of `numpy_kernels`, bit for bit."""

from itertools import islice

import numpy as np
import pytest

from tests.battery import arrangements
from tests.battery.arrangements import ARRANGEMENTS, TIE, arrangement, key
from tests.battery.generators import generator, own
from tests.battery.packing import words_of
from texrc.codegen import numpy_kernels
from texrc.codegen.streams import (
    SLOT_AGAIN,
    SLOT_COMPONENT,
    SLOT_LABEL,
    SLOT_NORMAL,
    SLOT_QUARTER,
    SLOT_VALUE,
)

BIRTHS = key(7, "births", "weight")
TIED = 1 << 8


@pytest.fixture(scope="module")
def texr():
    return own()


def draws_of(of, rows, slot=SLOT_LABEL):
    return numpy_kernels._draws(0, rows, of, np.uint64(slot))


def wide_of(of, rows, slot=SLOT_VALUE):
    return numpy_kernels._wide_words(0, rows, of, np.uint64(slot))


def rest_of(of, rows, slot=SLOT_LABEL):
    """The 47 bits that follow a draw."""
    return wide_of(of, rows, slot | TIED) >> np.uint64(17)


def first(name, of, words):
    return next(arrangement(name, of, words)).copy()


def unpacked(words, bits):
    """What `words_of` put into words, as whole numbers of Python."""
    values = []
    for group in words.reshape(-1, bits).tolist():
        low, left = 0, bits - 32
        for word in group[32:]:
            low = low << 32 | word
        values += [
            group[i] << left | (low >> left * (31 - i)) & ((1 << left) - 1) for i in range(32)
        ]
    return values


@pytest.mark.parametrize("bits", [32, 33, 47, 52, 63, 64])
def test_packing_loses_nothing(bits):
    values = np.random.default_rng(bits).integers(0, 2**64, 96, np.uint64) >> np.uint64(64 - bits)
    words = words_of(values, bits)
    assert words.size == 3 * bits
    assert unpacked(words, bits) == values.tolist()


def test_draws_of_one_column(texr):
    draws = draws_of(BIRTHS, 4096)
    assert (first("draws", texr, 2048).view(np.uint16) == draws).all()
    assert (first("even_rows", texr, 1024).view(np.uint16) == draws[::2]).all()
    assert (first("low_bytes", texr, 1024).view(np.uint8) == draws & 255).all()
    assert [f"{word:032b}" for word in first("coins", texr, 128)] == [
        "".join(str(draw >> 15) for draw in part) for part in draws.reshape(-1, 32)
    ]
    # the words of a tile as the call that makes them has them
    words = draws[:1024].view(np.uint32)
    assert (first("calls", texr, 512).reshape(128, 4) == words.reshape(4, 128).T).all()


def test_wide_words_of_one_column(texr):
    units = np.empty(2048)
    numpy_kernels.units(units, 0, BIRTHS, np.uint64(SLOT_VALUE))
    packed = np.array(unpacked(first("units", texr, 52 * 64), 52), np.float64)
    assert ((packed + 0.5) * 2.0**-52 == units).all()
    wide = wide_of(key(0, "births", "weight"), 2048)
    assert unpacked(first("wide", texr, 4096), 64) == wide.tolist()
    halves = wide_of(BIRTHS, 1024, SLOT_NORMAL).reshape(2, 512)
    assert (first("pairs", texr, 2048).view(np.uint64).reshape(512, 2) == halves.T).all()


def test_draws_with_what_settles_ties(texr):
    numbers = draws_of(BIRTHS, 2048).astype(np.uint64) << np.uint64(47) | rest_of(BIRTHS, 2048)
    assert unpacked(first("numbers", texr, 63 * 64), 63) == numbers.tolist()


def test_the_bits_that_settle_a_tie(texr):
    """A row's label is 1 for a threshold that its number just reaches, 0 for the next one."""
    rows = 1 << 14
    draws = draws_of(BIRTHS, rows)
    tied = np.flatnonzero(draws & 0xFF == TIE)
    rest = rest_of(BIRTHS, rows)[tied]
    assert unpacked(first("ties", texr, 47), 47) == rest[:32].tolist()
    for row, bits in zip(tied.tolist(), rest, strict=True):
        number = np.uint64(draws[row]) << np.uint64(47) | bits
        assert [label_of(row, number + np.uint64(above)) for above in (0, 1)] == [1, 0]


def label_of(row, threshold):
    thresholds = np.array([threshold])
    leading = (thresholds >> np.uint64(47)).astype(np.uint16)
    out, nothing = np.empty(1, np.uint8), np.empty(0, np.uint32)
    label = np.uint64(SLOT_LABEL)
    numpy_kernels.choose(out, row, nothing, BIRTHS, label, thresholds, 2, leading, out[:0])
    return int(out[0])


def test_uses_of_a_cell_side_by_side(texr):
    halves = first("uses", texr, 21 * 512).view(np.uint16).reshape(1024, 21)
    for i, slot in enumerate((SLOT_LABEL, SLOT_COMPONENT, SLOT_QUARTER)):
        assert (halves[:, 3 * i] == draws_of(BIRTHS, 1024, slot)).all()
        leading = (rest_of(BIRTHS, 1024, slot) >> np.uint64(15)).astype(np.uint32)
        assert (halves[:, 3 * i + 1 : 3 * i + 3].copy().view(np.uint32)[:, 0] == leading).all()
    for at, slot in ((9, SLOT_VALUE), (13, SLOT_AGAIN), (17, SLOT_NORMAL)):
        wide = halves[:, at : at + 4].copy().view(np.uint64)[:, 0]
        assert (wide == wide_of(BIRTHS, 1024, slot)).all()


@pytest.mark.parametrize("kind", ["draws", "wide"])
def test_reversed_bits(texr, kind):
    there = first(kind, texr, 64)
    back = first(f"reversed_{kind}", texr, 64)
    assert [f"{word:032b}"[::-1] for word in there] == [f"{word:032b}" for word in back]


@pytest.mark.parametrize(
    ("name", "streams"),
    [
        ("columns_8", [(7, "asia", letter) for letter in "abcdefgh"]),
        ("columns_40", [(7, "survey", f"question_{i}") for i in range(40)]),
        ("seeds", [(seed, "births", "weight") for seed in range(256)]),
    ],
)
def test_columns_side_by_side(texr, name, streams):
    rows = np.column_stack([draws_of(key(*stream), 1024) for stream in streams])
    assert (first(name, texr, rows.size // 2).view(np.uint16) == rows.ravel()).all()


def test_many_specs(texr):
    tables = [
        np.column_stack([
            draws_of(key(0, f"spec_{spec:05}", f"column_{column}"), 1000)
            for column in range(10)
        ])
        for spec in range(16)
    ]  # fmt: skip
    rows = np.concatenate(tables).ravel()
    assert (first("corpus", texr, rows.size // 2).view(np.uint16) == rows).all()
    starts = np.concatenate([draws_of(key(0, f"spec_{spec}", "x"), 16) for spec in range(64)])
    assert (first("starts", texr, 512).view(np.uint16) == starts).all()


def test_the_candidate_of_seven_rounds_is_our_generator(texr):
    other = generator("philox4x32-7")
    for name in ("columns_8", "uses", "ties"):
        pair = [islice(arrangement(name, of, 30_000), 6) for of in (texr, other)]
        for ours, theirs in zip(*pair, strict=True):
            assert (ours == theirs).all()


def test_a_row_of_a_candidate_is_what_its_tile_has():
    rows = np.array([0, 511, 512, 1023, 1024, 5000, 8191])
    for name in ("philox4x32-4", "splitmix64"):
        of = generator(name)
        tiles, single = np.empty(8192, np.uint64), np.empty(rows.size, np.uint64)
        of.wide(tiles, 0, 8, BIRTHS, np.uint64(SLOT_VALUE))
        of.wide_at(single, rows, BIRTHS, np.uint64(SLOT_VALUE))
        assert (single == tiles[rows]).all()


def test_every_arrangement_has_its_own_words(texr, monkeypatch):
    monkeypatch.setattr(arrangements, "TILES", 32)
    heads = {tuple(first(name, texr, 64).tolist()) for name in ARRANGEMENTS}
    assert len(heads) == len(ARRANGEMENTS)
