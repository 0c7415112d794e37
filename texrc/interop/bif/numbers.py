"""The numbers of rows: exact, checked, added up."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import NamedTuple

from texrc.ir.distributions import Categorical
from texrc.ir.rest import EXACT

TOLERANCE = Decimal("1e-5")
"""How far a row's sum may be from 1; the compiler's own for probabilities (TX301)."""

_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
_SMALLEST = -270
"""A spec can write 1e-289; what is left is for dividing by a sum."""
_AS_WRITTEN = Context(prec=32)
"""The digits that a spec can write: 15 before the point and 17 after it."""
_QUOTIENT = Context(prec=17)
"""The digits that tell every double apart."""


class BadNumber(Exception):
    """A word among the numbers that is none that a probability can be, with what is wrong."""

    def __init__(self, word: str, fault: str, is_syntax: bool) -> None:
        super().__init__(word)
        self.word, self.fault, self.is_syntax = word, fault, is_syntax


class Uneven(NamedTuple):
    """A row that does not add up to one."""

    total: Decimal


class Numbers:
    """Reads numbers and rows of them, each different spelling once."""

    def __init__(self, *, renormalize: bool) -> None:
        self._renormalize = renormalize
        self._numbers: dict[str, Decimal] = {}
        self._rows: dict[tuple[str, ...], Categorical | Uneven] = {}

    def row(self, words: tuple[str, ...]) -> Categorical | Uneven:
        """The probabilities as written; divided by their sum where that is asked for and due.

        Raises `BadNumber`.
        """
        found = self._rows.get(words)
        if found is None:
            found = self._rows[words] = self._add_up(tuple(self._number(word) for word in words))
        return found

    def _add_up(self, numbers: tuple[Decimal, ...]) -> Categorical | Uneven:
        total = Decimal(0)
        for number in numbers:
            total = EXACT.add(total, number)
        if abs(EXACT.subtract(total, Decimal(1))) <= TOLERANCE:
            return Categorical(numbers)
        if not self._renormalize or total == 0:
            return Uneven(total)
        return Categorical(tuple(_QUOTIENT.divide(number, total) for number in numbers))

    def _number(self, word: str) -> Decimal:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = _read(word)
        return number


def _read(word: str) -> Decimal:
    if not _NUMBER.fullmatch(word):
        raise BadNumber(word, "not a number", is_syntax=True)
    number = _AS_WRITTEN.create_decimal(word)
    if number < 0:
        raise BadNumber(word, "below zero", is_syntax=False)
    if number and number.adjusted() < _SMALLEST:
        raise BadNumber(word, "too small for a spec to write", is_syntax=False)
    if number.adjusted() > 15:
        raise BadNumber(word, "no probability", is_syntax=False)
    return number.copy_abs()
