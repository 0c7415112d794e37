"""Tables packed into tar files, beside their specs: `a/b.texr`, `a/b.parquet`, `a/c.texr` ...

So webdataset, Ray and Hugging Face's datasets load a corpus as it is, and `tar -x` makes
one file a table of it. Spec i of the sorted list goes to shard i modulo the number of shards,
in the order of the list: the bytes of a shard depend on the specs and the settings alone.

A shard grows in the workplace, and its journal follows it, table by table. A killed run's
shard is cut off after the last table that the journal knows, and goes on from there.
"""

from __future__ import annotations

import os
import shutil
import tarfile
from collections import deque
from collections.abc import Iterable, Sequence
from functools import cached_property
from io import BytesIO
from typing import BinaryIO

from texrc.corpus.journal import Journal, Record
from texrc.corpus.tasks import Drawn, Failed, Settings, Task
from texrc.corpus.workplace import Refused, Workplace
from texrc.spec_files import SUFFIX


class Shards:
    """Publishes tables in so many shards."""

    with_source = True

    def __init__(
        self, specs: Sequence[str], settings: Settings, workplace: Workplace, shards: int
    ) -> None:
        self._specs = specs
        self._settings = settings
        self._workplace = workplace
        self._shards = shards
        self.journal = Journal(workplace, f"{settings.format_name} tables in {shards} shards")
        self._open: deque[_Shard] = deque()
        """The shards that are not yet whole, in their order."""
        self._outcomes: dict[int, Drawn | Failed] = {}
        """What has come before its turn, by the number of its task."""
        self._awaited: set[int] = set()

    def pending(self, unchanged: Sequence[bool]) -> list[Task]:
        """The tables to be drawn, given which specs are what their records tell; also the
        specs that failed, whose faults are to be told again.

        Raises `Refused` where a file is in the way that no run for this corpus has written.
        """
        for spec in self.journal.records.keys() - set(self._specs):
            del self.journal.records[spec]
        tasks: list[Task] = []
        for shard in range(self._shards):
            name = f"tables-{shard:05}-of-{self._shards:05}.tar"
            numbers = range(shard, len(self._specs), self._shards)
            tasks += self._pending_of(name, numbers, unchanged)
        return tasks

    def _pending_of(self, name: str, numbers: range, unchanged: Sequence[bool]) -> list[Task]:
        target = os.path.join(self._workplace.output, name)
        part = self._workplace.shard(name)
        records = [self.journal.records.get(self._specs[number]) for number in numbers]
        known = 0
        while known < len(numbers) and records[known] and unchanged[numbers[known]]:
            known += 1
        size = os.path.getsize(target) if os.path.exists(target) else None
        if size is not None and self.journal.is_new:
            raise Refused(f"{target} was written by no earlier run: move it away")
        kept = [record for record in records[:known] if record is not None]
        if known == len(numbers) and size == _whole(kept[-1].end):
            return self._failed_before(numbers, kept)
        grown = os.path.getsize(part) if os.path.exists(part) else 0
        kept = kept[: sum(record.end <= grown for record in kept)]
        if size is not None:
            os.unlink(target)  # what follows has records of its own
        for number in numbers[len(kept) :]:
            self.journal.records.pop(self._specs[number], None)
        end = kept[-1].end if kept else 0
        lacking = numbers[len(kept) :]
        self._open.append(_Shard(part, target, end, lacking))
        self._awaited.update(lacking)
        return [
            *self._failed_before(numbers, kept),
            *(Task(number, self._specs[number]) for number in lacking),
        ]

    def _failed_before(self, numbers: range, records: Iterable[Record]) -> list[Task]:
        return [
            Task(number, record.spec)
            for number, record in zip(numbers, records, strict=False)
            if record.codes
        ]

    def publish(self, outcomes: Sequence[Drawn | Failed]) -> None:
        """Append the tables to their shards as their turns come; a full shard gets its name."""
        for outcome in outcomes:
            if outcome.task.number in self._awaited:
                self._outcomes[outcome.task.number] = outcome
        while self._open:
            shard = self._open[0]
            added: list[Record] = []
            while shard.waiting and shard.waiting[0] in self._outcomes:
                outcome = self._outcomes.pop(shard.waiting.popleft())
                added += self._append(shard, outcome)
            shard.file.flush()
            self.journal.add(added)
            if shard.waiting:
                return
            shard.finish()
            self._open.popleft()

    def _append(self, shard: _Shard, outcome: Drawn | Failed) -> list[Record]:
        """Append what there is of a spec; its record, where the next run can rely on it."""
        spec, settings = outcome.task.spec, str(self._settings)
        if isinstance(outcome, Failed):
            if outcome.digest is None:
                return []
            codes = tuple(sorted(outcome.codes))
            return [Record(spec, outcome.digest, settings, codes=codes, end=shard.end)]
        assert outcome.source is not None
        part = self._workplace.part(str(outcome.task.number))
        shard.add(spec, len(outcome.source), BytesIO(outcome.source))
        with open(part, "rb") as table:
            name = f"{spec.removesuffix(SUFFIX)}.{self._settings.format_name}"
            shard.add(name, outcome.size, table)
        os.unlink(part)
        return [
            Record(
                spec,
                outcome.digest,
                settings,
                outcome.dataset,
                self._settings.rows,
                outcome.warnings,
                outcome.size,
                end=shard.end,
            )
        ]


class _Shard:
    """A tar file that grows; ``waiting`` are the numbers of the specs that it still lacks."""

    def __init__(self, path: str, target: str, end: int, waiting: Iterable[int]) -> None:
        self.end = end
        self.waiting = deque(waiting)
        self._path = path
        self._target = target

    @cached_property
    def file(self) -> BinaryIO:
        """Open, and cut off where the journal's knowledge ends."""
        file = open(self._path, "ab")  # noqa: SIM115 - `finish` closes it
        file.truncate(self.end)
        return file

    def add(self, name: str, size: int, content: BinaryIO) -> None:
        """Add a member without an owner or a time."""
        head = tarfile.TarInfo(name)
        head.size = size
        packed = head.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")
        self.file.write(packed)
        shutil.copyfileobj(content, self.file)
        self.file.write(bytes(-size % tarfile.BLOCKSIZE))
        self.end += len(packed) + size + -size % tarfile.BLOCKSIZE

    def finish(self) -> None:
        """End the archive, and give it its name."""
        self.file.write(bytes(_whole(self.end) - self.end))
        self.file.close()
        os.rename(self._path, self._target)


def _whole(end: int) -> int:
    """The size of an archive whose members end there: two empty blocks, then full records."""
    end += 2 * tarfile.BLOCKSIZE
    return end + -end % tarfile.RECORDSIZE
