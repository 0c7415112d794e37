"""What was meant by the path of a file that is not there."""

from __future__ import annotations

import os
from itertools import islice

from texrc.diagnostics.suggest import did_you_mean
from texrc.library import library

_MOST_NAMES = 2000
"""Files of a folder that are looked at."""


def missing_helps(path: str) -> list[str]:
    """The spec beside it with the nearest name, or the one of the library that is called so."""
    folder, name = os.path.split(path)
    try:
        with os.scandir(folder or ".") as entries:
            files = [entry.name for entry in islice(entries, _MOST_NAMES)]
    except OSError:
        files = []
    specs = sorted(file for file in files if file.endswith(".texr"))
    near = f"{name}.texr" if f"{name}.texr" in specs else did_you_mean(name, specs)
    if near is not None:
        return [f"did you mean `{os.path.join(folder, near)}`?"]
    for key in library():
        if path in (key, key.rpartition("/")[2]):
            file = key.rpartition("/")[2] + ".texr"
            return [f"the library has a spec of this name: `texrc specs {key} -o {file}`"]
    return []
