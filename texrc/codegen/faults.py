"""What may go wrong at a row that is drawn, found and told: TX501, TX502, TX503."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from texrc.codegen.drawing import Block
from texrc.diagnostics import Diagnostics
from texrc.ir.atoms import ends, number_text
from texrc.ir.distributions import (
    FAMILIES,
    Definition,
    Distribution,
    Family,
    Logit,
    Softmax,
    expressions_of,
)
from texrc.ir.expressions import columns_of
from texrc.ir.network import Column, ColumnType, Network

MOST_NAMED = 12
"""Columns of which a message tells the values."""


class Fault(Exception):
    """A column cannot be drawn at a row: ``place`` is its place in the block.

    ``without_mass``: a family has sound parameters there, but nothing of it in the range.
    """

    def __init__(
        self, place: int, column: int, distribution: Distribution, without_mass: bool = False
    ) -> None:
        super().__init__(place, column)
        self.place = place
        self.column = column
        self.distribution = distribution
        self.without_mass = without_mass


def report(fault: Fault, network: Network, block: Block) -> Diagnostics:
    """The one diagnostic of a fault; the block holds the fault's row up to its column."""
    column = network.columns[fault.column]
    row = f"row {block.first + fault.place}"
    values = [
        float(np.ravel(block.evaluate(expression, np.array([fault.place])))[0])
        for expression in expressions_of(fault.distribution)
    ]
    code, message, label, helps = _wording(fault, column, values, row)
    bag = Diagnostics()
    bag.add(
        code,
        message,
        fault.distribution.span,
        label,
        notes=_what_was_read(fault, network, block),
        helps=helps,
    )
    return bag


def _what_was_read(fault: Fault, network: Network, block: Block) -> list[str]:
    """A note with the values of the columns that the faulty expressions and the table read."""
    reads = dict.fromkeys(
        column
        for expression in expressions_of(fault.distribution)
        for column in columns_of(expression)
    )
    reads.update(dict.fromkeys(network.node_of[fault.column].given))
    if not reads:
        return []
    told = [
        f"`{network.columns[read].name} = "
        f"{_value_text(network.columns[read], block.buffers[read][fault.place])}`"
        for read in list(reads)[:MOST_NAMED]
    ]
    more = f" and {len(reads) - MOST_NAMED} more columns" if len(reads) > MOST_NAMED else ""
    return [f"row {block.first + fault.place} has {', '.join(told)}{more}"]


def _value_text(column: Column, value: np.generic) -> str:
    return column.labels[int(value)] if column.is_discrete else repr(value.item())


def _range_text(column: Column) -> str:
    assert column.low is not None and column.high is not None
    return f"the range [{number_text(column.low)}, {number_text(column.high)}]"


def _is_inside(value: float, column: Column) -> bool:
    low, high = ends(column)
    return low <= value <= high


def _wording(
    fault: Fault, column: Column, values: Sequence[float], row: str
) -> tuple[str, str, str, list[str]]:
    """Code, message, label and helps."""
    name = f"`{column.name}`"
    unsound = [place for place, value in enumerate(values) if not np.isfinite(value)]
    match fault.distribution:
        case Definition() if unsound:
            helps = ["no division by zero, root or logarithm of a negative number has a value"]
            return "TX502", f"{name} has no value in {row}", "has no value there", helps
        case Definition():
            shown = f"{values[0]!r}"
            if column.type is ColumnType.BOOLEAN:
                what, helps = "neither 0 nor 1", ["compare, as in `[x >= 50]`, to get 0 or 1"]
            elif _is_inside(values[0], column):
                what, helps = "not a whole number", ["`floor(... + 0.5)` rounds"]
            else:
                what = f"outside {_range_text(column)}"
                helps = ["write `clamp(..., low, high)` where cutting is meant, or widen the range"]
            return "TX501", f"{name} is {shown} in {row}, {what}", f"{shown} there", helps
        case Softmax():
            label = column.labels[unsound[0]]
            message = f"the score of label `{label}` of {name} has no finite value in {row}"
            return "TX502", message, "", []
        case Logit():
            return "TX502", f"the score of {name} has no finite value in {row}", "", []
        case Family(family):
            names = FAMILIES[family]
            pairs = zip(names, values, strict=True)
            given = ", ".join(f"{parameter} = {value:.12g}" for parameter, value in pairs)
            if unsound:
                message = f"the {names[unsound[0]]} of {name} has no finite value in {row}"
                return "TX502", message, f"{given} there", []
            if not fault.without_mass:
                message = (
                    f"the {family} of {name} has parameters outside its domain in {row}: {given}"
                )
                helps = ["`texrc explain TX306` lists what each family asks for"]
                return "TX502", message, f"{given} there", helps
            inside = f"inside {_range_text(column)} in {row}"
            message = f"the {family} of {name} has no probability {inside}"
            helps = ["widen the range, or keep the parameters near it with `clamp(..., low, high)`"]
            return "TX503", message, f"{given} there", helps
        case other:
            raise ValueError(f"a {other.kind} does not fail")
