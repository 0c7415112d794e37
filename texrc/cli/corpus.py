"""`texrc sample FOLDER`: a corpus, with its progress and its summary on stderr."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from texrc.cores import available_cores
from texrc.corpus.run import sample_corpus
from texrc.corpus.summary import Summary
from texrc.corpus.tasks import Settings
from texrc.corpus.workplace import Refused
from texrc.diagnostics.render import wants_color
from texrc.diagnostics.render.text import printable

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


def draw_corpus(
    folder: str, output: str | None, settings: Settings, shards: int | None, threads: int | None
) -> int:
    """Draw the corpus of a folder's specs; the exit code. Raises click's errors of usage."""
    if output is None or output == "-":
        raise click.UsageError(f"{folder!r} is a folder: name one for its tables with -o")
    if os.path.exists(output) and not os.path.isdir(output):
        raise click.UsageError(f"{output!r} is a file, and the tables need a folder")
    begin = time.perf_counter()
    try:
        with _bar() as bar:

            def progress(done: int, total: int) -> None:
                bar.length = total
                seconds = time.perf_counter() - begin
                bar.update(done, f"{(bar.pos + done) / seconds:,.0f} tables/s")

            summary = sample_corpus(
                folder,
                output,
                settings,
                shards=shards,
                workers=threads or available_cores(),
                color=wants_color(sys.stderr, os.environ),
                progress=progress,
            )
    except Refused as error:
        raise click.UsageError(printable(str(error.args[0]))) from None
    _tell(summary, printable(folder), printable(output), time.perf_counter() - begin)
    return 1 if summary.failures.count else 0


def _bar() -> ProgressBar[str]:
    return click.progressbar(
        length=0,
        label="tables",
        show_pos=True,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        item_show_func=lambda rate: rate,
    )


def _tell(summary: Summary, folder: str, output: str, seconds: float) -> None:
    for failure in summary.failures.first:
        click.echo(failure.report, err=True)
    for line in _remarks(summary, folder):
        click.echo(line, err=True)
    there = f"{_counted(summary.tables, 'table')}, {_counted(summary.rows, 'row')}, "
    there += f"{summary.size / 1e6:,.1f} MB in {output}"
    drawn = "nothing was to do"
    if summary.drawn:
        drawn = f"{summary.drawn:,} drawn in {seconds:.1f} s"
        drawn += f" ({summary.drawn / seconds:,.0f} a second)"
        if summary.drawn < summary.tables:
            drawn += f", {summary.tables - summary.drawn:,} there before"
    click.echo(f"{there}: {drawn}", err=True)


def _remarks(summary: Summary, folder: str) -> Iterator[str]:
    """What the corpus's owner should know, a line each."""
    failures = summary.failures
    if failures.other_codes:
        others = _counted(failures.count - len(failures.first), "more spec")
        codes = ", ".join(
            f"{count:,} x {code}" for code, count in sorted(failures.other_codes.items())
        )
        yield f"{others} with errors ({codes}): see `texrc check {folder}`"
    if failures.count:
        yield f"{_counted(failures.count, 'spec')} gave no table"
    if summary.outdated:
        yield f"left alone: {_counted(summary.outdated, 'table')} of earlier texts of these"
    if summary.gone:
        count = _counted(len(summary.gone), "table")
        yield f"left alone: {count} of specs that are gone, the first {printable(summary.gone[0])}"
    if summary.namesakes:
        count = sum(map(len, summary.namesakes))
        first, second = map(printable, summary.namesakes[0][:2])
        yield (
            f"{count:,} specs share {_counted(len(summary.namesakes), 'dataset name')}, and with "
            f"it the random numbers of columns of one name: {first} and {second}"
        )
    if summary.warnings:
        warnings = _counted(summary.warnings, "warning")
        yield f"{warnings} in {_counted(summary.warned, 'spec')}: see `texrc check {folder}`"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
