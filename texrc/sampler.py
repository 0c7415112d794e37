"""`Sampler`: rows of a spec as Arrow tables and batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from operator import index
from typing import Any

import numpy.typing as npt
import pyarrow as pa

from texrc import arrow
from texrc.codegen.drawing import Executor
from texrc.codegen.executor import executor_for
from texrc.codegen.machine import BLOCK_ROWS, Machine
from texrc.codegen.plan import plan
from texrc.codegen.streams import MAX_SEED
from texrc.cores import available_cores
from texrc.diagnostics import TexrError
from texrc.ir.network import Network
from texrc.ir.size import parameter_count
from texrc.source import SourceFile

BATCH_ROWS = 131_072
MOST_ROWS = 2**63
MOST_THREADS = 1024


class Sampler:
    """Draws the rows of a spec; made by `texrc.compile` or `Sampler.of`.

    Row i of a seed is always the same, whatever else is drawn, on any machine and
    with any number of threads.
    """

    def __init__(
        self, machine: Machine, source: SourceFile | None = None, rows_ahead: int = 0
    ) -> None:
        self.network: Network = machine.plan.network
        self._machine = machine
        self._source = source
        self._rows_asked_for = rows_ahead

    @classmethod
    def of(cls, network: Network, source: SourceFile | None = None, rows_ahead: int = 0) -> Sampler:
        """The sampler of a network that passed every check; ``source`` is for error messages.

        ``rows_ahead``: about how many rows this process will draw, of this spec or of others;
        for many, the compiled loops come into use at once.

        Raises `TexrError`: TX504 without a model, TX505 where tables would be too large.
        """
        try:
            return cls(Machine(plan(network)), source, rows_ahead)
        except TexrError as error:
            raise TexrError(error.diagnostics, source) from None

    def schema(self, seed: int = 0, first: int = 0, last: int | None = None) -> pa.Schema:
        """The schema of rows ``first`` up to but not including ``last``."""
        return arrow.drawn(self._known_schema, _checked_seed(seed), first, last)

    @cached_property
    def _known_schema(self) -> pa.Schema:
        """What no seed changes; the digests in it take longer than a small table."""
        return arrow.schema(self.network)

    def sample(
        self, n: int, seed: int = 0, *, first_row: int = 0, threads: int | None = None
    ) -> pa.Table:
        """``n`` rows from row ``first_row`` on, as one table in memory.

        Raises ValueError for arguments out of range, and `TexrError` (TX501, TX502, TX503)
        for the first row that cannot be drawn.
        """
        n, first_row = _checked_rows(n, first_row)
        schema = self.schema(seed, first_row, first_row + n)
        executor = self._executor(n)
        buffers = arrow.buffers(self._machine.plan.layouts, n)
        starts = range(0, n, BLOCK_ROWS)
        parts = ([buffer[start : start + BLOCK_ROWS] for buffer in buffers] for start in starts)
        tasks = zip((first_row + start for start in starts), parts, strict=True)
        for _ in self._filled(tasks, executor, index(seed), _checked_threads(threads, n)):
            pass
        return pa.Table.from_batches([arrow.record_batch(self.network, schema, buffers)])

    def batches(
        self,
        n: int,
        seed: int = 0,
        *,
        batch_size: int = BATCH_ROWS,
        first_row: int = 0,
        threads: int | None = None,
    ) -> Iterator[pa.RecordBatch]:
        """The rows of `sample` in batches, in order; memory holds a few batches a thread.

        Arguments are checked at once, rows are drawn when they are asked for.
        """
        n, first_row = _checked_rows(n, first_row)
        if index(batch_size) < 1:
            raise ValueError(f"batch_size is {batch_size}, must be at least 1")
        schema = self.schema(seed, first_row, first_row + n)
        threads = _checked_threads(threads, n, batch_size)
        return self._batches(schema, n, index(seed), batch_size, first_row, threads)

    def _executor(self, n: int) -> Executor:
        """Who draws ``n`` rows more. Rows asked for before count too: who draws a little
        again and again comes to the compiled loops as who draws much at once."""
        self._rows_asked_for += n
        return executor_for(self._machine.plan, self._rows_asked_for)

    def _batches(
        self, schema: pa.Schema, n: int, seed: int, batch_size: int, first_row: int, threads: int
    ) -> Iterator[pa.RecordBatch]:
        executor = self._executor(n)
        tasks = (
            (
                first_row + start,
                arrow.buffers(self._machine.plan.layouts, min(batch_size, n - start)),
            )
            for start in range(0, n, batch_size)
        )
        for buffers in self._filled(tasks, executor, seed, threads):
            yield arrow.record_batch(self.network, schema, buffers)

    def _filled(
        self,
        tasks: Iterator[tuple[int, list[npt.NDArray[Any]]]],
        executor: Executor,
        seed: int,
        threads: int,
    ) -> Iterator[list[npt.NDArray[Any]]]:
        """The buffers of each task (first row, buffers) when they are full, in order."""
        keys = self._machine.keys(seed)

        def fill(first: int, buffers: list[npt.NDArray[Any]]) -> list[npt.NDArray[Any]]:
            self._machine.fill(executor, keys, first, buffers)
            return buffers

        try:
            if threads == 1:
                for first, buffers in tasks:
                    yield fill(first, buffers)
                return
            with ThreadPoolExecutor(threads, "texr") as pool:
                waiting: deque[Future[list[npt.NDArray[Any]]]] = deque()
                try:
                    for first, buffers in tasks:
                        waiting.append(pool.submit(fill, first, buffers))
                        if len(waiting) > threads:
                            yield waiting.popleft().result()
                    while waiting:
                        yield waiting.popleft().result()
                finally:
                    for future in waiting:
                        future.cancel()
        except TexrError as error:
            raise TexrError(error.diagnostics, self._source) from None

    def __repr__(self) -> str:
        columns = len(self.network.columns)
        parameters = parameter_count(self.network)
        return f"<Sampler of {self.network.name}: {columns} columns, {parameters} parameters>"

    def _repr_html_(self) -> str:
        import html  # a table of all entities: for notebooks only

        rows = "".join(
            f"<tr><td>{html.escape(field.name)}</td><td>{html.escape(str(field.type))}</td></tr>"
            for field in arrow.schema(self.network)
        )
        return (
            f"<p>{html.escape(repr(self)[1:-1])}. "
            "<code>.sample(n, seed)</code> gives a pyarrow.Table.</p>"
            f"<table><thead><tr><th>column</th><th>Arrow type</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )


def _checked_seed(seed: int) -> int:
    if not 0 <= index(seed) <= MAX_SEED:
        raise ValueError(f"the seed is {seed}, must be from 0 to 2^64 - 1")
    return index(seed)


def _checked_rows(n: int, first_row: int) -> tuple[int, int]:
    n, first_row = index(n), index(first_row)
    if n < 0:
        raise ValueError(f"n is {n}, must be at least 0")
    if first_row < 0:
        raise ValueError(f"first_row is {first_row}, must be at least 0")
    if first_row + n > MOST_ROWS:
        raise ValueError(f"rows {first_row} to {first_row + n} go beyond row 2^63")
    return n, first_row


def _checked_threads(threads: int | None, n: int, rows_each: int = BLOCK_ROWS) -> int:
    """How many threads there is work for."""
    if threads is None:
        threads = available_cores()
    elif not 1 <= index(threads) <= MOST_THREADS:
        raise ValueError(f"threads is {threads}, must be from 1 to {MOST_THREADS}")
    return max(1, min(index(threads), -(-n // rows_each)))
