"""Columns of numbers without parents, each against its exact law."""

from __future__ import annotations

import numpy as np
import pytest

from tests.accuracy.cases import CONTINUOUS, INTEGERS, Case
from tests.accuracy.checks import assert_follow
from tests.accuracy.drawing import batches, cell_counts, numbers


@pytest.mark.parametrize("case", CONTINUOUS + INTEGERS, ids=str)
def test_draws_follow_their_exact_law(case: Case):
    edges = case.edges()
    counts = np.zeros(edges.size - 1, np.int64)
    for batch in batches(
        f'y: {case.kind} [{case.low!r}, {case.high!r}] "Y"', f"y ~ {case.text}", case.draws, seed=1
    ):
        values = numbers(batch, "y")
        assert case.low <= values.min() and values.max() <= case.high
        counts += cell_counts(values, edges)
    assert_follow(counts, case.reference.masses(edges), str(case))
