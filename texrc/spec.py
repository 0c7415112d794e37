"""A checked spec as Python people hold it: look at it, edit it, print it, sample it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from texrc import driver
from texrc.diagnostics import Diagnostic, TexrError
from texrc.driver import PathOrText
from texrc.ir.identity import context_digest, model_digest, spec_digest
from texrc.ir.network import BOOLEAN_LABELS, Column, ColumnType, Network
from texrc.ir.raising import raise_column, raise_network
from texrc.source import SourceFile
from texrc.syntax import ast, format_column, format_dataset, parse
from texrc.syntax.editing import Editor
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

        Raises `TexrError` when the spec has errors, ValueError for a name, label or
        text that no spec can have.

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
        end = spec.source.text.rindex("}")
        return cls.parse(cls.parse(f"{spec.text[:end]}model {{\n{statements}\n}} }}").text)

    # --- what it says ---------------------------------------------------------

    @property
    def name(self) -> str:
        """The dataset's name."""
        return self.network.name

    @property
    def description(self) -> str:
        """The dataset's title: what one row is."""
        return self.network.title

    @property
    def topic(self) -> str:
        """The subject, empty where none is given."""
        return self.network.topic

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of their declarations."""
        return self.network.columns

    @property
    def column_names(self) -> tuple[str, ...]:
        """Their names, without backticks."""
        return tuple(column.name for column in self.columns)

    @property
    def targets(self) -> tuple[str, ...]:
        """The names of the columns marked `target`."""
        return tuple(column.name for column in self.columns if column.target)

    @property
    def has_model(self) -> bool:
        """Whether there is a model; without one nothing can be sampled."""
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
        """SHA-256 of the context alone: what the columns mean."""
        return context_digest(self.network)

    @property
    def model_digest(self) -> str:
        """SHA-256 of the model alone: how the values come about."""
        return model_digest(self.network)

    # --- editing --------------------------------------------------------------

    def with_statement(self, statement: str) -> Spec:
        """With this statement, in place of the column's own where it has one.

        Raises ValueError for other than one statement.

        >>> from texrc import load
        >>> coin = load('dataset coin "A toss" { columns { heads: boolean } }')
        >>> print(coin.with_statement("heads ~ {no: 0.5, yes: rest}  # fair"))
        dataset coin "A toss" {
          columns {
            heads : boolean
          }
        <BLANKLINE>
          model {
            heads ~ {no: 0.5, yes: rest}  # fair
          }
        }
        <BLANKLINE>
        """
        editor = self._editor()
        editor.put_statement(_target(statement), statement)
        return self._edited(editor)

    def without_model(self) -> Spec:
        """The columns alone: an uninstantiated context."""
        editor = self._editor()
        editor.remove_model()
        return self._edited(editor)

    def with_column(self, column: Column, statement: str = "") -> Spec:
        """With one more column, or this one in place of that of the same name.

        A spec with a model needs the new column's ``statement`` too. Raises
        ValueError for a column that no text can declare, or another column's statement.
        """
        editor = self._editor()
        editor.put_column(column.name, format_column(raise_column(column)))
        if statement:
            target = _target(statement)
            if target != column.name:
                raise ValueError(f"the statement models {target!r}, not {column.name!r}")
            editor.put_statement(target, statement)
        return self._edited(editor)

    def without_column(self, name: str) -> Spec:
        """Without a column, its statement and the comments right above these and beside them.

        Columns that depend on it then fail to check. Raises KeyError for an unknown one.
        """
        self.column(name)
        editor = self._editor()
        editor.remove_column(name)
        return self._edited(editor)

    def _editor(self) -> Editor:
        return Editor(self.source.text, self.tree)

    def _edited(self, editor: Editor) -> Spec:
        edited = Spec.parse(editor.text(), self.source.name)
        return Spec.parse(edited.text, self.source.name)

    # --- showing --------------------------------------------------------------

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        model = _counted(len(self.edges), "edge") if self.has_model else "no model"
        return f"<Spec {self.name!r}: {_counted(len(self.columns), 'column')}, {model}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spec) and self.tree == other.tree

    def __hash__(self) -> int:
        return hash(self.digest)

    def _repr_html_(self) -> str:
        import html  # a table of all entities: for notebooks only

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

    Raises ValueError for a type that is not one of the five, and a domain that is not its.

    >>> column("age", "integer", (18, 64), unit="years").high
    Decimal('64')
    """
    kind = ColumnType(type)
    rest: dict[str, Any] = {"description": description, "unit": unit, "target": target}
    if isinstance(domain, str):
        raise ValueError(f"the domain of {name!r} is a sequence, not one text")
    if kind is ColumnType.BOOLEAN:
        if domain:
            raise ValueError(f"{name!r} is boolean and needs no domain")
        return Column(name, kind, labels=BOOLEAN_LABELS, **rest)
    if kind in (ColumnType.CONTINUOUS, ColumnType.INTEGER):
        try:
            low, high = (Decimal(str(end)) for end in domain)
        except (ValueError, ArithmeticError):
            raise ValueError(f"the range of {name!r} is two numbers, lowest and highest") from None
        return Column(name, kind, low, high, **rest)
    return Column(name, kind, labels=tuple(str(label) for label in domain), **rest)


def describe_kind(column: Column) -> str:
    """`integer [18, 64] years`, `ordinal, 3 levels`: a column's kind in a few words."""
    if column.is_numeric:
        return f"{column.type} [{column.low}, {column.high}] {column.unit}".rstrip()
    if column.type is ColumnType.BOOLEAN:
        return "boolean"
    noun = "level" if column.type is ColumnType.ORDINAL else "label"
    return f"{column.type}, {_counted(len(column.labels), noun)}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


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


def _target(statement: str) -> str:
    """The column that a statement models. Raises ValueError when it is not one statement."""
    source = SourceFile(
        "<statement>", f'dataset x "" {{ columns {{ x: boolean }} model {{\n{statement}\n}} }}'
    )
    tree, diagnostics = parse(source)
    if tree is None or diagnostics.has_errors:
        raise TexrError(diagnostics.in_order(), source)
    assert tree.model is not None
    if len(tree.model.statements) != 1:
        raise ValueError("one statement at a time")
    return tree.model.statements[0].target.text
