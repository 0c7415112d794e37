"""What witnesses and numbers look like in messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from texrc.diagnostics import Label
from texrc.ir.atoms import number_text
from texrc.ir.expressions import Expression, columns_of
from texrc.ir.network import Network

MOST_COLUMNS = 4
"""Columns of a witness that a message names."""
MOST_LABELS = 3


def number(value: float) -> str:
    """All its digits."""
    return number_text(Decimal(repr(value))).replace("E+", "e").replace("E", "e")


def rounded(value: float, still: Callable[[float], bool] = lambda _: True) -> str:
    """At least six digits, so many that ``still`` holds of what they say."""
    for digits in (6, 9, 12):
        short = float(f"{value:.{digits}g}")
        if still(short):
            return number(short)
    return number(value)


def read_columns(expressions: Iterable[Expression]) -> list[int]:
    """The columns of several expressions, each once."""
    return list(dict.fromkeys(c for expression in expressions for c in columns_of(expression)))


def given(network: Network, columns: Iterable[int], values: Mapping[int, float]) -> str:
    """``with `age = 18` and `sex = male` ``, empty without columns."""
    parts = []
    for column in columns:
        declared = network.columns[column]
        value = values[column]
        text = declared.labels[int(value)] if declared.is_discrete else number(value)
        parts.append(f"`{declared.name} = {text}`")
    if not parts:
        return ""
    if len(parts) > MOST_COLUMNS:
        parts = [*parts[:MOST_COLUMNS], f"{len(parts) - MOST_COLUMNS} more"]
    return "with " + (", ".join(parts[:-1]) + " and " if len(parts) > 1 else "") + parts[-1]


def range_text(network: Network, column: int) -> str:
    """The declared range in words."""
    declared = network.columns[column]
    assert declared.low is not None and declared.high is not None
    return f"{number_text(declared.low)} to {number_text(declared.high)}"


def declared_ranges(network: Network, columns: Iterable[int]) -> list[Label]:
    """Secondary labels at the ranges of numeric columns."""
    labels = []
    for column in columns:
        declared = network.columns[column]
        if declared.is_numeric and declared.domain_span is not None and len(labels) < MOST_LABELS:
            labels.append(
                Label(
                    declared.domain_span,
                    f"`{declared.name}` may be {range_text(network, column)}",
                )
            )
    return labels
