"""All tests over one stream, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from tests.battery.bits import bit_tests
from tests.battery.cells import PValue, Words, cell_tests
from tests.battery.linear import linear_tests
from tests.battery.spacings import spacing_tests

BLOCK_LOG2 = 22
BLOCK = 1 << BLOCK_LOG2
"""Words a block: 16 MiB. The sorted points of a block are what birthday spacings compare."""


class Test(Protocol):
    """What adds up over the blocks of a stream, and gives p-values in the end."""

    def feed(self, words: Words) -> None: ...

    def results(self) -> Iterator[PValue]: ...


def tests() -> list[Test]:
    """Fresh ones, all that there are."""
    return [*cell_tests(), *spacing_tests(), *bit_tests(), *linear_tests()]


def examine(stream: Iterator[Words], blocks: int) -> list[PValue]:
    """The p-values of all tests over some blocks of a stream (arrays of BLOCK words)."""
    every = tests()
    for _ in range(blocks):
        words = next(stream)
        for test in every:
            test.feed(words)
    return [result for test in every for result in test.results()]
