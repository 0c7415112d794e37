"""numpyro, jitted by XLA: a model of `numpyro.sample` sites under `seed` and `trace`.

`dist.Categorical` draws a Gumbel number a label and takes 20 times as long as needed; the sites
use a distribution of their own, as numpyro's interface is made for: one 32-bit word a value,
cumulative tables, uint8 codes. The words come from Threefry without JAX's partitionable layout,
which spends a whole hash on each word (1.6 ns a word instead of 4.4; `rbg` takes 17). Up to 16
combinations are told apart by selects, which XLA turns into vector instructions.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np

from tests.bench.discrete import DiscreteWorkload, Variable
from tests.bench.runners import Contest, Skipped, codes_of

NAME = "numpyro, jitted"
MOST_SELECTED = 16
MOST_SITES = 300
"""XLA takes minutes to compile more."""


def prepared() -> tuple[Any, Any, Any]:
    """jax, jax.numpy and numpyro. Raises `Skipped`."""
    try:
        jax, numpyro = import_module("jax"), import_module("numpyro")
    except ImportError:
        raise Skipped("numpyro is not installed") from None
    jax.config.update("jax_threefry_partitionable", False)
    return jax, jax.numpy, numpyro


def compiled(model: Any, names: list[str]) -> Any:
    """``f(seed)``: the values of the named sites of a model, on one thread, when they are ready."""
    jax, _, numpyro = prepared()

    @jax.jit
    def sites(key: Any) -> list[Any]:
        trace = numpyro.handlers.trace(numpyro.handlers.seed(model, key)).get_trace()
        return [trace[name]["value"] for name in names]

    return lambda seed: jax.block_until_ready(sites(jax.random.key(seed)))


def discrete(workload: DiscreteWorkload, rows: int) -> Contest:
    if workload.columns > MOST_SITES:
        raise Skipped(f"XLA takes minutes to compile {workload.columns:,} sites")
    _, _, numpyro = prepared()
    selection = _selection()

    def model() -> None:
        codes: dict[int, Any] = {}
        with numpyro.plate("rows", rows):
            for each in workload.variables:
                parents = [codes[parent] for parent in each.parents]
                codes[each.column] = numpyro.sample(str(each.column), selection(each, parents))

    names = [str(column) for column in range(workload.columns)]
    return Contest(compiled(model, names), lambda found: [codes_of(each) for each in found])


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
