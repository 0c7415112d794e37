"""Elementwise numerics in the subset of Python that NumPy and numba run alike.

`KERNELS` lists every function that numba must know, callees before callers;
those in `INLINE` are small and hot, and are pasted into the loops that call them.
The operations of `elementwise` are not listed: numba has its own version of each.
"""

from __future__ import annotations

from texrc.codegen.kernels import philox

INLINE = (
    philox.philox4x32,
    philox.narrow_draw,
    philox.wide_word,
    philox.wide_draw,
    philox.unit_draw,
)

KERNELS = INLINE
