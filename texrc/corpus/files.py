"""One file a table: `a/b.texr` becomes `a/b.parquet`."""

from __future__ import annotations

import os
from collections.abc import Sequence

from texrc.corpus.journal import Journal, Record
from texrc.corpus.tasks import Drawn, Failed, Settings, Task
from texrc.corpus.workplace import Refused, Workplace
from texrc.spec_files import SUFFIX


class Files:
    """Publishes tables under their specs' names."""

    with_source = False

    def __init__(self, specs: Sequence[str], settings: Settings, workplace: Workplace) -> None:
        """Raises `Refused` where two tables would want one name."""
        self._specs = specs
        self._settings = settings
        self._workplace = workplace
        self.journal = Journal(workplace, f"{settings.format_name} files")
        self._refuse_clashes()

    def pending(self, unchanged: Sequence[bool]) -> list[Task]:
        """The tables to be drawn, given which specs are what their records tell.

        Raises `Refused` where a file is in the way that no run for this corpus has written.
        """
        tasks: list[Task] = []
        strangers: list[str] = []
        for number, spec in enumerate(self._specs):
            record = self.journal.records.get(spec)
            size = _size(self._target(spec))
            if record is None and size is not None:
                strangers.append(self._target(spec))
            if record is None or not unchanged[number] or size != record.size:
                tasks.append(Task(number, spec))
        if strangers:
            others = f" and {len(strangers) - 1:,} more" if len(strangers) > 1 else ""
            raise Refused(
                f"{strangers[0]}{others} would be overwritten, and no earlier run wrote it: "
                "move it away, or choose another folder"
            )
        return tasks

    def publish(self, outcomes: Sequence[Drawn | Failed]) -> None:
        """Give the tables their names, each after the journal has them on the disk.

        A table that is replaced goes first: an old one under a new record must never be.
        """
        drawn = [outcome for outcome in outcomes if isinstance(outcome, Drawn)]
        for outcome in drawn:
            target = self._target(outcome.task.spec)
            if outcome.task.spec in self.journal.records and os.path.lexists(target):
                os.unlink(target)
        self.journal.add(
            Record(
                outcome.task.spec,
                outcome.digest,
                str(self._settings),
                outcome.dataset,
                self._settings.rows,
                outcome.warnings,
                outcome.size,
            )
            for outcome in drawn
        )
        for outcome in drawn:
            target = self._target(outcome.task.spec)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.rename(self._workplace.part(str(outcome.task.number)), target)

    def _target(self, spec: str) -> str:
        return os.path.join(self._workplace.output, self._relative(spec))

    def _relative(self, spec: str) -> str:
        return spec.removesuffix(SUFFIX) + "." + self._settings.format_name

    def _refuse_clashes(self) -> None:
        targets: dict[str, str] = {}
        alike = _names_differ_by_case_only(self._workplace.output)
        for spec in self._specs:
            name = self._relative(spec)
            key = name.casefold() if alike else name
            other = targets.setdefault(key, spec)
            if other is not spec:
                raise Refused(f"the tables of {other} and {spec} would be one file there")
        for spec in self._specs:
            for at, character in enumerate(spec):
                if character == "/" and (key := spec[:at]) in targets:
                    raise Refused(
                        f"the table of {targets[key]} would take the name of the folder {key}"
                    )


def _size(path: str) -> int | None:
    """The size of a file; None where there is none."""
    try:
        return os.stat(path).st_size
    except (FileNotFoundError, NotADirectoryError):
        return None


def _names_differ_by_case_only(folder: str) -> bool:
    """Whether the file system of a folder takes names for one that differ by case."""
    return os.path.exists(os.path.join(folder, ".TEXRC"))
