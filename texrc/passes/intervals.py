"""Interval arithmetic: which values an expression can take over a box of its columns.

An interval holds every float64 that the sampler can compute, not the real number behind
it: ``x + 1`` over [0, 10] is [1, 11], not an ulp more, so that a definition may reach the
very end of its column's range. ``+ - * /`` and ``sqrt`` round to nearest and rounding is
monotone, so their ends are exact as they stand. The ends of exp, log and powers are moved
outward, because neither the kernels' nor libm's are rounded correctly: both are less than
one ulp off.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

INF = math.inf


class Interval(NamedTuple):
    """The values from ``low`` to ``high``.

    ``whole``: all of them are whole numbers (beyond 2^53 every float64 is). ``defined``:
    the expression and all its parts have a finite value everywhere in the box; where it is
    not set, the ends hold for the points that have one.
    """

    low: float
    high: float
    whole: bool = False
    defined: bool = True

    @property
    def is_point(self) -> bool:
        return self.low == self.high


Operation = Callable[..., Interval]

ANYTHING = Interval(-INF, INF, False, False)
NO, YES = Interval(0.0, 0.0, True), Interval(1.0, 1.0, True)
NO_OR_YES = Interval(0.0, 1.0, True)


def point(value: float) -> Interval:
    """One number; infinities and NaN are undefined."""
    if value != value:
        return ANYTHING
    finite = abs(value) < INF
    return Interval(value, value, finite and value.is_integer(), finite)


def _result(low: float, high: float, whole: bool, defined: bool) -> Interval:
    if low != low or high != high:
        return ANYTHING
    if low == -INF or high == INF:
        defined = False
        if low == INF or high == -INF:  # overflows everywhere
            return ANYTHING
    elif low == high:
        whole = low.is_integer()
    return Interval(low, high, whole, defined)


def negate(a: Interval) -> Interval:
    """-x."""
    return Interval(-a.high, -a.low, a.whole, a.defined)


def add(a: Interval, b: Interval) -> Interval:
    """x + y."""
    return _result(a.low + b.low, a.high + b.high, a.whole and b.whole, a.defined and b.defined)


def subtract(a: Interval, b: Interval) -> Interval:
    """x - y."""
    return _result(a.low - b.high, a.high - b.low, a.whole and b.whole, a.defined and b.defined)


def difference_with_itself(a: Interval) -> Interval:
    """x - x."""
    return Interval(0.0, 0.0, True, a.defined)


def multiply(a: Interval, b: Interval) -> Interval:
    """x * y."""
    ends = (a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high)
    if any(end != end for end in ends):  # 0 times inf
        return ANYTHING
    return _result(min(ends), max(ends), a.whole and b.whole, a.defined and b.defined)


def square(a: Interval) -> Interval:
    """x * x."""
    sizes = (a.low * a.low, a.high * a.high)
    low = 0.0 if a.low <= 0.0 <= a.high else min(sizes)
    return _result(low, max(sizes), a.whole, a.defined)


def divide(a: Interval, b: Interval) -> Interval:
    """x / y."""
    defined = a.defined and b.defined
    if b.low > 0.0 or b.high < 0.0:
        ends = (a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high)
        if any(end != end for end in ends):  # inf over inf
            return ANYTHING
        return _result(min(ends), max(ends), False, defined)
    # Division by zero: what is left next to it has one sign where both sides have.
    if b.low == 0.0 < b.high and a.low >= 0.0:
        return Interval(a.low / b.high, INF, False, False)
    if b.low == 0.0 < b.high and a.high <= 0.0:
        return Interval(-INF, a.high / b.high, False, False)
    return ANYTHING


def ratio_with_itself(a: Interval) -> Interval:
    """x / x."""
    return Interval(1.0, 1.0, True, a.defined and (a.low > 0.0 or a.high < 0.0))


def power(a: Interval, b: Interval) -> Interval:
    """x ** y, as the kernel `power` computes it."""
    defined = a.defined and b.defined
    whole = a.whole and b.whole and b.low >= 0.0
    if b.is_point and b.low.is_integer():
        return _whole_power(a, b.low, whole, defined)
    if a.low < 0.0 and not b.whole:
        return ANYTHING
    if a.low <= 0.0 <= a.high and b.low < 0.0:
        return ANYTHING
    nearest = min(abs(a.low), abs(a.high)) if a.low > 0.0 or a.high < 0.0 else 0.0
    ends = [
        _power_ends(size, exponent)
        for size in (nearest, max(abs(a.low), abs(a.high)))
        for exponent in (b.low, b.high)
    ]
    if nearest == 0.0:
        ends.append((0.0, 1.0))  # 0 ** 0 and everything near it
    low, high = min(end[0] for end in ends), max(end[1] for end in ends)
    return _result(-high if a.low < 0.0 else low, high, whole, defined)


def _whole_power(a: Interval, exponent: float, whole: bool, defined: bool) -> Interval:
    """A power with one whole exponent, monotone on each side of zero."""
    if exponent == 0.0:
        return Interval(1.0, 1.0, True, defined)
    if exponent < 0.0 and a.low <= 0.0 <= a.high:
        if exponent % 2.0 and a.low < 0.0:
            return ANYTHING
        farthest = max(abs(a.low), abs(a.high))
        return Interval(_power_ends(farthest, exponent)[0], INF, False, False)
    ends = [_signed_power_ends(a.low, exponent), _signed_power_ends(a.high, exponent)]
    low, high = min(end[0] for end in ends), max(end[1] for end in ends)
    if exponent % 2.0 == 0.0 and a.low <= 0.0 <= a.high:
        low = 0.0
    return _result(low, high, whole, defined)


def _signed_power_ends(base: float, exponent: float) -> tuple[float, float]:
    low, high = _power_ends(abs(base), exponent)
    return (-high, -low) if base < 0.0 and exponent % 2.0 else (low, high)


def _power_ends(base: float, exponent: float) -> tuple[float, float]:
    """What surrounds the kernel's base ** exponent, for base >= 0; infinite where it overflows."""
    if exponent == 0.0 or base == 1.0:
        return 1.0, 1.0
    if base == 0.0:
        return (0.0, 0.0) if exponent > 0.0 else (INF, INF)
    if base == INF or abs(exponent) == INF:
        return 0.0, INF
    try:
        value = base**exponent
    except OverflowError:
        return (INF, INF)
    if 1.0 <= exponent <= 53.0 and exponent.is_integer():
        # Where the exact power is a float64 the kernel gives that, as its error is below an ulp.
        numerator, denominator = base.as_integer_ratio()
        if numerator < 2**53 and denominator < 2**16 and numerator ** int(exponent) <= 2**53:
            exact = numerator ** int(exponent) / denominator ** int(exponent)
            return exact, exact
    return _around(value)


def _around(value: float) -> tuple[float, float]:
    """The floats two below and two above a value that is not negative."""
    if value == INF:
        return _LARGEST, INF
    low = math.nextafter(math.nextafter(value, -INF), -INF)
    return max(low, 0.0), math.nextafter(math.nextafter(value, INF), INF)


_LARGEST = math.nextafter(INF, 0.0)


def exponential(a: Interval) -> Interval:
    """exp(x)."""
    low, high = _exp_ends(a.low)[0], _exp_ends(a.high)[1]
    return _result(low, high, False, a.defined)


def _exp_ends(x: float) -> tuple[float, float]:
    if x == 0.0:
        return 1.0, 1.0
    try:
        return _around(math.exp(x))
    except OverflowError:
        return INF, INF


def logarithm(a: Interval) -> Interval:
    """log(x)."""
    if a.high <= 0.0:
        return ANYTHING
    high = _log_ends(a.high)[1]
    if a.low <= 0.0:
        return Interval(-INF, high, False, False)
    return _result(_log_ends(a.low)[0], high, False, a.defined)


def _log_ends(x: float) -> tuple[float, float]:
    if x == 1.0 or x == INF:
        return math.log(x), math.log(x)
    value = math.log(x)
    low, high = _around(abs(value))
    return (low, high) if value > 0.0 else (-high, -low)


def square_root(a: Interval) -> Interval:
    """sqrt(x)."""
    if a.high < 0.0:
        return ANYTHING
    low = math.sqrt(max(a.low, 0.0))
    return _result(low, math.sqrt(a.high), False, a.defined and a.low >= 0.0)


def absolute(a: Interval) -> Interval:
    """abs(x)."""
    if a.low >= 0.0:
        return a
    if a.high <= 0.0:
        return negate(a)
    return Interval(0.0, max(-a.low, a.high), a.whole, a.defined)


def floor(a: Interval) -> Interval:
    """floor(x)."""
    low = a.low if abs(a.low) == INF else float(math.floor(a.low))
    high = a.high if abs(a.high) == INF else float(math.floor(a.high))
    return Interval(low, high, True, a.defined)


def minimum(*intervals: Interval) -> Interval:
    """min(x, y, ...)."""
    return Interval(
        min(a.low for a in intervals),
        min(a.high for a in intervals),
        all(a.whole for a in intervals),
        all(a.defined for a in intervals),
    )


def maximum(*intervals: Interval) -> Interval:
    """max(x, y, ...)."""
    return Interval(
        max(a.low for a in intervals),
        max(a.high for a in intervals),
        all(a.whole for a in intervals),
        all(a.defined for a in intervals),
    )


def clamp(a: Interval, low: Interval, high: Interval) -> Interval:
    """clamp(x, low, high)."""
    return minimum(maximum(a, low), high)


def compare(a: Interval, sign: str, number: float) -> Interval:
    """The indicator of ``a`` comparing so with a number."""
    match sign:
        case "=":
            never, always = number < a.low or number > a.high, a.low == number == a.high
        case "<":
            never, always = a.low >= number, a.high < number
        case "<=":
            never, always = a.low > number, a.high <= number
        case ">":
            never, always = a.high <= number, a.low > number
        case _:
            never, always = a.high < number, a.low >= number
    if not a.defined:
        return NO_OR_YES._replace(defined=False)
    if a.whole and sign == "=" and not number.is_integer():
        return NO
    return YES if always else NO if never else NO_OR_YES
