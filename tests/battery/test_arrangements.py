"""The words that the battery tests are the draws of `numpy_kernels`, bit for bit."""

from itertools import islice

import numpy as np
import pytest

from tests.battery import arrangements
from tests.battery.arrangements import ARRANGEMENTS, arrangement, key
from tests.battery.generators import generator, own
from texrc.codegen import numpy_kernels
from texrc.codegen.streams import SLOT_LABEL, SLOT_VALUE


@pytest.fixture(scope="module")
def texr():
    return own()


def narrow_draws(of, rows):
    return numpy_kernels._narrow_draws(0, rows, of, np.uint64(SLOT_LABEL))


def wide_words(of, rows, slot=SLOT_VALUE):
    return numpy_kernels._wide_words(0, rows, of, np.uint64(slot))


def draws_in(words):
    """The 31-bit draws that `words_of_narrow` packed."""
    groups = words.reshape(-1, 31)
    last = ((groups & 1).astype(np.uint64) << np.arange(31, dtype=np.uint64)).sum(axis=1)
    return np.column_stack([groups >> 1, last]).ravel()


def units_in(words):
    """The units' 52 bits that `words_of_units` packed."""
    units = []
    for group in words.reshape(-1, 13).tolist():
        low = sum(word << 32 * (4 - i) for i, word in enumerate(group[8:]))
        units += [group[i] << 20 | (low >> 20 * (7 - i)) & 0xFFFFF for i in range(8)]
    return units


def first(name, of, words):
    return next(arrangement(name, of, words)).copy()


def test_one_column(texr):
    births = key(7, "births", "weight")
    assert (draws_in(first("narrow", texr, 31 * 64)) == narrow_draws(births, 2048)).all()
    units = np.empty(2048)
    numpy_kernels.units(units, 0, births, np.uint64(SLOT_VALUE))
    packed = np.array(units_in(first("units", texr, 13 * 256)), np.float64)
    assert ((packed + 0.5) * 2.0**-52 == units).all()
    words = first("wide", texr, 4096).astype(np.uint64)
    wide = wide_words(key(0, "births", "weight"), 2048)
    assert (words[::2] << np.uint64(32) | words[1::2] == wide).all()
    low = first("low", texr, 512).view(np.uint8)
    assert (low == narrow_draws(births, 2048) & 255).all()


def test_uses_of_a_cell_side_by_side(texr):
    words = first("slots", texr, 6 * 1024).reshape(-1, 3, 2).astype(np.uint64)
    for slot in (1, 2, 3):
        part = words[:, slot - 1]
        wide = wide_words(key(7, "births", "weight"), 1024, slot)
        assert (part[:, 0] << np.uint64(32) | part[:, 1] == wide).all()


def test_reversed_bits(texr):
    there = first("wide", texr, 64)
    back = first("reversed", texr, 64)
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
    rows = np.column_stack([narrow_draws(key(*stream), 1024) for stream in streams])
    assert (draws_in(first(name, texr, rows.size // 32 * 31)) == rows.ravel()).all()


def test_many_specs(texr):
    tables = [
        np.column_stack([
            narrow_draws(key(0, f"spec_{spec:05}", f"column_{column}"), 1000)
            for column in range(10)
        ])
        for spec in range(16)
    ]  # fmt: skip
    rows = np.concatenate(tables).ravel()
    assert (draws_in(first("corpus", texr, rows.size // 32 * 31)) == rows).all()
    starts = [narrow_draws(key(0, f"spec_{spec}", "x"), 16) for spec in range(64)]
    assert (draws_in(first("starts", texr, 31 * 32)) == np.concatenate(starts)).all()


def test_the_candidate_of_ten_rounds_is_our_generator(texr):
    other = generator("philox4x32-10")
    for name in ("columns_8", "slots"):
        pair = [islice(arrangement(name, of, 100_000), 12) for of in (texr, other)]
        for ours, theirs in zip(*pair, strict=True):
            assert (ours == theirs).all()


def test_every_arrangement_has_its_own_words(texr, monkeypatch):
    monkeypatch.setattr(arrangements, "TILES", 32)
    heads = {tuple(first(name, texr, 64).tolist()) for name in ARRANGEMENTS}
    assert len(heads) == len(ARRANGEMENTS)
