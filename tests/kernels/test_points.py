"""Probabilities of single numbers under the count families, against their exact laws."""

import mpmath
import numpy as np
import pytest
from mpmath import mpf

from texrc.kernels.binomial import point_binomial, point_negative_binomial
from texrc.kernels.poisson import point_poisson


def poisson(k, mean):
    return mean**k * mpmath.exp(-mean) / mpmath.factorial(k)


def binomial(k, trials, p):
    if k > trials:
        return mpf(0)
    return mpmath.binomial(trials, k) * p**k * (1 - p) ** (trials - k)


def negative_binomial(k, size, p):
    return mpmath.binomial(k + size - 1, k) * p**size * (1 - p) ** k


CASES = {
    "poisson": (point_poisson, poisson, [(0.01,), (3.5,), (400.0,)]),
    "binomial": (
        point_binomial, binomial,
        [(0, 0.3), (1, 0.5), (12, 0.3), (500, 0.999), (500, 1e-4), (7, 0.0), (7, 1.0)],
    ),
    "negative_binomial": (
        point_negative_binomial, negative_binomial,
        [(0.5, 0.4), (2.5, 0.01), (80.0, 0.6), (3.0, 1.0)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_points_are_exact_relative_to_themselves(name):
    point, law, cases = CASES[name]
    numbers = np.array([0.0, 1.0, 2.0, 7.0, 12.0, 60.0, 499.0, 500.0, 900.0])
    for parameters in cases:
        with np.errstate(all="ignore"):
            found = point(*map(np.float64, parameters), numbers)
        for k, value in zip(numbers.tolist(), found.tolist(), strict=True):
            exact = law(mpf(k), *map(mpf, parameters))
            if exact > 1e-290:
                allowed = 1e-13 + 4e-15 * abs(float(mpmath.log(exact)))
                assert abs(value / exact - 1) < allowed, (parameters, k)
            else:
                assert value < 1e-289, (parameters, k)


@pytest.mark.parametrize("name", CASES)
def test_numbers_below_zero_have_no_probability(name):
    point, _, cases = CASES[name]
    with np.errstate(all="ignore"):
        for parameters in cases:
            assert not point(*map(np.float64, parameters), np.array([-1.0, -30.0])).any()


@pytest.mark.parametrize(
    ("point", "parameters"),
    [
        (point_poisson, (0.0,)),
        (point_poisson, (np.inf,)),
        (point_binomial, (1.5, 0.5)),
        (point_binomial, (3.0, 1.1)),
        (point_negative_binomial, (0.0, 0.5)),
        (point_negative_binomial, (1.0, 0.0)),
    ],
)
def test_parameters_outside_their_domain_give_nan(point, parameters):
    with np.errstate(all="ignore"):
        assert np.isnan(point(*map(np.float64, parameters), np.array([0.0, 2.0]))).all()
