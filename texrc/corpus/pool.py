"""Worker processes: tasks in, outcomes out, and nobody waits for the dead.

Workers are programs of their own (`python -m texrc.corpus.worker`) rather than forks or
`multiprocessing`: nothing of this process's threads and locks comes along, a script that
calls us needs no `if __name__ == "__main__"`, and a pipe that ends tells either side at
once that the other is gone, killed or not.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from types import TracebackType

from texrc.corpus.tasks import Job, Outcome, Task, died
from texrc.diagnostics import Diagnostics, TexrError

AHEAD = 4
"""Tasks that a worker holds, so that it need not wait for the next one."""
MOST_TOGETHER = 64
MOST_SECONDS = 0.25
"""So many outcomes, or the first after so long, are handed on together."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""Workers are many and do no linear algebra: no pools of threads in each of them."""


class _Worker:
    """A process with the tasks that it was given and has not answered, in their order."""

    def __init__(self, job: Job, answers: SimpleQueue[tuple[_Worker, Outcome | None]]) -> None:
        paths = [path for path in sys.path if path]  # never the folder we happen to be in
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "texrc.corpus.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | ONE_THREAD | {"PYTHONPATH": os.pathsep.join(paths)},
        )
        self.tasks: deque[Task] = deque()
        self.is_ready = False
        self._send(job)
        Thread(target=self._listen, args=(answers,), daemon=True).start()

    def give(self, task: Task) -> None:
        self.tasks.append(task)
        self._send(task)

    def _send(self, message: object) -> None:
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):  # its end is told by the other pipe
            pickle.dump(message, self.process.stdin)
            self.process.stdin.flush()

    def _listen(self, answers: SimpleQueue[tuple[_Worker, Outcome | None]]) -> None:
        assert self.process.stdout is not None
        with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            pickle.load(self.process.stdout)
            self.is_ready = True
            while True:
                answers.put((self, pickle.load(self.process.stdout)))
        answers.put((self, None))

    def end(self) -> int:
        """Its exit code; it is killed if it still runs."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(BrokenPipeError):
                pipe.close()
        return self.process.wait()


class Pool:
    """So many workers for one job; a context that leaves none behind."""

    def __init__(self, workers: int, job: Job) -> None:
        self._job = job
        self._answers: SimpleQueue[tuple[_Worker, Outcome | None]] = SimpleQueue()
        self._workers = [_Worker(job, self._answers) for _ in range(workers)]

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for worker in self._workers:
            worker.end()

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[list[Outcome]]:
        """The outcome of each task, as they come, some at a time.

        A worker that dies gives the outcome `Failed` for the task it was at; another one
        takes its place. Raises `TexrError` (TX511) when workers do not even start.
        """
        waiting = iter(tasks)
        returned: deque[Task] = deque()
        ready: list[Outcome] = []
        due = 0.0

        def feed(worker: _Worker) -> None:
            while len(worker.tasks) < AHEAD:
                task = returned.popleft() if returned else next(waiting, None)
                if task is None:
                    return
                worker.give(task)

        for worker in self._workers:
            feed(worker)
        while any(worker.tasks for worker in self._workers):
            try:
                patience = max(0.0, due - monotonic()) if ready else None
                worker, outcome = self._answers.get(timeout=patience)
            except Empty:
                yield ready
                ready = []
                continue
            if outcome is not None:
                worker.tasks.popleft()
                feed(worker)
            else:
                outcome = self._replaced(worker)
                returned.extend(worker.tasks)
                for other in self._workers:
                    feed(other)
            if outcome is not None:
                due = due if ready else monotonic() + MOST_SECONDS
                ready.append(outcome)
            if len(ready) >= MOST_TOGETHER:
                yield ready
                ready = []
        if ready:
            yield ready

    def _replaced(self, worker: _Worker) -> Outcome | None:
        """Put another in the place of a dead worker; what became of the task it was at."""
        code = worker.end()
        reason = f"its process was killed by signal {-code}" if code < 0 else "its process ended"
        if not worker.is_ready:
            bag = Diagnostics()
            bag.add("TX511", f"no worker process starts: {reason} (exit code {code})")
            raise TexrError(bag)
        self._workers[self._workers.index(worker)] = _Worker(self._job, self._answers)
        if not worker.tasks:
            return None
        task = worker.tasks.popleft()
        path = os.path.join(self._job.folder, task.spec)
        return died(task, path, reason, self._job.color)
