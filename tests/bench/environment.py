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

CPU = Path("/sys/devices/system/cpu/cpu0")
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
        "processor": _cpuinfo("model name") or platform.processor() or platform.machine(),
        "vector instructions": _vectors(),
        "numba compiles for": _numba_target(),
        "cores": str(len(os.sched_getaffinity(0)))
        if hasattr(os, "sched_getaffinity")
        else str(os.cpu_count()),
        "caches": _caches(),
        "memory": _memory(),
        "clock governor": _read(CPU / "cpufreq/scaling_governor") or "not told",
        "virtual machine": "yes" if "hypervisor" in _cpuinfo("flags").split() else "not told",
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


def environment_text(environment: dict[str, str]) -> str:
    """A line each, as a Markdown list."""
    return "".join(f"- {name}: {value}\n" for name, value in environment.items())


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""


def _cpuinfo(field: str) -> str:
    for line in _read(Path("/proc/cpuinfo")).splitlines():
        if line.startswith(field):
            return line.split(":", 1)[1].strip()
    return ""


def _vectors() -> str:
    flags = _cpuinfo("flags").split()
    return next((each for each in ("avx512f", "avx2", "avx", "sse2") if each in flags), "unknown")


def _numba_target() -> str:
    """The processor that LLVM takes this one for, or the one it is told."""
    from llvmlite.binding import get_host_cpu_name

    return os.environ.get("NUMBA_CPU_NAME") or get_host_cpu_name()


def _caches() -> str:
    """The size of each level of a core's data caches."""
    found = {
        _read(folder / "level"): _read(folder / "size")
        for folder in sorted((CPU / "cache").glob("index*"))
        if _read(folder / "type") != "Instruction"
    }
    return ", ".join(f"L{level} {size}" for level, size in found.items()) or "not told"


def _memory() -> str:
    if not hasattr(os, "sysconf"):
        return "not told"
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"


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
