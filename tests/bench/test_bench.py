"""The suite runs, and everyone it finds draws the same law. No time is asserted."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.bench import report
from tests.bench.__main__ import main
from tests.bench.checking import Marginals
from tests.bench.discrete import DiscreteWorkload, Variable, discrete
from tests.bench.measuring import interleaved
from tests.bench.older import older
from tests.bench.results import NAME, Results
from tests.bench.runners import vectorised_numpy
from tests.bench.sampling import Outcome
from tests.bench.whole import peaks, starts, waits

# Peers that need libraries of their own take long to load, and are not everywhere.
SHORT = ["--quick", "--no-processes", "--without", "jitted_numpyro", "hybrid_numpyro"]
SHORT += ["pomegranate_network"]


def test_the_suite_in_short(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SHORT, "-o", str(tmp_path)]) == 0
    told = json.loads((tmp_path / "bench.json").read_text("utf-8"))
    assert told["environment"]["texr"]
    measured = [each for each in told["sampling"] if not each["skipped"]]
    assert {each["workload"] for each in measured} == {"asia", "gaussian_chain"}
    for each in measured:
        assert 0 < each["nanoseconds"]["cpu_min"] <= each["nanoseconds"]["cpu_median"]
    assert {each["contender"] for each in measured} >= {"texr", "pgmpy", "pyAgrum"}
    assert "| texr |" in capsys.readouterr().out
    ElementTree.parse(tmp_path / "bench.svg")
    ElementTree.parse(tmp_path / "bench_numbers.svg")
    assert "| fastest of the peers, texr = 1 |" in (tmp_path / "readme.md").read_text("utf-8")


def test_a_run_is_resumed_and_rendered_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main([*SHORT, "-o", str(tmp_path)]) == 0
    whole = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    results = Results.load(tmp_path / NAME)
    kept = [each for each in results.sampling if each.workload == "asia"]
    results.sampling = kept
    results.store(tmp_path)
    assert main([*SHORT, "--resume", "-o", str(tmp_path)]) == 0
    resumed = Results.load(tmp_path / NAME).sampling
    assert resumed[: len(kept)] == kept
    assert {each.workload for each in resumed[len(kept) :]} == {"gaussian_chain"}
    (tmp_path / NAME).write_bytes(whole[NAME])
    monkeypatch.setattr("sys.argv", ["report", str(tmp_path / NAME)])
    report.main()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == whole


def test_another_machine_s_run_is_not_resumed(tmp_path: Path) -> None:
    Results({"processor": "another"}, {}).store(tmp_path)
    with pytest.raises(SystemExit, match="another machine"):
        main([*SHORT, "--resume", "-o", str(tmp_path)])


def test_numpy_draws_labels_every_way() -> None:
    asia = discrete("asia")
    generator = np.random.default_rng(3)
    rows, many = 70_001, 7  # many: more labels than are compared; rows: no whole blocks
    first = Variable(0, tuple("abc"), (), generator.dirichlet(np.ones(3)))
    second = Variable(1, tuple("abcdefg"), (0,), generator.dirichlet(np.ones(many), 3))
    third = Variable(2, tuple("ab"), (1, 0), generator.dirichlet(np.ones(2), (many, 3)))
    fourth = Variable(3, tuple("abc"), (2,), generator.dirichlet(np.ones(3), 2))
    workload = DiscreteWorkload("made up", asia.network, (first, second, third, fourth))
    codes = vectorised_numpy.discrete(workload, rows).draw(1)
    for variable in workload.variables:
        law = variable.table
        seen = np.zeros(law.shape)
        np.add.at(seen, (*(codes[each] for each in variable.parents), codes[variable.column]), 1)
        given = seen.sum(axis=-1, keepdims=True)
        error = np.sqrt(law * (1 - law) / np.maximum(given, 1)) + 1 / np.maximum(given, 1)
        assert np.all(np.abs(seen / np.maximum(given, 1) - law) < 5 * error)


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
def test_whole_processes(tmp_path: Path) -> None:
    results = Results({"processor": "", "numba compiles for": ""}, {"repeats": 1})
    results.waits = waits((1_000,), 1)
    assert {each.cache for each in results.waits} == {"cold", "warm"}
    assert all(each.seconds > 0 and each.megabytes > 10 for each in results.waits)
    results.starts = starts(["health/births"], ["asia"], 1)
    assert [each.spec for each in results.starts] == ["health/births", "asia"]
    results.memory = peaks("asia", 10_000)[:1]
    assert results.memory[0].peak_megabytes >= results.memory[0].before_megabytes > 10
    results.older = older(["asia"], [], 10_000, 1)
    assert len(results.older) == 3
    results.store(tmp_path)
    assert Results.load(tmp_path / NAME) == results
    assert "haswell" in report.markdown(results)


def test_two_threads_are_told_by_the_clock() -> None:
    times = {"cpu_median": 2.0, "cpu_min": 2.0, "wall_median": 1.0, "wall_min": 1.0}
    two = Outcome("asia", "discrete", 10, "texr, two threads", 10, 8, 2, times)
    one = Outcome("asia", "discrete", 10, "texr", 10, 8, 1, {**times, "wall_median": 2.0})
    results = Results({}, {"repeats": 1}, [one, two])
    text = report.markdown(results)
    assert "| texr, two threads | 1.00 | 1.00 to 1.00 |" in text
    assert "| one thread / two, by the clock | 2.00x |" in text
