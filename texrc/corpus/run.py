"""From a folder of specs to a corpus: the whole run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from texrc import driver
from texrc.corpus.files import Files
from texrc.corpus.journal import Record
from texrc.corpus.pool import Pool
from texrc.corpus.shards import Shards
from texrc.corpus.summary import Summary
from texrc.corpus.tasks import Drawn, Failed, Job, Settings, Task, Unwritable
from texrc.corpus.workplace import Refused, Workplace, workplace
from texrc.diagnostics import TexrError
from texrc.spec_files import specs_below

ROWS_TO_BEGIN = 10_000
"""NumPy, which draws small tables, loses to the compiled loops on the first rows of a table as
much as on so many more: calls, and not rows, are what these cost."""

Layout = Files | Shards
Progress = Callable[[int, int], None]
"""Called with how many more specs are done, and of how many that were to do."""


def sample_corpus(
    folder: str,
    output: str,
    settings: Settings,
    *,
    shards: int | None = None,
    workers: int = 1,
    color: bool = False,
    progress: Progress = lambda done, total: None,
) -> Summary:
    """Draw a table for each spec below ``folder`` into the folder ``output``.

    One file each, or packed into so many ``shards``. What an earlier run with the same
    settings has drawn of the same specs stays. Specs that fail are counted and reported
    in the summary, the others go on.

    Raises `Refused` where ``output`` cannot take the corpus, `TexrError` (TX008) for a folder
    that cannot be listed and (TX511) when no worker starts, OSError when nothing can be written.
    """
    specs = specs_below(folder)
    if not specs:
        raise Refused(f"there are no .texr files in {folder!r}")
    if shards is not None and not 1 <= shards <= len(specs):
        raise Refused(f"{len(specs):,} specs cannot fill {shards:,} shards")
    os.makedirs(output, exist_ok=True)
    with workplace(output) as place:
        layout: Layout = (
            Files(specs, settings, place)
            if shards is None
            else Shards(specs, settings, place, shards)
        )
        records = layout.journal.records
        unchanged = [_is_unchanged(records.get(spec), folder, settings) for spec in specs]
        tasks = layout.pending(unchanged)
        summary = Summary(gone=sorted(records.keys() - set(specs)))
        whole = set(specs).difference(task.spec for task in tasks)
        with layout.journal.appending():
            for outcomes in _drawn(folder, tasks, workers, color, settings, layout, place):
                for outcome in outcomes:
                    if isinstance(outcome, Drawn):
                        whole.add(outcome.task.spec)
                        summary.drawn += 1
                    else:
                        summary.failures.add(outcome)
                        known = records.get(outcome.task.spec)
                        summary.outdated += known is not None and not known.codes
                progress(len(outcomes), len(tasks))
        summary.count(records[spec] for spec in specs if spec in whole)
    return summary


def _is_unchanged(record: Record | None, folder: str, settings: Settings) -> bool:
    """Whether a spec would give again what its record tells."""
    if record is None or record.settings != str(settings):
        return False
    try:
        data = driver.read_bytes(os.path.join(folder, record.spec))
    except TexrError:
        return False
    return sha256(data).hexdigest() == record.digest


def _drawn(
    folder: str,
    tasks: Sequence[Task],
    workers: int,
    color: bool,
    settings: Settings,
    layout: Layout,
    place: Workplace,
) -> Iterator[list[Drawn | Failed]]:
    """What came of the tasks, published. Raises OSError for a table that cannot be written."""
    if not tasks:
        return
    workers = min(workers, len(tasks))
    rows_ahead = (settings.rows + ROWS_TO_BEGIN) * len(tasks) // workers
    job = Job(folder, place.parts, settings, rows_ahead, layout.with_source, color)
    with Pool(workers, job) as pool:
        for outcomes in pool.outcomes(tasks):
            written = [each for each in outcomes if not isinstance(each, Unwritable)]
            layout.publish(written)
            for outcome in outcomes:
                if isinstance(outcome, Unwritable):
                    raise OSError(outcome.number, outcome.reason, place.output)
            yield written
