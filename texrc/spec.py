"""A checked spec as Python people hold it: look at it, edit it, print it, sample it."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property

from texrc import driver
from texrc.diagnostics import Diagnostic, TexrError
from texrc.driver import PathOrText
from texrc.ir.identity import context_digest, model_digest, spec_digest
from texrc.ir.network import Column, ColumnType, Network
from texrc.ir.raising import raise_network
from texrc.source import SourceFile, Span
from texrc.syntax import ast, format_dataset, parse
from texrc.syntax.names import quoted


class Spec:
    """A spec without errors. Made by `load`, `Spec.parse` or `Spec.build`; never changed in place.

    Every ``with_...`` and ``without_...`` method returns another spec, checked
    again, with the comments of the text kept; each raises `TexrError` when the
    outcome has errors.
    """

    def __init__(self, result: driver.Result) -> None:
        if result.has_errors or result.network is None or result.tree is None:
            raise TexrError(result.diagnostics, result.source)
        self.source: SourceFile = result.source
        self.tree: ast.Dataset = result.tree
        self.network: Network = result.network
        self.diagnostics: tuple[Diagnostic, ...] = result.diagnostics
        """Warnings only."""

    @classmethod
    def parse(cls, text: str, name: str = "<text>") -> Spec:
        """The spec of a `.texr` text. Raises `TexrError` with every diagnostic."""
        return cls(driver.check(SourceFile(name, text)))

    @classmethod
    def build(
        cls,
        name: str,
        title: str = "",
        *,
        columns: Iterable[Column],
        model: Iterable[str] = (),
        topic: str = "",
    ) -> Spec:
        """A spec from Python: columns made by `column`, statements as `.texr` text.

        >>> from texrc import Spec, column
        >>> spec = Spec.build(
        ...     "coin",
        ...     "Tosses of a coin",
        ...     columns=[column("side", "categorical", ["head", "tail"], description="Side up")],
        ...     model=["side ~ uniform"],
        ... )
        >>> spec.column_names
        ('side',)
        """
        spec = cls.parse(format_dataset(raise_network(Network(name, title, topic, tuple(columns)))))
        statements = "\n".join(model)
        if not statements:
            return spec
        end = spec.tree.span.end - 1
        return spec._edited(Span(end, end), f" model {{\n{statements}\n}} ")

    # --- what it says ---------------------------------------------------------

    @property
    def name(self) -> str:
        return self.network.name

    @property
    def description(self) -> str:
        """The dataset's title: what one row is."""
        return self.network.title

    @property
    def topic(self) -> str:
        return self.network.topic

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.network.columns

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def targets(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.target)

    @property
    def has_model(self) -> bool:
        return self.network.nodes is not None

    @cached_property
    def parents(self) -> dict[str, tuple[str, ...]]:
        """The parents of each modelled column, in the order of the columns."""
        names = self.column_names
        nodes = self.network.node_of
        return {
            names[column]: tuple(names[parent] for parent in nodes[column].parents)
            for column in sorted(nodes)
        }

    @property
    def edges(self) -> tuple[tuple[str, str], ...]:
        """(parent, child) pairs."""
        return tuple((parent, child) for child, ps in self.parents.items() for parent in ps)

    def column(self, name: str) -> Column:
        """The column of this name. Raises KeyError."""
        return self.columns[self.network.column_index[name]]

    @property
    def text(self) -> str:
        """The canonical text, comments included."""
        return format_dataset(self.tree)

    @property
    def digest(self) -> str:
        """SHA-256 of the comment-free meaning: context and model."""
        return spec_digest(self.network)

    @property
    def context_digest(self) -> str:
        return context_digest(self.network)

    @property
    def model_digest(self) -> str:
        return model_digest(self.network)

    # --- editing --------------------------------------------------------------

    def with_statement(self, statement: str) -> Spec:
        """With this statement, in place of the column's own where it has one."""
        model = _snippet(
            f'dataset x "" {{ columns {{ x: boolean }} model {{\n{statement}\n}} }}'
        ).model
        assert model is not None
        if len(model.statements) != 1:
            raise ValueError("one statement at a time")
        target = model.statements[0].target.text
        mine = self.tree.model
        if mine is None:
            end = self.tree.span.end - 1
            return self._edited(Span(end, end), f" model {{\n{statement}\n}} ")
        for present in mine.statements:
            if present.target.text == target:
                return self._edited(present.span, statement)
        return self._edited(Span(mine.span.end - 1, mine.span.end - 1), f"\n{statement}\n")

    def without_model(self) -> Spec:
        """The columns alone: an uninstantiated context."""
        return self if self.tree.model is None else self._edited(self.tree.model.span, "")

    def with_column(self, column: Column, statement: str = "") -> Spec:
        """With one more column, or this one in place of that of the same name.

        A spec with a model needs the new column's ``statement`` too.
        """
        lone = raise_network(Network("x", "", "", (column,)))
        declared = format_dataset(lone)
        written = (
            declared[declared.index("columns {") + len("columns {") :].rsplit("}", 2)[0].strip()
        )
        place = Span(self.tree.columns[-1].span.end, self.tree.columns[-1].span.end)
        for present in self.tree.columns:
            if present.name.text == column.name:
                place = present.span
        text = _spliced(self.source.text, place, f"\n{written}")
        if statement and self.tree.model is not None:
            end = self.tree.model.span.end - 1
            shift = len(text) - len(self.source.text)
            text = _spliced(text, Span(end + shift, end + shift), f"\n{statement}\n")
        return self._of(text)

    def without_column(self, name: str) -> Spec:
        """Without a column and its statement. Columns that depend on it then fail to check."""
        cuts = [column.span for column in self.tree.columns if column.name.text == name]
        if not cuts:
            raise KeyError(name)
        statements = self.tree.model.statements if self.tree.model else ()
        cuts += [statement.span for statement in statements if statement.target.text == name]
        text = self.source.text
        for span in sorted(cuts, reverse=True):
            text = _spliced(text, span, "")
        return self._of(text)

    def _edited(self, span: Span, text: str) -> Spec:
        return self._of(_spliced(self.source.text, span, text))

    def _of(self, text: str) -> Spec:
        edited = Spec.parse(text, self.source.name)
        return Spec.parse(edited.text, self.source.name)

    # --- showing --------------------------------------------------------------

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        model = f"{len(self.edges)} edges" if self.has_model else "no model"
        return f"<Spec {self.name!r}: {len(self.columns)} columns, {model}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spec) and self.tree == other.tree

    def __hash__(self) -> int:
        return hash(self.digest)

    def _repr_html_(self) -> str:
        rows = "".join(
            "<tr>"
            + "".join(f"<td>{html.escape(cell)}</td>" for cell in self._html_cells(column))
            + "</tr>"
            for column in self.columns
        )
        head = "".join(f"<th>{title}</th>" for title in ("column", "kind", "parents", "meaning"))
        return (
            f"<div><strong>{html.escape(self.name)}</strong> {html.escape(self.description)}"
            f"<table><tr>{head}</tr>{rows}</table></div>"
        )

    def _html_cells(self, column: Column) -> tuple[str, str, str, str]:
        parents = ", ".join(self.parents.get(column.name, ()))
        return quoted(column.name), describe_kind(column), parents, column.description


def column(
    name: str,
    type: str,
    domain: Sequence[float | int | str | Decimal] = (),
    *,
    unit: str = "",
    description: str = "",
    target: bool = False,
) -> Column:
    """A column for `Spec.build`; ``domain`` is (low, high) for numbers, the labels otherwise.

    Raises ValueError for a type that is not one of the five, or a range that is not two numbers.
    """
    kind = ColumnType(type)
    if kind is ColumnType.BOOLEAN:
        return Column(name, kind, labels=("no", "yes"), description=description, target=target)
    if kind in (ColumnType.CONTINUOUS, ColumnType.INTEGER):
        if len(domain) != 2:
            raise ValueError(f"the range of {name!r} is two numbers, lowest and highest")
        low, high = (Decimal(str(end)) for end in domain)
        return Column(name, kind, low, high, description=description, unit=unit, target=target)
    labels = tuple(str(label) for label in domain)
    return Column(name, kind, labels=labels, description=description, unit=unit, target=target)


def describe_kind(column: Column) -> str:
    """`integer [18, 64] years`, `ordinal, 3 levels`: a column's kind in a few words."""
    if column.is_numeric:
        return f"{column.type} [{column.low}, {column.high}] {column.unit}".rstrip()
    if column.type is ColumnType.BOOLEAN:
        return "boolean"
    noun = "levels" if column.type is ColumnType.ORDINAL else "labels"
    return f"{column.type}, {len(column.labels)} {noun}"


def load(path_or_text: PathOrText) -> Spec:
    """The spec of a path or a text (a string with a brace or a line break is text).

    Raises `TexrError`, whose ``diagnostics`` hold everything that is wrong.
    """
    return Spec(driver.check(driver.source_of(path_or_text)))


def check(path_or_text: PathOrText) -> list[Diagnostic]:
    """Everything the compiler says about a spec: errors and warnings, by place."""
    try:
        source = driver.source_of(path_or_text)
    except TexrError as error:
        return error.diagnostics
    return list(driver.check(source).diagnostics)


def _snippet(text: str) -> ast.Dataset:
    source = SourceFile("<statement>", text)
    tree, diagnostics = parse(source)
    if tree is None or diagnostics.has_errors:
        raise TexrError(diagnostics.in_order(), source)
    return tree


def _spliced(text: str, span: Span, replacement: str) -> str:
    return text[: span.start] + replacement + text[span.end :]
