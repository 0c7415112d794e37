"""What is proven about a network before anything is drawn from it: one pass a file.

A pass reads the network and appends to the diagnostics; it neither changes the one
nor raises. Passes do not depend on each other: any of them may be run alone.
"""

from __future__ import annotations

from collections.abc import Callable

from texrc.diagnostics import Diagnostics
from texrc.ir.network import Network

__all__ = ["PASSES", "Pass", "check_network"]

Pass = Callable[[Network, Diagnostics], None]

PASSES: tuple[Pass, ...] = ()
"""In the order in which they run."""


def check_network(network: Network) -> Diagnostics:
    """What every pass has to say."""
    diagnostics = Diagnostics()
    for run in PASSES:
        run(network, diagnostics)
    return diagnostics
