"""bnlearn: `rbn` in R, whose time is measured in R, in one process a network."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.discrete import DiscreteWorkload
from tests.bench.runners import Skipped

NAME = "bnlearn"
PROGRAM = r"""
suppressPackageStartupMessages(library(bnlearn))
given <- commandArgs(TRUE)
rows <- as.integer(given[2]); repeats <- as.integer(given[3])
fitted <- read.bif(given[1])
names <- strsplit(given[4], "\t", fixed = TRUE)[[1]]
table <- rbn(fitted, rows)
for (i in seq_len(repeats)) {
  gc()
  set.seed(i)
  spent <- system.time(table <- rbn(fitted, rows))
  cat("seconds", spent[["elapsed"]], spent[["user.self"]] + spent[["sys.self"]], "\n")
}
for (name in names) cat("counts", tabulate(table[[name]], nlevels(table[[name]])), "\n")
cat("version", as.character(packageVersion("bnlearn")), "\n")
"""


def measured(
    workload: DiscreteWorkload, rows: int, repeats: int
) -> tuple[list[float], list[float], list[Any], str]:
    """Seconds by the clock and of the processor, counts of each column's labels, the version."""
    command = shutil.which("Rscript")
    if command is None:
        raise Skipped("Rscript is not installed")
    with tempfile.TemporaryDirectory() as folder:
        path, program = Path(folder) / "network.bif", Path(folder) / "bench.R"
        path.write_text(workload.bif, "utf-8")
        program.write_text(PROGRAM, "utf-8")
        names = "\t".join(column.name for column in workload.network.columns)
        run = subprocess.run(
            [command, str(program), str(path), str(rows), str(repeats), names],
            capture_output=True,
            text=True,
        )
    if run.returncode:
        raise Skipped(f"bnlearn did not run: {run.stderr.strip().splitlines()[-1:]}")
    lines = [line.split() for line in run.stdout.splitlines()]
    times = [line[1:] for line in lines if line[:1] == ["seconds"]]
    counts = [np.array(line[1:], float) for line in lines if line[:1] == ["counts"]]
    version = next(line[1] for line in lines if line[:1] == ["version"])
    return [float(a) for a, _ in times], [float(b) for _, b in times], counts, version
