"""A digest of what the compiled loops and the kernels in NumPy give: equal on every machine.

Run as a program it prints both, for the environment it runs in.
"""

from __future__ import annotations

from hashlib import sha256

import numpy as np

from texrc.codegen import jit, numpy_kernels

PARAMETERS = {
    "normal": ([0.0, 20.0, -1e5, np.nan], [1.0, 0.01, 1e6, 0.0]),
    "lognormal": ([0.0, 1.5, -3.0, 8.0], [0.5, 3.0, 1e-4, -1.0]),
    "uniform": ([0.0, 0.5, -1e9, 2.0], [1.0, 0.6, 1e9, 1.0]),
    "exponential": ([1.0, 1e-3, 1e9, 0.0],),
    "triangular": ([0.0, 0.2, -5.0, 1.0], [0.0, 1.0, 2.0, 0.0], [1.0, 2.0, 2.0, 3.0]),
    "gamma": ([0.3, 2.5, 400.0, -1.0], [2.0, 1.0, 0.005, 1.0]),
    "beta": ([0.5, 2.0, 300.0, 0.0], [0.5, 5.0, 40.0, 1.0]),
    "student_t": ([1.0, 3.5, 300.0, -2.0], [0.0, 0.3, -20.0, 0.0], [1.0, 0.2, 10.0, 1.0]),
    "poisson": ([0.5, 3.0, 2e3, 0.0],),
    "binomial": ([3.0, 40.0, 1e4, 2.5], [0.5, 0.01, 1e-4, 0.5]),
    "negative_binomial": ([0.5, 3.0, 40.0, 0.0], [0.5, 0.9, 0.97, 0.5]),
}
SPECIAL = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    np.inf,
    -np.inf,
    np.nan,
    5e-324,
    2.3e-308,
    1.7e308,
    -1.7e308,
    709.9,
]


def outputs(executor) -> dict[str, np.ndarray]:
    """What each function of an executor gives for ordinary, special and unsound arguments."""
    rng = np.random.default_rng(6)
    rows = 400
    found: dict[str, np.ndarray] = {}
    u = np.empty(rows)
    executor.units(u, 2**40 + 1000, np.array([1, 2, 3], np.uint64), np.uint64(1))
    found["units"] = u
    u = np.concatenate([u[:-4], [2.0**-53, 1e-300, 0.5, 1 - 2.0**-53]])
    for family, choices in PARAMETERS.items():
        which = rng.integers(0, 4, rows)
        for low, high in ((0.25, 3.0), (-4.0, 1e4), (0.5, 0.5000001), (2.0, 40.0)):
            out = np.empty(rows)
            parameters = [np.array(choice)[which] for choice in choices]
            getattr(executor, f"each_{family}")(out, u, *parameters, low, high)
            found[f"{family} in {low} to {high}"] = out
    z = np.empty(rows)
    for first in (0, 1000, 2**40 + 700):
        executor.normals(z, first, np.array([1, 2, 3], np.uint64), np.uint64(1))
        found[f"normals from {first}"] = z.copy()
    for family in ("normal", "lognormal"):
        which = rng.integers(0, 4, rows)
        parameters = [np.array(choice)[which] for choice in PARAMETERS[family]]
        for low, high in ((0.25, 3.0), (-4.0, 1e4)):
            out = z.copy()
            outside = getattr(executor, f"within_{family}")(out, *parameters, low, high)
            assert outside == np.isnan(out).sum()
            found[f"{family} within {low} to {high}"] = out
    # arguments that no library's functions had a hand in
    anywhere = np.ldexp(rng.uniform(1, 2, 300), rng.integers(-1000, 1000, 300))
    x = np.concatenate([rng.uniform(-150, 150, 300), anywhere, SPECIAL])
    y = np.concatenate([rng.uniform(-15, 15, 600), SPECIAL[::-1]])
    for function, arguments in (("exp", [x]), ("log", [x]), ("power", [np.abs(x), y])):
        out = np.empty(x.size)
        getattr(executor, f"each_{function}")(out, *arguments)
        found[function] = out
    return found


def digest(executor) -> str:
    """Of all outputs; NaNs, whose bits mean nothing, count as one."""
    total = sha256()
    with np.errstate(all="ignore"):
        for out in outputs(executor).values():
            total.update(np.where(np.isnan(out), np.nan, out).tobytes())
    return total.hexdigest()


if __name__ == "__main__":
    print(digest(numpy_kernels), digest(jit.library()))
