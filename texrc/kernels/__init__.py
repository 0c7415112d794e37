"""Elementwise numerics in the subset of Python that NumPy and numba run alike.

`KERNELS` lists every function that numba must know, callees before callers;
those in `INLINE` are small and hot, and are pasted into the loops that call them.
The operations of `elementwise` are not listed: numba has its own version of each.
Numbers given to kernels from plain Python must be NumPy's (`np.float64(0)`), because
Python's own raise where NumPy's give inf or NaN.
"""

from __future__ import annotations

from texrc.kernels import elementary, gamma_function, normal, philox

INLINE = (
    philox.philox4x32,
    philox.narrow_draw,
    philox.wide_word,
    philox.wide_draw,
    philox.unit_draw,
    elementary.two_to,
    elementary.whole_to_float,
    elementary.atanh_tail,
    elementary.log_plus,
    elementary.log,
    elementary.log1p,
    elementary.exp_tail,
    elementary.exp_sum,
    elementary.exp,
    elementary.expm1,
    elementary.product_error,
    elementary.log_pair,
    elementary.power,
    normal.mills_ratio,
    normal.bell,
    normal.normal_tail,
    normal.normal_quantile,
    normal.tilted_step,
    normal.tilted_fraction,
    normal.tilted_mean,
    normal.normal_range,
    normal.mass_normal,
    normal.draw_normal,
)

KERNELS = (
    *INLINE,
    gamma_function.stirling_rest,
    gamma_function.lgamma,
    gamma_function.log1p_rest,
    gamma_function.deviance,
)
