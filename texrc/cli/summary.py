"""A spec in a few lines of text."""

from __future__ import annotations

from texrc.diagnostics.render.text import printable
from texrc.ir.size import parameter_count
from texrc.spec import Spec, describe_kind


def summary(spec: Spec) -> str:
    """Name, title, and a line a column: its kind and its parents; then the counts."""
    names = [printable(name) for name in spec.column_names]
    kinds = [printable(describe_kind(column)) for column in spec.columns]
    name_width = max(map(len, names))
    kind_width = max(map(len, kinds))
    lines = [f"{printable(spec.name)}: {printable(spec.description)}", ""]
    for column, name, kind in zip(spec.columns, names, kinds, strict=True):
        parents = ", ".join(printable(parent) for parent in spec.parents.get(column.name, ()))
        mark = "  target" if column.target else ""
        given = f"  <- {parents}" if parents else ""
        lines.append(f"  {name:<{name_width}}  {kind:<{kind_width}}{given}{mark}".rstrip())
    warnings = len(spec.diagnostics)
    counts = [_counted(len(names), "column")]
    if spec.has_model:
        counts.append(_counted(len(spec.edges), "edge"))
        counts.append(_counted(parameter_count(spec.network), "parameter"))
    else:
        counts.append("no model")
    counts.append(_counted(warnings, "warning") if warnings else "no warnings")
    return "\n".join([*lines, "", ", ".join(counts)])


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
