"""The streams as they are used, written as blocks of 32-bit words.

An arrangement is an endless series of uint32 arrays. What a table takes from a stream is
31 bits (a narrow draw), 52 (a unit) or 64 (a wide word); nothing that is not used is tested,
and nothing that is used is left out: of 32 narrow draws 31 stand in the upper bits of a word
each and the last lends its bits for the lowest ones; of 8 units the upper 32 bits are a word
each and the 8 times 20 that are left make five more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
from numba import njit

from tests.battery.generators import Generator
from texrc.codegen.streams import SLOT_LABEL, SLOT_QUARTER, SLOT_VALUE, TILE, stream_words

Words = npt.NDArray[np.uint32]
Keys = list[npt.NDArray[np.uint64]]

TILES = 512
CORPUS_ROWS = 1000
CORPUS_COLUMNS = 10
START_ROWS = 16


@njit(nogil=True)
def words_of_narrow(draws):
    """31 words of every 32 draws (uint32 below 2^31)."""
    groups = draws.size // 32
    out = np.empty(groups * 31, np.uint32)
    for g in range(groups):
        last = draws[g * 32 + 31]
        for i in range(31):
            low = (last >> np.uint32(i)) & np.uint32(1)
            out[g * 31 + i] = (draws[g * 32 + i] << np.uint32(1)) | low
    return out


@njit(nogil=True)
def words_of_units(bits):
    """13 words of the 52 bits of every 8 units (uint64 below 2^52)."""
    groups = bits.size // 8
    out = np.empty(groups * 13, np.uint32)
    for g in range(groups):
        kept, width, at = np.uint64(0), 0, g * 13 + 8
        for i in range(8):
            unit = bits[g * 8 + i]
            out[g * 13 + i] = np.uint32(unit >> np.uint64(20))
            kept = (kept << np.uint64(20)) | (unit & np.uint64(0xFFFFF))
            width += 20
            if width >= 32:
                width -= 32
                out[at] = np.uint32((kept >> np.uint64(width)) & np.uint64(0xFFFFFFFF))
                at += 1
    return out


@njit(nogil=True)
def words_of_wide(wide):
    """The upper and the lower half of each 64-bit word."""
    out = np.empty(2 * wide.size, np.uint32)
    for i in range(wide.size):
        out[2 * i] = np.uint32(wide[i] >> np.uint64(32))
        out[2 * i + 1] = np.uint32(wide[i] & np.uint64(0xFFFFFFFF))
    return out


@njit(nogil=True)
def reversed_bits(words):
    out = np.empty_like(words)
    for i in range(words.size):
        w = words[i]
        w = ((w >> np.uint32(1)) & np.uint32(0x55555555)) | ((w & np.uint32(0x55555555)) << 1)
        w = ((w >> np.uint32(2)) & np.uint32(0x33333333)) | ((w & np.uint32(0x33333333)) << 2)
        w = ((w >> np.uint32(4)) & np.uint32(0x0F0F0F0F)) | ((w & np.uint32(0x0F0F0F0F)) << 4)
        w = ((w >> np.uint32(8)) & np.uint32(0x00FF00FF)) | ((w & np.uint32(0x00FF00FF)) << 8)
        out[i] = (w >> np.uint32(16)) | (w << 16)
    return out


def key(seed: int, dataset: str, column: str) -> npt.NDArray[np.uint64]:
    """A column's key as the machine holds it."""
    return np.array(stream_words(seed, dataset, column), np.uint64)


def draws_of(
    generator: Generator, key: npt.NDArray[np.uint64], tile: int, tiles: int
) -> npt.NDArray[np.uint32]:
    """31-bit draws of the rows of some tiles, in their order."""
    out = np.empty(tiles * TILE, np.uint32)
    generator.narrow(out, tile, tiles, key, np.uint64(SLOT_LABEL))
    return out


def wide_of(
    generator: Generator, key: npt.NDArray[np.uint64], tile: int, tiles: int, slot: int
) -> npt.NDArray[np.uint64]:
    """64-bit words of the rows of some tiles, in their order."""
    out = np.empty(tiles * TILE, np.uint64)
    generator.wide(out, tile, tiles, key, np.uint64(slot))
    return out


# --- one column, row after row ---------------------------------------------------


def narrow(generator: Generator) -> Iterator[Words]:
    """The 31-bit draws of one column."""
    own = key(7, "births", "weight")
    for tile in range(0, 2**52, TILES):
        yield words_of_narrow(draws_of(generator, own, tile, TILES))


def units(generator: Generator) -> Iterator[Words]:
    """The 52 bits of each quantile of one column."""
    own = key(7, "births", "weight")
    for tile in range(0, 2**52, TILES):
        wide = wide_of(generator, own, tile, TILES, SLOT_VALUE)
        yield words_of_units(wide >> np.uint64(12))


def wide(generator: Generator) -> Iterator[Words]:
    """The 64-bit words of one column."""
    own = key(0, "births", "weight")
    for tile in range(0, 2**52, TILES):
        yield words_of_wide(wide_of(generator, own, tile, TILES, SLOT_VALUE))


def reversed_wide(generator: Generator) -> Iterator[Words]:
    """The 64-bit words of one column, the bits of each half in reversed order."""
    return map(reversed_bits, wide(generator))


def low_bytes(generator: Generator) -> Iterator[Words]:
    """The lowest 8 of the 31 bits of each draw of one column."""
    own = key(7, "births", "weight")
    for tile in range(0, 2**52, 4 * TILES):
        low = draws_of(generator, own, tile, 4 * TILES).astype(np.uint8)
        yield low.view(np.uint32)


def slots(generator: Generator) -> Iterator[Words]:
    """Row after row the words of a cell's three wide uses: value, component, quarter."""
    own = key(7, "births", "weight")
    for tile in range(0, 2**52, TILES // 4):
        uses = [
            wide_of(generator, own, tile, TILES // 4, slot)
            for slot in range(SLOT_VALUE, SLOT_QUARTER + 1)
        ]
        yield words_of_wide(np.stack(uses, axis=1).ravel())


# --- many streams side by side ---------------------------------------------------


def _rows(generator: Generator, keys: Keys) -> Iterator[Words]:
    """Row after row, the narrow draws of all keys."""
    tiles = max(1, TILES // len(keys))
    for tile in range(0, 2**52, tiles):
        columns = [draws_of(generator, own, tile, tiles) for own in keys]
        yield words_of_narrow(np.stack(columns, axis=1).ravel())


def columns_8(generator: Generator) -> Iterator[Words]:
    """A table of 8 columns, row after row."""
    return _rows(generator, [key(7, "asia", name) for name in "abcdefgh"])


def columns_40(generator: Generator) -> Iterator[Words]:
    """A table of 40 columns with numbered names, row after row."""
    return _rows(generator, [key(7, "survey", f"question_{i}") for i in range(40)])


def seeds(generator: Generator) -> Iterator[Words]:
    """The same column for the seeds 0 to 255, row after row."""
    return _rows(generator, [key(seed, "births", "weight") for seed in range(256)])


def names(generator: Generator) -> Iterator[Words]:
    """The same column of 201 datasets that differ in one letter, row after row."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    near = [
        "dataset_"[:place] + letter + "dataset_"[place + 1 :]
        for place in range(8)
        for letter in alphabet
        if letter != "dataset_"[place]
    ]
    return _rows(generator, [key(7, name, "weight") for name in near])


# --- short streams of many specs ---------------------------------------------------


def corpus(generator: Generator) -> Iterator[Words]:
    """Tables of 1,000 rows and 10 columns, spec after spec, each row after row."""
    spec = 0
    while True:
        tables = []
        for _ in range(32):
            table = np.empty((CORPUS_ROWS, CORPUS_COLUMNS), np.uint32)
            for column in range(CORPUS_COLUMNS):
                own = key(0, f"spec_{spec:05}", f"column_{column}")
                table[:, column] = draws_of(generator, own, 0, 1)[:CORPUS_ROWS]
            tables.append(table.ravel())
            spec += 1
        yield words_of_narrow(np.concatenate(tables))


def starts(generator: Generator) -> Iterator[Words]:
    """The first 16 rows of a column, spec after spec."""
    spec = 0
    while True:
        block = np.empty((4096, START_ROWS), np.uint32)
        for row in block:
            row[:] = draws_of(generator, key(0, f"spec_{spec}", "x"), 0, 1)[:START_ROWS]
            spec += 1
        yield words_of_narrow(block.ravel())


ARRANGEMENTS: dict[str, Callable[[Generator], Iterator[Words]]] = {
    "narrow": narrow,
    "units": units,
    "wide": wide,
    "reversed": reversed_wide,
    "low": low_bytes,
    "slots": slots,
    "columns_8": columns_8,
    "columns_40": columns_40,
    "seeds": seeds,
    "names": names,
    "corpus": corpus,
    "starts": starts,
}
"""`starts` is slow: it makes a key for every 16 draws."""


def blocks(source: Iterator[Words], size: int) -> Iterator[Words]:
    """The same words in arrays of one size."""
    kept = np.empty(size, np.uint32)
    filled = 0
    for words in source:
        while words.size:
            now = min(words.size, size - filled)
            kept[filled : filled + now] = words[:now]
            words = words[now:]
            filled += now
            if filled == size:
                yield kept
                filled = 0


def arrangement(name: str, generator: Generator, size: int) -> Iterator[Words]:
    """Blocks of ``size`` words of an arrangement; a block is overwritten by the next."""
    return blocks(ARRANGEMENTS[name](generator), size)
