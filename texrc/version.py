"""The version of the compiler."""

__version__ = "0.2.0"
