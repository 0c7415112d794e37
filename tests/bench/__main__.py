"""`python -m tests.bench`: run the suite, print its tables, write JSON, Markdown and a plot."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.environment import ONE_THREAD, environment

if TYPE_CHECKING:
    from tests.bench.report import Report

REPEATS = 7
ROWS = (100_000, 1_000_000)
QUICK_ROWS = (10_000,)


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
    parser.add_argument("--no-processes", action="store_true", help="no start-up, no memory")
    parser.add_argument("-o", "--output", type=Path, default=Path("build/bench"))
    chosen = parser.parse_args(arguments)
    if chosen.quick:
        chosen.networks, chosen.hybrids = ["asia"], ["gaussian_chain"]
        chosen.rows, chosen.repeats, chosen.seconds = list(QUICK_ROWS), 2, 0.05
    report = _run(chosen)
    report.write(chosen.output)
    print(report.markdown())
    wrong = report.wrong()
    for line in wrong:
        print(f"not the same law: {line}", file=sys.stderr)
    return 1 if wrong else 0


def _run(chosen: argparse.Namespace) -> Report:
    # imported after the number of threads is set
    from tests.bench.discrete import discrete
    from tests.bench.hybrid import hybrid
    from tests.bench.report import Report, environment_text
    from tests.bench.sampling import Outcome, compete
    from tests.bench.whole import peaks, waits

    told = environment()
    print(environment_text(told), file=sys.stderr)
    begin = time.perf_counter()
    outcomes: list[Outcome] = []
    jobs = [(discrete, name) for name in chosen.networks]
    jobs += [(hybrid, name) for name in chosen.hybrids]
    for workload, name in jobs:
        for rows in chosen.rows:
            print(f"{time.perf_counter() - begin:5.0f} s  {name}, {rows:,} rows", file=sys.stderr)
            outcomes += compete(
                workload(name), rows, chosen.repeats, chosen.seconds, frozenset(chosen.without)
            )
    processes = not chosen.no_processes
    largest = max(chosen.rows)
    settings = {"repeats": chosen.repeats, "seconds": chosen.seconds, "quick": chosen.quick}
    return Report(
        told,
        settings,
        outcomes,
        waits((10_000, largest) if largest > 10_000 else (largest,), 3 if largest > 10_000 else 1)
        if processes
        else [],
        peaks(chosen.networks[-1] if chosen.quick else "alarm", largest) if processes else [],
    )


if __name__ == "__main__":
    os.environ.update(ONE_THREAD)
    sys.exit(main())
