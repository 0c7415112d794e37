"""Elementwise numerics in the subset of Python that NumPy and numba run alike.

`KERNELS` lists every function that numba must know, callees before callers;
those in `INLINE` are small and hot, and are pasted into the loops that call them.
The operations of `elementwise` are not listed: numba has its own version of each.
Numbers given to kernels from plain Python must be NumPy's (`np.float64(0)`), because
Python's own raise where NumPy's give inf or NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import isfunction
from types import ModuleType

from texrc.kernels import (
    arithmetic,
    beta,
    binomial,
    box_muller,
    closed_form,
    counts,
    elementary,
    gamma,
    gamma_function,
    incomplete_beta,
    incomplete_gamma,
    lognormal,
    normal,
    philox,
    picking,
    poisson,
    student_t,
)

SMALL = (
    philox, picking, elementary, box_muller, arithmetic, normal, closed_form, lognormal,
    gamma_function,
)  # fmt: skip
LARGE = (incomplete_gamma, gamma, incomplete_beta, beta, student_t, counts, poisson, binomial)


def _functions(modules: tuple[ModuleType, ...]) -> tuple[Callable, ...]:
    """The functions written in these modules, in the order of their text."""
    return tuple(
        value
        for module in modules
        for value in vars(module).values()
        if isfunction(value) and value.__module__ == module.__name__
    )


INLINE = _functions(SMALL)
KERNELS = INLINE + _functions(LARGE)
