"""The streams as they are used, written as blocks of 32-bit words.

An arrangement is an endless series of uint32 arrays. What a table takes from a stream is
16 bits (a draw), 47 more (where it ties with a threshold), 52 (a unit) or 64 (a wide word);
nothing that is not used is tested, and nothing that is used is left out. Draws stand two to
a word as in memory, the earlier one in the lower half.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import numpy.typing as npt

from tests.battery.generators import Generator
from tests.battery.packing import leading_bits, reversed_bits, rows_with, words_of
from texrc.codegen.label_loops import REST_BITS, REST_SHIFT, TIED
from texrc.codegen.streams import (
    SLOT_AGAIN,
    SLOT_COMPONENT,
    SLOT_LABEL,
    SLOT_NORMAL,
    SLOT_QUARTER,
    SLOT_VALUE,
    TILE,
    stream_words,
)

Words = npt.NDArray[np.uint32]
Halves = npt.NDArray[np.uint16]
Wides = npt.NDArray[np.uint64]

TILES = 512
"""Tiles filled at once."""
CORPUS_ROWS = 1000
CORPUS_COLUMNS = 10
START_ROWS = 16
TIE = np.uint16(0x80)
"""The lower byte of each threshold's 16 leading bits in `ties`."""


def key(seed: int, dataset: str, column: str) -> Wides:
    """A column's key as the machine holds it."""
    return np.array(stream_words(seed, dataset, column), np.uint64)


def draws_of(
    generator: Generator, key: Wides, tile: int, tiles: int, slot: int = SLOT_LABEL
) -> Halves:
    """16-bit draws of the rows of some tiles, in their order."""
    out = np.empty(tiles * TILE // 2, np.uint32)
    generator.narrow(out, tile, tiles, key, np.uint64(slot))
    return out.view(np.uint16)


def wide_of(generator: Generator, key: Wides, tile: int, tiles: int, slot: int) -> Wides:
    """64-bit words of the rows of some tiles, in their order."""
    out = np.empty(tiles * TILE, np.uint64)
    generator.wide(out, tile, tiles, key, np.uint64(slot))
    return out


def rest_of(wide: Wides) -> Wides:
    """The 47 bits that follow a draw, from the wide words of a slot's attempt 1."""
    return wide >> REST_SHIFT


def tied(slot: int) -> int:
    """Where the bits that follow a slot's draws come from."""
    return slot | int(TIED)


# --- one column, row after row ---------------------------------------------------


def _column(generator: Generator, tiles: int = TILES) -> Iterator[Halves]:
    own = key(7, "births", "weight")
    for tile in range(0, 2**52, tiles):
        yield draws_of(generator, own, tile, tiles)


def draws(generator: Generator) -> Iterator[Words]:
    """The 16-bit draws of one column."""
    return (part.view(np.uint32) for part in _column(generator))


def reversed_draws(generator: Generator) -> Iterator[Words]:
    """The same with the bits of each word in reversed order."""
    return map(reversed_bits, draws(generator))


def even_rows(generator: Generator) -> Iterator[Words]:
    """The draws of one column's rows 0, 2, 4, ...: the lower halves of the generator's words."""
    return (part[::2].copy().view(np.uint32) for part in _column(generator))


def coins(generator: Generator) -> Iterator[Words]:
    """The leading bit of each draw of one column: a column of two equal labels."""
    return map(leading_bits, _column(generator, 4 * TILES))


def low_bytes(generator: Generator) -> Iterator[Words]:
    """The lower 8 bits of each draw of one column."""
    return (part.astype(np.uint8).view(np.uint32) for part in _column(generator))


def calls(generator: Generator) -> Iterator[Words]:
    """The words of one column in the order of the generator's calls, four each."""
    for part in draws(generator):
        yield part.reshape(-1, 4, 128).transpose(0, 2, 1).ravel()


def numbers(generator: Generator) -> Iterator[Words]:
    """The draws of one column, each with the 47 bits that follow it."""
    own = key(7, "births", "weight")
    for tile in range(0, 2**52, TILES):
        draws = draws_of(generator, own, tile, TILES).astype(np.uint64)
        rest = rest_of(wide_of(generator, own, tile, TILES, tied(SLOT_LABEL)))
        yield words_of((draws << REST_BITS) | rest, 63)


def ties(generator: Generator) -> Iterator[Words]:
    """The 47 bits that follow a draw in the rows where they are asked for: those of a column
    of 257 labels whose draw is that of one of the 256 thresholds."""
    own, slot = key(7, "births", "weight"), np.uint64(tied(SLOT_LABEL))
    for tile in range(0, 2**52, 4 * TILES):
        rows = rows_with(draws_of(generator, own, tile, 4 * TILES), TIE) + tile * TILE
        wide = np.empty(rows.size, np.uint64)
        generator.wide_at(wide, rows, own, slot)
        yield words_of(rest_of(wide), 47)


def units(generator: Generator) -> Iterator[Words]:
    """The 52 bits of each quantile of one column."""
    own = key(7, "births", "weight")
    for tile in range(0, 2**52, TILES):
        yield words_of(wide_of(generator, own, tile, TILES, SLOT_VALUE) >> np.uint64(12), 52)


def wide(generator: Generator) -> Iterator[Words]:
    """The 64-bit words of one column."""
    own = key(0, "births", "weight")
    for tile in range(0, 2**52, TILES):
        yield words_of(wide_of(generator, own, tile, TILES, SLOT_VALUE), 64)


def reversed_wide(generator: Generator) -> Iterator[Words]:
    """The 64-bit words of one column, the bits of each half in reversed order."""
    return map(reversed_bits, wide(generator))


def pairs(generator: Generator) -> Iterator[Words]:
    """The two 64-bit words that make a pair of normals, pair after pair."""
    own = key(7, "births", "weight")
    for tile in range(0, 2**52, TILES):
        words = wide_of(generator, own, tile, TILES, SLOT_NORMAL).reshape(-1, 2, TILE // 2)
        yield words.transpose(0, 2, 1).ravel().view(np.uint32)


def uses(generator: Generator) -> Iterator[Words]:
    """Row after row all that a cell may take: the draws for label, component and quarter,
    each with 32 of the bits that follow it, and the 64-bit words of its quantiles and normal."""
    own = key(7, "births", "weight")
    tiles = TILES // 8
    for tile in range(0, 2**52, tiles):
        taken = []
        for slot in (SLOT_LABEL, SLOT_COMPONENT, SLOT_QUARTER):
            rest = rest_of(wide_of(generator, own, tile, tiles, tied(slot)))
            taken += [draws_of(generator, own, tile, tiles, slot)[:, None],
                      _halves((rest >> np.uint64(15)).astype(np.uint32))]  # fmt: skip
        for slot in (SLOT_VALUE, SLOT_AGAIN, SLOT_NORMAL):
            taken.append(_halves(wide_of(generator, own, tile, tiles, slot)))
        yield np.concatenate(taken, axis=1).ravel().view(np.uint32)


def _halves(words: Words | Wides) -> Halves:
    return words.view(np.uint16).reshape(words.size, -1)


# --- many streams side by side ---------------------------------------------------


def _rows(generator: Generator, streams: Iterable[tuple[int, str, str]]) -> Iterator[Words]:
    """Row after row, the draws of all streams."""
    keys = [key(*stream) for stream in streams]
    tiles = max(1, TILES // len(keys))
    for tile in range(0, 2**52, tiles):
        columns = [draws_of(generator, own, tile, tiles) for own in keys]
        yield np.stack(columns, axis=1).ravel().view(np.uint32)


def columns_8(generator: Generator) -> Iterator[Words]:
    """A table of 8 columns, row after row."""
    return _rows(generator, ((7, "asia", name) for name in "abcdefgh"))


def columns_40(generator: Generator) -> Iterator[Words]:
    """A table of 40 columns with numbered names, row after row."""
    return _rows(generator, ((7, "survey", f"question_{i}") for i in range(40)))


def seeds(generator: Generator) -> Iterator[Words]:
    """The same column for the seeds 0 to 255, row after row."""
    return _rows(generator, ((seed, "births", "weight") for seed in range(256)))


def names(generator: Generator) -> Iterator[Words]:
    """The same column of 201 datasets that differ in one letter, row after row."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    near = [
        "dataset_"[:place] + letter + "dataset_"[place + 1 :]
        for place in range(8)
        for letter in alphabet
        if letter != "dataset_"[place]
    ]
    return _rows(generator, ((7, name, "weight") for name in near))


# --- short streams of many specs ---------------------------------------------------


def corpus(generator: Generator) -> Iterator[Words]:
    """Tables of 1,000 rows and 10 columns, spec after spec, each row after row."""
    spec = 0
    while True:
        table = np.empty((CORPUS_ROWS, CORPUS_COLUMNS), np.uint16)
        for column in range(CORPUS_COLUMNS):
            own = key(0, f"spec_{spec:05}", f"column_{column}")
            table[:, column] = draws_of(generator, own, 0, 1)[:CORPUS_ROWS]
        spec += 1
        yield table.ravel().view(np.uint32)


def starts(generator: Generator) -> Iterator[Words]:
    """The first 16 rows of a column, spec after spec."""
    spec = 0
    while True:
        block = np.empty((4096, START_ROWS), np.uint16)
        for row in block:
            row[:] = draws_of(generator, key(0, f"spec_{spec}", "x"), 0, 1)[:START_ROWS]
            spec += 1
        yield block.ravel().view(np.uint32)


ARRANGEMENTS: dict[str, Callable[[Generator], Iterator[Words]]] = {
    "draws": draws,
    "reversed_draws": reversed_draws,
    "even_rows": even_rows,
    "coins": coins,
    "low_bytes": low_bytes,
    "calls": calls,
    "numbers": numbers,
    "ties": ties,
    "units": units,
    "wide": wide,
    "reversed_wide": reversed_wide,
    "pairs": pairs,
    "uses": uses,
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
