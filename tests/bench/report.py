"""`python -m tests.bench.report bench.json -o FOLDER`: the tables and plots of a stored run.

`bench.md` has everything; `readme.md` the short tables that the project's README shows;
`bench.svg` and `bench_numbers.svg` the plots. No figure is written by hand anywhere.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.bench import tables
from tests.bench.environment import environment_text
from tests.bench.plot import plot
from tests.bench.results import NAME, Results
from tests.bench.tables import Sampling

KINDS = {"discrete": "Discrete networks", "hybrid": "Numbers"}
PLOTS = {"discrete": "bench.svg", "hybrid": "bench_numbers.svg"}
README_CONTENDERS = {
    "discrete": (
        "texr", "texr, two threads", "NumPy, vectorised", "numpyro, jitted", "bnlearn", "pyAgrum",
        "pgmpy", "pomegranate", "limit: generator and byte",
    ),
    "hybrid": ("texr", "texr, two threads", "NumPy, vectorised", "numpyro, jitted",
               "limit: Box-Muller"),
}  # fmt: skip


def write(results: Results, folder: Path) -> None:
    """The JSON, and all that is made of it, in a folder."""
    results.store(folder)
    (folder / "bench.md").write_text(markdown(results), "utf-8")
    (folder / "readme.md").write_text(readme(results), "utf-8")
    for kind, name in PLOTS.items():
        picture = plot(results.sampling, kind)
        if picture is not None:
            (folder / name).write_text(picture, "utf-8")


def markdown(results: Results) -> str:
    """Everything that was found."""
    parts = ["# Benchmark\n", environment_text(results.environment)]
    parts.append(
        "One process, one thread, rounds of all contenders in turn. ns: median of the processor "
        f"time a cell over {results.settings['repeats']} rounds (`texr, two threads`: of the "
        "clock). In brackets how many columns a network has. The last column is the noise: the "
        "median of the rounds over the least of them, for the network where it is smallest to "
        "the one where it is largest.\n"
    )
    for kind, title in KINDS.items():
        for rows in sorted({each.asked_rows for each in results.sampling if each.kind == kind}):
            sampling = Sampling(results.sampling, kind, rows)
            parts += [f"## {title}, {rows:,} rows\n", sampling.table()]
            if kind == "discrete":
                parts.append(sampling.ratio_table())
    skipped = tables.skipped_list(results)
    if skipped:
        parts.append(f"Skipped:\n\n{skipped}")
    if results.older:
        parts += ["## Code for older processors\n", tables.older_table(results.older)]
    if results.starts:
        parts += [
            "## A table of 10,000 rows from a cold shell\n",
            f"The slowest of {len(results.starts)} specs; cold: no code and no bytecode, of any "
            "library, lies on the disk yet.\n",
            tables.start_table(results.starts),
        ]
    if results.waits:
        parts += ["## From a spec to a file\n", tables.wait_table(results.waits)]
    if results.memory:
        first = results.memory[0]
        parts.append(f"## Peak memory, {first.rows:,} rows of {first.network}\n")
        parts.append(tables.memory_table(results.memory))
    return "\n".join(parts)


def readme(results: Results) -> str:
    """The short tables, of the largest number of rows."""
    parts: list[str] = []
    for kind, contenders in README_CONTENDERS.items():
        rows = max((each.asked_rows for each in results.sampling if each.kind == kind), default=0)
        if rows:
            parts.append(Sampling(results.sampling, kind, rows).short_table(contenders))
    told = results.environment
    parts.append(
        f"Medians of {results.settings['repeats']} rounds in one process; {told['processor']} "
        f"({told['numba compiles for']}, {told['vector instructions']}), Python "
        f"{told['python']}, NumPy {told['numpy']}, numba {told['numba']}, texr {told['texr']}.\n"
    )
    return "\n".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.report", description=__doc__)
    parser.add_argument("json", type=Path, nargs="?", default=Path("build/bench") / NAME)
    parser.add_argument("-o", "--output", type=Path, help="[default: where the JSON lies]")
    chosen = parser.parse_args()
    write(Results.load(chosen.json), chosen.output or chosen.json.parent)


if __name__ == "__main__":
    main()
