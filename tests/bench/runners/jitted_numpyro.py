"""numpyro, jitted by XLA: a model of `numpyro.sample` sites under `seed` and `trace`.

`dist.Categorical` draws a Gumbel number a label and takes 20 times as long as needed; the sites
use a distribution of their own, as numpyro's interface is made for: one 32-bit word a value,
cumulative tables, uint8 codes. The words come from Threefry without JAX's partitionable layout,
which spends a whole hash on each word (half its time; `rbg` takes four times as long). Up to 16
combinations are told apart by selects, which XLA turns into vector instructions.

`jax.lax.map` over blocks of 16,384 rows keeps the words in the second-level cache, which halves
the time of small networks (asia 6.4 to 3.6 ns) and lengthens that of some (hailfinder 5.3 to
7.5), so that both are compiled and the faster one is taken; XLA takes a minute a program for
networks of 200 columns, which are drawn by blocks. Fusion barriers, wider vectors
(`--xla_cpu_prefer_vector_width`) and more selects made no difference beyond the noise.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from tests.bench.discrete import DiscreteWorkload, Variable
from tests.bench.measuring import seconds
from tests.bench.runners import Contest, Skipped, codes_of

NAME = "numpyro, jitted"
BLOCK = 16_384
MOST_SELECTED = 16
MOST_COMPILED_TWICE = 100
MOST_SITES = 500
"""XLA takes two minutes to compile 441, and far longer for more."""


def prepared() -> tuple[Any, Any, Any]:
    """jax, jax.numpy and numpyro. Raises `Skipped`."""
    try:
        jax, numpyro = import_module("jax"), import_module("numpyro")
    except ImportError:
        raise Skipped("numpyro is not installed") from None
    jax.config.update("jax_threefry_partitionable", False)
    return jax, jax.numpy, numpyro


def compiled(model: Callable[[], None], names: list[str], rows: int) -> Callable[[int], list[Any]]:
    """``f(seed)``: so many rows of a model's named sites, on one thread, when they are ready.

    The faster one of two programs: for all rows at once, and block by block.
    """
    by_blocks = _program(model, names, rows, min(BLOCK, rows))
    if len(names) > MOST_COMPILED_TWICE or rows <= BLOCK:
        return by_blocks
    return min(by_blocks, _program(model, names, rows, rows), key=_least_seconds)


def _program(
    model: Callable[[], None], names: list[str], rows: int, block: int
) -> Callable[[int], list[Any]]:
    jax, _, numpyro = prepared()

    def sites(key: Any) -> list[Any]:
        with numpyro.plate("rows", block):
            trace = numpyro.handlers.trace(numpyro.handlers.seed(model, key)).get_trace()
        return [trace[name]["value"] for name in names]

    @jax.jit
    def table(key: Any) -> list[Any]:
        if block == rows:
            return sites(key)
        blocks = jax.lax.map(sites, jax.random.split(key, -(-rows // block)))
        return [column.reshape(-1)[:rows] for column in blocks]

    return lambda seed: jax.block_until_ready(table(jax.random.key(seed)))


def _least_seconds(draw: Callable[[int], list[Any]]) -> float:
    draw(0)  # compiles
    return min(seconds(lambda seed=seed: draw(seed)) for seed in range(3))


def discrete(workload: DiscreteWorkload, rows: int) -> Contest:
    if workload.columns > MOST_SITES:
        raise Skipped(f"XLA takes minutes to compile {workload.columns:,} sites")
    _, _, numpyro = prepared()
    selection = _selection()

    def model() -> None:
        codes: dict[int, Any] = {}
        for each in workload.variables:
            parents = [codes[parent] for parent in each.parents]
            codes[each.column] = numpyro.sample(str(each.column), selection(each, parents))

    names = [str(column) for column in range(workload.columns)]
    draw = compiled(model, names, rows)
    return Contest(draw, lambda found: [codes_of(each) for each in found])


def _selection() -> Any:
    jax, jnp, numpyro = prepared()

    class Selection(numpyro.distributions.Distribution):
        """Labels by the rows of a table, one for each combination of the parents' codes."""

        support = numpyro.distributions.constraints.nonnegative_integer

        def __init__(self, variable: Variable, parents: list[Any]) -> None:
            cumulated = np.rint(np.cumsum(variable.flat, axis=1)[:, :-1] * 2.0**32)
            self.thresholds = np.minimum(cumulated, 2.0**32 - 1).astype(np.uint32)
            kind = np.min_scalar_type(len(variable.flat) - 1)
            self.x = None
            for parent, stride in zip(parents, variable.strides, strict=True):
                term = parent.astype(kind) * kind.type(stride)
                self.x = term if self.x is None else self.x + term
            super().__init__(() if self.x is None else self.x.shape)

        def sample(self, key: Any, sample_shape: tuple[int, ...] = ()) -> Any:
            shape = sample_shape + self.batch_shape
            draws = jax.random.bits(key, shape, np.uint32)
            codes = jnp.zeros(shape, np.uint8)
            for column in self.thresholds.T:
                codes += (draws >= self._picked(column)).astype(np.uint8)
            return codes

        def _picked(self, column: Any) -> Any:
            if self.x is None:
                return column[0]
            if len(column) > MOST_SELECTED:
                return jnp.asarray(column).at[self.x].get(mode="promise_in_bounds")
            picked = jnp.full(self.x.shape, column[0])
            for number, threshold in enumerate(column[1:], 1):
                picked = jnp.where(self.x == number, threshold, picked)
            return picked

    return Selection
