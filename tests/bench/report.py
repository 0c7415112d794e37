"""The result as JSON, as Markdown tables and as a plot."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.plot import plot
from tests.bench.sampling import Outcome
from tests.bench.whole import Peak, Wait

OURS = "texr"


@dataclass
class Report:
    """Everything that one run of the suite found."""

    environment: dict[str, str]
    settings: dict[str, Any]
    outcomes: list[Outcome]
    waits: list[Wait]
    peaks: list[Peak]

    def write(self, folder: Path) -> None:
        """`bench.json`, `bench.md` and `bench.svg` in a folder, made if need be."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "bench.json").write_text(self.json() + "\n", "utf-8")
        (folder / "bench.md").write_text(self.markdown(), "utf-8")
        (folder / "bench.svg").write_text(plot(self.outcomes), "utf-8")

    def json(self) -> str:
        return json.dumps(
            {
                "environment": self.environment,
                "settings": self.settings,
                "sampling": [each.as_json() for each in self.outcomes],
                "waits": [each.as_json() for each in self.waits],
                "memory": [each.as_json() for each in self.peaks],
            },
            indent=1,
        )

    def markdown(self) -> str:
        parts = ["# Benchmark\n", environment_text(self.environment)]
        parts.append(
            "One process, one thread, rounds of all contenders in turn. ns: median of the "
            f"processor time a cell over {self.settings['repeats']} rounds; in brackets how many "
            "times as long as texr's new table. `texr, two threads` is by the clock.\n"
        )
        for kind, title in (("discrete", "Discrete networks"), ("hybrid", "Numbers")):
            for rows in sorted({each.asked_rows for each in self.outcomes if each.kind == kind}):
                chosen = [e for e in self.outcomes if e.kind == kind and e.asked_rows == rows]
                parts.append(f"## {title}, {rows:,} rows\n")
                parts.append(_sampling_table(chosen))
        skipped = _skipped(self.outcomes)
        if skipped:
            parts.append("Skipped:\n\n" + "\n".join(f"- {line}" for line in skipped) + "\n")
        if self.waits:
            parts.append("## From a cold shell\n")
            rows = [
                [f"`{w.command}`", w.cache, f"{w.seconds:.2f}", f"{w.cpu_seconds:.2f}",
                 f"{w.megabytes:.0f}"]
                for w in self.waits
            ]  # fmt: skip
            parts.append(_table(["command", "cache", "s", "CPU s", "peak MB"], rows))
        if self.peaks:
            first = self.peaks[0]
            parts.append(f"## Peak memory, {first.rows:,} rows of {first.network}\n")
            rows = [
                [p.contender, p.skipped or f"{p.peak_megabytes:.0f}",
                 "" if p.skipped else f"{p.peak_megabytes - p.before_megabytes:.0f}"]
                for p in self.peaks
            ]  # fmt: skip
            parts.append(_table(["", "peak MB", "of it by drawing"], rows))
        return "\n".join(parts)

    def wrong(self) -> list[str]:
        """The contenders whose marginals are not ours."""
        return [
            f"{each.contender} on {each.workload}: {each.deviation:.2f} times what is tolerated"
            for each in self.outcomes
            if each.deviation is not None and each.deviation > 1
        ]


def environment_text(environment: dict[str, str]) -> str:
    return "".join(f"- {name}: {value}\n" for name, value in environment.items())


def _sampling_table(outcomes: Sequence[Outcome]) -> str:
    workloads = list(dict.fromkeys(each.workload for each in outcomes))
    contenders = list(dict.fromkeys(each.contender for each in outcomes))
    by_place = {(each.contender, each.workload): each for each in outcomes}
    rows = []
    for contender in contenders:
        found = [by_place.get((contender, workload)) for workload in workloads]
        if any(each is not None and each.nanoseconds for each in found):
            rows.append([contender, *(_cell(each, by_place) for each in found)])
    return _table(["ns a cell", *workloads], rows)


def _cell(outcome: Outcome | None, by_place: dict[tuple[str, str], Outcome]) -> str:
    if outcome is None or not outcome.nanoseconds:
        return "-"
    if outcome.threads > 1:
        return f"{_digits(outcome.nanoseconds['wall_median'])} (clock)"
    spent = outcome.nanoseconds["cpu_median"]
    ours = by_place.get((OURS, outcome.workload))
    if ours is None or not ours.nanoseconds or outcome.contender == OURS:
        return f"{_digits(spent)}"
    return f"{_digits(spent)} ({_digits(spent / ours.nanoseconds['cpu_median'])}x)"


def _digits(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def _skipped(outcomes: Iterable[Outcome]) -> list[str]:
    reasons: dict[tuple[str, str], dict[str, None]] = {}
    for each in outcomes:
        if each.skipped:
            reasons.setdefault((each.contender, each.skipped), {})[each.workload] = None
    return [
        f"{contender} on {', '.join(workloads)}: {reason}"
        for (contender, reason), workloads in reasons.items()
    ]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)
