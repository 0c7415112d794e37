"""Student's t with so many degrees of freedom that it is nearly normal."""

import mpmath
import numpy as np
import pytest
from scipy import stats

from tests.kernels.laws import StudentT
from texrc.kernels.student_t import NEARLY_NORMAL, draw_student_t, student_quantile, student_tail


@pytest.mark.parametrize("df", [0.99 * NEARLY_NORMAL, 1.01 * NEARLY_NORMAL, 1e10, 1e14])
@pytest.mark.parametrize("t", [1e-3, 0.5, 2.0, 7.0, 20.0, 37.0])
def test_tail_density_and_quantile(df, t):
    with np.errstate(all="ignore"):
        tail, near = student_tail(np.float64(df), np.float64(t))
        quantile = student_quantile(np.float64(df), tail, False)
    assert abs(tail / StudentT((df, 0, 1)).above(mpmath.mpf(t)) - 1) < 1e-11
    n, x = mpmath.mpf(df), mpmath.mpf(t)
    constant = mpmath.exp(mpmath.loggamma((n + 1) / 2) - mpmath.loggamma(n / 2))
    density = constant / mpmath.sqrt(n * mpmath.pi) * (1 + x * x / n) ** (-(n + 1) / 2)
    assert abs(near / (x * density) - 1) < 1e-11
    assert quantile == pytest.approx(t, rel=1e-9)


@pytest.mark.parametrize("df", [1e20, 1e160, 1e300])
def test_beyond_that_it_is_the_normal(df):
    u = np.array([1e-9, 0.01, 0.3, 0.5, 0.8, 0.999])
    with np.errstate(all="ignore"):
        drawn = draw_student_t(u, np.float64(df), np.float64(2), np.float64(3), -1e3, 1e3)
    assert np.allclose(stats.norm(2, 3).cdf(drawn), u, rtol=0, atol=1e-15)
