"""pgmpy: `BayesianModelSampling.forward_sample`, which `simulate` calls when nothing is given."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from tests.bench.discrete import DiscreteWorkload
from tests.bench.runners import Contest

NAME = "pgmpy"


def discrete(workload: DiscreteWorkload, rows: int) -> Contest:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pgmpy.readwrite import BIFReader
        from pgmpy.sampling import BayesianModelSampling

        model = BIFReader(string=workload.bif).get_model()
        sampling = BayesianModelSampling(model)

    def draw(seed: int) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return sampling.forward_sample(rows, seed=seed, show_progress=False)

    def columns(table: Any) -> list[Any]:
        found = []
        for column in workload.network.columns:
            places = {label: code for code, label in enumerate(column.labels)}
            found.append(np.asarray(table[column.name].map(places), np.int64))
        return found

    return Contest(draw, columns)
