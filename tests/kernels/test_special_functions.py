"""The functions beneath the families against mpmath, within the errors they state."""

import mpmath
import numpy as np
from mpmath import mpf

from tests.kernels.laws import beta_tails as exact_beta_tails
from tests.kernels.laws import gamma_tails as exact_gamma_tails
from tests.kernels.precision import relative_errors
from texrc.kernels.gamma_function import deviance, lgamma, log1p_rest, stirling_rest
from texrc.kernels.incomplete_beta import beta_tails
from texrc.kernels.incomplete_gamma import gamma_tails
from texrc.kernels.normal import bell, mills_ratio, normal_quantile, normal_tail

RNG = np.random.default_rng(77)


def exactly(function, *columns):
    return [function(*map(mpf, row)) for row in zip(*(c.tolist() for c in columns), strict=True)]


def test_lgamma():
    x = np.concatenate([10 ** RNG.uniform(-300, 300, 500), 10 ** RNG.uniform(-3, 3, 1500)])
    exact = exactly(mpmath.loggamma, x)
    with np.errstate(all="ignore"):
        values = lgamma(x)
        special = lgamma(np.array([0.0, -0.0, -1.0, np.inf, np.nan]))
    off = [abs(mpf(v) - e) / max(1, abs(e)) for v, e in zip(values.tolist(), exact, strict=True)]
    assert max(off) < 1e-15
    assert np.array_equal(special, [np.inf, np.inf, np.nan, np.inf, np.nan], equal_nan=True)


def exact_stirling_rest(x):
    with mpmath.workdps(90):
        return mpmath.loggamma(x) - ((x - 0.5) * mpmath.log(x) - x + mpmath.log(2 * mpmath.pi) / 2)


def test_stirling_rest():
    x = 10 ** RNG.uniform(0, 12, 1000)
    with np.errstate(all="ignore"):
        assert relative_errors(stirling_rest(x), exactly(exact_stirling_rest, x)).max() < 3e-15
        x = np.concatenate([10 ** RNG.uniform(-300, 0, 300), RNG.uniform(0, 1, 700)])
        exact = exactly(exact_stirling_rest, x)
        values = stirling_rest(x).tolist()
    assert max(abs(v - e) / (1 + abs(e)) for v, e in zip(values, exact, strict=True)) < 6e-16


def test_log1p_rest():
    x = np.concatenate([RNG.uniform(-1, 3, 1000), RNG.normal(0, 1e-4, 500)])
    with np.errstate(all="ignore"):
        values = log1p_rest(x)
    assert relative_errors(values, exactly(lambda t: mpmath.log1p(t) - t, x)).max() < 1e-15


def test_deviance():
    a = 10 ** RNG.uniform(-3, 6, 1500)
    x = a * np.exp(RNG.normal(0, 1, 1500) * RNG.choice([1, 0.1, 0.001], 1500))
    with np.errstate(all="ignore"):
        values = deviance(a, x).tolist()
    exact = exactly(lambda p, q: p * mpmath.log(p / q) + q - p, a, x)
    for value, truth, scale in zip(values, exact, a, strict=True):
        assert abs(value - truth) < 2e-15 * truth + 2e-16 * scale


def test_normal_tail():
    z = np.concatenate([RNG.uniform(0, 37, 1500), RNG.uniform(0, 3, 500)])
    exact = exactly(lambda x: mpmath.erfc(x / mpmath.sqrt(2)) / 2, z)
    heights = exactly(lambda x: mpmath.exp(-x * x / 2), z)
    ratios = [tail / height for tail, height in zip(exact, heights, strict=True)]
    assert relative_errors(normal_tail(z), exact).max() < 1e-15
    assert relative_errors(bell(z), heights).max() < 2e-16
    assert relative_errors(mills_ratio(z), ratios).max() < 1e-15
    assert np.array_equal(normal_tail(np.array([0.0, 39.0, 1e308, np.inf])), [0.5, 0, 0, 0])


def test_normal_quantile():
    p = np.concatenate([10 ** RNG.uniform(-307, np.log10(0.5), 1000), RNG.uniform(0, 0.5, 1000)])
    with np.errstate(all="ignore"):
        values = normal_quantile(p)
        assert normal_quantile(np.float64(0.5)) == 0.0
    for z, tail in zip(map(mpf, values.tolist()), map(mpf, p.tolist()), strict=True):
        slope = mpmath.npdf(z)
        off = (mpmath.erfc(z / mpmath.sqrt(2)) / 2 - tail) / slope
        assert abs(off) < 1e-15 * z + 1e-300


def check_tails(lower, upper, exact, error, absolute, case):
    small = min(exact)
    if small > 1e-300:
        value = lower if exact[0] < exact[1] else upper
        relative = error + 1e-15 * abs(mpmath.log(small))
        assert abs(value - small) < relative * small + absolute, case


def test_gamma_tails():
    a = 10 ** RNG.uniform(-2, 4, 400)
    x = a * np.exp(RNG.normal(0, 1, 400) * RNG.choice([2, 1, 0.3, 0.03], 400))
    large = 10 ** RNG.uniform(4, 5.5, 20)
    a = np.concatenate([a, large])
    x = np.concatenate([x, large + np.sqrt(large) * RNG.normal(0, 8, 20)])
    with np.errstate(all="ignore"):
        lower, upper, _ = gamma_tails(a, x)
    for p, q, shape, at in zip(lower.tolist(), upper.tolist(), a.tolist(), x.tolist(), strict=True):
        exact = exact_gamma_tails(mpf(shape), mpf(at))
        # for a < 1 a small Q comes as 1 - P
        absolute = 3e-16 if shape < 1 and exact[0] > exact[1] else 0
        check_tails(p, q, exact, 1e-14, absolute, (shape, at))


def test_gamma_tails_at_the_ends():
    a = np.float64(2.5)
    with np.errstate(all="ignore"):
        assert gamma_tails(a, np.float64(-1.0))[:2] == (0, 1)
        assert gamma_tails(a, np.float64(0.0))[:2] == (0, 1)
        assert gamma_tails(a, np.float64(1e305))[:2] == (1, 0)


def test_beta_tails():
    a, b = 10 ** RNG.uniform(-2, 3.5, (2, 400))
    middle = a / (a + b)
    spread = np.sqrt(middle * (1 - middle) / (a + b + 1))
    x = middle + spread * RNG.normal(0, 3, 400) * RNG.choice([1, 0.1], 400)
    x = np.where((x > 0) & (x < 1), x, 0.5)
    with np.errstate(all="ignore"):
        lower, upper, _ = beta_tails(a, b, x, 1 - x)
    rows = zip(*(column.tolist() for column in (lower, upper, a, b, x)), strict=True)
    for p, q, alpha, beta, at in rows:
        exact = exact_beta_tails(mpf(alpha), mpf(beta), mpf(at), 1 - mpf(at))
        check_tails(p, q, exact, 1e-13, 0, (alpha, beta, at))
