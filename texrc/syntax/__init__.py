"""Text to tree and back: the grammar's parser, its recovery from errors, the formatter."""

from texrc.syntax.formatting import format_column, format_dataset
from texrc.syntax.limits import decode
from texrc.syntax.parser import parse

__all__ = ["decode", "format_column", "format_dataset", "parse"]
