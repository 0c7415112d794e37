"""The generators that were compared, each behind the three functions that the machine calls.

``narrow(words, first_tile, tiles, key, slot)`` fills the words of whole tiles of 1,024 rows
that hold their 16-bit draws, ``wide(words, ...)`` their 64-bit words, as `fill_words` and
`fill_wide` of `texrc.codegen.loops` say; ``wide_at(words, rows, key, slot)`` gives the 64-bit
words of some rows, as `wide_word_of` does. That of texr itself calls the library that the
sampler runs; the others are candidates, and Philox with other numbers of rounds, which shows
how little is enough for the battery to see it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from texrc.codegen import jit

LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Generator:
    """What fills the draws of whole tiles, and of single rows."""

    name: str
    narrow: Callable[..., None]
    wide: Callable[..., None]
    wide_at: Callable[..., None]


def own() -> Generator:
    """texr's, from the library of `texrc.codegen.jit`."""
    library = jit.library()
    fill_words, fill_wide, wide_word_of = (
        library.fill_words, library.fill_wide, library.wide_word_of
    )  # fmt: skip

    @njit(nogil=True)
    def narrow(words, first_tile, tiles, key, slot):
        fill_words(words, first_tile, tiles, key, slot)

    @njit(nogil=True)
    def wide(words, first_tile, tiles, key, slot):
        fill_wide(words, first_tile, tiles, key, slot)

    @njit(nogil=True)
    def wide_at(words, rows, key, slot):
        for i in range(rows.size):
            words[i] = wide_word_of(rows[i], key, slot)

    return Generator("texr", narrow, wide, wide_at)


def philox(rounds: int) -> Generator:
    """Philox4x32 with some number of rounds, laid over rows as texr does it with seven."""

    @njit(nogil=True, error_model="numpy", forceinline=True)
    def four_words(x0, x1, x2, x3, k0, k1):
        for _ in range(rounds):
            p0 = np.uint64(0xD2511F53) * x0
            p1 = np.uint64(0xCD9E8D57) * x2
            x0 = (p1 >> HALF) ^ x1 ^ k0
            x2 = (p0 >> HALF) ^ x3 ^ k1
            x1 = p1 & LOW
            x3 = p0 & LOW
            k0 = (k0 + np.uint64(0x9E3779B9)) & LOW
            k1 = (k1 + np.uint64(0xBB67AE85)) & LOW
        return x0, x1, x2, x3

    @njit(nogil=True, error_model="numpy")
    def narrow(words, first_tile, tiles, key, slot):
        k0, k1, salt = key[0] & LOW, key[1] & LOW, key[2] & LOW
        for tile in range(tiles):
            base = (np.uint64(first_tile) + np.uint64(tile)) * np.uint64(128)
            low, high = base & LOW, base >> HALF
            out = words[tile * 512 : tile * 512 + 512]
            for i in range(128):
                a, b, c, d = four_words(low + np.uint64(i), high, slot, salt, k0, k1)
                out[i] = a
                out[i + 128] = b
                out[i + 256] = c
                out[i + 384] = d

    @njit(nogil=True, error_model="numpy")
    def wide(words, first_tile, tiles, key, slot):
        k0, k1, salt = key[0] & LOW, key[1] & LOW, key[2] & LOW
        for tile in range(tiles):
            base = (np.uint64(first_tile) + np.uint64(tile)) * np.uint64(512)
            low, high = base & LOW, base >> HALF
            out = words[tile * 1024 : tile * 1024 + 1024]
            for i in range(512):
                a, b, c, d = four_words(low + np.uint64(i), high, slot, salt, k0, k1)
                out[i] = (a << HALF) | b
                out[i + 512] = (c << HALF) | d

    @njit(nogil=True, error_model="numpy")
    def wide_at(words, rows, key, slot):
        k0, k1, salt = key[0] & LOW, key[1] & LOW, key[2] & LOW
        for n in range(rows.size):
            tile, place = np.uint64(rows[n] // 1024), np.uint64(rows[n] % 1024)
            i = tile * np.uint64(512) + place % np.uint64(512)
            a, b, c, d = four_words(i & LOW, i >> HALF, slot, salt, k0, k1)
            words[n] = (a << HALF) | b if place < 512 else (c << HALF) | d

    return Generator(f"philox4x32-{rounds}", narrow, wide, wide_at)


def splitmix() -> Generator:
    """splitmix64 (Steele, Lea and Flood 2014) of a counter: a hash for four draws or one word."""

    @njit(nogil=True, error_model="numpy", forceinline=True)
    def mix(z):
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))

    @njit(nogil=True, error_model="numpy", forceinline=True)
    def start(key, slot):
        return mix((key[0] | (key[1] << HALF)) ^ mix(key[2] | (slot << HALF)))

    @njit(nogil=True, error_model="numpy")
    def narrow(words, first_tile, tiles, key, slot):
        origin = start(key, slot)
        for tile in range(tiles):
            base = (np.uint64(first_tile) + np.uint64(tile)) * np.uint64(256)
            out = words[tile * 512 : tile * 512 + 512]
            for i in range(256):
                z = mix(origin + (base + np.uint64(i)) * GOLDEN)
                out[i] = np.uint32(z >> HALF)
                out[i + 256] = np.uint32(z & LOW)

    @njit(nogil=True, error_model="numpy")
    def wide(words, first_tile, tiles, key, slot):
        origin = start(key, slot)
        base = np.uint64(first_tile) * np.uint64(1024)
        for i in range(tiles * 1024):
            words[i] = mix(origin + (base + np.uint64(i)) * GOLDEN)

    @njit(nogil=True, error_model="numpy")
    def wide_at(words, rows, key, slot):
        origin = start(key, slot)
        for n in range(rows.size):
            words[n] = mix(origin + np.uint64(rows[n]) * GOLDEN)

    return Generator("splitmix64", narrow, wide, wide_at)


def generator(name: str) -> Generator:
    """By its name: texr, splitmix64, or philox4x32-R."""
    makers: dict[str, Callable[[], Any]] = {"texr": own, "splitmix64": splitmix}
    if name in makers:
        return makers[name]()
    return philox(int(name.removeprefix("philox4x32-")))
