"""Which random numbers belong to which column, row and use: the one place that says so.

Randomness is addressed, not consumed. A column's *stream* is a Philox key with
a salt, made from the seed, the dataset's name and the column's name; nothing
else of the spec enters it, so that no other column's change moves it. Within a
stream the counter of Philox4x32-7 holds four 32-bit words:

- words 0 and 1: the index of the call, from the row (see below);
- word 2: the *slot*, which tells apart the uses that one cell may make of randomness;
  bits 8 and above are the number of the attempt;
- word 3: the stream's salt.

Rows are numbered in tiles of 1,024. A narrow call gives the 16-bit draws of eight rows: its
word j, of call i of a tile (0 <= i < 128, index tile * 128 + i), holds those of the tile's
rows 2 * (128 * j + i), in the lower half, and the next, in the upper. A wide call gives
the 64-bit words of two: call i (0 <= i < 512, index tile * 512 + i) those of its rows i
and i + 512. A label takes a narrow draw; where that ties with a threshold, 47 bits more
come from the row's wide word of attempt 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

GENERATOR = "philox4x32-7"
STREAM_TAG = "texr 2 philox4x32-7"
TILE = 1024

SLOT_LABEL = 0
"""Narrow: the label of a discrete cell."""
SLOT_VALUE = 1
"""Wide: the quantile of a number or of a scored label; its place in a quarter."""
SLOT_AGAIN = SLOT_VALUE | 1 << 8
"""Wide: the quantile of a number whose normals all fell outside its range; finer bits of one of
very many whole numbers."""
SLOT_COMPONENT = 2
"""Narrow: the component of a mixture."""
SLOT_QUARTER = 3
"""Narrow: the quarter of `quarters [...]`."""
SLOT_NORMAL = 4
"""Wide: a standard normal, half of a pair made of the words of the rows i and i + 512 of a tile.
Not those of `SLOT_VALUE`: one of these two rows may take a quantile, which would tell of the
other's normal."""
ATTEMPTS = 4
"""A number is made from at most so many normals before it is drawn by its quantile. The normal
of attempt t has the slot SLOT_NORMAL | (2 t + 1) << 8, but SLOT_NORMAL for the first (t = 0); the
unit draw that accepts or refuses it SLOT_NORMAL | (2 t + 2) << 8."""

MAX_SEED = 2**64 - 1


@dataclass(frozen=True, slots=True)
class Stream:
    """A column's key and salt, each a whole number below 2^32."""

    k0: int
    k1: int
    salt: int


def stream(seed: int, dataset: str, column: str) -> Stream:
    """The stream of a column for a seed in [0, 2^64)."""
    return Stream(*stream_words(seed, dataset, column))


def stream_words(seed: int, dataset: str, column: str) -> tuple[int, int, int]:
    """The two words of a stream's key, and its salt."""
    digest = blake2b(digest_size=16)
    for part in (STREAM_TAG, str(seed), dataset, column):
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(4, "little"))
        digest.update(encoded)
    words = digest.digest()
    k0, k1, salt = (int.from_bytes(words[at : at + 4], "little") for at in (0, 4, 8))
    return k0, k1, salt
