"""What a person waits for, and what it costs in memory: each run is a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.hybrid import hybrid
from texrc.library import library

MEMORY_ROWS = 1_000_000
MEMORY_CONTENDERS = ("texr_fresh", "texr_streamed", "vectorised_numpy", "jitted_numpyro",
                     "pyagrum_generator", "pgmpy_sampling")  # fmt: skip

MEMORY = """
import json, os, resource, sys
module, network, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
from tests.bench.environment import ONE_THREAD
os.environ.update(ONE_THREAD)
from tests.bench.discrete import discrete
from tests.bench.runners import Skipped, peer
from texrc.codegen import jit
jit.library()
try:
    contest = peer(module).discrete(discrete(network), rows)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    contest.draw(0)
    print(json.dumps([before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
except Skipped as reason:
    print(json.dumps(str(reason)))
"""


@dataclass
class Wait:
    """One command from a cold shell: seconds by the clock and of the processor, peak memory."""

    command: str
    cache: str
    """`cold`: nothing compiled yet; `warm`: numba's files lie on the disk."""
    seconds: float
    cpu_seconds: float
    megabytes: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def _run(arguments: list[str], cache: str) -> tuple[float, float, float]:
    """Seconds by the clock, of the processor, and MB at the peak of one command."""
    environment = {**os.environ, "XDG_CACHE_HOME": cache}
    begin = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "texrc", *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert child.stderr is not None
    told = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    if child.returncode:
        raise RuntimeError(f"texrc {' '.join(arguments)} failed: {told.decode()}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def waits(rows: tuple[int, ...], repeats: int) -> list[Wait]:
    """`texrc check` and `texrc sample` to Parquet and Arrow files, caches cold and warm."""
    births = str(library()["health/births"].path)
    chain = str(hybrid("gaussian_chain").path)
    found: list[Wait] = []
    with tempfile.TemporaryDirectory() as folder:
        for spec in (births, chain):
            found += _waits_for(spec, rows, repeats, Path(folder))
    return found


def _waits_for(spec: str, rows: tuple[int, ...], repeats: int, folder: Path) -> list[Wait]:
    name = Path(spec).name
    jobs = {f"texrc check {name}": ["check", spec]}
    for count in rows:
        for suffix in ("parquet", "arrow"):
            jobs[f"texrc sample {name} -n {count:,} ({suffix})"] = [
                "sample", spec, "-n", str(count), "--seed", "1",
                "-o", str(folder / f"rows.{suffix}"),
            ]  # fmt: skip
    found: list[Wait] = []
    warm = str(folder / "warm")
    for number, (command, arguments) in enumerate(jobs.items()):
        cold = str(folder / f"cold {name} {number}")
        found.append(Wait(command, "cold", *_run(arguments, cold)))
        _run(arguments, warm)
        runs = [_run(arguments, warm) for _ in range(repeats)]
        wall, cpu, peak = (median(values) for values in zip(*runs, strict=True))
        found.append(Wait(command, "warm", wall, cpu, peak))
    return found


@dataclass
class Peak:
    """The peak of a process that draws a network once, and what it was just before drawing."""

    contender: str
    network: str
    rows: int
    before_megabytes: float = 0.0
    peak_megabytes: float = 0.0
    skipped: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def peaks(network: str, rows: int = MEMORY_ROWS) -> list[Peak]:
    """The peak memory of each contender that can draw so many rows."""
    from tests.bench.runners import peer

    found: list[Peak] = []
    for module in MEMORY_CONTENDERS:
        run = subprocess.run(
            [sys.executable, "-c", MEMORY, module, network, str(rows)],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
        )
        peak = Peak(peer(module).NAME, network, rows)
        if run.returncode:
            peak.skipped = f"failed: {run.stderr.strip().splitlines()[-1:]}"
        else:
            told = json.loads(run.stdout.splitlines()[-1])
            if isinstance(told, str):
                peak.skipped = told
            else:
                peak.before_megabytes, peak.peak_megabytes = (each / 1024 for each in told)
        found.append(peak)
    return found
