"""`python -m texrc` is `texrc`."""

from texrc.cli import main

main()
