"""Interleaved timing: every contender runs once a round; a busy machine slows them alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass
class Timing:
    """Seconds of each repeat: by the clock, and of the processor (all threads together)."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def summary(self, cells: int) -> dict[str, float]:
        """Medians and minima, in nanoseconds a cell."""
        scale = 1e9 / cells
        return {
            "wall_median": median(self.wall) * scale,
            "wall_min": min(self.wall) * scale,
            "cpu_median": median(self.cpu) * scale,
            "cpu_min": min(self.cpu) * scale,
        }


def interleaved(jobs: Mapping[str, Callable[[int], Any]], repeats: int) -> dict[str, Timing]:
    """Run every job ``repeats`` times, round by round; a job is told the number of its round.

    What a job returns is dropped before the next one starts, outside its time. Every
    other round goes through the jobs backwards: what one leaves in the caches helps no one twice.
    """
    timings = {name: Timing() for name in jobs}
    order = list(jobs)
    gc.collect()
    gc.disable()
    try:
        for number in range(repeats):
            for name in order if number % 2 == 0 else reversed(order):
                wall, cpu = time.perf_counter(), time.process_time()
                result = jobs[name](number)
                timings[name].cpu.append(time.process_time() - cpu)
                timings[name].wall.append(time.perf_counter() - wall)
                del result
            gc.collect()
    finally:
        gc.enable()
    return timings


def seconds(job: Callable[[], Any]) -> float:
    """How long one run takes by the clock."""
    begin = time.perf_counter()
    job()
    return time.perf_counter() - begin
