"""The torch side of texr: models of any column given any others, and what trains them.

It speaks Arrow and `texrc.Spec` with the compiler, imports from it and is never imported by it.
"""

from texrc.version import __version__

__all__ = ["__version__"]
