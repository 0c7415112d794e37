"""What a BIF file says, before anything in it is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field

from texrc.source import Span


@dataclass(frozen=True, slots=True)
class Word:
    """A name or a stretch of text, without its quotes."""

    text: str
    span: Span


@dataclass(slots=True)
class Properties:
    """The ``property`` lines of a block as key and value; what has no key is left out."""

    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Variable:
    """A ``variable`` block."""

    name: Word
    states: tuple[Word, ...]
    properties: Properties


@dataclass(frozen=True, slots=True)
class Row:
    """``(keys) numbers;``: both as they stand, because a file has very many of them."""

    keys: str
    keys_start: int
    numbers: str
    numbers_start: int

    @property
    def span(self) -> Span:
        return Span(self.keys_start - 1, self.numbers_start + len(self.numbers.rstrip()))

    @property
    def keys_span(self) -> Span:
        return Span(self.keys_start - 1, self.keys_start + len(self.keys) + 1)


@dataclass(frozen=True, slots=True)
class Numbers:
    """``table numbers;`` or ``default numbers;``"""

    numbers: str
    numbers_start: int
    span: Span


@dataclass(frozen=True, slots=True)
class Probability:
    """A ``probability`` block: ``head`` is what stands in its round brackets."""

    head: Word
    rows: tuple[Row, ...]
    tables: tuple[Numbers, ...]
    defaults: tuple[Numbers, ...]


@dataclass
class Document:
    """A file's blocks in their order."""

    name: Word | None = None
    properties: Properties = field(default_factory=Properties)
    variables: list[Variable] = field(default_factory=list)
    probabilities: list[Probability] = field(default_factory=list)
