"""Drawn numbers against scipy's distributions, truncated to the declared range.

Seeds are fixed; the false alarm rate of the whole file is below 1e-6: `MOST_CHECKS` bounds
the number of checks.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.codegen.networks import codes_of, lowered
from tests.codegen.test_discrete_laws import assert_counts
from tests.strategies import networks
from texrc.arrow import buffers as buffers_of
from texrc.codegen import numpy_kernels
from texrc.codegen.machine import Machine
from texrc.codegen.plan import plan
from texrc.ir.atoms import ends
from texrc.sampler import Sampler

FALSE_ALARM = 1e-6
MOST_CHECKS = 1000
ROWS = 40_000

CONTINUOUS = {
    "normal(3, 2)": stats.norm(3, 2),
    "normal(-60, 7)": stats.norm(-60, 7),
    "normal(5, 900)": stats.norm(5, 900),
    "normal(2, 0.4)": stats.norm(2, 0.4),  # mostly inside: from standard normals
    "lognormal(0.5, 0.1)": stats.lognorm(0.1, scale=np.exp(0.5)),
    "lognormal(1, 0.6)": stats.lognorm(0.6, scale=np.exp(1)),
    "uniform(-3, 4)": stats.uniform(-3, 7),
    "gamma(0.4, 3)": stats.gamma(0.4, scale=3),
    "gamma(9, 0.5)": stats.gamma(9, scale=0.5),
    "beta(0.7, 2)": stats.beta(0.7, 2),
    "exponential(2.5)": stats.expon(scale=2.5),
    "student_t(2.5, 4, 2)": stats.t(2.5, 4, 2),
    "triangular(-1, 2, 8)": stats.triang(3 / 9, -1, 9),
}
COUNTS = {
    "poisson(3.5)": stats.poisson(3.5),
    "binomial(12, 0.3)": stats.binom(12, 0.3),
    "negative_binomial(2.5, 0.4)": stats.nbinom(2.5, 0.4),
}
RANGES = [(0, 10), (-2, 3), (1, 2)]


def drawn(
    kind: str,
    low: float,
    high: float,
    law: str,
    rows: int = ROWS,
    parameters: str = "constant",
) -> np.ndarray:
    if parameters == "computed":
        law = law.replace(")", " + 0*x)")
    network = lowered(f"x: continuous [0, 1] y: {kind} [{low}, {high}]", f"x ~ uniform y ~ {law}")
    return Sampler.of(network).sample(rows, seed=11)["y"].to_numpy()


def assert_follows(values: np.ndarray, distribution, low: float, high: float, what: str) -> None:
    """Kolmogorov and Smirnov's test against the distribution truncated to [low, high]."""
    assert low <= values.min() and values.max() <= high

    def cdf(x):
        below = distribution.cdf(x) - distribution.cdf(low)
        beyond = distribution.sf(low) - distribution.sf(x)
        mass = distribution.cdf(high) - distribution.cdf(low)
        tail = distribution.sf(low) - distribution.sf(high)
        return beyond / tail if distribution.cdf(low) > 0.5 else below / mass

    p = stats.kstest(values, cdf).pvalue
    assert p > FALSE_ALARM / MOST_CHECKS, f"{what}: p = {p:.3g}"


@pytest.mark.parametrize("law", [law for law in CONTINUOUS if "normal" in law or "gamma" in law])
@pytest.mark.parametrize(("low", "high"), RANGES)
def test_computed_parameters_of_families_made_from_normals(law, low, high):
    """Whatever share of the normals is refused or falls outside."""
    text = law.replace(",", " + 0*a,", 1)
    network = lowered(
        f"a: continuous [0, 1] y: continuous [{low}, {high}]", f"a ~ uniform y ~ {text}"
    )
    values = Sampler.of(network).sample(ROWS, seed=12)["y"].to_numpy()
    assert_follows(values, CONTINUOUS[law], low, high, f"computed {law} in {low} to {high}")


@pytest.mark.parametrize("law", CONTINUOUS)
@pytest.mark.parametrize(("low", "high"), RANGES)
def test_continuous_families(law, low, high):
    if law.startswith("beta") and low > 0:
        low, high = 0.25, 0.3
    assert_follows(drawn("continuous", low, high, law), CONTINUOUS[law], low, high, law)


@pytest.mark.parametrize("law", CONTINUOUS)
@pytest.mark.parametrize("parameters", ["constant", "computed"])
def test_continuous_families_on_integers(law, parameters):
    """The mass of [k - 1/2, k + 1/2], renormalised; from a table, and by quantiles."""
    distribution = CONTINUOUS[law]
    for low, high in [(0, 10), (-2, 3)]:
        cells = np.arange(low, high + 1)
        lower = distribution.cdf(cells + 0.5) - distribution.cdf(cells - 0.5)
        upper = distribution.sf(cells - 0.5) - distribution.sf(cells + 0.5)
        mass = upper if distribution.cdf(low - 0.5) > 0.5 else lower
        values = drawn("integer", low, high, law, parameters=parameters)
        assert_counts(np.bincount(values - low, minlength=cells.size), mass, f"{law} from {low}")


@pytest.mark.parametrize("law", COUNTS)
@pytest.mark.parametrize("parameters", ["constant", "computed"])
def test_counts(law, parameters):
    for low, high in [(0, 40), (2, 5), (-3, 1), (9, 30)]:
        cells = np.arange(low, high + 1)
        values = drawn("integer", low, high, law, 20_000, parameters)
        counts = np.bincount(values - low, minlength=cells.size)
        assert_counts(counts, _point_masses(COUNTS[law], cells), f"{law} from {low}")


def _point_masses(distribution: Any, values: np.ndarray) -> np.ndarray:
    return distribution.pmf(values)


def test_computed_parameters():
    network = lowered(
        "x: integer [0, 3] f: boolean y: continuous [0, 20] z: integer [0, 50]",
        "x ~ uniform f ~ logit(0) y ~ normal(2 + 3*x, 1 + [f = yes]) z ~ poisson(exp(x))",
    )
    table = Sampler.of(network).sample(4 * ROWS, seed=12)
    x, y, z = (table[name].to_numpy() for name in ("x", "y", "z"))
    f = table["f"].to_numpy(zero_copy_only=False)
    for value in range(4):
        for flag in (False, True):
            case = (x == value) & (f == flag)
            law = stats.norm(2 + 3 * value, 1 + flag)
            assert_follows(y[case], law, 0, 20, f"y at {value}, {flag}")
        law = _point_masses(stats.poisson(np.exp(value)), np.arange(51))
        assert_counts(np.bincount(z[x == value], minlength=51), law, f"z at {value}")


def test_tables_mixtures_and_quarters():
    network = lowered(
        "k: categorical {a, b, c, d} y: continuous [0, 8] z: integer [1, 9] w: continuous [0, 9]",
        """
        k ~ uniform
        y | k ~ {
          a: quarters [0.1, 0.2, 0, 0.7];
          b: mix {0.25: uniform(0, 2), 0.75: normal(6, 1)};
          c: triangular(2, 3, 3);
          d: uniform;
        }
        z | k ~ {a: quarters [0.4, 0.1, 0.2, rest]; b: uniform; _: normal(4, 2)}
        w | k ~ {c: normal(1, 1); a: normal(8, 0.5); _: normal(4, 2)}
        """,
    )
    table = Sampler.of(network).sample(4 * ROWS, seed=13)
    k = np.array(table["k"].combine_chunks().indices.to_numpy())
    y, z, w = (table[name].to_numpy() for name in ("y", "z", "w"))
    counts, _ = np.histogram(y[k == 0], [0, 1, 2, 3, 4, 5, 6, 7, 8])
    assert_counts(counts, np.array([0.1, 0.1, 0.2, 0.2, 0, 0, 0.7, 0.7]), "quarters")
    low, high = y[k == 1][y[k == 1] <= 2], y[k == 1][y[k == 1] > 2]
    inside = stats.norm(6, 1).cdf([0, 2, 8])
    beyond = 0.75 * (inside[2] - inside[1]) / (inside[2] - inside[0])
    assert_counts(np.array([low.size, high.size]), np.array([1 - beyond, beyond]), "mixture")
    assert_follows(high, stats.norm(6, 1), 2, 8, "second component")
    assert_follows(y[k == 2], stats.triang(1, 2, 1), 0, 8, "triangular")
    assert_follows(y[k == 3], stats.uniform(0, 8), 0, 8, "uniform")
    # quarters of [1, 9] begin at 1, 3, 5 and 7
    law = np.array([0.2, 0.2, 0.05, 0.05, 0.1, 0.1, 0.1, 0.1, 0.1])
    assert_counts(np.bincount(z[k == 0], minlength=10)[1:], law, "quarters of integers")
    assert_counts(np.bincount(z[k == 1], minlength=10)[1:], np.ones(9), "uniform integers")
    for codes, mean, sd in [([2], 1, 1), ([0], 8, 0.5), ([1, 3], 4, 2)]:
        rows = w[np.isin(k, codes)]
        assert_follows(rows, stats.norm(mean, sd), 0, 9, f"w at {codes}")


@pytest.mark.parametrize("law", ["uniform", "quarters [0.25, 0.25, 0.25, 0.25]"])
def test_uniform_numbers_are_even_to_the_last_bit(law):
    """All 65 numbers of a range, but half as often at the ends of what is drawn evenly."""
    low, high = 1.0, 1.0 + 2.0**-46
    values = drawn("continuous", low, high, law)  # pyright: ignore[reportArgumentType]
    counts = np.bincount(((values - low) * 2.0**52).astype(int), minlength=65)
    law_of_cells = np.ones(65)
    if law == "uniform":
        law_of_cells[[0, -1]] = 0.5
        assert_counts(counts, law_of_cells, law)
    else:
        assert_counts(counts.reshape(-1)[:64].reshape(4, 16).sum(axis=1), np.ones(4), law)


def test_rows_by_parts_of_numbers():
    """Quarters, bounds, intervals and points; few cuts and more than are compared one by one."""
    cuts = [4, 8, 15, 16, 23, 42, 43, 50, 51]
    many = sorted({(37 * i) % 997 / 10 for i in range(1, 60)})
    network = lowered(
        f"x: continuous [0, 100] n: integer [0, 10] {_labels('y', 5)}"
        f" {_labels('m', len(cuts) + 1)} {_labels('l', len(many) + 1)}",
        f"""
        x ~ uniform n ~ uniform
        y | x, n ~ {{(q1, < 4): {_only(0, 5)}; (30..60, 5): {_only(1, 5)}; (> 90, _): {_only(2, 5)};
                    (_, q4): {_only(3, 5)}; _: {_only(4, 5)}}}
        m | x ~ {_table(cuts)}
        l | x ~ {_table(many)}
        """,
    )
    table = Sampler.of(network).sample(50_000, seed=14)
    x, n = (table[name].to_numpy() for name in ("x", "n"))
    conditions = [(x < 25) & (n < 4), (x >= 30) & (x <= 60) & (n == 5), x > 90, n >= 8]
    assert np.array_equal(codes_of(table, "y"), np.select(conditions, [0, 1, 2, 3], 4))
    assert np.array_equal(codes_of(table, "m"), np.searchsorted(cuts, x, side="right"))
    assert np.array_equal(codes_of(table, "l"), np.searchsorted(many, x, side="right"))


def _labels(column: str, count: int) -> str:
    return f"{column}: categorical {{{', '.join(f'l{i}' for i in range(count))}}}"


def _only(label: int, count: int) -> str:
    return f"{{{', '.join(f'l{i}: {int(i == label)}' for i in range(count))}}}"


def _table(cuts: list) -> str:
    count = len(cuts) + 1
    rows = [f"< {cut}: {_only(row, count)}" for row, cut in enumerate(cuts)]
    return f"{{{'; '.join(rows)}; _: {_only(len(cuts), count)}}}"


@given(networks(), st.integers(0, 2**63 - 500), st.integers(0, 2**64 - 1))
@settings(max_examples=60)
def test_every_value_is_one_that_was_declared(network, first, seed):
    runs = Machine(plan(network))
    buffers = buffers_of(runs.plan.layouts, 400)
    runs.fill(numpy_kernels, runs.keys(seed), first, buffers)
    for column, values in zip(network.columns, buffers, strict=True):
        if column.is_discrete:
            assert values.max() < len(column.labels)
        else:
            low, high = ends(column)
            assert low <= values.min() and values.max() <= high


def test_columns_rows_and_seeds_are_independent():
    """Correlations of 12 columns with one another, their next rows and other seeds."""
    names = [f"c{i}" for i in range(12)]
    columns = " ".join(f"{name}: continuous [0, 1]" for name in names)
    sampler = Sampler.of(lowered(columns, " ".join(f"{name} ~ uniform" for name in names)))
    rows = 100_000
    tables = [sampler.sample(rows, seed=seed) for seed in (0, 1, 2**32)]
    values = np.array([table[name].to_numpy() for table in tables for name in names]) - 0.5
    scores = []
    for lag in (0, 1, 2, 256, 512, 1024):
        here, there = values[:, : rows - lag], values[:, lag:]
        scores.append((here @ there.T) * 12 / np.sqrt(rows - lag))
    scores[0] = scores[0][np.triu_indices(len(values), 1)]
    z = np.concatenate([np.ravel(score) for score in scores])
    assert np.abs(z).max() < stats.norm.isf(FALSE_ALARM / 2 / z.size)
    assert abs(z.std() - 1) < 0.1


@pytest.mark.parametrize(
    ("low", "high"),
    [("0", "9e15"), ("0", "3.377699720527871e15"), ("-9e15", "9.007199254740992e15")],
)
@pytest.mark.parametrize("law", ["uniform", "quarters [0.25, 0.25, 0.25, 0.25]"])
def test_no_remainder_is_rarer_in_a_very_wide_range(low, high, law):
    """The 52 bits of one quantile would come to every second or fourth number only."""
    values = drawn("integer", low, high, law, 10 * ROWS)
    for divisor in (2, 3, 4, 8):
        counts = np.bincount(values % divisor, minlength=divisor)
        assert_counts(counts, np.ones(divisor), f"{law} from {low} to {high}, modulo {divisor}")


def test_all_uses_of_one_cell_are_independent():
    """A mixture's component, its quarter and the place in it come from streams of their own."""
    network = lowered(
        "y: continuous [0, 4]",
        "y ~ mix {0.5: quarters [0.25, 0.25, 0.25, 0.25], 0.5: quarters [0, 0.5, 0, 0.5]}",
    )
    y = Sampler.of(network).sample(200_000, seed=15)["y"].to_numpy()
    parts = np.floor(y * 4).astype(int)
    law = np.repeat([0.125, 0.375, 0.125, 0.375], 4)
    assert_counts(np.bincount(parts, minlength=16), law, "quarters")
    lagged = np.array(list(itertools.pairwise(parts[::3].tolist())))
    counts = np.bincount(lagged[:, 0] * 16 + lagged[:, 1], minlength=256)
    assert_counts(counts, np.outer(law, law).ravel(), "neighbours")


@pytest.mark.parametrize(
    "other", ["uniform(-2, 2)", "uniform", "quarters [0.25, 0.25, 0.25, 0.25]"]
)
def test_rows_half_a_tile_apart_are_independent(other):
    """They share the words of a pair of normals, of which a row that is no normal takes none."""
    network = lowered(
        "k: boolean y: continuous [-2, 2]",
        f"k ~ uniform y | k ~ {{yes: normal(0, 0.7); no: {other}}}",
    )
    table = Sampler.of(network).sample(1024 * 400, seed=16)
    k = table["k"].to_numpy(zero_copy_only=False).reshape(-1, 2, 512)
    y = table["y"].to_numpy().reshape(-1, 2, 512)
    normal = stats.truncnorm(-2 / 0.7, 2 / 0.7, scale=0.7)
    share = np.where(k, normal.cdf(y), (y + 2) / 4)
    cells = np.minimum(np.floor(share * 8).astype(int), 7)
    for first, second in itertools.product((False, True), repeat=2):
        both = (k[:, 0] == first) & (k[:, 1] == second)
        counts = np.bincount(cells[:, 0][both] * 8 + cells[:, 1][both], minlength=64)
        assert_counts(counts, np.ones(64), f"{first} and {second}, {other}")
