"""`python -m tests.bench`: run the suite, print its tables, write JSON, Markdown and a plot."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.environment import ONE_THREAD, environment, environment_text

if TYPE_CHECKING:
    from tests.bench.results import Results

REPEATS = 7
ROWS = (100_000, 1_000_000)
QUICK_ROWS = (10_000,)
OLDER_NETWORKS = ("asia", "alarm", "hailfinder", "andes", "pigs")
OLDER_HYBRIDS = ("gaussian_chain",)


def main(arguments: list[str] | None = None) -> int:
    """0 where every contender drew the same law, else 1."""
    from tests.bench import discrete, hybrid

    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="asia and one chain, 10,000 rows")
    parser.add_argument(
        "--networks", nargs="*", default=list(discrete.NAMES), choices=[*discrete.NAMES, []]
    )
    parser.add_argument(
        "--hybrids", nargs="*", default=list(hybrid.NAMES), choices=[*hybrid.NAMES, []]
    )
    parser.add_argument("--rows", nargs="+", type=int, default=list(ROWS))
    parser.add_argument("--repeats", type=int, default=REPEATS, help="at least 7 to be quoted")
    parser.add_argument(
        "--seconds", type=float, default=0.5, help="slow peers draw fewer rows than this takes"
    )
    parser.add_argument("--without", nargs="*", default=[], help="runners to leave out")
    parser.add_argument(
        "--no-processes", action="store_true", help="no older processors, no start-up, no memory"
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with the run whose JSON lies in the folder"
    )
    parser.add_argument("-o", "--output", type=Path, default=Path("build/bench"))
    chosen = parser.parse_args(arguments)
    if chosen.quick:
        chosen.networks, chosen.hybrids = ["asia"], ["gaussian_chain"]
        chosen.rows, chosen.repeats, chosen.seconds = list(QUICK_ROWS), 2, 0.05
    results = _begun(chosen)
    _sample(results, chosen)
    if not chosen.no_processes:
        _run_processes(results, chosen)
    from tests.bench.report import markdown, write

    write(results, chosen.output)
    print(markdown(results))
    for line in results.wrong():
        print(f"not the same law: {line}", file=sys.stderr)
    return 1 if results.wrong() else 0


def _begun(chosen: argparse.Namespace) -> Results:
    """Results to go on with: those in the folder, where asked for and of the same run, or none."""
    from tests.bench.results import NAME, Results

    settings = {"repeats": chosen.repeats, "seconds": chosen.seconds, "quick": chosen.quick}
    fresh = Results(environment(), settings)
    print(environment_text(fresh.environment), file=sys.stderr)
    path = chosen.output / NAME
    if chosen.resume and path.exists():
        earlier = Results.load(path)
        if not earlier.of_same_run(fresh):
            raise SystemExit(f"{path} is of another machine, version or setting; begin anew")
        return earlier
    return fresh


def _sample(results: Results, chosen: argparse.Namespace) -> None:
    # imported after the number of threads is set
    from tests.bench.discrete import discrete
    from tests.bench.hybrid import hybrid
    from tests.bench.sampling import compete

    begin = time.perf_counter()
    jobs = [(discrete, name) for name in chosen.networks]
    jobs += [(hybrid, name) for name in chosen.hybrids]
    for workload, name in jobs:
        for rows in chosen.rows:
            if results.has_sampled(name, rows):
                continue
            print(f"{time.perf_counter() - begin:5.0f} s  {name}, {rows:,} rows", file=sys.stderr)
            results.sampling += compete(
                workload(name), rows, chosen.repeats, chosen.seconds, frozenset(chosen.without)
            )
            results.store(chosen.output)


def _run_processes(results: Results, chosen: argparse.Namespace) -> None:
    """What needs processes of its own, each part where it is not there yet."""
    from tests.bench.older import older
    from tests.bench.whole import STARTING_ROWS, peaks, starts, waits
    from texrc.library import library

    largest = max(chosen.rows)
    repeats = 1 if chosen.quick else 3
    networks = [name for name in OLDER_NETWORKS if name in chosen.networks]
    hybrids = [name for name in OLDER_HYBRIDS if name in chosen.hybrids]
    specs = ["health/births"] if chosen.quick else list(library())
    parts: dict[str, Callable[[], object]] = {
        "older": lambda: older(networks, hybrids, largest, chosen.repeats),
        "waits": lambda: waits(sorted({min(STARTING_ROWS, largest), largest}), repeats),
        "starts": lambda: starts(specs, chosen.networks, repeats),
        "memory": lambda: peaks("alarm" if "alarm" in chosen.networks else "asia", largest),
    }
    for name, part in parts.items():
        if not getattr(results, name):
            print(f"processes: {name}", file=sys.stderr)
            setattr(results, name, part())
            results.store(chosen.output)


if __name__ == "__main__":
    os.environ.update(ONE_THREAD)
    sys.exit(main())
