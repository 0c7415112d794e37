"""BIF text to network."""

from __future__ import annotations

import os

from texrc.diagnostics import Diagnostics, Label
from texrc.diagnostics.render.text import printable
from texrc.interop.bif import properties
from texrc.interop.bif.document import Document, Probability, Variable, Word
from texrc.interop.bif.names import split_head
from texrc.interop.bif.numbers import Numbers
from texrc.interop.bif.respelling import spelled
from texrc.interop.bif.scanning import MAX_FAULTS, scan
from texrc.interop.bif.tables import Table, read_rows
from texrc.ir.network import BOOLEAN_LABELS, Column, ColumnType, Network, Node
from texrc.source import SourceFile, Span
from texrc.syntax.limits import MAX_LABELS

MAX_PARENTS = 64


def read_bif(
    source: SourceFile, *, renormalize: bool = False
) -> tuple[Network | None, Diagnostics]:
    """The network of a BIF text; None when it has errors (TX601, TX602, TX603).

    Columns, labels, statements and rows keep the file's order and the
    probabilities their digits. Two states `no, yes` make a boolean. A
    `default` becomes the last row, `_`. ``renormalize`` divides rows that do
    not add up to one by their sum. TW009 warns of names that had to change.
    """
    diagnostics = Diagnostics()
    document = scan(source, diagnostics)
    if not diagnostics.has_errors and not document.variables:
        end = len(source.text.rstrip())
        diagnostics.add("TX602", "the file has no variables", Span(max(end - 1, 0), end))
    if diagnostics.has_errors:
        return None, diagnostics
    reader = _Reader(document, diagnostics, renormalize)
    network = reader.network(_stem(source.name))
    return (None if diagnostics.has_errors else network), diagnostics


class _Reader:
    def __init__(self, document: Document, diagnostics: Diagnostics, renormalize: bool) -> None:
        self._document = document
        self._diagnostics = diagnostics
        self._numbers = Numbers(renormalize=renormalize)
        self._index: dict[str, int] = {}
        self._labels: list[dict[str, int]] = []
        self._variables: list[Variable] = []
        self._faulty: set[int] = set()
        """Variables whose states were reported; tables with them are left alone."""

    def network(self, stem: str) -> Network:
        for variable in self._document.variables:
            self._declare(variable)
        names = spelled((v.name for v in self._variables), "the variable", self._diagnostics)
        columns = tuple(
            self._column(name, variable)
            for name, variable in zip(names, self._variables, strict=True)
        )
        nodes: dict[int, Node] = {}
        first: dict[int, Span] = {}
        for probability in self._document.probabilities:
            if len(self._diagnostics) >= MAX_FAULTS:
                break
            self._node(probability, nodes, first)
        self._report_missing(first)
        name, title, topic = self._about(stem)
        return Network(name, title, topic, columns, tuple(nodes.values()))

    # --- variables ------------------------------------------------------------

    def _declare(self, variable: Variable) -> None:
        name = variable.name
        if name.text in self._index:
            self._add(
                f"the variable `{_shown(name)}` is declared twice",
                name.span,
                "declared again",
                Label(self._variables[self._index[name.text]].name.span, "first declared here"),
            )
            return
        reported = len(self._diagnostics)
        if not variable.states:
            self._add(f"the variable `{_shown(name)}` has no states", name.span, "no states")
        elif len(variable.states) > MAX_LABELS:
            extra = variable.states[MAX_LABELS]
            self._add(
                f"the variable `{_shown(name)}` has more than {MAX_LABELS:,} states",
                extra.span,
                f"state number {MAX_LABELS + 1:,}",
            )
        labels: dict[str, int] = {}
        for code, state in enumerate(variable.states):
            if labels.setdefault(state.text, code) != code:
                self._add(
                    f"the variable `{_shown(name)}` has the state `{_shown(state)}` twice",
                    state.span,
                    "again",
                    Label(variable.states[labels[state.text]].span, "first here"),
                )
        if len(self._diagnostics) > reported:
            self._faulty.add(len(self._variables))
        self._index[name.text] = len(self._variables)
        self._variables.append(variable)
        self._labels.append(labels)

    def _column(self, name: str, variable: Variable) -> Column:
        what = f"the state of `{_shown(variable.name)}`"
        labels = spelled(variable.states, what, self._diagnostics)
        known = variable.properties.values
        if known.get(properties.SCALE) == ColumnType.ORDINAL and len(labels) > 1:
            kind = ColumnType.ORDINAL
        elif labels == BOOLEAN_LABELS:
            kind = ColumnType.BOOLEAN
        else:
            kind = ColumnType.CATEGORICAL
        return Column(
            name,
            kind,
            labels=labels,
            description=known.get(properties.DESCRIPTION, ""),
            unit=known.get(properties.UNIT, ""),
            target=known.get(properties.TARGET) == "true",
        )

    # --- probabilities --------------------------------------------------------

    def _node(
        self, probability: Probability, nodes: dict[int, Node], first: dict[int, Span]
    ) -> None:
        head = probability.head
        child, parents = split_head(head.text, head.span.start, self._index)
        column = self._index.get(child.text)
        if column is None:
            self._add(f"there is no variable `{_shown(child)}`", child.span, "not declared")
            return
        if column in first:
            self._add(
                f"the variable `{_shown(child)}` has its probabilities twice",
                child.span,
                "again",
                Label(first[column], "first here"),
            )
            return
        first[column] = child.span
        given = self._given(child, parents)
        if given is None or not self._faulty.isdisjoint((column, *given)):
            return
        table = Table(
            child=child,
            parents=tuple(_shown(parent) for parent in parents),
            size=len(self._labels[column]),
            known=tuple(self._labels[parent] for parent in given),
        )
        rows = read_rows(probability, table, self._numbers, self._diagnostics)
        if rows is not None:
            nodes[column] = Node(column, given, rows)

    def _given(self, child: Word, parents: tuple[Word, ...]) -> tuple[int, ...] | None:
        if len(parents) > MAX_PARENTS:
            self._add(
                f"the variable `{_shown(child)}` has more than {MAX_PARENTS} parents",
                parents[MAX_PARENTS].span,
                f"parent number {MAX_PARENTS + 1}",
            )
            return None
        given: dict[int, Word] = {}
        sound = True
        for parent in parents:
            column = self._index.get(parent.text)
            fault = ""
            if column is None:
                fault = f"there is no variable `{_shown(parent)}`"
            elif parent.text == child.text:
                fault = f"the variable `{_shown(child)}` is its own parent"
            elif column in given:
                fault = f"the parent `{_shown(parent)}` stands twice"
            else:
                given[column] = parent
            if fault:
                sound = False
                self._add(fault, parent.span, "no parent")
        return tuple(given) if sound else None

    def _report_missing(self, first: dict[int, Span]) -> None:
        for column, variable in enumerate(self._variables):
            if column not in first and len(self._diagnostics) < MAX_FAULTS:
                self._add(
                    f"the variable `{_shown(variable.name)}` has no `probability` block",
                    variable.name.span,
                    "no probabilities",
                )

    # --- about the whole ------------------------------------------------------

    def _about(self, stem: str) -> tuple[str, str, str]:
        """The dataset's name, title and topic."""
        given = self._document.name
        if given is None or given.text.lower() in ("", "unknown"):
            given = Word(stem or "network", given.span if given else Span(0, 0))
        (name,) = spelled([given], "the network", self._diagnostics)
        known = self._document.properties.values
        title = known.get(properties.TITLE) or known.get(properties.DESCRIPTION)
        return (
            name,
            title if title is not None else f"One draw from the Bayesian network {name}",
            known.get(properties.TOPIC, ""),
        )

    def _add(self, message: str, span: Span, label: str, *secondary: Label) -> None:
        self._diagnostics.add("TX602", message, span, label, secondary=secondary)


def _shown(word: Word) -> str:
    text = word.text if len(word.text) <= 80 else word.text[:79] + "…"
    return printable(text)


def _stem(path: str) -> str:
    """The file's name without folder and suffixes: what `unknown` networks are called by."""
    if path.startswith("<"):
        return ""
    return os.path.basename(path.replace("\\", "/")).split(".")[0]
