"""exp, log, log1p, expm1 and power from + - * / and bit patterns: the same bits anywhere.

The coefficients are Chebyshev interpolants of the functions named beside them, made
with 80 digits; each is below 5e-18 off in what it contributes. Arguments are float64
arrays or NumPy numbers.
"""

import numpy as np

from texrc.kernels.elementwise import bits, from_bits, logical_not, select

LN2_HIGH = 0.6931471803691238  # 33 bits: a whole number below 2^20 times it is exact
LN2_LOW = 1.9082149292705877e-10
LN2 = 0.6931471805599453
INVERSE_LN2 = 1.4426950408889634
FRACTION_BITS = np.int64(52)
SQRT_HALF_BITS = np.int64(0x3FE6A09E667F3BCD)
ROUNDER = 6755399441055744.0  # 1.5 * 2^52: adding it rounds to a whole number
ROUNDER_BITS = np.int64(0x4338000000000000)
EXPONENT_BIAS = np.int64(1023)
ONE_PLACE = np.int64(1)
SPLITTER = 134217729.0  # 2^27 + 1


def two_to(exponent):
    """2^exponent for whole (int64) exponents from -1022 to 1023."""
    return from_bits((exponent + EXPONENT_BIAS) << FRACTION_BITS)


def whole_to_float(whole):
    """An int64 below 2^51 in magnitude as float64, without a conversion instruction."""
    return from_bits(whole + ROUNDER_BITS) - ROUNDER


def atanh_tail(z):
    """(2 atanh(s)/s - 2)/z for z = s^2 <= 0.0295: the series 2/3 + 2/5 z + ..."""
    series = 0.14616585424888623
    series = 0.15331710618210773 + z * series
    series = 0.18182889455674947 + z * series
    series = 0.22222211130259878 + z * series
    series = 0.2857142862600327 + z * series
    series = 0.39999999999899444 + z * series
    series = 0.666666666666667 + z * series
    return series


def log_plus(x, rest):
    """log(x) + rest, where rest is at most an ulp of the result or x is near 1.

    x <= 0 and NaN give -inf (at 0) and NaN. Error below 1 ulp. Cost: about 2 ns in a loop.
    """
    tiny = x < 2.2250738585072014e-308
    pattern = bits(select(tiny, x * 18014398509481984.0, x))
    exponent = (pattern - SQRT_HALF_BITS) >> FRACTION_BITS
    f = from_bits(pattern - (exponent << FRACTION_BITS)) - 1.0  # x = 2^k (1 + f)
    k = whole_to_float(exponent) - select(tiny, 54.0, 0.0)
    s = f / (2.0 + f)
    z = s * s
    half_square = 0.5 * f * f
    tail = s * (half_square + z * atanh_tail(z)) + (k * LN2_LOW + rest)
    value = k * LN2_HIGH - ((half_square - tail) - f)
    value = select(x < np.inf, value, x)
    return select(x > 0.0, value, select(x == 0.0, -np.inf, np.nan))


def log(x):
    """The natural logarithm; -inf at 0, NaN below. Error below 1 ulp. Cost: about 2 ns."""
    return log_plus(x, 0.0)


def plain_log(x):
    """log(x) for x from 2.3e-308 to 1.7e308: `log` without its special cases.

    Error below 2 ulp. Cost: about 1.3 ns.
    """
    pattern = bits(x)
    exponent = (pattern - SQRT_HALF_BITS) >> FRACTION_BITS
    f = from_bits(pattern - (exponent << FRACTION_BITS)) - 1.0  # x = 2^k (1 + f)
    s = f / (2.0 + f)
    z = s * s
    return whole_to_float(exponent) * LN2 + (2.0 * s + s * (z * atanh_tail(z)))


def log1p(x):
    """log(1 + x), accurate near 0. Error below 2 ulp. Cost: about 3 ns."""
    u = 1.0 + x
    lost = select(u > 0.0, (x - (u - 1.0)) / u, 0.0)
    return select(x < np.inf, log_plus(u, lost), x)


def exp_tail(r):
    """(exp(r) - 1 - r)/r^2 for |r| <= log(2)/2."""
    series = 2.0914686968086876e-09
    series = 2.5105217004720745e-08 + r * series
    series = 2.75572736431103e-07 + r * series
    series = 2.7557255400206422e-06 + r * series
    series = 2.4801587325547743e-05 + r * series
    series = 0.00019841269874820627 + r * series
    series = 0.0013888888888883748 + r * series
    series = 0.008333333333326136 + r * series
    series = 0.04166666666666667 + r * series
    series = 0.1666666666666667 + r * series
    series = 0.5 + r * series
    return series


def exp_sum(x, rest):
    """exp(x + rest) for rest small against 1: exact sums and products enter with both parts.

    Overflows to inf, underflows through subnormals to 0. Error below 1 ulp. Cost: about 2 ns.
    """
    inside = np.abs(x) < 760.0
    y = select(inside, x, select(x > 0.0, 760.0, select(x < 0.0, -760.0, x)))
    rounded = y * INVERSE_LN2 + ROUNDER
    k = rounded - ROUNDER
    high = y - k * LN2_HIGH
    low = k * LN2_LOW - select(inside, rest, 0.0)
    r = high - low
    value = 1.0 + (high + (r * r * exp_tail(r) - low))
    exponent = bits(rounded) - ROUNDER_BITS
    half = exponent >> ONE_PLACE
    return value * two_to(half) * two_to(exponent - half)


def exp(x):
    """e^x; inf above 709.78, 0 below -745.2. Error below 1 ulp. Cost: about 2 ns."""
    return exp_sum(x, 0.0)


def expm1(x):
    """exp(x) - 1, accurate near 0. Error below 2 ulp. Cost: about 3 ns."""
    y = select(x < -40.0, -40.0, select(x > 710.0, 710.0, x))
    rounded = y * INVERSE_LN2 + ROUNDER
    k = rounded - ROUNDER
    high = y - k * LN2_HIGH
    low = k * LN2_LOW
    r = high - low
    reduced = high + (r * r * exp_tail(r) - low)
    exponent = bits(rounded) - ROUNDER_BITS
    half = two_to(exponent - ONE_PLACE)  # halved, so that 2^1024 does not overflow too early
    return select(exponent == 0, reduced, 2.0 * (reduced * half + (half - 0.5)))


def product_error(a, b, product):
    """a*b - product, exact when product is a*b rounded (Dekker 1971)."""
    a_high = a * SPLITTER
    a_high = a_high - (a_high - a)
    a_low = a - a_high
    b_high = b * SPLITTER
    b_high = b_high - (b_high - b)
    b_low = b - b_high
    return ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low


def log_pair(x):
    """log(x) for finite x > 0 as a sum of two numbers, about 65 bits of it right."""
    tiny = x < 2.2250738585072014e-308
    pattern = bits(select(tiny, x * 18014398509481984.0, x))
    exponent = (pattern - SQRT_HALF_BITS) >> FRACTION_BITS
    f = from_bits(pattern - (exponent << FRACTION_BITS)) - 1.0
    k = whole_to_float(exponent) - select(tiny, 54.0, 0.0)
    # s = f / (2 + f), in two parts
    divisor = 2.0 + f
    divisor_low = (2.0 - divisor) + f
    s = f / divisor
    back = s * divisor
    s_low = ((f - back) - product_error(s, divisor, back) - s * divisor_low) / divisor
    # w = z/3 + z^2/5 + z^3/7 + ..., in two parts; log(1 + f) = 2 s (1 + w)
    z = s * s
    z_low = product_error(s, s, z) + 2.0 * s * s_low
    series = 0.05861589311938259
    series = 0.05853118169745603 + z * series
    series = 0.06667402346923655 + z * series
    series = 0.07692297481259215 + z * series
    series = 0.09090909167696401 + z * series
    series = 0.11111111110827943 + z * series
    series = 0.14285714285714682 + z * series
    series = 0.2 + z * series
    later = z * z * series
    third = z * 0.3333333333333333
    third_low = product_error(z, 0.3333333333333333, third)
    third_low = third_low + z * 1.850371707708594e-17 + z_low * 0.3333333333333333
    w = third + later
    w_low = ((third - w) + later) + third_low
    # k log 2 + 2 s + 2 s w
    large = k * LN2_HIGH
    double = 2.0 * s
    first = large + double
    first_low = (large - first) + double
    small = double * w
    high = first + small
    high_low = (first - high) + small
    low = product_error(double, w, small) + double * w_low + 2.0 * s_low * (1.0 + w)
    low = (k * LN2_LOW + low) + high_low + first_low
    value = high + low
    return value, (high - value) + low


def power(x, y):
    """x**y. 0**0 is 1, 0 to a negative power inf, x < 0 to a fractional power NaN.

    Error below 1 ulp; powers that a float64 holds exactly are exact. Cost: about 8 ns.
    """
    size = np.abs(x)
    regular = (size > 0.0) & (size < np.inf)
    high, low = log_pair(select(regular, size, 1.0))
    # Beyond 2^65 every power of a number other than 1 is 0 or inf, and every y is even.
    y_held = select(y > 3.6893488147419103e19, 3.6893488147419103e19, y)
    y_held = select(y_held < -3.6893488147419103e19, -3.6893488147419103e19, y_held)
    exponent = y_held * high
    rest = product_error(y_held, high, exponent) + y_held * low
    value = exp_sum(exponent, rest)
    grows = (size > 1.0) == (y > 0.0)
    value = select(regular, value, select(grows, np.inf, 0.0))
    value = select((x == x) & (y == y), value, np.nan)
    negative = x < 0.0
    whole = np.floor(y_held) == y_held
    odd = 2.0 * np.floor(0.5 * y_held) != y_held
    value = select(negative & odd, -value, value)
    value = select(negative & logical_not(whole), np.nan, value)
    return select(y == 0.0, 1.0, value)
