"""The battery's own arithmetic, and that its tests see what is wrong and pass what is right."""

from itertools import islice, product

import numpy as np
import pytest

from tests.battery.bits import LagWeights, Pairs, bit_tests
from tests.battery.cells import Cells, cell_tests, chi_square, occupancy
from tests.battery.controls import CONTROLS
from tests.battery.linear import linear_complexity, linear_tests, rank
from tests.battery.spacings import Coincidences

SIZE = 1 << 18


def test_occupancy_by_counting():
    counted = np.zeros(4)
    for hand in product(range(3), repeat=5):
        counted[len(set(hand))] += 1
    assert occupancy(5, 3) == pytest.approx(counted / 3**5)


def test_chances_add_up():
    for test in (*cell_tests(), *bit_tests(), *linear_tests()):
        if isinstance(test, Cells):
            assert (test.chances >= 0).all()
            assert test.chances.sum() == pytest.approx(1.0)


def test_chi_square_of_sound_and_odd_counts():
    assert chi_square(np.array([100, 100]), np.array([0.5, 0.5])) == 1.0
    assert chi_square(np.array([120, 80]), np.array([0.5, 0.5])) == pytest.approx(0.00468, rel=1e-3)


def test_rank():
    rows = np.array([[1, 0], [3, 0], [2, 0], [0, 1]], np.uint64)  # the third is a sum
    assert rank(rows, 128) == 3


def test_linear_complexity_of_a_shift_register():
    """x^17 + x^14 + 1 is primitive (Golomb's tables)."""
    bits = [1] * 17
    while len(bits) < 1000:
        bits.append(bits[-17] ^ bits[-14])
    assert linear_complexity(np.array(bits, np.uint32)) == 17


def results(make, name):
    test = make()
    for words in islice(CONTROLS[name](SIZE), 8):
        test.feed(words)
    return dict(test.results())


def low_tuples():
    return next(test for test in cell_tests() if test.label == "tuples of 4 x 4 bits from bit 0")


MAKERS = {
    "low_bits": (low_tuples, "lcg32"),
    "bits": (lambda: bit_tests()[0], "biased"),
    "pairs": (lambda: Pairs(1), "lcg32"),
    "spacings": (lambda: Coincidences(0, 7, 7, True, 0), "lcg32"),
    "lags": (LagWeights, "lcg32"),
    "ranks": (lambda: linear_tests()[1], "xorshift128"),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_sound_words_pass_and_faulty_ones_do_not(kind):
    make, faulty = MAKERS[kind]
    sound = results(make, "shake128").values()
    assert min(sound) > 1e-4
    assert max(sound) < 1 - 1e-4
    assert any(not 1e-9 < p < 1 - 1e-9 for p in results(make, faulty).values())
