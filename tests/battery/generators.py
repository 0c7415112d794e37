"""The generators that were compared, each behind the two functions that the machine calls.

``narrow(draws, first_tile, tiles, key, slot)`` and ``wide(words, ...)`` fill whole tiles of
1,024 rows, as `texrc.codegen.loops.fill_narrow` and `fill_wide` say. That of texr itself
calls the library that the sampler runs; the others are candidates, and Philox with fewer
rounds, which shows how little is enough for the battery to see it.
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
ONE = np.uint64(1)
GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Generator:
    """What fills the draws of whole tiles."""

    name: str
    narrow: Callable[..., None]
    wide: Callable[..., None]


def own() -> Generator:
    """texr's, from the library of `texrc.codegen.jit`."""
    fill_narrow, fill_wide = jit.library().fill_narrow, jit.library().fill_wide

    @njit(nogil=True)
    def narrow(draws, first_tile, tiles, key, slot):
        fill_narrow(draws, first_tile, tiles, key, slot)

    @njit(nogil=True)
    def wide(words, first_tile, tiles, key, slot):
        fill_wide(words, first_tile, tiles, key, slot)

    return Generator("texr", narrow, wide)


def philox(rounds: int) -> Generator:
    """Philox4x32 with some number of rounds, laid over rows as texr does it with ten."""

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
    def narrow(draws, first_tile, tiles, key, slot):
        k0, k1, salt = key[0] & LOW, key[1] & LOW, key[2] & LOW
        for tile in range(tiles):
            base = (np.uint64(first_tile) + np.uint64(tile)) * np.uint64(256)
            low, high = base & LOW, base >> HALF
            out = draws[tile * 1024 : tile * 1024 + 1024]
            for i in range(256):
                a, b, c, d = four_words(low + np.uint64(i), high, slot, salt, k0, k1)
                out[i] = np.uint32(a >> ONE)
                out[i + 256] = np.uint32(b >> ONE)
                out[i + 512] = np.uint32(c >> ONE)
                out[i + 768] = np.uint32(d >> ONE)

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

    return Generator(f"philox4x32-{rounds}", narrow, wide)


def splitmix() -> Generator:
    """splitmix64 (Steele, Lea and Flood 2014) of a counter: a hash for two draws or one word."""

    @njit(nogil=True, error_model="numpy", forceinline=True)
    def mix(z):
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))

    @njit(nogil=True, error_model="numpy", forceinline=True)
    def start(key, slot):
        return mix((key[0] | (key[1] << HALF)) ^ mix(key[2] | (slot << HALF)))

    @njit(nogil=True, error_model="numpy")
    def narrow(draws, first_tile, tiles, key, slot):
        origin = start(key, slot)
        for tile in range(tiles):
            base = (np.uint64(first_tile) + np.uint64(tile)) * np.uint64(512)
            out = draws[tile * 1024 : tile * 1024 + 1024]
            for i in range(512):
                z = mix(origin + (base + np.uint64(i)) * GOLDEN)
                out[i] = np.uint32(z >> np.uint64(33))
                out[i + 512] = np.uint32((z & LOW) >> ONE)

    @njit(nogil=True, error_model="numpy")
    def wide(words, first_tile, tiles, key, slot):
        origin = start(key, slot)
        base = np.uint64(first_tile) * np.uint64(1024)
        for i in range(tiles * 1024):
            words[i] = mix(origin + (base + np.uint64(i)) * GOLDEN)

    return Generator("splitmix64", narrow, wide)


def generator(name: str) -> Generator:
    """By its name: texr, splitmix64, or philox4x32-R."""
    makers: dict[str, Callable[[], Any]] = {"texr": own, "splitmix64": splitmix}
    if name in makers:
        return makers[name]()
    return philox(int(name.removeprefix("philox4x32-")))
