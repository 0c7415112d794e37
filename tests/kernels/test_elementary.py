"""exp, log, log1p, expm1 and power against mpmath, and at the special values of IEEE 754."""

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernels.precision import ulps
from texrc.kernels.elementary import exp, expm1, log, log1p, power

RNG = np.random.default_rng(20_240_117)
COUNT = 4_000
INF, NAN = np.inf, np.nan
TINY, LEAST_NORMAL, HUGE = 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308


def of_any_size(count):
    """Positive numbers whose exponents are evenly spread, subnormals included."""
    return np.ldexp(RNG.uniform(1, 2, count), RNG.integers(-1074, 1024, count))


def exactly(function, *arguments):
    columns = [np.asarray(a, np.float64).tolist() for a in arguments]
    return [function(*map(mpmath.mpf, row)) for row in zip(*columns, strict=True)]


def test_log():
    x = np.concatenate(
        [of_any_size(COUNT), RNG.uniform(0.5, 2, COUNT), 1 + RNG.normal(0, 1e-9, 500)]
    )
    with np.errstate(all="ignore"):
        assert ulps(log(x), exactly(mpmath.log, x)).max() < 1


def test_exp():
    x = np.concatenate(
        [RNG.uniform(-708, 709.7, COUNT), RNG.normal(0, 1, COUNT), of_any_size(500) % 700]
    )
    with np.errstate(all="ignore"):
        assert ulps(exp(x), exactly(mpmath.exp, x)).max() < 1


def test_exp_of_subnormal_results():
    x = RNG.uniform(-746, -708, COUNT)
    with np.errstate(all="ignore"):
        # rounded twice: at most half a unit more
        assert ulps(exp(x), exactly(mpmath.exp, x)).max() < 1.5


def test_log1p():
    x = np.concatenate([of_any_size(COUNT), -of_any_size(COUNT) % 1, RNG.uniform(-1, 1, COUNT)])
    x = x[x > -1]
    with np.errstate(all="ignore"):
        assert ulps(log1p(x), exactly(mpmath.log1p, x)).max() < 2


def test_expm1():
    signs = RNG.choice([-1.0, 1.0], COUNT)
    x = np.concatenate([signs * (of_any_size(COUNT) % 700), RNG.uniform(-2, 2, COUNT)])
    with np.errstate(all="ignore"):
        assert ulps(expm1(x), exactly(mpmath.expm1, x)).max() < 2


def test_power():
    x = of_any_size(2 * COUNT)
    y = RNG.uniform(-1, 1, 2 * COUNT) * 740 / np.maximum(np.abs(np.log(x)), 1e-3)
    x = np.concatenate([x, RNG.uniform(0.1, 10, COUNT), 1 + RNG.normal(0, 1e-8, COUNT)])
    y = np.concatenate([y, RNG.uniform(-20, 20, COUNT), RNG.uniform(-1e10, 1e10, COUNT)])
    with np.errstate(all="ignore"):
        value = power(x, y)
    normal = (value > LEAST_NORMAL) & (value < INF)
    assert normal.mean() > 0.9
    assert ulps(value, exactly(mpmath.power, x, y))[normal].max() < 1


def test_powers_that_are_exact():
    base = np.arange(-30.0, 31.0)
    with np.errstate(all="ignore"):
        for n in range(8):
            assert np.array_equal(power(base, np.float64(n)), [float(int(b) ** n) for b in base])
        assert np.array_equal(power(np.arange(100.0) ** 2, np.float64(0.5)), np.arange(100.0))
        exponents = np.arange(-1074.0, 1024.0)
        assert np.array_equal(power(np.float64(2), exponents), np.ldexp(1.0, exponents.astype(int)))


SPECIAL = {
    log: [
        (0.0, -INF),
        (-0.0, -INF),
        (1.0, 0.0),
        (INF, INF),
        (-1.0, NAN),
        (-TINY, NAN),
        (-INF, NAN),
        (NAN, NAN),
    ],
    exp: [
        (0.0, 1.0),
        (-0.0, 1.0),
        (INF, INF),
        (-INF, 0.0),
        (HUGE, INF),
        (-HUGE, 0.0),
        (TINY, 1.0),
        (709.79, INF),
        (-745.2, 0.0),
        (NAN, NAN),
    ],
    log1p: [
        (0.0, 0.0),
        (-1.0, -INF),
        (INF, INF),
        (-1.1, NAN),
        (-INF, NAN),
        (TINY, TINY),
        (NAN, NAN),
    ],
    expm1: [
        (0.0, 0.0),
        (INF, INF),
        (-INF, -1.0),
        (HUGE, INF),
        (-HUGE, -1.0),
        (TINY, TINY),
        (-40.5, -1.0),
        (NAN, NAN),
    ],
}


@pytest.mark.parametrize("function", SPECIAL, ids=lambda function: function.__name__)
def test_special_values(function):
    arguments, answers = np.array(SPECIAL[function]).T
    with np.errstate(all="ignore"):
        assert np.array_equal(function(arguments), answers, equal_nan=True)
        alone = [function(np.float64(x)) for x in arguments]
    assert np.array_equal(alone, answers, equal_nan=True)


NUMBERS = (
    *(0.0, 1.0, 0.5, 2.0, 3.0, 1e300, 9007199254740993.0, 1e20, HUGE, TINY, LEAST_NORMAL, INF),
    *(-0.0, -1.0, -0.5, -2.0, -3.0, -1e300, -HUGE, -TINY, -INF, NAN),
)


def test_special_powers():
    """C99's rules with three exceptions, each for a single rule without signs of zero."""
    x, y = (a.ravel() for a in np.meshgrid(NUMBERS, NUMBERS))
    with np.errstate(all="ignore"):
        value, expected = power(x, y), np.power(x, y)
    expected = np.where((x == 0) & (y < 0), INF, expected)
    expected = np.where((x == -INF) & (y != np.floor(y)), NAN, expected)
    expected = np.where((np.isnan(x) | np.isnan(y)) & (y != 0), NAN, expected)
    close = np.isclose(value, expected, rtol=1e-15, atol=0, equal_nan=True)
    assert close.all(), list(
        zip(x[~close], y[~close], value[~close], expected[~close], strict=True)
    )


@given(st.floats(-745, 709), st.floats(-745, 709))
def test_exp_is_monotone(a, b):
    low, high = exp(np.float64(min(a, b))), exp(np.float64(max(a, b)))
    assert low <= high * (1 + 4e-16)
