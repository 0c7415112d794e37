"""The same tables by code for older processors: numba is told one, in a process of its own.

`python -m tests.bench.older NETWORKS HYBRIDS ROWS REPEATS` (names with commas between them)
prints the outcomes as JSON. NumPy and the peers choose their loops by the real processor and
cannot be told: only ours and our limits are measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.bench.sampling import DISCRETE, HYBRID, Outcome, compete

PROCESSORS = {
    "AVX2 (haswell)": ("haswell", "+avx2,+bmi,+bmi2,+popcnt,+fma,+lzcnt"),
    "SSE4.2 (nehalem)": ("nehalem", "+sse4.2,+popcnt"),
}
"""LLVM's names of a processor and of the instructions it has."""
CONTENDERS = frozenset(
    {"texr_fresh", "texr_reused", "limit_hash", "limit_generator", "limit_normal"}
)


def older(
    networks: Sequence[str], hybrids: Sequence[str], rows: int, repeats: int
) -> dict[str, list[Outcome]]:
    """The outcomes for each of the processors, and for this one by the same program."""
    asked = [",".join(networks), ",".join(hybrids), str(rows), str(repeats)]
    found: dict[str, list[Outcome]] = {}
    with tempfile.TemporaryDirectory() as cache:
        for name, (processor, features) in {"this one": ("", ""), **PROCESSORS}.items():
            told = {"NUMBA_CPU_NAME": processor, "NUMBA_CPU_FEATURES": features}
            run = subprocess.run(
                [sys.executable, "-m", __name__, *asked],
                cwd=Path(__file__).parents[2],
                env={**os.environ, "XDG_CACHE_HOME": cache, **(told if processor else {})},
                capture_output=True,
                text=True,
            )
            if run.returncode:
                raise RuntimeError(f"{name} failed: {run.stderr}")
            found[name] = [Outcome(**each) for each in json.loads(run.stdout.splitlines()[-1])]
    return found


def main(networks: str, hybrids: str, rows: str, repeats: str) -> None:
    from tests.bench.discrete import discrete
    from tests.bench.hybrid import hybrid

    others = frozenset({*DISCRETE, *HYBRID, "bnlearn_rbn"}) - CONTENDERS
    workloads = [discrete(name) for name in networks.split(",") if name]
    workloads += [hybrid(name) for name in hybrids.split(",") if name]
    outcomes = [
        outcome
        for workload in workloads
        for outcome in compete(workload, int(rows), int(repeats), 0.5, others)
    ]
    print(json.dumps([asdict(each) for each in outcomes]))


if __name__ == "__main__":
    main(*sys.argv[1:])
