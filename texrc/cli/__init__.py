"""The command line: one small file a command, each loaded when it is called.

Data goes to stdout, everything else to stderr; `-` is stdin. Exit codes: 0
fine, 1 the input has errors, 2 the call was wrong.
"""

from texrc.cli.entry import main

__all__ = ["main"]
