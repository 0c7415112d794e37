"""One spec to one table: what a worker does again and again."""

from __future__ import annotations

from hashlib import sha256
from os import path

from texrc import driver
from texrc.corpus.tasks import Drawn, Job, Outcome, Task, Unwritable, died, failed
from texrc.diagnostics import TexrError
from texrc.diagnostics.faults import fault
from texrc.sampler import Sampler
from texrc.source import SourceFile
from texrc.syntax import decode
from texrc.writers import writer


def draw(task: Task, job: Job) -> Outcome:
    """Draw the table of a spec into ``job.parts``, or tell why there is none."""
    name = path.join(job.folder, task.spec)
    digest = None
    try:
        data = driver.read_bytes(name)
        digest = sha256(data).hexdigest()
        return _drawn(task, job, name, data, digest)
    except TexrError as error:
        return failed(task, digest, error, job.color)
    except OSError as error:
        return Unwritable(task, error.errno or 0, error.strerror or str(error))
    except MemoryError:
        return died(task, name, "not enough memory", job.color)
    except Exception as error:
        return failed(task, None, TexrError(fault(error), SourceFile(name, "")), job.color)


def _drawn(task: Task, job: Job, name: str, data: bytes, digest: str) -> Drawn:
    settings = job.settings
    source, diagnostics = decode(data, name)
    if source is None:
        raise TexrError(diagnostics)
    result = driver.check(source)
    if result.has_errors or result.network is None:
        raise TexrError(result.diagnostics, source)
    sampler = Sampler.of(result.network, source, job.rows_ahead)
    batches = sampler.batches(settings.rows, settings.seed, first_row=settings.first, threads=1)
    with open(path.join(job.parts, str(task.number)), "wb") as sink:
        schema = sampler.schema(settings.seed, settings.first, settings.last)
        writer(settings.format_name)(batches, schema, sink)
        size = sink.tell()
    return Drawn(
        task,
        digest,
        result.network.name,
        len(result.diagnostics),
        size,
        data if job.with_source else None,
    )
