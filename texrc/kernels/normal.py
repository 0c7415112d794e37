"""The normal law: tails down to 1e-300, quantiles from either tail, truncated draws.

A truncated draw works on whichever tail is smaller, so that a range thirty sd out is as
exact as one around the mean; a range over which the tail hardly changes has no tail left
to work with, and is drawn from the expansion of the density around its middle.
"""

import numpy as np

from texrc.kernels.elementary import exp_sum, log, product_error
from texrc.kernels.elementwise import logical_not, select

NEAR = 1.4e-11
"""A little above exp(-25): no tail this large needs `far_ratio`."""


def mills_ratio(z):
    """(1 - Phi(z)) exp(z^2/2) for 0 <= z <= 39.

    Chebyshev interpolant in (z - 5)/(z + 5) of (z + 5) times it, 4e-17 off. About 2 ns.
    """
    inverse = 1.0 / (z + 5.0)
    t = 1.0 - 10.0 * inverse
    series = 2.224938767716443e-09
    series = 7.630410417873182e-09 + t * series
    series = -1.0618274174239376e-08 + t * series
    series = -6.667529339227571e-08 + t * series
    series = 4.375841598285575e-08 + t * series
    series = 4.3443907263764586e-07 + t * series
    series = -3.374965203524632e-07 + t * series
    series = -2.7703209441469523e-06 + t * series
    series = 3.981182741532577e-06 + t * series
    series = 1.668170360977268e-05 + t * series
    series = -4.9762853165030135e-05 + t * series
    series = -5.937586616736071e-05 + t * series
    series = 0.000544899062695852 + t * series
    series = -0.0007978693748911934 + t * series
    series = -0.002993376769094473 + t * series
    series = 0.020795066797569855 + t * series
    series = -0.06911863870647982 + t * series
    series = 0.1650203661705007 + t * series
    series = -0.3135331566712971 + t * series
    series = 0.49530561596997413 + t * series
    series = -0.6653825028900567 + t * series
    series = 0.769193049750063 + t * series
    return series * inverse


def bell(z):
    """exp(-z^2/2) for 0 <= z <= 39, relative error below 2e-16. Cost: about 2 ns."""
    square = z * z
    return exp_sum(-0.5 * square, -0.5 * product_error(z, z, square))


def normal_tail(z):
    """1 - Phi(z) for 0 <= z, relative error below 1e-15, 0 beyond 39. Cost: about 4 ns."""
    held = select(z < 39.0, z, 39.0)
    return select(z < 39.0, mills_ratio(held) * bell(held), 0.0)


def central_ratio(q):
    """Numerator and denominator of the z with Phi(z) - 1/2 = q, for 0 <= q <= 0.425."""
    r = 0.180625 - q * q
    top = 2509.0809287301227
    top = 33430.57558358813 + r * top
    top = 67265.7709270087 + r * top
    top = 45921.95393154987 + r * top
    top = 13731.69376550946 + r * top
    top = 1971.5909503065513 + r * top
    top = 133.14166789178438 + r * top
    top = 3.3871328727963665 + r * top
    bottom = 5226.495278852854
    bottom = 28729.085735721943 + r * bottom
    bottom = 39307.89580009271 + r * bottom
    bottom = 21213.794301586597 + r * bottom
    bottom = 5394.196021424751 + r * bottom
    bottom = 687.1870074920579 + r * bottom
    bottom = 42.31333070160091 + r * bottom
    bottom = 1.0 + r * bottom
    return q * top, bottom


def middle_ratio(root):
    """The same of the z with 1 - Phi(z) = p, by root = sqrt(-log(p)) from 1.6 to 5."""
    s = root - 1.6
    top = 0.0007745450142783414
    top = 0.022723844989269184 + s * top
    top = 0.2417807251774506 + s * top
    top = 1.2704582524523684 + s * top
    top = 3.6478483247632045 + s * top
    top = 5.769497221460691 + s * top
    top = 4.630337846156546 + s * top
    top = 1.4234371107496835 + s * top
    bottom = 1.0507500716444169e-09
    bottom = 0.0005475938084995345 + s * bottom
    bottom = 0.015198666563616457 + s * bottom
    bottom = 0.14810397642748008 + s * bottom
    bottom = 0.6897673349851 + s * bottom
    bottom = 1.6763848301838038 + s * bottom
    bottom = 2.053191626637759 + s * bottom
    bottom = 1.0 + s * bottom
    return top, bottom


def far_ratio(root):
    """The same by roots beyond 5."""
    t = root - 5.0
    top = 2.0103343992922881e-07
    top = 2.7115555687434876e-05 + t * top
    top = 0.0012426609473880784 + t * top
    top = 0.026532189526576124 + t * top
    top = 0.29656057182850487 + t * top
    top = 1.7848265399172913 + t * top
    top = 5.463784911164114 + t * top
    top = 6.657904643501103 + t * top
    bottom = 2.0442631033899397e-15
    bottom = 1.421511758316446e-07 + t * bottom
    bottom = 1.8463183175100548e-05 + t * bottom
    bottom = 0.0007868691311456133 + t * bottom
    bottom = 0.014875361290850615 + t * bottom
    bottom = 0.1369298809227358 + t * bottom
    bottom = 0.599832206555888 + t * bottom
    bottom = 1.0 + t * bottom
    return top, bottom


def normal_quantile(p):
    """The z >= 0 with 1 - Phi(z) = p, for p in [1e-316, 1/2].

    Wichura 1988, algorithm AS 241 (PPND16): relative error about 1e-16. Cost: about 4 ns.
    """
    q = 0.5 - p
    root = np.sqrt(-log(p))
    central_top, central_bottom = central_ratio(q)
    middle_top, middle_bottom = middle_ratio(root)
    far_top, far_bottom = far_ratio(root)
    central = q <= 0.425
    beyond = root > 5.0
    top = select(central, central_top, select(beyond, far_top, middle_top))
    return top / select(central, central_bottom, select(beyond, far_bottom, middle_bottom))


def normal_quantile_near(p):
    """`normal_quantile` for p in [NEAR, 1/2], in two thirds of the time."""
    q = 0.5 - p
    root = np.sqrt(-log(p))
    central_top, central_bottom = central_ratio(q)
    middle_top, middle_bottom = middle_ratio(root)
    central = q <= 0.425
    return select(central, central_top, middle_top) / select(central, central_bottom, middle_bottom)


def tilted_step(x, target, c1, c2, c3, c4):
    """One Newton step on the integral from 0 to x of 1 + c1 t + c2 t^2 + ... = target."""
    area = x * (1.0 + x * (c1 / 2.0 + x * (c2 / 3.0 + x * (c3 / 4.0 + x * (c4 / 5.0)))))
    density = 1.0 + x * (c1 + x * (c2 + x * (c3 + x * c4)))
    return x - (area - target) / density


def tilted_fraction(u, slope, curve, third):
    """Where in [-1/2, 1/2] the share u of exp(slope x + curve x^2 + third x^3) lies below.

    For |slope| and |curve| up to about 0.01: two Newton steps on the integral of the
    density's expansion to the fifth order.
    """
    c2 = 0.5 * slope * slope + curve
    c3 = slope * (slope * slope / 6.0 + curve) + third
    c4 = slope * slope * (slope * slope / 24.0 + 0.5 * curve) + 0.5 * curve * curve
    total = 1.0 + c2 / 12.0 + c4 / 80.0
    below = 0.5 - slope / 8.0 + c2 / 24.0 - c3 / 64.0 + c4 / 160.0
    target = u * total - below
    x = tilted_step(u - 0.5, target, slope, c2, c3, c4)
    return tilted_step(x, target, slope, c2, c3, c4)


def tilted_mean(slope, curve):
    """The mean of exp(slope x + curve x^2) over [-1/2, 1/2], for small slope and curve."""
    c2 = 0.5 * slope * slope + curve
    c4 = slope * slope * (slope * slope / 24.0 + 0.5 * curve) + 0.5 * curve * curve
    return 1.0 + c2 / 12.0 + c4 / 80.0


def normal_range(a, b, width):
    """Tails and mass of the standard normal over [a, b], b - a = width > 0, after turning.

    Returns (turned, near, far, mass, narrow): when most of [a, b] lies below 0 everything
    is mirrored (turned), so that near = 1 - Phi(nearer end) and far = 1 - Phi(farther end);
    near may exceed 1/2 when the range holds 0. narrow: the range is too narrow for tails.
    """
    turned = a + b < 0.0
    start = select(turned, -b, a)
    end = select(turned, -a, b)
    inside = start < 0.0
    distance = np.abs(start)
    held = select(distance < 39.0, distance, 39.0)
    height = select(distance < 39.0, bell(held), 0.0)
    start_tail = mills_ratio(held) * height
    near = select(inside, 1.0 - start_tail, start_tail)
    far = normal_tail(end)
    slope = -(start + 0.5 * width) * width
    narrow = (width < 0.01) & (np.abs(slope) < 0.01)
    # the density at the middle, from that at the start
    step = -0.5 * width * (start + 0.25 * width)
    ratio = 1.0 + step * (1.0 + step / 2.0 * (1.0 + step / 3.0 * (1.0 + step / 4.0)))
    close = width * (0.3989422804014327 * height * ratio)
    close = close * tilted_mean(slope, -0.5 * width * width)
    return turned, near, far, select(narrow, close, near - far), narrow


def tail_beyond(u, turned, near, far):
    """The smaller tail at the u-quantile of a `normal_range`, and whether it is the upper one."""
    share = select(turned, 1.0 - u, u)
    tail = far + (1.0 - share) * (near - far)
    small = tail <= 0.5
    return select(small, tail, 1.0 - tail), small == logical_not(turned)


def mass_normal(mean, sd, low, high):
    """The probability that normal(mean, sd) falls in [low, high]; NaN unless sd > 0."""
    scale = 1.0 / sd
    a = (low - mean) * scale
    b = (high - mean) * scale
    _, _, _, mass, _ = normal_range(a, b, (high - low) * scale)
    valid = (sd > 0.0) & (sd < np.inf) & (np.abs(mean) < np.inf)
    return select(valid, mass, np.nan)


def draw_normal(u, mean, sd, low, high):
    """The u-quantile of normal(mean, sd) truncated to [low, high].

    NaN for sd not positive and finite, +inf where the mass is below 1e-300.
    Cost: about 10 ns.
    """
    scale = 1.0 / sd
    a = (low - mean) * scale
    b = (high - mean) * scale
    width = (high - low) * scale
    turned, near, far, mass, narrow = normal_range(a, b, width)
    tail, upper = tail_beyond(u, turned, near, far)
    z = normal_quantile(tail)
    z = select(upper, z, -z)
    fraction = tilted_fraction(u, -(a + 0.5 * width) * width, -0.5 * width * width, 0.0)
    x = select(narrow, low + (0.5 + fraction) * (high - low), mean + sd * z)
    x = select(x < low, low, select(x > high, high, x))
    x = select(mass >= 1e-300, x, np.inf)
    valid = (sd > 0.0) & (sd < np.inf) & (np.abs(mean) < np.inf)
    return select(valid, x, np.nan)
