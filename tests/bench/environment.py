"""What was measured on: the machine, and the versions of everything that took part."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from texrc.version import __version__

PACKAGES = (
    "numpy", "numba", "pyarrow", "pgmpy", "pyAgrum", "numpyro", "jax", "pomegranate", "torch",
)  # fmt: skip

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NPROC": "1",  # the size of XLA's pool of threads
    "JAX_PLATFORMS": "cpu",
}
"""Set before anything is imported: peers are measured on one thread, as we are."""


def environment() -> dict[str, str]:
    """The machine and the versions, in the order they are printed."""
    told = {
        "processor": _processor(),
        "vector instructions": _vectors(),
        "cores": str(len(os.sched_getaffinity(0)))
        if hasattr(os, "sched_getaffinity")
        else str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "python": sys.version.split()[0],
        "texr": f"{__version__} {_commit()}".strip(),
    }
    for package in PACKAGES:
        try:
            told[package] = version(package)
        except PackageNotFoundError:
            told[package] = "not installed"
    return told


def _cpuinfo(field: str) -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith(field):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return ""


def _processor() -> str:
    return _cpuinfo("model name") or platform.processor() or platform.machine()


def _vectors() -> str:
    flags = _cpuinfo("flags").split()
    return next((each for each in ("avx512f", "avx2", "avx", "sse2") if each in flags), "unknown")


def _commit() -> str:
    """The checkout's commit, `+` where it has changes; empty outside a checkout."""
    here = Path(__file__).parent
    try:
        commit = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=here, capture_output=True, check=True
        )
        changed = subprocess.run(
            ["git", "status", "--porcelain", "--", "../../texrc"],
            cwd=here, capture_output=True, check=True,
        )  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f"({commit.stdout.decode().strip()}{'+' if changed.stdout else ''})"
