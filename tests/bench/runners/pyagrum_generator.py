"""pyAgrum: `BNDatabaseGenerator`, whose rows stay in its own C++ table."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.discrete import DiscreteWorkload
from tests.bench.runners import Contest

NAME = "pyAgrum"


def discrete(workload: DiscreteWorkload, rows: int) -> Contest:
    import pyagrum as gum

    gum.setNumberOfThreads(1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{workload.name}.bif"
        path.write_text(workload.bif, "utf-8")
        model = gum.loadBN(str(path))
    generator = gum.BNDatabaseGenerator(model)

    def draw(seed: int, model: Any = model) -> Any:  # the generator does not keep the model alive
        gum.initRandom(seed + 1)  # 0 stands for the clock
        generator.drawSamples(rows)
        return generator

    def columns(generator: Any) -> list[Any]:
        table = generator.to_pandas()
        found = []
        for column in workload.network.columns:
            places = {label: code for code, label in enumerate(column.labels)}
            found.append(np.asarray(table[column.name].map(places), np.int64))
        return found

    return Contest(draw, columns)
