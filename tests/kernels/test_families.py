"""Masses and truncated draws of every family against its exact law.

A draw x for the quantile u must have P(low <= X <= x) = u P(low <= X <= high): within the
family's tolerance of the whole, or within some units in the last place of x. A whole draw
must be the first whose cumulated share reaches u, within the tolerance.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from tests.kernels.laws import (
    Beta,
    Binomial,
    Exponential,
    Gamma,
    Lognormal,
    NegativeBinomial,
    Normal,
    Poisson,
    StudentT,
    Triangular,
    Uniform,
)
from texrc.kernels.beta import draw_beta, mass_beta
from texrc.kernels.binomial import (
    draw_binomial,
    draw_negative_binomial,
    mass_binomial,
    mass_negative_binomial,
)
from texrc.kernels.closed_form import (
    draw_exponential,
    draw_triangular,
    draw_uniform,
    mass_exponential,
    mass_triangular,
    mass_uniform,
)
from texrc.kernels.gamma import draw_gamma, mass_gamma
from texrc.kernels.lognormal import draw_lognormal, mass_lognormal
from texrc.kernels.normal import draw_normal, mass_normal
from texrc.kernels.poisson import draw_poisson, mass_poisson
from texrc.kernels.student_t import draw_student_t, mass_student_t

CASES = 20
QUANTILES = np.array([2.0**-53, 1e-9, 0.01, 0.3, 0.5, 0.8, 0.999, 1 - 1e-9, 1 - 2.0**-53])
INF, NAN = np.inf, np.nan


def scales(rng, least, most):
    return 10 ** rng.uniform(least, most)


@dataclass(frozen=True)
class Family:
    law: type
    mass: Callable
    draw: Callable
    parameters: Callable
    """A random generator's parameters, from ordinary to extreme."""
    ends: tuple = (-INF, INF)
    """The support."""
    invalid: tuple = ()
    whole: bool = False
    tolerance: float = 1e-12


def ordered(rng):
    low, high = np.sort(rng.normal(0, 1, 2) * scales(rng, -3, 3))
    return float(low), float(high)


def triangle(rng):
    low, high = ordered(rng)
    mode = rng.choice([low, high, low + rng.uniform() * (high - low)])
    return low, min(max(float(mode), low), high), high


FAMILIES = {
    "normal": Family(
        Normal, mass_normal, draw_normal,
        lambda rng: (rng.normal(0, 100), scales(rng, -4, 4)),
        invalid=((0, 0), (0, -1), (NAN, 1), (0, NAN), (INF, 1), (0, INF)),
    ),
    "lognormal": Family(
        Lognormal, mass_lognormal, draw_lognormal,
        lambda rng: (rng.normal(0, 3), scales(rng, -3, 1)),
        (0, INF), ((0, 0), (0, -1), (NAN, 1), (INF, 1), (0, INF)),
    ),
    "uniform": Family(
        Uniform, mass_uniform, draw_uniform, ordered,
        invalid=((1, 1), (2, 1), (NAN, 1), (0, NAN), (-INF, 1), (0, INF)),
    ),
    "gamma": Family(
        Gamma, mass_gamma, draw_gamma,
        lambda rng: (scales(rng, -1.3, 4), scales(rng, -3, 3)),
        (0, INF), ((0, 1), (1, 0), (-1, 1), (1, -1), (NAN, 1), (1, NAN), (INF, 1), (1, INF)),
        tolerance=2e-10,
    ),
    "beta": Family(
        Beta, mass_beta, draw_beta,
        lambda rng: (scales(rng, -1.5, 4), scales(rng, -1.5, 4)),
        (0, 1), ((0, 1), (1, 0), (-1, 1), (NAN, 1), (1, NAN), (INF, 1), (1, INF)),
        tolerance=2e-10,
    ),
    "exponential": Family(
        Exponential, mass_exponential, draw_exponential,
        lambda rng: (scales(rng, -6, 6),),
        (0, INF), ((0,), (-1,), (NAN,), (INF,)),
    ),
    "student_t": Family(
        StudentT, mass_student_t, draw_student_t,
        lambda rng: (scales(rng, -0.5, 4), rng.normal(0, 10), scales(rng, -2, 2)),
        invalid=((0, 0, 1), (1, 0, 0), (-1, 0, 1), (1, 0, -1), (NAN, 0, 1), (1, INF, 1)),
        tolerance=2e-10,
    ),
    "triangular": Family(
        Triangular, mass_triangular, draw_triangular, triangle,
        invalid=((0, 2, 1), (0, -1, 1), (1, 1, 1), (NAN, 0, 1), (0, NAN, 1), (0, 1, INF)),
    ),
    "poisson": Family(
        Poisson, mass_poisson, draw_poisson,
        lambda rng: (scales(rng, -3, 4),),
        (0, INF), ((0,), (-1,), (NAN,), (INF,)), whole=True,
    ),
    "binomial": Family(
        Binomial, mass_binomial, draw_binomial,
        lambda rng: (np.floor(scales(rng, 0, 4)), rng.choice([scales(rng, -4, -0.01), 0.5, 0.999])),
        (0, INF), ((-1, 0.5), (1.5, 0.5), (3, -0.1), (3, 1.1), (NAN, 0.5), (3, NAN), (INF, 0.5)),
        whole=True,
    ),
    "negative_binomial": Family(
        NegativeBinomial, mass_negative_binomial, draw_negative_binomial,
        lambda rng: (scales(rng, -1, 3), 1 - scales(rng, -3, -0.01)),
        (0, INF), ((0, 0.5), (-1, 0.5), (1, 0), (1, 1.1), (NAN, 0.5), (1, NAN), (INF, 0.5)),
        whole=True,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    parameters: tuple
    low: float
    high: float
    share: float
    """The mass of [low, high], from the exact law."""


def cases(family, count, seed):
    """Parameters with ranges of every kind: wide, narrow, around the middle, far out."""
    count = count // 2 if family.whole else count
    rng = np.random.default_rng(seed)
    found = []
    while len(found) < count:
        parameters = tuple(map(float, family.parameters(rng)))
        law = family.law(parameters)
        # where the law lives, by the kernels themselves: only a choice of what is tested
        with np.errstate(all="ignore"):
            least, most = max(-1e9, family.ends[0]), min(1e12, family.ends[1])
            centre = family.draw(rng.uniform(), *np.array(parameters), least, most)
            other = family.draw(rng.uniform(), *np.array(parameters), least, most)
        spread = max(abs(centre - other), 1e-300)
        middle = centre + spread * rng.choice([0.0, 1.0, -1.0, 8.0, -8.0])
        width = spread * scales(rng, -9 if not family.whole else 0, 2)
        low, high = float(middle - width), float(middle + width * rng.uniform())
        low, high = max(low, family.ends[0]), min(high, family.ends[1])
        if family.whole:
            low, high = float(np.floor(low)), float(np.ceil(high))
        if not low < high or not np.isfinite(high):
            continue
        share = law.between(low - 1 if family.whole else low, high)
        if share > 1e-290:
            found.append(Case(parameters, low, high, share))
    return found


@pytest.fixture(params=FAMILIES, scope="module")
def family(request):
    return FAMILIES[request.param]


def arrays(found):
    rows = np.array([(*case.parameters, case.low, case.high) for case in found])
    return tuple(rows.T)


def test_mass(family):
    found = cases(family, CASES, 5)
    with np.errstate(all="ignore"):
        values = family.mass(*arrays(found))
    for case, value in zip(found, values.tolist(), strict=True):
        allowed = 5 * family.tolerance + 4e-15 * abs(np.log(float(case.share)))
        assert abs(value / case.share - 1) < allowed, case


def test_draws_are_the_quantiles_of_the_truncated_law(family):
    found = cases(family, CASES, 7)
    with np.errstate(all="ignore"):
        values = family.draw(QUANTILES[:, None], *arrays(found)).T
    for case, row in zip(found, values.tolist(), strict=True):
        law = family.law(case.parameters)
        for u, x in zip(QUANTILES.tolist(), row, strict=True):
            assert case.low <= x <= case.high, (case, u, x)
            if family.whole:
                assert x == np.floor(x), (case, u, x)
                before = law.between(case.low - 1, x - 1) / case.share
                after = law.between(case.low - 1, x) / case.share
                assert before - family.tolerance <= u <= after + family.tolerance, (
                    case,
                    u,
                    x,
                    before,
                    after,
                )
            else:
                step = 8 * np.spacing(abs(x))
                before = law.between(case.low, x - step) / case.share
                after = law.between(case.low, x + step) / case.share
                assert before - family.tolerance <= u <= after + family.tolerance, (case, u, x)


def test_draws_rise_with_u(family):
    rng = np.random.default_rng(3)
    found = cases(family, 16, 11)
    u = np.sort(rng.uniform(0, 1, 200))
    with np.errstate(all="ignore"):
        values = family.draw(u[:, None], *arrays(found))
    falls = np.diff(values, axis=0) / np.maximum(np.abs(values[1:]), 1e-300)
    assert falls.min() >= -1e-12


def test_parameters_outside_their_domain_give_nan(family):
    rows = np.array(family.invalid, np.float64).T
    with np.errstate(all="ignore"):
        assert np.isnan(family.mass(*rows, 0.25, 3.0)).all()
        assert np.isnan(family.draw(np.float64(0.5), *rows, 0.25, 3.0)).all()


@pytest.mark.parametrize("name", sorted(FAMILIES.keys() - {"student_t"}))  # whose tails never end
def test_a_range_without_mass_gives_inf(name):
    family = FAMILIES[name]
    rng = np.random.default_rng(1)
    parameters = [np.float64(value) for value in family.parameters(rng)]
    low = np.float64(-2e9 if family.ends[0] == 0 else 1e300)
    high = np.float64(-1e9 if family.ends[0] == 0 else 1.5e300)
    with np.errstate(all="ignore"):
        assert family.mass(*parameters, low, high) < 1e-300
        assert family.draw(np.float64(0.5), *parameters, low, high) == INF


SCALED = {
    "normal": (1, 1),
    "uniform": (1, 1),
    "gamma": (0, 1),
    "exponential": (1,),
    "student_t": (0, 1, 1),
    "triangular": (1, 1, 1),
}
"""Which parameters are of the column's unit: the power of the unit that each has."""


@pytest.mark.parametrize("name", SCALED)
@pytest.mark.parametrize("unit", [2.0**-800, 2.0**800])
def test_the_unit_does_not_matter(name, unit):
    family = FAMILIES[name]
    *parameters, low, high = arrays(cases(family, CASES, 17))
    factors = [unit**power for power in SCALED[name]]
    scaled = [numbers * factor for numbers, factor in zip(parameters, factors, strict=True)]
    u = QUANTILES[:, None]
    with np.errstate(all="ignore"):
        mass = family.mass(*parameters, low, high)
        plain = family.draw(u, *parameters, low, high)
        assert np.allclose(family.mass(*scaled, low * unit, high * unit), mass, rtol=1e-12, atol=0)
        drawn = family.draw(u, *scaled, low * unit, high * unit)
    assert np.allclose(drawn / unit, plain, rtol=1e-12, atol=0)


def test_one_number_gives_what_an_array_gives(family):
    found = cases(family, 30, 13)
    columns = arrays(found)
    u = np.random.default_rng(2).uniform(size=len(found))
    with np.errstate(all="ignore"):
        together = family.draw(u, *columns)
        alone = [family.draw(*row) for row in zip(u, *columns, strict=True)]
    assert np.array_equal(together, alone)
