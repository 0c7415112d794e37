"""The one canonical way to print a spec.

- ``parse(format_dataset(tree))`` is the tree again (spans aside), and printing
  that gives the same text.
- What fits on a line of `WIDTH` stays on one; a table of rows has one row a line.
- Numbers and labels keep their spelling; names stand in backticks, and
  expressions in round brackets, only where the grammar needs it.
- Comments stay with the statement, column, row or term they belong to, and so do
  blank lines between these (one at most). Layout beyond that says nothing.

`lines` spells what fits on one line, `comments` decides what each comment
belongs to, `layout`, `tables` and `expressions` lay out what is longer, on the
lines of `page` and `writer`.
"""

from __future__ import annotations

from texrc.syntax.formatting.layout import format_column, format_dataset
from texrc.syntax.formatting.lines import WIDTH

__all__ = ["WIDTH", "format_column", "format_dataset"]
