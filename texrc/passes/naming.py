"""Columns, rows and keys as messages name them."""

from __future__ import annotations

from collections.abc import Sequence

from texrc.ir.atoms import number_text
from texrc.ir.network import Column, Network, Node, Row
from texrc.ir.patterns import (
    Anything,
    BetweenCodes,
    BetweenNumbers,
    ComparesCode,
    ComparesNumber,
    IsCode,
    IsNumber,
    IsQuarter,
    Pattern,
    UnknownKey,
)

MOST_LISTED = 6


def listed(names: Sequence[str], most: int = MOST_LISTED) -> str:
    """```a`, `b` and `c```, or ```a`, `b` and 5 more`` when there are many."""
    if len(names) > most:
        return ", ".join(f"`{name}`" for name in names[:most]) + f" and {len(names) - most:,} more"
    *first, last = (f"`{name}`" for name in names)
    return f"{', '.join(first)} and {last}" if first else last


def given_text(network: Network, node: Node, row: Row) -> str:
    """`` given `bmi = q1` and `sex = male` ``: which row it is; empty where that is not known."""
    if any(isinstance(pattern, UnknownKey) for pattern in row.patterns):
        return ""
    texts = [
        text
        for column, pattern in zip(node.given, row.patterns, strict=False)
        if (text := key_text(network.columns[column], pattern))
    ]
    if texts:
        return f" given {listed(texts, 4)}"
    return " in the row `_`" if len(node.rows) > 1 else ""


def key_text(column: Column, pattern: Pattern) -> str:
    """`bmi < 25`, `plan in plus..full`: a key with its column; empty where it says nothing."""
    name, labels = column.name, column.labels
    match pattern:
        case IsCode(code):
            return f"{name} = {labels[code]}"
        case ComparesCode(sign, code):
            return f"{name} {sign} {labels[code]}"
        case BetweenCodes(low, high):
            return f"{name} in {labels[low]}..{labels[high]}"
        case IsQuarter(quarter):
            return f"{name} = q{quarter}"
        case IsNumber(number):
            return f"{name} = {number_text(number)}"
        case ComparesNumber(sign, number):
            return f"{name} {sign} {number_text(number)}"
        case BetweenNumbers(low, high):
            return f"{name} in {number_text(low)}..{number_text(high)}"
        case Anything() | UnknownKey():
            return ""
