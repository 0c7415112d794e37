"""A failure of our own as a diagnostic: where it was, without a traceback."""

from __future__ import annotations

import os
import traceback

from texrc.diagnostics.model import Diagnostics


def fault(error: Exception) -> Diagnostics:
    """TX999 for an exception that nothing foresaw."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    bag = Diagnostics()
    bag.add(
        "TX999",
        f"{type(error).__name__}: {str(error)[:500]}",
        notes=[f"in {frame.name}, {os.path.basename(frame.filename)} line {frame.lineno}"],
        helps=["this is a fault of texrc, not of your file; please report it with the file"],
    )
    return bag
