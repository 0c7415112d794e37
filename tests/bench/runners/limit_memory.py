"""The limit of memory: a byte a cell filled with one value, into memory new from the system."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.bench.discrete import DiscreteWorkload
from tests.bench.runners import Contest

NAME = "limit: new memory filled"


def discrete(workload: DiscreteWorkload, rows: int) -> Contest:
    def draw(seed: int) -> Any:
        out = np.empty((workload.columns, rows), np.uint8)
        out.fill(seed)
        return out

    return Contest(draw, list)
