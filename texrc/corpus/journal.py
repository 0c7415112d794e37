"""What a corpus knows of its tables: a line of JSON each, written before the table is named.

The first line tells the layout and the format. At a run's end the lines are sorted by spec, so
that the journal too is the same however often the run was broken off.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from texrc.corpus.workplace import Refused, Workplace

VERSION = 1


@dataclass(frozen=True, slots=True)
class Record:
    """What became of a spec.

    ``digest`` is the SHA-256 of its bytes, ``settings`` what its table was drawn with and
    ``size`` the table's bytes. ``codes`` are the errors for which there is no table. In a
    sharded corpus the table's entry reaches up to byte ``end`` of its shard.
    """

    spec: str
    digest: str
    settings: str
    dataset: str = ""
    rows: int = 0
    warnings: int = 0
    size: int = 0
    codes: tuple[str, ...] = ()
    end: int = 0


class Journal:
    """The records of a corpus by spec, on the disk and here."""

    def __init__(self, place: Workplace, layout: str) -> None:
        """Reads what earlier runs wrote, up to a line that a kill cut off.

        Raises `Refused` where they wrote another ``layout``.
        """
        self.records: dict[str, Record] = {}
        self.is_new = True
        """Whether no earlier run has begun this corpus."""
        self._path = place.journal
        self._scratch = place.part("journal")
        self._head = {"texr corpus": VERSION, "layout": layout}
        self._file: BinaryIO | None = None
        with suppress(FileNotFoundError), open(self._path, "rb") as file:
            head = _parsed(file.readline())
            if head is None:
                return
            if head != self._head:
                raise Refused(
                    f"there is a corpus of {head.get('layout', 'another kind')} already, "
                    f"which would then stand beside {layout}"
                )
            self.is_new = False
            while (told := _parsed(file.readline())) is not None:
                record = Record(**{**told, "codes": tuple(told["codes"])})
                self.records[record.spec] = record

    def save(self) -> None:
        """Write everything anew, sorted by spec."""
        with open(self._scratch, "wb") as file:
            file.write(_line(self._head))
            file.writelines(_line(asdict(self.records[spec])) for spec in sorted(self.records))
            file.flush()
            os.fsync(file.fileno())
        os.replace(self._scratch, self._path)

    @contextmanager
    def appending(self) -> Iterator[None]:
        """`add` works inside."""
        self.save()
        with open(self._path, "ab") as self._file:
            yield
        self.save()

    def add(self, records: Iterable[Record]) -> None:
        """Add records; they are on the disk when this returns."""
        assert self._file is not None
        lines: list[bytes] = []
        for record in records:
            self.records[record.spec] = record
            lines.append(_line(asdict(record)))
        self._file.write(b"".join(lines))
        self._file.flush()
        os.fsync(self._file.fileno())


def _line(told: dict[str, Any]) -> bytes:
    """ASCII, so that names that are no UTF-8 come back as they were."""
    return json.dumps(told).encode() + b"\n"


def _parsed(line: bytes) -> dict[str, Any] | None:
    """None for a line that is not whole."""
    if not line.endswith(b"\n"):
        return None
    try:
        return json.loads(line)
    except ValueError:
        return None
