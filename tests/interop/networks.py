"""Published networks to read: those in pgmpy's package, and those beside the checkout."""

from __future__ import annotations

import gzip
import os
from functools import cache
from pathlib import Path

import pgmpy

CARRIED = {
    path.name.removesuffix(".bif.gz"): path
    for path in sorted((Path(pgmpy.__file__).parent / "utils/example_models").glob("*.bif.gz"))
}
"""By name; read where they are, because their terms do not allow shipping them."""

SMALL = [name for name, path in CARRIED.items() if path.stat().st_size < 5_000]
LARGE = [name for name in CARRIED if name not in SMALL]

_SHARED = Path(os.environ.get("TEXR_SHARED", Path(__file__).parents[3] / "shared"))
BESIDE = sorted((_SHARED / "networks").glob("*.bif"))


@cache
def carried(name: str) -> bytes:
    """The BIF text of a network in pgmpy's package."""
    return gzip.decompress(CARRIED[name].read_bytes())
