"""What the names of a spec stand for while it is being lowered."""

from __future__ import annotations

from dataclasses import dataclass, field

from texrc.diagnostics import Diagnostics, Edit, Fix, Label
from texrc.diagnostics.model import Applicability
from texrc.diagnostics.suggest import did_you_mean
from texrc.ir.network import Column
from texrc.source import Span
from texrc.syntax import ast


@dataclass
class Scope:
    """The columns by name; ``poisoned`` are those whose declaration was reported."""

    diagnostics: Diagnostics
    columns: list[Column] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    poisoned: set[int] = field(default_factory=set)

    def resolve(self, name: ast.Name) -> int | None:
        """The column a name stands for; an unknown one is reported as TX101."""
        found = self.index.get(name.text)
        if found is None:
            suggestion = did_you_mean(name.text, list(self.index))
            self.diagnostics.add(
                "TX101",
                f"there is no column `{name.text}`",
                name.span,
                "not declared under `columns`",
                helps=[f"did you mean `{suggestion}`?"] if suggestion else [],
                fix=replacement(name.span, suggestion),
            )
        return found

    def code(self, column: int, label: ast.Label) -> int | None:
        """The code of a label of a discrete column; an unknown one is reported as TX102."""
        text = spelling(label)
        labels = self.columns[column].labels
        try:
            return labels.index(text)
        except ValueError:
            pass
        if column in self.poisoned:
            return None
        name = self.columns[column].name
        suggestion = did_you_mean(text, labels)
        helps = [f"did you mean `{suggestion}`?"] if suggestion else []
        if not suggestion and len(labels) <= 12:
            helps = [f"the labels of `{name}` are " + ", ".join(f"`{x}`" for x in labels)]
        self.diagnostics.add(
            "TX102",
            f"`{text}` is no label of `{name}`",
            label.span,
            "unknown label",
            secondary=self.declared_here(column),
            helps=helps,
            fix=replacement(label.span, suggestion),
        )
        return None

    def declared_here(self, column: int) -> list[Label]:
        """A secondary label at the column's declaration."""
        declared = self.columns[column]
        if declared.span is None:
            return []
        kind = f"declared here as {declared.type}"
        if declared.is_discrete:
            kind += f" with {len(declared.labels)} labels"
        return [Label(declared.span, kind)]


def spelling(label: ast.Label) -> str:
    return label.text if isinstance(label, ast.Name) else label.raw


def replacement(span: Span, suggestion: str | None) -> Fix | None:
    """A fix that writes the suggested name instead; only the author can know."""
    if suggestion is None:
        return None
    from texrc.syntax.names import quoted

    edit = Edit(span, quoted(suggestion))
    return Fix(f"write `{suggestion}`", (edit,), Applicability.SUGGESTED)
