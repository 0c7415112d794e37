"""Tests, in rooms like those of `texrc`."""
