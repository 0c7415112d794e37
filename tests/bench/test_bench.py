"""The suite runs, and everyone it finds draws the same law. No time is asserted."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.bench.__main__ import main
from tests.bench.checking import Marginals
from tests.bench.measuring import interleaved
from tests.bench.whole import peaks, waits


def test_the_suite_in_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Peers that need libraries of their own take long to load, and are not everywhere.
    slow = ["jitted_numpyro", "hybrid_numpyro", "pomegranate_network"]
    assert main(["--quick", "--no-processes", "-o", str(tmp_path), "--without", *slow]) == 0
    told = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    assert told["environment"]["texr"]
    measured = [each for each in told["sampling"] if not each["skipped"]]
    assert {each["workload"] for each in measured} == {"asia", "gaussian_chain"}
    for each in measured:
        assert 0 < each["nanoseconds"]["cpu_min"] <= each["nanoseconds"]["cpu_median"]
    assert {each["contender"] for each in measured} >= {"texr", "pgmpy", "pyAgrum"}
    assert "| texr |" in capsys.readouterr().out
    ElementTree.parse(tmp_path / "bench.svg")


def test_another_law_is_noticed() -> None:
    generator = np.random.default_rng(1)
    n = 100_000
    labels, numbers = generator.random(n) < 0.3, generator.standard_normal(n)
    ours = Marginals([labels, numbers], [2, 0])
    again = generator.random(n) < 0.3
    assert ours.deviation([again, generator.standard_normal(n)]) < 1
    assert ours.deviation([generator.random(n) < 0.32, numbers]) > 1
    assert ours.deviation([labels, 1.03 * numbers]) > 1
    assert ours.deviation([labels, generator.uniform(-(3**0.5), 3**0.5, n)]) > 1
    ours = Marginals([labels], [2])
    assert ours.deviation_of_counts([np.array([70_000, 30_000])]) < 1
    assert ours.deviation_of_counts([np.array([68_000, 32_000])]) > 1


def test_rounds_go_both_ways() -> None:
    seen: list[tuple[str, int]] = []
    jobs = {name: lambda number, name=name: seen.append((name, number)) for name in "ab"}
    timings = interleaved(jobs, 3)
    assert seen == [("a", 0), ("b", 0), ("b", 1), ("a", 1), ("a", 2), ("b", 2)]
    assert len(timings["a"].wall) == len(timings["b"].cpu) == 3


@pytest.mark.slow
def test_whole_processes() -> None:
    found = waits((1_000,), 1)
    assert {each.cache for each in found} == {"cold", "warm"}
    assert all(each.seconds > 0 and each.megabytes > 10 for each in found)
    peak = peaks("asia", 10_000)[0]
    assert peak.peak_megabytes >= peak.before_megabytes > 10
