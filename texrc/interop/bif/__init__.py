"""BIF, the interchange format of discrete Bayesian networks, both ways.

Read as the bnlearn repository and the common libraries write it (Cozman's
Interchange Format 0.15, without its obligation to quote odd names).
"""

from texrc.interop.bif.decoding import decode_bif
from texrc.interop.bif.reading import read_bif
from texrc.interop.bif.writing import write_bif

__all__ = ["decode_bif", "read_bif", "write_bif"]
