"""The families' exact laws, by mpmath with 50 digits: tails from the textbook."""

from dataclasses import dataclass

import mpmath
from mpmath import mp, mpf

mp.dps = 50


@dataclass
class Law:
    """``below(x)`` = P(X <= x), ``above(x)`` = P(X > x), each exact when small."""

    parameters: tuple

    def __post_init__(self):
        self.parameters = tuple(map(mpf, self.parameters))

    def between(self, low, high):
        """P(low < X <= high)."""
        low, high = mpf(low), mpf(high)
        if high <= low:
            return mpf(0)
        if self.below(high) <= self.above(low):
            return self.below(high) - self.below(low)
        return self.above(low) - self.above(high)

    def tails(self, x):
        raise NotImplementedError

    def below(self, x):
        return self.tails(x)[0]

    def above(self, x):
        return self.tails(x)[1]


class Normal(Law):
    def tails(self, x):
        mean, sd = self.parameters
        z = (x - mean) / sd / mpmath.sqrt(2)
        return mpmath.erfc(-z) / 2, mpmath.erfc(z) / 2


class Lognormal(Law):
    def tails(self, x):
        return Normal(self.parameters).tails(mpmath.log(x)) if x > 0 else (mpf(0), mpf(1))


class Uniform(Law):
    def tails(self, x):
        low, high = self.parameters
        p = min(max((x - low) / (high - low), mpf(0)), mpf(1))
        return p, 1 - p


class Exponential(Law):
    def tails(self, x):
        ratio = max(x, mpf(0)) / self.parameters[0]
        return -mpmath.expm1(-ratio), mpmath.exp(-ratio)


class Triangular(Law):
    def tails(self, x):
        low, mode, high = self.parameters
        x = min(max(x, low), high)
        if x < mode:
            p = (x - low) ** 2 / ((high - low) * (mode - low))
            return p, 1 - p
        q = (high - x) ** 2 / ((high - low) * (high - mode)) if high > mode else mpf(0)
        return 1 - q, q


def gamma_tails(a, x):
    """P(a, x) and Q(a, x): Kummer's series below the mean, the continued fraction above."""
    if x <= 0:
        return mpf(0), mpf(1)
    height = mpmath.exp(a * mpmath.log(x) - x - mpmath.loggamma(a))
    if x < a + 1:
        lower = height / a * mpmath.hyp1f1(1, a + 1, x)
        return lower, 1 - lower
    b, d = x + 1 - a, 1 / (x + 1 - a)
    c, value, n = mpf(10) ** 100, 1 / b, 0
    change = mpf(0)
    while abs(change - 1) > mpf(10) ** -45:
        n += 1
        part = n * (a - n)
        b += 2
        d = 1 / (part * d + b)
        c = b + part / c
        change = d * c
        value *= change
    return 1 - height * value, height * value


def beta_tails(a, b, x, y):
    """I_x(a, b) and I_y(b, a) for x + y = 1, by Gauss's series from the nearer end."""
    if x <= 0 or y <= 0:
        return (mpf(0), mpf(1)) if x <= 0 else (mpf(1), mpf(0))
    height = mpmath.exp(
        a * mpmath.log(x)
        + b * mpmath.log(y)
        + (mpmath.loggamma(a + b) - mpmath.loggamma(a) - mpmath.loggamma(b))
    )
    if a * y >= b * x:
        lower = height / a * gauss_series(a + b, a + 1, x)
        return lower, 1 - lower
    upper = height / b * gauss_series(a + b, b + 1, y)
    return 1 - upper, upper


def gauss_series(b, c, x):
    """2F1(1, b; c; x) for b x < c: its terms fall. Summed with 200 bits after the point."""
    if x > 0.9:
        return mpmath.hyp2f1(1, b, c, x)
    one = 1 << 200
    above, under, ratio = (int(mpmath.ldexp(value, 200)) for value in (b, c, x))
    term = total = one
    while term > total >> 180:
        term = (term * above // under) * ratio >> 200
        total += term
        above += one
        under += one
    return mpmath.ldexp(mpf(total), -200)


class Gamma(Law):
    def tails(self, x):
        shape, scale = self.parameters
        return gamma_tails(shape, x / scale)


class Beta(Law):
    def tails(self, x):
        return beta_tails(self.parameters[0], self.parameters[1], x, 1 - x)


class StudentT(Law):
    def tails(self, x):
        df, location, scale = self.parameters
        t = (x - location) / scale
        total = df + t * t
        outside = beta_tails(df / 2, mpf(1) / 2, df / total, t * t / total)[0] / 2
        return (1 - outside, outside) if t > 0 else (outside, 1 - outside)


class Poisson(Law):
    def tails(self, x):
        k = mpmath.floor(x)
        if k < 0:
            return mpf(0), mpf(1)
        beyond, below = gamma_tails(k + 1, self.parameters[0])
        return below, beyond


class Binomial(Law):
    def tails(self, x):
        trials, p = self.parameters
        k = mpmath.floor(x)
        if k < 0 or k >= trials:
            return (mpf(0), mpf(1)) if k < 0 else (mpf(1), mpf(0))
        beyond, below = beta_tails(k + 1, trials - k, p, 1 - p)
        return below, beyond


class NegativeBinomial(Law):
    def tails(self, x):
        size, p = self.parameters
        k = mpmath.floor(x)
        return (mpf(0), mpf(1)) if k < 0 else beta_tails(size, k + 1, p, 1 - p)
