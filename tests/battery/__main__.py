"""The battery from the command line; see the package's docstring."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from importlib.metadata import version
from pathlib import Path

from tests.battery import dieharder
from tests.battery.arrangements import ARRANGEMENTS, arrangement
from tests.battery.battery import BLOCK, examine
from tests.battery.cells import PValue
from tests.battery.controls import CONTROLS
from tests.battery.generators import generator

EDGE = 1e-3
FAILURE = 1e-9
SHOWN = 12


def main() -> int:
    """0 unless a p-value is beyond all doubt."""
    options = _options()
    print(_where(), flush=True)
    failures = 0
    for name in options.generator:
        chosen = None if name in CONTROLS else generator(name)
        for at in options.arrangement if chosen else ["itself"]:
            begin = time.process_time()
            stream = arrangement(at, chosen, BLOCK) if chosen else CONTROLS[name](BLOCK)
            if options.dieharder:
                length, results = "dieharder", list(dieharder.dieharder(stream))
            else:
                length = f"{options.blocks * BLOCK * 4 / 2**30:g} GiB"
                results = examine(stream, options.blocks)
            failures += _report(name, at, length, results, time.process_time() - begin)
            if options.record:
                with Path(options.record).open("a") as file:
                    entry = {"generator": name, "arrangement": at, "length": length}
                    print(json.dumps({**entry, "p": dict(_numbered(results))}), file=file)
    return 1 if failures else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.battery", description=__doc__)
    parser.add_argument(
        "-g",
        "--generator",
        action="append",
        help=f"texr, philox4x32-R, splitmix64, or a control: {', '.join(CONTROLS)}",
    )
    parser.add_argument("-a", "--arrangement", action="append", choices=[*ARRANGEMENTS])
    parser.add_argument("-b", "--blocks", type=int, default=32, help="of 16 MiB; 8 or more")
    parser.add_argument("-d", "--dieharder", action="store_true", help="run dieharder instead")
    parser.add_argument("-r", "--record", help="append all p-values to a file of JSON lines")
    options = parser.parse_args()
    if options.blocks < 8:
        parser.error("fewer than 8 blocks do not reach every test")
    if options.dieharder and dieharder.version() is None:
        parser.error("dieharder is not installed (on Debian and Ubuntu: apt install dieharder)")
    options.generator = options.generator or ["texr"]
    options.arrangement = options.arrangement or [*ARRANGEMENTS]
    return options


def _where() -> str:
    names = ("numba", "numpy", "scipy", "texr")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    system = f"Python {platform.python_version()}, {platform.machine()}"
    return f"{versions}, dieharder {dieharder.version() or 'absent'}, {system}"


def _report(name: str, at: str, length: str, results: list[PValue], seconds: float) -> int:
    """Print one run; how many of its p-values are beyond doubt."""
    outside = [result for result in results if not EDGE <= result[1] <= 1 - EDGE]
    failed = [result for result in results if not FAILURE <= result[1] <= 1 - FAILURE]
    verdict = f"{len(failed)} FAILED" if failed else "passed"
    print(f"{name:14} {at:14} {length:10} {len(results)} p-values, {len(outside)} outside, "
          f"{verdict} ({seconds:.0f} s)")  # fmt: skip
    for label, p in outside[:SHOWN]:
        shown = f"1 - {1 - p:.2g}" if p > 0.5 else f"{p:.2g}"
        print(f"{'':14} {label}: {shown}")
    sys.stdout.flush()
    return len(failed)


def _numbered(results: list[PValue]) -> list[PValue]:
    """Labels that occur twice (dieharder's runs, craps) get a number."""
    seen: dict[str, int] = {}
    numbered = []
    for label, p in results:
        seen[label] = seen.get(label, 0) + 1
        numbered.append((label if seen[label] == 1 else f"{label} ({seen[label]})", p))
    return numbered


if __name__ == "__main__":
    sys.exit(main())
