"""The figures as Markdown tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tests.bench.results import Results
from tests.bench.sampling import Outcome
from tests.bench.whole import Peak, Start, Wait

OURS, TWO_THREADS = "texr", "texr, two threads"
GENERATOR = "limit: generator and byte"
IN_PROCESS = ("NumPy, vectorised", "numpyro, jitted", "pyAgrum", "pgmpy", "pomegranate")
SLOWEST_SHOWN = 12


class Sampling:
    """The outcomes of one kind and number of rows, by contender and workload."""

    def __init__(self, outcomes: Iterable[Outcome], kind: str, rows: int) -> None:
        chosen = [each for each in outcomes if each.kind == kind and each.asked_rows == rows]
        self.columns = {each.workload: each.columns for each in chosen}
        self.contenders = list(dict.fromkeys(each.contender for each in chosen if each.nanoseconds))
        self.found = {(each.contender, each.workload): each for each in chosen if each.nanoseconds}

    def ns(self, contender: str, workload: str, what: str = "cpu_median") -> float | None:
        outcome = self.found.get((contender, workload))
        return outcome.nanoseconds[what] if outcome else None

    def table(self) -> str:
        """Nanoseconds a cell; in the last column, how far apart the repeats are."""
        rows = [
            [
                contender,
                *(self._cell(contender, workload) for workload in self.columns),
                self._spread(contender),
            ]
            for contender in self.contenders
        ]
        return table([*self._head(), "median / least"], rows)

    def short_table(self, contenders: Sequence[str]) -> str:
        """Only these contenders, and how many times as long the fastest peer takes as texr."""
        rows = [
            [contender, *(self._cell(contender, workload) for workload in self.columns)]
            for contender in contenders
            if contender in self.contenders
        ]
        last = ["fastest of the peers, texr = 1", *self._ratios(self._fastest_peer)]
        return table(self._head(), [*rows, last])

    def ratio_table(self) -> str:
        """What the goals are about."""
        rows = [
            ["fastest peer in the process / texr", *self._ratios(self._fastest_peer)],
            ["bnlearn / texr", *self._ratios(lambda workload: self.ns("bnlearn", workload))],
            ["pyAgrum / texr", *self._ratios(lambda workload: self.ns("pyAgrum", workload))],
            ["texr / limit of its generator", *map(self._beyond_limit, self.columns)],
            ["one thread / two, by the clock", *map(self._by_threads, self.columns)],
        ]
        return table(["", *self.columns], rows)

    def _head(self) -> list[str]:
        return ["ns a cell", *(f"{name} ({count:,})" for name, count in self.columns.items())]

    def _cell(self, contender: str, workload: str) -> str:
        outcome = self.found.get((contender, workload))
        what = "wall_median" if outcome and outcome.threads > 1 else "cpu_median"
        return digits(self.ns(contender, workload, what))

    def _spread(self, contender: str) -> str:
        found = [each.nanoseconds for (name, _), each in self.found.items() if name == contender]
        apart = [each["cpu_median"] / each["cpu_min"] for each in found]
        return f"{min(apart):.2f} to {max(apart):.2f}"

    def _fastest_peer(self, workload: str) -> float | None:
        peers = [self.ns(name, workload) for name in IN_PROCESS]
        return min((each for each in peers if each is not None), default=None)

    def _ratios(self, of: Callable[[str], float | None]) -> list[str]:
        return [_ratio(of(workload), self.ns(OURS, workload)) for workload in self.columns]

    def _beyond_limit(self, workload: str) -> str:
        return _ratio(self.ns(OURS, workload), self.ns(GENERATOR, workload))

    def _by_threads(self, workload: str) -> str:
        one, two = (self.ns(name, workload, "wall_median") for name in (OURS, TWO_THREADS))
        return _ratio(one, two)


def older_table(older: dict[str, list[Outcome]]) -> str:
    """A row a processor and contender."""
    workloads = list(dict.fromkeys(each.workload for found in older.values() for each in found))
    rows = []
    for processor, found in older.items():
        spent = {(each.contender, each.workload): each for each in found if each.nanoseconds}
        for contender in dict.fromkeys(contender for contender, _ in spent):
            cells = [spent.get((contender, workload)) for workload in workloads]
            numbers = [digits(each.nanoseconds["cpu_median"] if each else None) for each in cells]
            rows.append([processor, contender, *numbers])
    return table(["numba compiles for", "ns a cell", *workloads], rows)


def wait_table(waits: Sequence[Wait]) -> str:
    rows = [
        [f"`{each.command}`", each.cache, f"{each.seconds:.2f}", f"{each.cpu_seconds:.2f}",
         f"{each.megabytes:.0f}"]
        for each in waits
    ]  # fmt: skip
    return table(["command", "caches", "s", "CPU s", "peak MB"], rows)


def start_table(starts: Sequence[Start]) -> str:
    """The slowest, and the median of all."""
    slowest = sorted(starts, key=lambda each: -each.cold_cpu_seconds)
    chosen = {"": slowest[:SLOWEST_SHOWN]}
    if len(slowest) > SLOWEST_SHOWN:
        chosen["median of all: "] = [slowest[len(slowest) // 2]]
    rows = [
        [f"{note}{each.spec}", str(each.columns), f"{each.cold_seconds:.2f}",
         f"{each.cold_cpu_seconds:.2f}", f"{each.warm_seconds:.2f}", f"{each.warm_cpu_seconds:.2f}"]
        for note, some in chosen.items()
        for each in some
    ]  # fmt: skip
    return table(["", "columns", "cold s", "CPU s", "warm s", "CPU s"], rows)


def memory_table(peaks: Sequence[Peak]) -> str:
    rows = [
        [each.contender, each.skipped or f"{each.peak_megabytes:.0f}",
         "" if each.skipped else f"{each.peak_megabytes - each.before_megabytes:.0f}"]
        for each in peaks
    ]  # fmt: skip
    return table(["", "peak MB", "of it by drawing"], rows)


def skipped_list(results: Results) -> str:
    """Who did not take part, and why."""
    reasons: dict[tuple[str, str], dict[str, None]] = {}
    for each in results.sampling:
        if each.skipped:
            reasons.setdefault((each.contender, each.skipped), {})[each.workload] = None
    return "".join(
        f"- {contender} on {', '.join(workloads)}: {reason}\n"
        for (contender, reason), workloads in reasons.items()
    )


def _ratio(of: float | None, to: float | None) -> str:
    return "-" if of is None or to is None else f"{digits(of / to)}x"


def digits(number: float | None) -> str:
    """Three digits, or all of a larger whole number."""
    if number is None:
        return "-"
    return f"{number:,.0f}" if number >= 99.95 else f"{number:#.3g}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)
