"""The hybrid specs as numpyro models, jitted, with 64-bit numbers as everyone else's.

numpyro's own distributions where they are fast; its truncated normal inverts the distribution
function, its mixtures would draw every component and are written by the picked one's numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.bench.hybrid import HybridWorkload
from tests.bench.runners import Contest, codes_of
from tests.bench.runners.hybrid_numpy import (
    BEFORE_MEAN,
    BEFORE_SD,
    FOURTH,
    MU,
    SECOND,
    SIGMA,
    SLOPE_MEAN,
    SLOPE_SD,
    THIRD,
)
from tests.bench.runners.jitted_numpyro import compiled, prepared

NAME = "numpyro, jitted"


def _models() -> dict[str, Callable[[], None]]:
    _, jnp, numpyro = prepared()
    dist, sample = numpyro.distributions, numpyro.sample

    def picked(name: str, *thresholds: Any) -> Any:
        """Labels by comparing one uniform number with numbers, or with a number a row."""
        u = sample(f"{name} u", dist.Uniform(0, 1))
        code = sum((u >= each).astype(jnp.uint8) for each in thresholds)
        return numpyro.deterministic(name, code)

    def by(x: Any, column: Any) -> Any:
        """``column[x]`` for a short column, by selects, which become vector instructions."""
        out = jnp.full(x.shape, column[0])
        for number, value in enumerate(column[1:], 1):
            out = jnp.where(x == number, value, out)
        return out

    def gaussian_chain() -> None:
        x = sample("x1", dist.Normal(0.0, 1.0))
        for number in range(2, 9):
            x = sample(f"x{number}", dist.Normal(0.8 * x, 0.6))

    def truncated_normals() -> None:
        def cut(name: str, low: float, high: float, mean: Any = 0.0, sd: float = 1.0) -> Any:
            return sample(name, dist.TruncatedNormal(mean, sd, low=low, high=high))

        cut("middle", -1, 1)
        sample("upper", dist.HalfNormal(1.0))
        cut("tail", 2, 6)
        cut("nearly", -3, 3)
        cut("bmi", 15, 54, 27.5, 6)
        shift = sample("shift", dist.Normal(0.0, 1.0))
        cut("moved", -2, 2, 0.5 * shift)

    def lognormals() -> None:
        group = picked("group", 0.1, 0.3, 0.6)
        sample("alone", dist.LogNormal(0.0, 0.5))
        table = sample("table", dist.LogNormal(by(group, MU), by(group, SIGMA)))
        sample("linear", dist.LogNormal(0.2 + 0.1 * jnp.minimum(table, 10), 0.3))

    def mixtures() -> None:
        def mixed(name: str, component: Any, means: list[float], sds: list[float]) -> None:
            sample(name, dist.Normal(by(component, means), by(component, sds)))

        group = picked("group", 0.4)
        mixed("humps", picked("c1", 0.7), [-2.0, 3.0], [1.0, 0.5])
        mixed("three", picked("c2", 0.5, 0.75), [0.0, 5.0, -5.0], [1.0, 2.0, 1.5])
        mixed("chosen", picked("c3", by(group, [0.9, 0.2])), [0.0, 4.0], [1.0, 1.0])

    def quarters() -> None:
        def number(name: str, quarter: Any, low: float, width: float) -> None:
            u = sample(f"{name} v", dist.Uniform(0, 1))
            numpyro.deterministic(name, low + width * (quarter + u))

        first = picked("q1", 0.1, 0.3, 0.6)
        second = picked("q2", *(by(first, column) for column in SECOND))
        third = picked("q3", *(by(second, column) for column in THIRD))
        fourth = picked("q4", *(by(first * 4 + third, column) for column in FOURTH))
        number("first", first, 0, 2)
        number("second", second, 0, 2)
        number("third", third, -4, 2)
        number("fourth", fourth, 0, 25)

    def regressions() -> None:
        dose, site = picked("dose", 0.5, 0.8), picked("site", 0.4, 0.7, 0.9)
        before = sample("before", dist.Normal(by(site, BEFORE_MEAN), by(site, BEFORE_SD)))
        x = dose * 4 + site
        slope = sample("slope", dist.Normal(by(x, SLOPE_MEAN), by(x, SLOPE_SD)))
        after = sample("after", dist.Normal(1 + 0.5 * before - 0.25 * slope, 0.7))
        sample("final", dist.Normal(after + 0.3 * before + 2.0 * (dose == 2), 0.4))

    models = (gaussian_chain, truncated_normals, lognormals, mixtures, quarters, regressions)
    return {model.__name__: model for model in models}


def hybrid(workload: HybridWorkload, rows: int) -> Contest:
    jax, _, _ = prepared()
    with jax.enable_x64(True):  # while it is compiled and measured too
        names = [column.name for column in workload.network.columns]
        draws = compiled(_models()[workload.name], names, rows)

    def draw(seed: int) -> Any:
        with jax.enable_x64(True):
            return draws(seed)

    return Contest(draw, lambda found: [codes_of(each) for each in found])
