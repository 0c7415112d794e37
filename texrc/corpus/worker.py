"""The program of a worker process: a job and then tasks from stdin, outcomes to stdout.

Both are pickles from and to the process that started it (`pool`). Its end, however it comes
about, closes stdin, and the worker ends at once, whatever it is at.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

from texrc.corpus.drawing import draw
from texrc.corpus.tasks import Task

SELDOM = 100_000
"""New objects between searches for cycles: specs leave hardly any, and looking is a tenth of
the time."""


def main() -> None:
    """Work until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started us
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what anybody prints is no answer
    questions = sys.stdin.buffer
    job = pickle.load(questions)
    gc.freeze()
    gc.set_threshold(SELDOM)
    tasks: SimpleQueue[Task] = SimpleQueue()
    Thread(target=_read, args=(questions, tasks), daemon=True).start()
    answer: object = None  # ready
    while True:
        try:
            pickle.dump(answer, answers)
            answers.flush()
        except BrokenPipeError:
            os._exit(1)
        answer = draw(tasks.get(), job)


def _read(questions: BinaryIO, tasks: SimpleQueue[Task]) -> None:
    try:
        while True:
            tasks.put(pickle.load(questions))
    except (EOFError, OSError, pickle.UnpicklingError):
        os._exit(0)  # whatever it is at: its part is nobody's


if __name__ == "__main__":
    main()
