"""The network: where the front (text, importers) and the back (samplers, exporters) meet."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal

from texrc.ir.distributions import Distribution, expressions_of
from texrc.ir.expressions import columns_of
from texrc.ir.patterns import Pattern
from texrc.source import Span

BOOLEAN_LABELS = ("no", "yes")


class ColumnType(StrEnum):
    """The five types, spelled as in a spec."""

    CONTINUOUS = "continuous"
    INTEGER = "integer"
    CATEGORICAL = "categorical"
    ORDINAL = "ordinal"
    BOOLEAN = "boolean"


def _place() -> Span | None:
    return field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column means and which values it may take.

    ``low`` and ``high`` are set for numeric columns, ``labels`` for discrete
    ones (a boolean's are `no` and `yes`); a value's code is its place in ``labels``.
    """

    name: str
    type: ColumnType
    low: Decimal | None = None
    high: Decimal | None = None
    labels: tuple[str, ...] = ()
    description: str = ""
    unit: str = ""
    target: bool = False
    span: Span | None = _place()
    """The name."""
    domain_span: Span | None = _place()

    @property
    def is_numeric(self) -> bool:
        return self.type is ColumnType.CONTINUOUS or self.type is ColumnType.INTEGER

    @property
    def is_discrete(self) -> bool:
        return not self.is_numeric


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: a pattern for each of the node's ``given`` columns, and what follows."""

    patterns: tuple[Pattern, ...]
    distribution: Distribution
    span: Span | None = _place()
    """Keys and value together."""
    keys_span: Span | None = _place()


@dataclass(frozen=True)
class Node:
    """How a column comes about: rows in order, the first that matches counts.

    ``given`` are the columns after the bar. Without a bar there is one row with
    no patterns.
    """

    column: int
    given: tuple[int, ...]
    rows: tuple[Row, ...]
    span: Span | None = _place()
    """The target's name in its statement."""
    given_spans: tuple[Span, ...] = field(default=(), compare=False, repr=False)
    statement_span: Span | None = _place()

    @cached_property
    def parents(self) -> tuple[int, ...]:
        """The columns after the bar, then those its expressions read; each once."""
        seen = dict.fromkeys(self.given)
        for row in self.rows:
            for expression in expressions_of(row.distribution):
                seen.update(dict.fromkeys(columns_of(expression)))
        return tuple(seen)


@dataclass(frozen=True)
class Network:
    """A dataset: its context, and its model when it has one.

    ``nodes`` is None for a context without a model, else at most one node a
    column, in the order of their statements.
    """

    name: str
    title: str
    topic: str
    columns: tuple[Column, ...]
    nodes: tuple[Node, ...] | None = None
    version: Literal[1] = 1
    """Of this form, for JSON."""
    span: Span | None = _place()
    """The name."""

    @cached_property
    def column_index(self) -> dict[str, int]:
        return {column.name: index for index, column in enumerate(self.columns)}

    @cached_property
    def node_of(self) -> dict[int, Node]:
        """The node of each modelled column."""
        return {node.column: node for node in self.nodes or ()}

    @cached_property
    def remembered(self) -> dict[Any, Any]:
        """What one pass worked out about the network and the next may ask for, by who asks."""
        return {}

    def in_topological_order(self) -> tuple[Node, ...]:
        """Nodes with every parent before its child; among equals, by column order.

        The order depends on the columns and the edges only, not on the order
        of statements. The network must be acyclic and fully modelled.
        """
        waiting = {node.column: len(node.parents) for node in self.node_of.values()}
        children: dict[int, list[int]] = {}
        for node in self.node_of.values():
            for parent in node.parents:
                children.setdefault(parent, []).append(node.column)
        ready = [column for column, count in waiting.items() if count == 0]
        heapq.heapify(ready)
        order: list[Node] = []
        while ready:
            column = heapq.heappop(ready)
            order.append(self.node_of[column])
            for child in children.get(column, ()):
                waiting[child] -= 1
                if waiting[child] == 0:
                    heapq.heappush(ready, child)
        if len(order) != len(self.node_of):
            raise ValueError("the network has a circle")
        return tuple(order)
