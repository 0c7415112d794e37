"""Drawing in one process: every contender on one workload, interleaved, checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.bench.checking import Marginals
from tests.bench.discrete import DiscreteWorkload
from tests.bench.hybrid import HybridWorkload
from tests.bench.measuring import interleaved, seconds
from tests.bench.runners import Contest, Skipped, bnlearn_rbn, peer
from texrc.codegen import jit

DISCRETE = (
    "texr_fresh", "texr_reused", "texr_streamed", "texr_two_threads",
    "vectorised_numpy", "jitted_numpyro", "pyagrum_generator", "pgmpy_sampling",
    "pomegranate_network", "limit_hash", "limit_generator", "limit_memory",
)  # fmt: skip
HYBRID = (
    "texr_fresh", "texr_reused", "texr_streamed", "texr_two_threads",
    "hybrid_numpy", "hybrid_numpyro", "limit_normal",
)  # fmt: skip
LIMITS = ("limit_hash", "limit_generator", "limit_memory", "limit_normal")
TRIAL_ROWS = 2_000
"""So many rows tell how fast a contender is."""
LEAST_ROWS = 5_000


@dataclass
class Outcome:
    """What came of one contender on one workload."""

    workload: str
    kind: str
    asked_rows: int
    contender: str
    rows: int = 0
    """Fewer than asked for where that many would take too long: times are a cell's."""
    columns: int = 0
    threads: int = 1
    nanoseconds: dict[str, float] = field(default_factory=dict)
    deviation: float | None = None
    """The largest difference of the marginals from ours, 1 being what is tolerated."""
    skipped: str = ""


def compete(
    workload: DiscreteWorkload | HybridWorkload,
    rows: int,
    repeats: int,
    most_seconds: float,
    without: frozenset[str] = frozenset(),
) -> list[Outcome]:
    """Measure every contender on one workload.

    A contender that would take longer than ``most_seconds`` a repeat draws fewer rows, at least
    5,000 (pomegranate, which takes 20 us a cell, fewer still).
    """
    kind = "discrete" if isinstance(workload, DiscreteWorkload) else "hybrid"
    states = [len(column.labels) for column in workload.network.columns]
    jit.library()  # else the first tables are NumPy's, which need no numba
    outcomes: dict[str, Outcome] = {}
    contests: dict[str, Contest] = {}
    ours: Marginals | None = None
    for module in DISCRETE if kind == "discrete" else HYBRID:
        if module in without:
            continue
        outcome = Outcome(workload.name, kind, rows, peer(module).NAME, columns=workload.columns)
        outcomes[module] = outcome
        try:
            contest, outcome.rows = _ready(module, kind, workload, rows, most_seconds)
            table = contest.draw(repeats)  # compiles, and is checked
        except Skipped as reason:
            outcome.skipped = str(reason)
            continue
        outcome.threads = contest.threads
        contests[module] = contest
        if module in LIMITS:
            continue
        columns = contest.columns(table)
        if ours is None:
            ours = Marginals(columns, states)
        else:
            outcome.deviation = ours.deviation(columns)
        del table, columns
    timings = interleaved({name: contest.draw for name, contest in contests.items()}, repeats)
    for module, timing in timings.items():
        outcome = outcomes[module]
        outcome.nanoseconds = timing.summary(outcome.rows * workload.columns)
    if isinstance(workload, DiscreteWorkload) and "bnlearn_rbn" not in without:
        assert ours is not None
        outcomes["bnlearn_rbn"] = _bnlearn(workload, rows, repeats, ours)
    return list(outcomes.values())


def _ready(
    module: str, kind: str, workload: Any, rows: int, most_seconds: float
) -> tuple[Contest, int]:
    """A contender for as many rows as it draws in the time, and how many those are."""
    get_ready = getattr(peer(module), kind)
    if module.startswith("texr") or module in LIMITS or "numpyro" in module or "numpy" in module:
        return get_ready(workload, rows), rows
    trial = get_ready(workload, TRIAL_ROWS)
    trial.draw(0)
    each = seconds(lambda: trial.draw(1)) / TRIAL_ROWS
    if each * LEAST_ROWS > 4 * most_seconds:
        return trial, TRIAL_ROWS
    fitting = max(LEAST_ROWS, min(rows, int(most_seconds / each)))
    return get_ready(workload, fitting), fitting


def _bnlearn(workload: DiscreteWorkload, rows: int, repeats: int, ours: Marginals) -> Outcome:
    """bnlearn, in a process of its own after the others: R cannot be interleaved."""
    outcome = Outcome(workload.name, "discrete", rows, bnlearn_rbn.NAME, rows, workload.columns)
    try:
        wall, cpu, counts, _ = bnlearn_rbn.measured(workload, rows, repeats)
    except Skipped as reason:
        outcome.skipped = str(reason)
        return outcome
    from tests.bench.measuring import Timing

    outcome.nanoseconds = Timing(wall, cpu).summary(rows * workload.columns)
    outcome.deviation = ours.deviation_of_counts(counts)
    return outcome
