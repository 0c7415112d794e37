"""What a person waits for, and what it costs in memory: each run is a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.discrete import discrete
from tests.bench.hybrid import hybrid
from texrc.library import library

STARTING_ROWS = 10_000
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
class Used:
    """What one run of a command took: seconds by the clock, of the processor, MB at the peak."""

    seconds: float
    cpu_seconds: float
    megabytes: float


@dataclass
class Wait:
    """One command from a cold shell."""

    command: str
    cache: str
    """`cold`: no code and no bytecode lies on the disk yet; `warm`: what earlier runs left."""
    seconds: float
    cpu_seconds: float
    megabytes: float


@dataclass
class Start:
    """`texrc sample SPEC -n 10000 -o rows.parquet` from a cold shell."""

    spec: str
    columns: int
    cold_seconds: float
    cold_cpu_seconds: float
    warm_seconds: float
    warm_cpu_seconds: float


def run_texrc(arguments: list[str], cache: Path) -> Used:
    """One command, whose caches (numba's code and Python's bytecode) are in a folder."""
    kept = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    caches = {"XDG_CACHE_HOME": str(cache), "PYTHONPYCACHEPREFIX": str(cache / "bytecode")}
    begin = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "texrc", *arguments],
        env={**kept, **caches},
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
    return Used(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _cold_and_warm(arguments: list[str], folder: Path, repeats: int) -> tuple[Used, Used]:
    """The first run with empty caches, and the medians of later ones."""
    with tempfile.TemporaryDirectory(dir=folder) as empty:
        cold = run_texrc(arguments, Path(empty))
    run_texrc(arguments, folder / "warm")
    runs = [run_texrc(arguments, folder / "warm") for _ in range(repeats)]
    warm = Used(
        median(each.seconds for each in runs),
        median(each.cpu_seconds for each in runs),
        median(each.megabytes for each in runs),
    )
    return cold, warm


def waits(rows: Sequence[int], repeats: int) -> list[Wait]:
    """`texrc check` and `texrc sample` of two specs, to Parquet and Arrow files."""
    specs = (library()["health/births"].path, hybrid("gaussian_chain").path)
    found: list[Wait] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jobs = {f"texrc check {spec.name}": ["check", str(spec)] for spec in specs}
        for spec in specs:
            for count in rows:
                for suffix in ("parquet", "arrow"):
                    jobs[f"texrc sample {spec.name} -n {count:,} ({suffix})"] = [
                        "sample", str(spec), "-n", str(count), "--seed", "1",
                        "-o", str(folder / f"rows.{suffix}"),
                    ]  # fmt: skip
        for command, arguments in jobs.items():
            for cache, used in zip(
                ("cold", "warm"), _cold_and_warm(arguments, folder, repeats), strict=True
            ):
                found.append(Wait(command, cache, used.seconds, used.cpu_seconds, used.megabytes))
    return found


def starts(specs: Sequence[str], networks: Sequence[str], repeats: int) -> list[Start]:
    """A table of 10,000 rows of each of the library's specs named, and of networks imported."""
    known = library()
    found: list[Start] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = {spec: known[spec].path for spec in specs}
        for network in networks:
            bif, paths[network] = folder / f"{network}.bif", folder / f"{network}.texr"
            bif.write_text(discrete(network).bif, "utf-8")
            run_texrc(["import", str(bif), "-o", str(paths[network])], folder / "warm")
        for spec, path in paths.items():
            output = str(folder / "rows.parquet")
            arguments = ["sample", str(path), "-n", str(STARTING_ROWS), "-o", output]
            cold, warm = _cold_and_warm(arguments, folder, repeats)
            found.append(
                Start(
                    spec,
                    _columns(path),
                    cold.seconds,
                    cold.cpu_seconds,
                    warm.seconds,
                    warm.cpu_seconds,
                )
            )
    return found


def _columns(path: Path) -> int:
    import texrc

    return len(texrc.load(path).columns)


@dataclass
class Peak:
    """The peak of a process that draws a network once, and what it was just before drawing."""

    contender: str
    network: str
    rows: int
    before_megabytes: float = 0.0
    peak_megabytes: float = 0.0
    skipped: str = ""


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
