"""The command line: one small file a command, each loaded when it is called.

Data goes to stdout, everything else to stderr; `-` is stdin. Exit codes: 0
fine, 1 the input has errors, 2 the call was wrong.
"""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        from texrc.cli import entry
    except KeyboardInterrupt:  # Ctrl-C before anything could catch it
        sys.exit(130)
    entry.main()
