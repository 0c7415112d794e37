"""What goes between the process that was called and its workers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from texrc.diagnostics import Diagnostics, Severity, TexrError
from texrc.diagnostics.render import RENDERERS, Report
from texrc.version import __version__

SHOWN = 10
"""Findings of one spec that its report shows."""


@dataclass(frozen=True)
class Settings:
    """Rows ``first`` up to but not including ``last`` of ``seed``, in a format of `FORMATS`."""

    first: int
    last: int
    seed: int
    format_name: str

    @property
    def rows(self) -> int:
        return self.last - self.first

    def __str__(self) -> str:
        """Equal where equal specs give equal tables."""
        return f"rows {self.first}:{self.last} of seed {self.seed} by texr {__version__}"


@dataclass(frozen=True)
class Job:
    """What all tasks of a worker have in common.

    ``folder`` holds the specs, and ``parts`` takes the tables. ``rows_ahead`` is about how
    many rows the worker will draw in all, or tables that cost as much. ``with_source``: the
    spec's bytes come back too. ``color``: reports are for a terminal that shows it.
    """

    folder: str
    parts: str
    settings: Settings
    rows_ahead: int
    with_source: bool
    color: bool


@dataclass(frozen=True)
class Task:
    """A spec to be drawn: its number in the corpus, and its path in the folder of specs."""

    number: int
    spec: str


@dataclass(frozen=True)
class Drawn:
    """A table that lies whole in the job's ``parts``, under the task's number.

    ``digest`` is the SHA-256 of the spec's bytes in hexadecimal, ``size`` the table's in bytes.
    """

    task: Task
    digest: str
    dataset: str
    warnings: int
    size: int
    source: bytes | None


@dataclass(frozen=True)
class Failed:
    """A spec that gave no table: a report for people, and how many errors of each code.

    ``digest`` is None where the spec was not to blame, so that another try may succeed.
    """

    task: Task
    digest: str | None
    report: str
    codes: Counter[str]


@dataclass(frozen=True)
class Unwritable:
    """A table that could not be written: the system's error number and reason."""

    task: Task
    number: int
    reason: str


Outcome = Drawn | Failed | Unwritable


def failed(task: Task, digest: str | None, error: TexrError, color: bool) -> Failed:
    """The outcome of a task that ended with an error."""
    findings = error.diagnostics
    report = RENDERERS["full"]([Report(findings, error.source)], color=color, limit=SHOWN)
    errors = (finding.code for finding in findings if finding.severity is Severity.ERROR)
    return Failed(task, digest, report, Counter(errors))


def died(task: Task, path: str, reason: str, color: bool) -> Failed:
    """The outcome of a task that its process did not survive, or had no memory for."""
    bag = Diagnostics()
    bag.add(
        "TX511",
        f"no table of {path}: {reason}",
        helps=["if the system was short of memory, fewer `--threads` need less of it"],
    )
    return failed(task, None, TexrError(bag), color)
