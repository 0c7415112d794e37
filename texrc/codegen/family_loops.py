"""Loops over float64 columns: families, uniform values, expressions' functions, checks.

As in `loops`, each gives bit for bit what the function of the same name in `numpy_kernels`
gives. A parameter is a float64 array with a value a row, or with one value for all rows.
Draws of a family are its kernel's: NaN for parameters outside their domain, +inf where the
range [low, high] holds no mass.
"""

import numpy as np

from texrc.kernels.arithmetic import draw_whole, round_half_up
from texrc.kernels.beta import draw_beta
from texrc.kernels.binomial import draw_binomial, draw_negative_binomial
from texrc.kernels.closed_form import (
    draw_between,
    draw_exponential,
    draw_triangular,
    draw_uniform,
    held_between,
)
from texrc.kernels.elementary import exp, log, power
from texrc.kernels.elementwise import select
from texrc.kernels.gamma import attempt_gamma, draw_gamma
from texrc.kernels.lognormal import draw_lognormal
from texrc.kernels.normal import (
    NEAR,
    draw_normal,
    normal_quantile_near,
    normal_range,
    tail_beyond,
)
from texrc.kernels.poisson import draw_poisson
from texrc.kernels.student_t import draw_student_t

STRETCH = 512

# --- continuous families -----------------------------------------------------
# The light ones have a loop of their own for constant parameters, out of which
# the compiler moves what does not depend on the row.


def each_normal(out, u, mean, sd, low, high):
    if mean.size == 1 and sd.size == 1:
        normal_quantiles(out, u, mean[0], sd[0], low, high)
    else:
        a = 0 if mean.size == 1 else 1
        b = 0 if sd.size == 1 else 1
        for i in range(out.size):
            out[i] = draw_normal(u[i], mean[a * i], sd[b * i], low, high)


def normal_quantiles(out, u, mean, sd, low, high):
    """`draw_normal` for one mean and one sd."""
    scale = 1.0 / sd
    a = (low - mean) * scale
    b = (high - mean) * scale
    turned, near, far, mass, narrow = normal_range(a, b, (high - low) * scale)
    if narrow or not (mass >= 1e-300 and sd > 0.0 and sd < np.inf):
        for i in range(out.size):
            out[i] = draw_normal(u[i], mean, sd, low, high)
        return
    for begin in range(0, out.size, STRETCH):
        part = out[begin : begin + STRETCH]
        v = u[begin : begin + STRETCH]
        beyond = 0
        for i in range(part.size):
            tail, _ = tail_beyond(v[i], turned, near, far)
            beyond += tail < NEAR
        if beyond:
            for i in range(part.size):
                part[i] = draw_normal(v[i], mean, sd, low, high)
        else:
            for i in range(part.size):
                tail, upper = tail_beyond(v[i], turned, near, far)
                z = normal_quantile_near(tail)
                part[i] = held_between(mean + sd * select(upper, z, -z), low, high)


def each_lognormal(out, u, mu, sigma, low, high):
    if mu.size == 1 and sigma.size == 1:
        m = mu[0]
        s = sigma[0]
        for i in range(out.size):
            out[i] = draw_lognormal(u[i], m, s, low, high)
    else:
        a = 0 if mu.size == 1 else 1
        b = 0 if sigma.size == 1 else 1
        for i in range(out.size):
            out[i] = draw_lognormal(u[i], mu[a * i], sigma[b * i], low, high)


def each_uniform(out, u, least, most, low, high):
    a = 0 if least.size == 1 else 1
    b = 0 if most.size == 1 else 1
    for i in range(out.size):
        out[i] = draw_uniform(u[i], least[a * i], most[b * i], low, high)


def each_exponential(out, u, mean, low, high):
    if mean.size == 1:
        m = mean[0]
        for i in range(out.size):
            out[i] = draw_exponential(u[i], m, low, high)
    else:
        for i in range(out.size):
            out[i] = draw_exponential(u[i], mean[i], low, high)


def each_triangular(out, u, least, mode, most, low, high):
    a = 0 if least.size == 1 else 1
    b = 0 if mode.size == 1 else 1
    c = 0 if most.size == 1 else 1
    for i in range(out.size):
        out[i] = draw_triangular(u[i], least[a * i], mode[b * i], most[c * i], low, high)


def each_gamma(out, u, shape, scale, low, high):
    a = 0 if shape.size == 1 else 1
    b = 0 if scale.size == 1 else 1
    for i in range(out.size):
        out[i] = draw_gamma(u[i], shape[a * i], scale[b * i], low, high)


def each_beta(out, u, alpha, beta, low, high):
    a = 0 if alpha.size == 1 else 1
    b = 0 if beta.size == 1 else 1
    for i in range(out.size):
        out[i] = draw_beta(u[i], alpha[a * i], beta[b * i], low, high)


def each_student_t(out, u, df, location, scale, low, high):
    a = 0 if df.size == 1 else 1
    b = 0 if location.size == 1 else 1
    c = 0 if scale.size == 1 else 1
    for i in range(out.size):
        out[i] = draw_student_t(u[i], df[a * i], location[b * i], scale[c * i], low, high)


# --- normals where they fall inside --------------------------------------------
# In place, from standard normals: the number where it lies in [low, high] and the
# parameters have a meaning, NaN elsewhere. Returns how many are NaN.


def within_normal(out, mean, sd, low, high):
    a = 0 if mean.size == 1 else 1
    b = 0 if sd.size == 1 else 1
    outside = 0
    for i in range(out.size):
        s = sd[b * i]
        x = mean[a * i] + s * out[i]
        inside = (x >= low) & (x <= high) & (s > 0.0) & (s < np.inf)
        out[i] = x if inside else np.nan
        outside += not inside
    return outside


def within_lognormal(out, mu, sigma, low, high):
    a = 0 if mu.size == 1 else 1
    b = 0 if sigma.size == 1 else 1
    outside = 0
    for i in range(out.size):
        s = sigma[b * i]
        x = exp(mu[a * i] + s * out[i])
        inside = (x >= low) & (x <= high) & (s > 0.0) & (s < np.inf)
        out[i] = x if inside else np.nan
        outside += not inside
    return outside


def within_gamma(out, u, shape, scale, low, high):
    """Also from unit draws, by which an attempt is accepted."""
    a = 0 if shape.size == 1 else 1
    b = 0 if scale.size == 1 else 1
    outside = 0
    for i in range(out.size):
        s = scale[b * i]
        x = s * attempt_gamma(out[i], u[i], shape[a * i])
        inside = (x >= low) & (x <= high) & (s > 0.0) & (s < np.inf)
        out[i] = x if inside else np.nan
        outside += not inside
    return outside


# --- counts ------------------------------------------------------------------


def each_poisson(out, u, mean, low, high):
    a = 0 if mean.size == 1 else 1
    for i in range(out.size):
        out[i] = draw_poisson(u[i], mean[a * i], low, high)


def each_binomial(out, u, trials, p, low, high):
    a = 0 if trials.size == 1 else 1
    b = 0 if p.size == 1 else 1
    for i in range(out.size):
        out[i] = draw_binomial(u[i], trials[a * i], p[b * i], low, high)


def each_negative_binomial(out, u, size, p, low, high):
    a = 0 if size.size == 1 else 1
    b = 0 if p.size == 1 else 1
    for i in range(out.size):
        out[i] = draw_negative_binomial(u[i], size[a * i], p[b * i], low, high)


# --- uniform values between two ends -----------------------------------------


def each_between(out, u, first, width, last):
    """Numbers from first to last: `draw_between`. All three are one number, or one a row."""
    a = 0 if first.size == 1 else 1
    for i in range(out.size):
        out[i] = draw_between(u[i], first[a * i], width[a * i], last[a * i])


def each_whole(out, u, finer, first, last):
    """Whole numbers from first to last, all alike: `draw_whole`."""
    a = 0 if first.size == 1 else 1
    b = 0 if last.size == 1 else 1
    c = 0 if finer.size == 1 else 1
    for i in range(out.size):
        out[i] = draw_whole(u[i], finer[c * i], first[a * i], last[b * i])


def round_each(out, low, high):
    """In place: the nearest whole number in [low, high], halves up; NaN and inf stay."""
    for i in range(out.size):
        out[i] = round_half_up(out[i], low, high)


# --- functions in expressions ------------------------------------------------


def each_exp(out, x):
    for i in range(out.size):
        out[i] = exp(x[i])


def each_log(out, x):
    for i in range(out.size):
        out[i] = log(x[i])


def each_power(out, x, y):
    for i in range(out.size):
        out[i] = power(x[i], y[i])


# --- checks ------------------------------------------------------------------


def first_not_finite(x):
    """The place of the first NaN or infinity; the size of x if there is none."""
    begin = 0
    while begin < x.size:
        end = min(begin + 1024, x.size)
        sound = 0
        for i in range(begin, end):
            sound += np.abs(x[i]) < np.inf
        if sound < end - begin:
            for i in range(begin, end):
                if not np.abs(x[i]) < np.inf:
                    return i
        begin = end
    return x.size
