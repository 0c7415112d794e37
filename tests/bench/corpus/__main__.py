"""`python -m tests.bench.corpus`: draw a corpus in both layouts, and tell where the time goes."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.corpus.specs import write_specs
from tests.bench.corpus.steps import milliseconds
from tests.bench.environment import environment, environment_text
from tests.bench.whole import Used, run_texrc

MOST_TIMED = 300
"""Specs whose steps are timed one by one."""


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
            used = _run(folder, chosen.rows, options)
            print(
                f"| {what} | {used.seconds:.1f} | {used.cpu_seconds:.1f} "
                f"| {chosen.specs / used.seconds:,.0f} | {used.megabytes:.0f} |",
                flush=True,
            )
        specs = sorted((folder / "specs").rglob("*.texr"))[:MOST_TIMED]
        spent = milliseconds(specs, chosen.rows)
    print("\n| step | CPU ms a spec |\n| --- | ---: |")
    for step, each in spent.items():
        print(f"| {step} | {each:.2f} |")
    print(f"| all | {sum(spent.values()):.2f} |")
    return 0


def _run(folder: Path, rows: int, options: list[str]) -> Used:
    """`texrc sample` of the specs, into a new folder."""
    out = tempfile.mkdtemp(dir=folder)
    command = ["sample", str(folder / "specs"), "-n", str(rows), "-o", out, *options]
    return run_texrc(command, folder / "cache")


if __name__ == "__main__":
    sys.exit(main())
