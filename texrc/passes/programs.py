"""Expressions as lists of interval operations, equal parts computed once.

A column that an expression reads is free to take any value of its domain, unless it is
itself defined by an expression, whose value it takes then, or bounded by one. So
``normal(0, b - a)`` is sound where ``b = a + 5`` or ``b ~ uniform(a + 1, a + 9)``,
though the ranges of a and b overlap.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from texrc.ir.expressions import (
    Binary,
    Call,
    CodeIndicator,
    ColumnValue,
    Constant,
    Expression,
    Negate,
    NumberIndicator,
    columns_of,
)
from texrc.ir.network import Network
from texrc.passes import intervals
from texrc.passes.bounds import bound_columns, bounds_of, constant, definition_of, margin
from texrc.passes.domains import Codes, Domain, Numbers, Side, declared
from texrc.passes.intervals import INF, NO, NO_OR_YES, YES, Interval

MOST_LOOKED_INTO = 16
"""Columns whose definitions or bounds one program takes in; those beyond are free."""

UNARY = {
    "exp": intervals.exponential,
    "log": intervals.logarithm,
    "sqrt": intervals.square_root,
    "abs": intervals.absolute,
    "floor": intervals.floor,
}
CALLS = UNARY | {
    "min": intervals.minimum,
    "max": intervals.maximum,
    "clamp": intervals.clamp,
}
BINARY = {
    "+": intervals.add,
    "-": intervals.subtract,
    "*": intervals.multiply,
    "/": intervals.divide,
    "**": intervals.power,
}
WITH_ITSELF = {
    "-": intervals.difference_with_itself,
    "*": intervals.square,
    "/": intervals.ratio_with_itself,
}


class Impossible(Exception):
    """No row has its columns in this box: a definition or a bound does not admit them."""


@dataclass(frozen=True, slots=True)
class Step:
    """``apply`` on the results of earlier steps; a column's side where ``column`` is set."""

    apply: Callable[..., Any] | None
    operands: tuple[int, ...] = ()
    column: int = -1
    expression: Expression | None = None
    """What it computes; None inside another column's definition."""


@dataclass
class Program:
    """The steps behind some expressions of one table row.

    ``free`` are the columns that vary, with their domains; ``derived`` those that
    definitions give, in an order that has what they read first.
    """

    network: Network
    domains: Mapping[int, Domain]
    """Narrower domains than the declared ones, for some columns."""
    steps: list[Step] = field(default_factory=list)
    outputs: list[int] = field(default_factory=list)
    """The step of each expression's value."""
    ends: list[int] = field(default_factory=list)
    """The number of steps up to the end of each expression's own."""
    free: dict[int, Domain] = field(default_factory=dict)
    derived: list[int] = field(default_factory=list)
    _known: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _columns: dict[int, int] = field(default_factory=dict)
    _open: set[int] = field(default_factory=set)

    @classmethod
    def of(
        cls,
        network: Network,
        expressions: tuple[Expression, ...],
        domains: Mapping[int, Domain] | None = None,
    ) -> Program:
        """``domains``: what the table row leaves of the columns after the bar."""
        program = cls(network, domains or {})
        for expression in expressions:
            program._require(columns_of(expression))
            program.outputs.append(program._compile(expression, own=True))
            program.ends.append(len(program.steps))
        for column in program.domains:  # a definition decides whether the row is reached
            if definition_of(network, column) is not None:
                program._require([column])
        return program

    def run(self, sides: Mapping[int, Side]) -> list[Interval]:
        """The intervals of all steps. Raises `Impossible`."""
        results: list[Any] = []
        for step in self.steps:
            if step.apply is None:
                results.append(sides[step.column])
            else:
                results.append(step.apply(*[results[place] for place in step.operands]))
        return results

    def values(self, sides: Mapping[int, Side]) -> list[Interval]:
        """The intervals of the expressions. Raises `Impossible`."""
        results = self.run(sides)
        return [results[place] for place in self.outputs]

    @property
    def whole_box(self) -> dict[int, Side]:
        return {column: domain.hull for column, domain in self.free.items()}

    def domain(self, column: int) -> Domain:
        found = self.domains.get(column)
        return found if found is not None else declared(self.network.columns[column])

    def _add(
        self,
        key: tuple[Any, ...],
        apply: Callable[..., Any] | None,
        operands: tuple[int, ...] = (),
        *,
        column: int = -1,
        expression: Expression | None = None,
    ) -> int:
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = len(self.steps)
            self.steps.append(Step(apply, operands, column, expression))
        elif expression is not None and self.steps[known].expression is None:
            self.steps[known] = Step(apply, operands, column, expression)
        return known

    def _compile(self, expression: Expression, own: bool) -> int:
        source = expression if own else None
        match expression:
            case Constant(value):
                interval = intervals.point(float(value))
                return self._add(("constant", value), lambda: interval, expression=source)
            case ColumnValue(column):
                return self._column(column)
            case CodeIndicator(column, sign, code):
                return self._code_indicator(column, sign, code)
            case NumberIndicator(column, sign, number):
                place = self._column(column)
                test = partial(intervals.compare, sign=sign, number=float(number))
                return self._add(("compare", place, sign, float(number)), test, (place,))
            case Negate(operand):
                place = self._compile(operand, own)
                return self._add(("negate", place), intervals.negate, (place,), expression=source)
            case Binary(operator, left, right):
                first, second = self._compile(left, own), self._compile(right, own)
                key = (operator, first, second)
                if first == second and operator in WITH_ITSELF:
                    return self._add(key, WITH_ITSELF[operator], (first,), expression=source)
                return self._add(key, BINARY[operator], (first, second), expression=source)
            case Call(function, arguments):
                places = tuple(self._compile(argument, own) for argument in arguments)
                return self._add((function, *places), CALLS[function], places, expression=source)

    def _column(self, column: int) -> int:
        """The step that holds a column's values."""
        known = self._columns.get(column)
        if known is None:
            known = self._columns[column] = self._add_free(column)
        return known

    def _require(self, columns: Iterable[int]) -> None:
        """Add the steps of some columns, what they are computed from or bounded by first."""
        waiting = [(column, False) for column in reversed(list(columns))]
        while waiting:
            column, ready = waiting.pop()
            if column in self._columns:
                continue
            if ready:
                self._columns[column] = self._add_dependent(column)
                continue
            sources = self._sources(column)
            if sources is None or column in self._open or len(self._open) >= MOST_LOOKED_INTO:
                self._columns[column] = self._add_free(column)
                continue
            self._open.add(column)
            waiting.append((column, True))
            waiting.extend((source, False) for source in reversed(sources))

    def _sources(self, column: int) -> list[int] | None:
        """The columns that decide a column's value or its bounds; None where there are none."""
        definition = definition_of(self.network, column)
        if definition is not None:
            return list(columns_of(definition.value))
        return bound_columns(bounds_of(self.network, column)) or None

    def _add_free(self, column: int) -> int:
        domain = self.domain(column)
        if isinstance(domain, Numbers):
            domain = self._narrowed(column, domain)
        self.free[column] = domain
        return self._add(("column", column), None, column=column)

    def _narrowed(self, column: int, domain: Numbers) -> Numbers:
        """Without what lies beyond every bound, as far as bounds are numbers."""
        bounds = bounds_of(self.network, column)
        if not bounds:
            return domain
        extra = margin(self.network, column)
        lows = [constant(part.low) for part in bounds]
        highs = [constant(part.high) for part in bounds]
        low = -INF if None in lows else min(low for low in lows if low is not None) - extra
        high = INF if None in highs else max(high for high in highs if high is not None) + extra
        if domain.whole:
            low = math.ceil(low) if low > -INF else low
            high = math.floor(high) if high < INF else high
        return domain.clip(low, high) or domain

    def _add_dependent(self, column: int) -> int:
        definition = definition_of(self.network, column)
        if definition is not None:
            place = self._compile(definition.value, own=False)
            restrict = partial(_restrict, domain=self.domain(column))
            self.derived.append(column)
            return self._add(("restrict", column), restrict, (place,))
        place = self._add_free(column)
        operands = [place]
        has_end = []
        for part in bounds_of(self.network, column):
            ends = [end for end in (part.low, part.high) if end is not None]
            operands += [self._compile(end, own=False) for end in ends]
            has_end.append((part.low is not None, part.high is not None))
        apply = partial(_within, has_end=tuple(has_end), margin=margin(self.network, column))
        return self._add(("within", column), apply, tuple(operands))

    def _code_indicator(self, column: int, sign: str, code: int) -> int:
        place = self._column(column)
        key = ("code", place, sign, code)
        if column not in self.free:
            test = partial(intervals.compare, sign=sign, number=float(code))
            return self._add(key, test, (place,))
        count = len(self.network.columns[column].labels)
        return self._add(key, partial(_among, codes=_codes(sign, code, count)), (place,))


def _codes(sign: str, code: int, count: int) -> int:
    """The mask of the codes that compare so."""
    below, every = (1 << code) - 1, (1 << count) - 1
    match sign:
        case "=":
            return 1 << code
        case "<":
            return below
        case "<=":
            return below | 1 << code
        case ">":
            return every & ~(below | 1 << code)
        case _:
            return every & ~below


def _among(mask: int, codes: int) -> Interval:
    """The indicator of a code of ``mask`` being one of ``codes``."""
    if not mask & codes:
        return NO
    return NO_OR_YES if mask & ~codes else YES


def _restrict(value: Interval, domain: Domain) -> Interval:
    """What is left of a definition's values: others are reported for the definition itself."""
    if isinstance(domain, Codes):
        domain = Numbers(tuple((float(code), float(code)) for code in domain.members), True)
    left = domain.clip(value.low, value.high)
    if left is None:
        raise Impossible
    return left.hull


def _within(
    side: Interval, *ends: Interval, has_end: tuple[tuple[bool, bool], ...], margin: float
) -> Interval:
    """A column's side without what lies beyond the bounds of every part."""
    following = iter(ends)
    low, high = INF, -INF
    for has_low, has_high in has_end:
        low = min(low, next(following).low - margin if has_low else -INF)
        high = max(high, next(following).high + margin if has_high else INF)
    if side.low > high or side.high < low:
        raise Impossible
    return Interval(max(side.low, low), min(side.high, high), side.whole)
