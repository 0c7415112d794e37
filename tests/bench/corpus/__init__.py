"""A corpus of the size of the TEXR paper's: `python -m tests.bench.corpus` makes and draws it."""
