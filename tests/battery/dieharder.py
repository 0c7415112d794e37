"""dieharder (Robert G. Brown's, Debian's package of that name) over a stream as it is used.

The tests that dieharder itself calls suspect (OPSO, OQSO, DNA) or not to be used (sums) are
left out, and the lagged sums beyond lag 4, which take nine tenths of the time. The tests of
a run read on where the last one stopped, through one pipe.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from shutil import which

from tests.battery.arrangements import Words

DIEHARD = [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), *((test, 0) for test in range(8, 14))]
MORE = [(15, 0), (16, 0), (17, 0), (100, 0), (101, 0), (102, 0)]
BITS = [(200, n) for n in range(1, 9)]
DISTANCES = [(201, n) for n in range(2, 6)]
ORDERS = [(202, n) for n in range(3, 6)]
SUMS = [(203, n) for n in range(5)]
REST = [(204, 0), (205, 0), (206, 0), (207, 0), (208, 0), (209, 0)]
TESTS = [*DIEHARD, *MORE, *BITS, *DISTANCES, *ORDERS, *SUMS, *REST]
"""Numbers of tests, with the size of the tuple where one has sizes."""


def version() -> str | None:
    """What dieharder calls itself, or None where there is none."""
    if which("dieharder") is None:
        return None
    text = subprocess.run(["dieharder", "-h"], capture_output=True, text=True).stdout
    return next((line.split()[3] for line in text.splitlines() if "version" in line), "?")


def dieharder(stream: Iterator[Words]) -> Iterator[tuple[str, float]]:
    """Each test's name and p-value (of Kolmogorov and Smirnov over its repetitions)."""
    read, write = os.pipe()
    pump = threading.Thread(target=_pour, args=(stream, write), daemon=True)
    pump.start()
    try:
        for test, size in TESTS:
            # -g 200: raw 32-bit words from standard input; -D: name, tuple and p-value only
            command = ["dieharder", "-g", "200", "-d", str(test), "-n", str(size)]
            flags = ["-c", ",", "-D", "test_name", "-D", "ntuple", "-D", "pvalues"]
            result = subprocess.run([*command, *flags], stdin=read, capture_output=True, text=True)
            for line in result.stdout.splitlines():
                name, of, p = (part.strip() for part in line.split(","))
                yield f"dieharder {name} {of}", float(p)
    finally:
        os.close(read)
        pump.join()


def _pour(stream: Iterator[Words], write: int) -> None:
    try:
        with open(write, "wb", buffering=0) as pipe:
            for words in stream:
                left = memoryview(words.tobytes())
                while left:
                    left = left[pipe.write(left) :]
    except BrokenPipeError:
        return  # the tests are done
