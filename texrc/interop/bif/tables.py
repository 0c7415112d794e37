"""The rows of one `probability` block."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from decimal import Decimal

from texrc.diagnostics import Diagnostics, Label
from texrc.diagnostics.render.text import printable
from texrc.interop.bif import document as bif
from texrc.interop.bif.document import Word
from texrc.interop.bif.names import split_by_names
from texrc.interop.bif.numbers import BadNumber, Numbers, Uneven
from texrc.interop.bif.scanning import MAX_FAULTS
from texrc.ir.atoms import number_text
from texrc.ir.distributions import Categorical
from texrc.ir.network import Row
from texrc.ir.patterns import Anything, IsCode, Pattern
from texrc.source import Span

_MAX_KEYS = 100_000
"""Characters of a row's states: far more than 64 parents' need."""


@dataclass(frozen=True)
class Table:
    """What a block's rows are about: its variable, and the codes of its parents' states."""

    child: Word
    parents: tuple[str, ...]
    size: int
    known: tuple[dict[str, int], ...]

    @property
    def combinations(self) -> int:
        return math.prod(len(labels) for labels in self.known)


def read_rows(
    block: bif.Probability, table: Table, numbers: Numbers, diagnostics: Diagnostics
) -> tuple[Row, ...] | None:
    """The rows in the file's order, a `default` last; None where something was reported."""
    return _RowReader(block, table, numbers, diagnostics).read()


class _RowReader:
    def __init__(
        self, block: bif.Probability, table: Table, numbers: Numbers, diagnostics: Diagnostics
    ) -> None:
        self._block = block
        self._table = table
        self._numbers = numbers
        self._diagnostics = diagnostics
        self._found = len(diagnostics)
        self._name = printable(table.child.text[:80])

    def read(self) -> tuple[Row, ...] | None:
        block = self._block
        for repeated in (*block.tables[1:], *block.defaults[1:]):
            self._add(f"`{self._name}` has a `table` or `default` twice", repeated.span, "again")
        if block.tables and (block.rows or block.defaults):
            self._add(f"`{self._name}` has a `table` and other rows", block.tables[0].span, "all")
        if len(self._diagnostics) > self._found:
            return None
        rows = self._whole_table(block.tables[0]) if block.tables else self._single_rows()
        return rows if len(self._diagnostics) == self._found else None

    # --- forms ----------------------------------------------------------------

    def _whole_table(self, whole: bif.Numbers) -> tuple[Row, ...]:
        """All numbers in one: the variable's states run slowest, the last parent's fastest."""
        words = self._words(whole.numbers)
        count = self._table.combinations
        due = self._table.size * count
        if len(words) != due:
            self._report_length(len(words), due, whole.span)
            return ()
        parts = [range(len(labels)) for labels in self._table.known]
        rows = []
        for place, codes in enumerate(itertools.product(*parts)):
            distribution = self._distribution(words[place::count], whole, codes)
            if distribution is not None:
                rows.append(Row(tuple(IsCode(code) for code in codes), distribution))
        return tuple(rows)

    def _single_rows(self) -> tuple[Row, ...]:
        table, block = self._table, self._block
        patterns = [[IsCode(code) for code in range(len(labels))] for labels in table.known]
        seen: dict[tuple[int, ...], bif.Row] = {}
        rows: list[Row] = []
        for row in block.rows:
            if len(self._diagnostics) >= MAX_FAULTS:
                return ()
            codes = self._codes(row)
            if codes is None:
                continue
            earlier = seen.setdefault(codes, row)
            if earlier is not row:
                self._add(
                    f"`{self._name}` has the row for {self._states(codes)} twice",
                    row.keys_span,
                    "again",
                    Label(earlier.keys_span, "first here"),
                )
                continue
            words = self._words(row.numbers)
            if len(words) != table.size:
                self._report_length(len(words), table.size, row.span)
                continue
            distribution = self._distribution(words, row, codes)
            if distribution is not None:
                keys: tuple[Pattern, ...] = tuple(map(list.__getitem__, patterns, codes))
                rows.append(Row(keys, distribution))
        if block.defaults:
            default = self._default(block.defaults[0])
            if len(seen) < table.combinations:
                rows += default
        elif len(self._diagnostics) == self._found:
            self._report_missing(seen)
        return tuple(rows)

    def _default(self, default: bif.Numbers) -> list[Row]:
        words = self._words(default.numbers)
        if len(words) != self._table.size:
            self._report_length(len(words), self._table.size, default.span)
            return []
        distribution = self._distribution(words, default, None)
        anything = (Anything(),) * len(self._table.known)
        return [Row(anything, distribution)] if distribution is not None else []

    # --- parts ----------------------------------------------------------------

    def _codes(self, row: bif.Row) -> tuple[int, ...] | None:
        """The codes of a row's states, in the order of the parents."""
        known = self._table.known
        states = row.keys.split(",")
        if len(states) == len(known):
            codes = [
                labels.get(state.strip(), -1) for labels, state in zip(known, states, strict=True)
            ]
            if -1 not in codes:
                return tuple(codes)
        codes = split_by_names(row.keys, row.keys_start, known) if known else None
        if codes is None or len(row.keys) > _MAX_KEYS:
            parents = ", ".join(f"`{parent}`" for parent in self._table.parents[:8])
            self._add(
                f"`({printable(row.keys[:80].strip())})` are no states of the parents of "
                f"`{self._name}`",
                row.keys_span,
                f"expected one state each of {parents}" if parents else "there are no parents",
            )
            return None
        return codes

    def _words(self, text: str) -> tuple[str, ...]:
        return tuple(text.replace(",", " ").split())

    def _distribution(
        self,
        words: tuple[str, ...],
        place: bif.Row | bif.Numbers,
        codes: tuple[int, ...] | None,
    ) -> Categorical | None:
        try:
            found = self._numbers.row(words)
        except BadNumber as bad:
            start = place.numbers_start + max(place.numbers.find(bad.word), 0)
            word = printable(bad.word[:40])
            self._diagnostics.add(
                "TX601" if bad.is_syntax else "TX602",
                f"`{word}` stands where a probability is due"
                if bad.is_syntax
                else f"`{word}` is {bad.fault}",
                Span(start, start + len(bad.word)),
                bad.fault,
            )
            return None
        if isinstance(found, Uneven):
            self._report_sum(found.total, place.span, codes)
            return None
        return found

    # --- faults ---------------------------------------------------------------

    def _report_sum(self, total: Decimal, span: Span, codes: tuple[int, ...] | None) -> None:
        given = f" given {self._states(codes)}" if codes else ""
        helps = ["`texrc import --renormalize` divides each such row by its sum"]
        self._diagnostics.add(
            "TX603",
            f"the probabilities of `{self._name}`{given} add up to {number_text(total)}, not 1",
            span,
            helps=helps if total else [],
        )

    def _report_length(self, count: int, due: int, span: Span) -> None:
        plural = "probability" if count == 1 else "probabilities"
        message = f"a row of `{self._name}` has {count:,} {plural}, not {due:,}"
        label = f"{due:,} expected"
        self._add(message, span, label)

    def _report_missing(self, seen: dict[tuple[int, ...], bif.Row]) -> None:
        missing = self._table.combinations - len(seen)
        if missing == 0:
            return
        if not seen:
            self._add(
                f"`{self._name}` has no probabilities", self._table.child.span, "an empty block"
            )
            return
        parts = [range(len(labels)) for labels in self._table.known]
        codes = next(codes for codes in itertools.product(*parts) if codes not in seen)
        self._add(
            f"`{self._name}` has no row for {self._states(codes)}",
            self._table.child.span,
            f"{missing:,} of {self._table.combinations:,} rows are missing",
        )

    def _states(self, codes: tuple[int, ...]) -> str:
        """`a = x, b = y`: a combination in words."""
        parts = []
        for parent, labels, code in zip(self._table.parents, self._table.known, codes, strict=True):
            label = next(label for label, known in labels.items() if known == code)
            parts.append(f"{parent} = {printable(label)}")
        return "`" + ", ".join(parts) + "`"

    def _add(self, message: str, span: Span, label: str, *secondary: Label) -> None:
        self._diagnostics.add("TX602", message, span, label, secondary=secondary)
