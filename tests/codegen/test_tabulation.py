"""Numbers drawn from tables of their probabilities: which columns, and whether these are right."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from tests.codegen.networks import lowered
from texrc import TexrError
from texrc.codegen.plan import plan
from texrc.codegen.selection import select_by
from texrc.codegen.steps import Leaves, Tabulated
from texrc.codegen.tabulation import MOST_ENTRIES, MOST_VALUES
from texrc.sampler import Sampler

LAWS: dict[str, Any] = {
    "poisson(3.5)": stats.poisson(3.5),
    "binomial(12, 0.3)": stats.binom(12, 0.3),
    "negative_binomial(2.5, 0.4)": stats.nbinom(2.5, 0.4),
    "normal(3, 2)": stats.norm(3, 2),
    "normal(-60, 7)": stats.norm(-60, 7),
    "lognormal(1, 0.6)": stats.lognorm(0.6, scale=np.exp(1)),
    "uniform(-3, 4.25)": stats.uniform(-3, 7.25),
    "gamma(9, 0.5)": stats.gamma(9, scale=0.5),
    "exponential(2.5)": stats.expon(scale=2.5),
    "student_t(2.5, 4, 2)": stats.t(2.5, 4, 2),
    "triangular(-1, 2, 8)": stats.triang(3 / 9, -1, 9),
}


def draw_of(columns: str, model: str, column: int = -1) -> Tabulated | Leaves:
    (draw,) = (
        step.draw
        for network in [lowered(columns, model)]
        for step in plan(network).steps
        if step.column == column % len(network.columns)
    )
    assert isinstance(draw, Tabulated | Leaves)
    return draw


def shares_of(law: str, numbers: np.ndarray) -> np.ndarray:
    """By scipy, from whichever tail is smaller."""
    distribution = LAWS[law]
    if "poisson" in law or "binomial" in law:
        masses = distribution.pmf(numbers)
    else:
        below = distribution.cdf(numbers + 0.5) - distribution.cdf(numbers - 0.5)
        beyond = distribution.sf(numbers - 0.5) - distribution.sf(numbers + 0.5)
        masses = np.where(distribution.cdf(numbers) < 0.5, below, beyond)
    return masses / masses.sum()


def assert_same_table(draw: Tabulated | Leaves, low: int, shares: np.ndarray) -> None:
    """Thresholds of the table against those of the probabilities; a unit is 2^-63."""
    assert isinstance(draw, Tabulated)
    states = draw.selection.states
    begin = draw.first - low
    assert begin >= 0
    kept = shares[..., begin : begin + states]
    assert (shares.sum(axis=-1) - kept.sum(axis=-1) < 1e-15).all()
    expected = select_by(np.atleast_2d(kept))
    assert expected.states == draw.selection.states
    difference = draw.selection.thresholds / 2.0**63 - expected.thresholds / 2.0**63
    assert np.abs(difference).max(initial=0) < 1e-12


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize(("low", "high"), [(0, 4), (-2, 2), (3, 7)])
def test_tables_hold_the_probabilities_of_the_truncated_law(law, low, high):
    draw = draw_of(f"y: integer [{low}, {high}]", f"y ~ {law}")
    assert_same_table(draw, low, shares_of(law, np.arange(low, high + 1)))


def test_mixtures_quarters_and_uniform_are_rows_of_one_table():
    draw = draw_of(
        "k: categorical {a, b, c, d} y: integer [1, 5]",
        """
        k ~ uniform
        y | k ~ {
          a: mix {0.25: uniform, 0.75: poisson(3.5)};
          b: quarters [0.1, 0.2, 0.3, rest];
          c: uniform;
          d: mix {0.5: quarters [0, 0, 1, 0], 0.5: normal(3, 2), 0: poisson(-1)};
        }
        """,
    )
    numbers = np.arange(1, 6)
    # quarters of [1, 5] begin at 1, 2, 3 and 4
    rows = [
        0.25 * 0.2 + 0.75 * shares_of("poisson(3.5)", numbers),
        [0.1, 0.2, 0.3, 0.2, 0.2],
        np.full(5, 0.2),
        0.5 * np.array([0, 0, 1, 0, 0]) + 0.5 * shares_of("normal(3, 2)", numbers),
    ]
    assert_same_table(draw, 1, np.array(rows))


def test_parameters_that_take_few_values_are_rows_of_one_table():
    draw = draw_of(
        "n: integer [2, 4] f: boolean x: continuous [0, 1] y: integer [0, 6]",
        """
        n ~ uniform f ~ {no: 0.5, yes: 0.5} x ~ uniform
        y | x ~ {
          < 0.5: poisson(n + [f = yes]);
          _:     mix {0.25: uniform, 0.75: binomial(n, 0.1*n)};
        }
        """,
    )
    numbers = np.arange(7)
    rows = []
    for n in (2, 3, 4):  # the columns that expressions read come first, then the others
        for f in (0, 1):
            counts: Any = stats.poisson(n + f)
            rows.append(counts.pmf(numbers) / counts.cdf(6))
            trials: Any = stats.binom(n, 0.1 * n)
            rows.append(0.25 / 7 + 0.75 * trials.pmf(numbers))
    assert_same_table(draw, 0, np.array(rows))


def test_numbers_that_do_not_come_are_left_out():
    draw = draw_of("y: integer [-5, 2000]", "y ~ binomial(10, 0.5)")
    assert isinstance(draw, Tabulated)
    assert (draw.first, draw.selection.states) == (0, 11)


@pytest.mark.parametrize(
    ("columns", "model"),
    [
        (f"y: integer [1, {MOST_VALUES + 1}]", "y ~ poisson(3)"),
        ("y: continuous [0, 9]", "y ~ normal(3, 1)"),
        ("x: continuous [0, 1] y: integer [0, 9]", "x ~ uniform y ~ poisson(1 + x)"),
        ("x: integer [0, 9000] y: integer [0, 9]", "x ~ uniform y ~ poisson(1 + x)"),
        ("x: integer [0, 9] y: integer [0, 9]", "x ~ uniform y ~ normal(x, 1)"),
        ("x: continuous [0, 1] y: integer [0, 9]", "x ~ uniform y = floor(9*x)"),
    ],
)
def test_other_columns_are_drawn_by_their_distributions(columns, model):
    assert isinstance(draw_of(columns, model), Leaves)


def test_a_table_is_not_too_large():
    values = MOST_ENTRIES // 8 + 1
    rows = "; ".join(f"l{k}: poisson({k + 1})" for k in range(8))
    labels = ", ".join(f"l{k}" for k in range(8))
    columns = f"x: categorical {{{labels}}} y: integer [1, {values}]"
    assert isinstance(draw_of(columns, f"x ~ uniform y | x ~ {{{rows}}}"), Leaves)


@pytest.mark.parametrize(("law", "code"), [("poisson(-1)", "TX502"), ("normal(900, 1)", "TX503")])
def test_what_cannot_be_drawn_is_told_when_it_is(law, code):
    network = lowered("y: integer [0, 9]", f"y ~ {law}")
    with pytest.raises(TexrError) as caught:
        Sampler.of(network).sample(10, seed=1)
    assert caught.value.diagnostics[0].code == code
