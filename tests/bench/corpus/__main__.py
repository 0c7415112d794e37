"""`python -m tests.bench.corpus`: draw a corpus in both layouts, and tell where the time goes."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.corpus.specs import write_specs
from tests.bench.corpus.steps import milliseconds
from tests.bench.environment import environment, environment_text

MOST_TIMED = 300
"""Specs whose steps are timed one by one."""


@dataclass
class Run:
    """One command of a corpus, with all its processes."""

    what: str
    seconds: float
    cpu_seconds: float
    megabytes: float
    """The peak of the largest of its processes."""


def main(arguments: list[str] | None = None) -> int:
    """Print the machine, the runs and the steps."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.corpus", description=__doc__)
    parser.add_argument("--specs", type=int, default=10_000)
    parser.add_argument("-n", "--rows", type=int, default=1000)
    chosen = parser.parse_args(arguments)
    print(environment_text(environment()))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_specs(folder / "specs", chosen.specs)
        print("| corpus | s | CPU s | tables/s | peak MB of a process |")
        print("| --- | ---: | ---: | ---: | ---: |")
        for what, options in (
            ("one file each, nothing compiled", []),
            ("one file each", []),
            ("8 shards", ["--shards", "8"]),
        ):
            run = _run(what, folder, chosen.rows, options)
            print(
                f"| {run.what} | {run.seconds:.1f} | {run.cpu_seconds:.1f} "
                f"| {chosen.specs / run.seconds:,.0f} | {run.megabytes:.0f} |",
                flush=True,
            )
        specs = sorted((folder / "specs").rglob("*.texr"))[:MOST_TIMED]
        spent = milliseconds(specs, chosen.rows)
    print("\n| step | CPU ms a spec |\n| --- | ---: |")
    for step, each in spent.items():
        print(f"| {step} | {each:.2f} |")
    print(f"| all | {sum(spent.values()):.2f} |")
    return 0


def _run(what: str, folder: Path, rows: int, options: list[str]) -> Run:
    """`texrc sample` of the folder, into a new one."""
    out = tempfile.mkdtemp(dir=folder)
    environ = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    command = [sys.executable, "-m", "texrc", "sample", str(folder / "specs")]
    begin = time.perf_counter()
    child = subprocess.Popen(
        [*command, "-n", str(rows), "-o", out, *options],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert child.stderr is not None
    told = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begin
    if child.returncode:
        raise RuntimeError(f"texrc sample failed: {told.decode()}")
    return Run(what, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main())
