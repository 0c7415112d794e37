"""What a run made of a corpus, in numbers and a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from texrc.corpus.journal import Record
from texrc.corpus.tasks import Failed

SHOWN = 3
"""Failed specs whose reports are kept; the others are counted by code."""


@dataclass
class Failures:
    """The specs that gave no table: the first reports, and the errors of the others by code."""

    count: int = 0
    first: list[Failed] = field(default_factory=list)
    other_codes: Counter[str] = field(default_factory=Counter)

    def add(self, failure: Failed) -> None:
        """Count one in, whatever the order they come in."""
        self.count += 1
        self.first.append(failure)
        self.first.sort(key=lambda each: each.task.number)
        for more in self.first[SHOWN:]:
            self.other_codes.update(more.codes)
        del self.first[SHOWN:]


@dataclass
class Summary:
    """A corpus after a run: ``drawn`` tables are new, ``tables`` of ``rows`` and ``size`` bytes
    are there in all. ``warned`` specs have ``warnings``. ``outdated`` tables are of an earlier
    text of a spec that fails now; the specs of ``gone`` are no more, their tables are.
    """

    drawn: int = 0
    tables: int = 0
    rows: int = 0
    size: int = 0
    warnings: int = 0
    warned: int = 0
    outdated: int = 0
    gone: list[str] = field(default_factory=list)
    failures: Failures = field(default_factory=Failures)
    namesakes: list[list[str]] = field(default_factory=list)
    """Specs whose datasets have one name, so that they share random numbers."""

    def count(self, records: Iterable[Record]) -> None:
        """Count the tables of the corpus."""
        by_name: dict[str, list[str]] = {}
        for record in records:
            self.tables += 1
            self.rows += record.rows
            self.size += record.size
            self.warnings += record.warnings
            self.warned += record.warnings > 0
            by_name.setdefault(record.dataset, []).append(record.spec)
        self.namesakes = [specs for specs in by_name.values() if len(specs) > 1]
