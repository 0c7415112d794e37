"""What is proven about a network before anything is drawn from it: one pass a file.

A pass reads the network and appends to the diagnostics; it neither changes the one
nor raises. Passes do not depend on each other: any of them may be run alone.
"""

from __future__ import annotations

from collections.abc import Callable

from texrc.diagnostics import Diagnostics
from texrc.ir.network import Network
from texrc.passes.circles import circles
from texrc.passes.completeness import completeness
from texrc.passes.coverage import coverage
from texrc.passes.definitions import definitions
from texrc.passes.descriptions import descriptions
from texrc.passes.labels_taken import labels_taken
from texrc.passes.names_alike import names_alike
from texrc.passes.normalisation import normalisation
from texrc.passes.parameters import parameters
from texrc.passes.rows_alike import rows_alike
from texrc.passes.supports import supports
from texrc.passes.unused_parents import unused_parents

__all__ = ["PASSES", "Pass", "check_network"]

Pass = Callable[[Network, Diagnostics], None]

PASSES: tuple[Pass, ...] = (
    completeness,
    circles,
    coverage,
    normalisation,
    parameters,
    definitions,
    supports,
    unused_parents,
    labels_taken,
    rows_alike,
    descriptions,
    names_alike,
)
"""In the order in which they run."""


def check_network(network: Network) -> Diagnostics:
    """What every pass has to say."""
    diagnostics = Diagnostics()
    for run in PASSES:
        run(network, diagnostics)
    return diagnostics
