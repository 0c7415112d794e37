"""Looking up one of a few numbers that stay in registers."""

import numpy as np

from texrc.kernels.elementwise import has_bit, select

BIT_0 = np.uint8(1)
BIT_1 = np.uint8(2)


def pick_of_4(x, t0, t1, t2, t3):
    """t0 to t3 by the number x (uint8) below 4: three selects, no memory."""
    low = select(has_bit(x, BIT_0), t1, t0)
    high = select(has_bit(x, BIT_0), t3, t2)
    return select(has_bit(x, BIT_1), high, low)
