"""`texrc sample`: draw rows."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import click

from texrc.cli.options import format_option, output_option, seed_option, spec_argument
from texrc.writers import BINARY_FORMATS, FORMATS, SUFFIXES, writer

if TYPE_CHECKING:
    import pyarrow as pa

BATCH_ROWS = 131_072


class RowRange(click.ParamType):
    """`A:B`, the rows from A up to but not including B."""

    name = "A:B"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        first, colon, last = str(value).partition(":")
        if not (
            colon and first.isascii() and last.isascii() and first.isdigit() and last.isdigit()
        ):
            self.fail("write two whole numbers, as in 0:1000", param, ctx)
        begin, end = int(first), int(last)
        if begin > end or end > 2**63:
            self.fail(f"{begin} to {end} is no range of rows", param, ctx)
        return begin, end


class RowCount(click.IntRange):
    """A whole number of rows, as `1000`, `1_000` or `1e6`."""

    name = "INTEGER"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        try:
            number = Decimal(str(value)[:40])
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number.adjusted() > 20 or number % 1 != 0:
            self.fail("write a whole number, as in 1000 or 1e6", param, ctx)
        return super().convert(int(number), param, ctx)


@click.command()
@spec_argument
@click.option(
    "-n",
    "--number",
    type=RowCount(0, 2**63),
    help="How many rows.  [default: 1000]",
)
@seed_option
@click.option("--rows", type=RowRange(), help="Only these rows: a shard of the whole table.")
@output_option
@format_option(FORMATS, "csv")
@click.option(
    "--shards",
    type=click.IntRange(1, 99_999),
    help="Pack a folder's tables into so many tar files.",
)
@click.option(
    "--threads",
    type=click.IntRange(1, 1024),
    help="Cores to use at most; never changes the rows.  [default: all]",
)
def command(
    spec: str,
    number: int | None,
    seed: int,
    rows: tuple[int, int] | None,
    output: str | None,
    format_name: str | None,
    shards: int | None,
    threads: int | None,
) -> None:
    """Draw rows from a spec, or a table from each spec of a folder.

    Row i is the same for one seed whatever else is asked for: `--rows 0:500`
    and `--rows 500:1000` are the two halves of `-n 1000`.

    From a folder, a/b.texr becomes a/b.parquet (or what --format says) in the
    folder of -o. The same command goes on where it was broken off, and draws
    anew what has changed. With --shards, tables go into tar files beside their
    specs, as webdataset reads them: tables-00000-of-00010.tar and so on.
    """
    from texrc import driver
    from texrc.cli.output import chosen_format, opened
    from texrc.cli.reporting import sound_spec
    from texrc.compiling import compile

    if number is not None and rows is not None:
        raise click.UsageError("give either -n or --rows: a range says how many rows it has")
    first, last = rows if rows is not None else (0, 1000 if number is None else number)
    if os.path.isdir(spec):
        from texrc.cli.corpus import draw_corpus
        from texrc.corpus.tasks import Settings

        settings = Settings(first, last, seed, format_name or "parquet")
        sys.exit(draw_corpus(spec, output, settings, shards, threads))
    if shards is not None:
        raise click.UsageError("--shards packs the tables of a folder of specs, not one table")
    name = chosen_format(format_name, output, SUFFIXES, "csv")
    if name in BINARY_FORMATS and output in (None, "-") and sys.stdout.isatty():
        raise click.UsageError(f"{name} is no text for a terminal; name a file with -o")
    sampler = compile(sound_spec(driver.check(driver.read_source(spec))))
    batches = sampler.batches(
        last - first, seed, batch_size=BATCH_ROWS, first_row=first, threads=threads
    )
    with opened(output) as sink:
        writer(name)(_with_progress(batches, last - first), sampler.schema(seed, first, last), sink)


def _with_progress(batches: Iterator[pa.RecordBatch], total: int) -> Iterator[pa.RecordBatch]:
    """The batches, with a bar of rows on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield from batches
        return
    with click.progressbar(
        length=total, label="rows", show_pos=True, show_eta=True, file=sys.stderr
    ) as bar:
        for batch in batches:
            yield batch
            bar.update(batch.num_rows)
