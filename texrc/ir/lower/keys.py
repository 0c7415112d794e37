"""The keys of a conditional table's row, each for one parent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from texrc.ir import patterns as ir
from texrc.ir.lower.scope import Scope, spelling
from texrc.ir.network import ColumnType
from texrc.source import Span
from texrc.syntax import ast

QUARTERS: dict[str, Literal[1, 2, 3, 4]] = {"q1": 1, "q2": 2, "q3": 3, "q4": 4}


def lower_keys(
    keys: tuple[ast.Key, ...],
    parents: Sequence[tuple[int | None, ast.Name]],
    scope: Scope,
) -> tuple[ir.Pattern, ...]:
    """A pattern for each parent, a column (None where it is unknown) with its name.

    `UnknownKey` stands where a key, or the parent that it is for, was reported.
    """
    if len(keys) == 1 and isinstance(keys[0], ast.AnyKey):
        return (ir.Anything(),) * len(parents)
    if len(keys) != len(parents):
        listed = ", ".join(f"`{name.text}`" for _, name in parents)
        due = "one key" if len(parents) == 1 else f"{len(parents)} keys"
        scope.diagnostics.add(
            "TX112",
            f"this row has {len(keys)} key{'s' if len(keys) != 1 else ''}, "
            f"its table has {due} a row",
            keys_span(keys),
            f"{due} expected",
            helps=[
                f"write a key for each of {listed}, in this order, in round brackets"
                if len(parents) > 1
                else f"write one key, for {listed}",
                "`_` matches anything",
            ],
        )
        return (ir.UnknownKey(),) * len(parents)
    return tuple(
        lower_key(key, column, scope) or ir.UnknownKey()
        for key, (column, _) in zip(keys, parents, strict=True)
    )


def keys_span(keys: tuple[ast.Key, ...]) -> Span:
    """From the first key to the last."""
    return keys[0].span.to(keys[-1].span)


def lower_key(key: ast.Key, column: int | None, scope: Scope) -> ir.Pattern | None:
    """What a key matches; None where it, its parent or the parent's declaration was reported."""
    if isinstance(key, ast.AnyKey):
        return ir.Anything()
    if column is None or column in scope.poisoned:
        return None
    if scope.columns[column].is_discrete:
        return _discrete_key(key, column, scope)
    return _numeric_key(key, column, scope)


def _discrete_key(
    key: ast.LabelKey | ast.BoundKey | ast.IntervalKey, column: int, scope: Scope
) -> ir.Pattern | None:
    if isinstance(key, ast.LabelKey):
        code = scope.code(column, key.label, is_key=True)
        return ir.IsCode(code) if code is not None else None
    declared = scope.columns[column]
    if declared.type is not ColumnType.ORDINAL:
        _report_key(
            key,
            column,
            scope,
            f"the labels of `{declared.name}` have no order",
            [
                "name the labels one by one, or declare the column ordinal: `ordinal {low < high}`",
            ],
        )
        return None
    if isinstance(key, ast.BoundKey):
        code = scope.code(column, key.label)
        return ir.ComparesCode(key.comparison, code) if code is not None else None
    low, high = scope.code(column, key.low), scope.code(column, key.high)
    if low is None or high is None:
        return None
    if low > high:
        first, last = spelling(key.low), spelling(key.high)
        _report_key(
            key, column, scope, f"`{first}` comes after `{last}`", [f"write {last}..{first}"]
        )
        return None
    return ir.BetweenCodes(low, high)


def _numeric_key(
    key: ast.LabelKey | ast.BoundKey | ast.IntervalKey, column: int, scope: Scope
) -> ir.Pattern | None:
    if (
        isinstance(key, ast.LabelKey)
        and isinstance(key.label, ast.Name)
        and key.label.text in QUARTERS
    ):
        return ir.IsQuarter(QUARTERS[key.label.text])
    ends = _ends(key)
    if any(isinstance(end, ast.Name) for end in ends):
        declared = scope.columns[column]
        _report_key(
            key,
            column,
            scope,
            f"`{declared.name}` is a number and has no labels",
            [
                "a key for a number is a quarter (q1 to q4), an interval (18..30), "
                "a bound (< 25, >= 40), a value, or `_`"
            ],
        )
        return None
    numbers = [cast("ast.Number", end).value for end in ends]
    if isinstance(key, ast.LabelKey):
        return ir.IsNumber(numbers[0])
    if isinstance(key, ast.BoundKey):
        return ir.ComparesNumber(key.comparison, numbers[0])
    if numbers[0] > numbers[1]:
        _report_key(
            key,
            column,
            scope,
            f"{numbers[0]} is above {numbers[1]}",
            [f"write {numbers[1]}..{numbers[0]}"],
        )
        return None
    return ir.BetweenNumbers(numbers[0], numbers[1])


def _ends(key: ast.LabelKey | ast.BoundKey | ast.IntervalKey) -> tuple[ast.Label, ...]:
    return (key.low, key.high) if isinstance(key, ast.IntervalKey) else (key.label,)


def _report_key(key: ast.Key, column: int, scope: Scope, message: str, helps: list[str]) -> None:
    scope.diagnostics.add(
        "TX112",
        message,
        key.span,
        f"no key for `{scope.columns[column].name}`",
        secondary=scope.declared_here(column),
        helps=helps,
    )
