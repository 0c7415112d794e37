"""Other machines, as far as environment variables make this one behave like them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]


def numpy_features() -> list[str]:
    """The instruction sets that NumPy chooses its loops by, of those that this process has.

    Their names change with NumPy's versions (AVX2 and FMA3 became X86_V3 in 2.4), and a name
    that NumPy does not know disables nothing.
    """
    return np.show_config(mode="dicts")["SIMD Extensions"].get("found", [])


WITHOUT_LIBM = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA"}
"""libm without AVX2 and FMA."""
WITHOUT_NUMPY = {"NPY_DISABLE_CPU_FEATURES": " ".join(numpy_features())}
"""NumPy's plain loops."""
OLD_PROCESSOR = {"NUMBA_CPU_NAME": "nehalem"}
"""numba's code for a processor without AVX."""


def run(program: list[str], **environment: str) -> str:
    """The standard output of Python run in the root of the repository."""
    answer = subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


if __name__ == "__main__":
    print(*numpy_features())
