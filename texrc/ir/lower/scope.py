"""What the names of a spec stand for while it is being lowered."""

from __future__ import annotations

from dataclasses import dataclass, field

from texrc.diagnostics import Diagnostics, Edit, Fix, Label
from texrc.diagnostics.model import Applicability
from texrc.diagnostics.suggest import did_you_mean
from texrc.ir.declared import declared_here
from texrc.ir.expressions import ColumnValue
from texrc.ir.lower.foreign import ANYTHING, TRUTH_LABELS
from texrc.ir.network import Column, ColumnType
from texrc.source import Span
from texrc.syntax import ast
from texrc.syntax.names import quoted_label

MOST_SUGGESTIONS = 200
"""So many names get a did-you-mean; looking for one means to compare with every name in scope."""


@dataclass
class Scope:
    """The columns by name; ``poisoned`` are those whose declaration was reported.

    ``read`` lists the columns that expressions named so far.
    """

    diagnostics: Diagnostics
    columns: list[Column] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    poisoned: set[int] = field(default_factory=set)
    read: list[ColumnValue] = field(default_factory=list)
    _codes: dict[int, dict[str, int]] = field(default_factory=dict)
    _suggestions: dict[tuple[int, str], str | None] = field(default_factory=dict)

    def resolve(self, name: ast.Name) -> int | None:
        """The column a name stands for; an unknown one is reported as TX101."""
        found = self.index.get(name.text)
        if found is None:
            self.report_unknown(name, self.suggestion(-1, name.text))
        return found

    def report_unknown(self, name: ast.Name, suggestion: str | None) -> None:
        """TX101"""
        self.diagnostics.add(
            "TX101",
            f"there is no column `{name.text}`",
            name.span,
            "not declared under `columns`",
            helps=[f"did you mean `{suggestion}`?"] if suggestion else [],
            fix=replacement(name.span, suggestion),
        )

    def code(self, column: int, label: ast.Label, *, is_key: bool = False) -> int | None:
        """The code of a label of a discrete column; an unknown one is reported as TX102.

        ``is_key`` says that it is the whole key of a row, where `_` may be meant.
        """
        text = spelling(label)
        found = self.known_code(column, text)
        if found is not None or column in self.poisoned:
            return found
        labels, name = self.columns[column].labels, self.columns[column].name
        suggestion = self.suggestion(column, text)
        if self.columns[column].type is ColumnType.BOOLEAN:
            suggestion = TRUTH_LABELS.get(text.lower(), suggestion)
        helps = [f"did you mean `{suggestion}`?"] if suggestion else []
        fix = replacement(label.span, suggestion)
        if not suggestion and len(labels) <= 12:
            helps = [f"the labels of `{name}` are " + ", ".join(f"`{x}`" for x in labels)]
        if is_key and not suggestion and text.lower() in ANYTHING:
            helps = ["`_` matches anything"]
            fix = Fix("write `_`", (Edit(label.span, "_"),), Applicability.SUGGESTED)
        self.diagnostics.add(
            "TX102",
            f"`{text}` is no label of `{name}`",
            label.span,
            "unknown label",
            secondary=self.declared_here(column),
            helps=helps,
            fix=fix,
        )
        return None

    def known_code(self, column: int, text: str) -> int | None:
        """The code of a label, or None."""
        if column not in self._codes:
            labels = self.columns[column].labels
            self._codes[column] = {label: code for code, label in enumerate(labels)}
        return self._codes[column].get(text)

    def declared_here(self, column: int) -> list[Label]:
        """A secondary label at the column's declaration."""
        return declared_here(self.columns[column])

    def read_since(self, count: int) -> tuple[ColumnValue, ...]:
        """The columns named since ``read`` had this length, each once."""
        return tuple(dict.fromkeys(self.read[count:]))

    def suggestion(self, column: int, text: str) -> str | None:
        """What a word may stand for: a column (-1), or a label of this column."""
        key = (column, text)
        if key not in self._suggestions:
            if len(self._suggestions) >= MOST_SUGGESTIONS:
                return None
            candidates = list(self.index) if column < 0 else self.columns[column].labels
            self._suggestions[key] = did_you_mean(text, candidates)
        return self._suggestions[key]


def spelling(label: ast.Label) -> str:
    """What a label is compared by: `1` is not `1.0`."""
    return label.text if isinstance(label, ast.Name) else label.raw


def replacement(span: Span, suggestion: str | None) -> Fix | None:
    """A fix that writes the suggested name instead; only the author can know."""
    if suggestion is None:
        return None
    edit = Edit(span, quoted_label(suggestion))
    return Fix(f"write `{suggestion}`", (edit,), Applicability.SUGGESTED)
