"""Killed at any moment, run again: the corpus is that of a run that nobody disturbed."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.corpus.corpora import ROOT, sample, spec, tree, write_specs
from texrc.corpus.journal import Journal, Record
from texrc.corpus.tasks import Job, Settings, Task
from texrc.corpus.workplace import Workplace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")

LAYOUTS = [[], ["--shards", "2"], ["--format", "csv"]]

KILL = """
import os, signal, sys
left = {moment}
def count(event, arguments):
    global left
    if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"):
        if {output!r} in str(arguments[0]):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
"""
"""Kills the process right before one of its actions on the output."""


def killed(folder: Path, output: Path, moment: int, *options: str) -> bool:
    """Whether a run did not live to see its end."""
    prelude = KILL.format(moment=moment, output=str(output))
    outcome = sample(folder, output, "--threads", "2", *options, prelude=prelude)
    assert outcome.returncode in (0, -signal.SIGKILL), outcome.stderr
    return outcome.returncode != 0


@pytest.fixture(scope="module")
def specs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_specs(tmp_path_factory.mktemp("specs"))


@pytest.mark.parametrize("options", LAYOUTS, ids=" ".join)
def test_killed_again_and_again(options: list[str], specs: Path, tmp_path: Path) -> None:
    assert sample(specs, tmp_path / "whole", *options).returncode == 0
    random = Random(7)
    kills = 0
    output = tmp_path / "broken"
    for moment in [*range(0, 6, 2), *(random.randrange(6, 20) for _ in range(7))]:
        kills += killed(specs, output, moment, *options)
    assert kills >= 4
    assert sample(specs, output, *options).returncode == 0
    assert tree(output) == tree(tmp_path / "whole")


@pytest.mark.parametrize("options", LAYOUTS, ids=" ".join)
def test_killed_while_what_changed_is_drawn_anew(options: list[str], tmp_path: Path) -> None:
    specs = write_specs(tmp_path / "specs")
    output = tmp_path / "broken"
    assert sample(specs, output, *options).returncode == 0
    # The same number of bytes in every format, so that sizes cannot tell old from new.
    (specs / "b" / "c.texr").write_text(spec("b/c", "0.26"))
    (specs / "j.texr").write_text(spec("j", "0.27"))
    for moment in range(4, 24, 2):
        killed(specs, output, moment, *options)
    assert sample(specs, output, *options).returncode == 0
    assert sample(specs, tmp_path / "whole", *options).returncode == 0
    assert tree(output) == tree(tmp_path / "whole")


def test_what_is_whole_is_not_drawn_again(specs: Path, tmp_path: Path) -> None:
    output = tmp_path / "tables"
    assert "9 drawn" in sample(specs, output).stderr
    (output / "a.parquet").unlink()
    (output / "j.parquet").write_bytes(b"cut")
    before = (output / "b" / "c.parquet").stat().st_ino
    assert "2 drawn" in sample(specs, output).stderr
    assert (output / "b" / "c.parquet").stat().st_ino == before
    assert "9 drawn" in sample(specs, output, "--seed", "1").stderr
    assert "nothing was to do" in sample(specs, output, "--seed", "1").stderr


def test_only_the_shard_of_a_changed_spec_is_drawn_again(tmp_path: Path) -> None:
    specs = write_specs(tmp_path / "specs")
    output = tmp_path / "tables"
    assert "9 drawn" in sample(specs, output, "--shards", "3").stderr
    (specs / "a.texr").write_text(spec("a", "0.5"))
    assert "3 drawn" in sample(specs, output, "--shards", "3").stderr


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_leaves_no_processes_and_no_parts(name: str, tmp_path: Path) -> None:
    """The signal comes from inside, when the first table gets its name."""
    number = getattr(signal, name)
    prelude = f"""
import os, sys
def count(event, arguments):
    if event == "os.rename" and str(arguments[1]).endswith(".parquet"):
        os.kill(os.getpid(), {int(number)})
sys.addaudithook(count)
"""
    outcome = sample(write_specs(tmp_path / "specs"), tmp_path / "tables", prelude=prelude)
    assert outcome.returncode == 128 + number
    assert "Traceback" not in outcome.stderr
    assert not [path for path in (tmp_path / "tables" / ".texrc").iterdir() if path.is_dir()]
    assert sample(tmp_path / "specs", tmp_path / "tables").returncode == 0


def test_a_killed_worker_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    specs = write_specs(tmp_path / "specs")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import os, sys\n"
        "def die(event, arguments):\n"
        "    if event == 'open' and str(arguments[0]).endswith('j.texr'):\n"
        "        os.kill(os.getpid(), 9)\n"
        "sys.addaudithook(die)\n"
    )
    paths = os.pathsep.join([str(tmp_path / "site"), str(ROOT)])
    outcome = sample(specs, tmp_path / "tables", PYTHONPATH=paths)
    assert outcome.returncode == 1
    assert "error[TX511]: no table of" in outcome.stderr
    assert "killed by signal 9" in outcome.stderr
    assert "8 tables" in outcome.stderr and "1 spec gave no table" in outcome.stderr
    assert "1 drawn" in sample(specs, tmp_path / "tables").stderr


def test_two_runs_at_once(specs: Path, tmp_path: Path) -> None:
    """The second begins when the first gives a table its name, and is refused."""
    output = tmp_path / "tables"
    prelude = f"""
import subprocess, sys
running = True
def count(event, arguments):
    global running
    if event == "os.rename" and str(arguments[1]).endswith(".parquet") and running:
        running = False
        second = subprocess.run(
            [sys.executable, "-c", "from texrc.cli import main; main()",
             "sample", {str(specs)!r}, "-o", {str(output)!r}], capture_output=True, text=True)
        print(second.returncode, second.stderr)
sys.addaudithook(count)
"""
    outcome = sample(specs, output, prelude=prelude)
    assert outcome.returncode == 0
    assert outcome.stdout.startswith("2 ") and "another run is writing" in outcome.stdout


def test_a_journal_cut_off_anywhere_gives_its_whole_lines(tmp_path: Path) -> None:
    place = Workplace(str(tmp_path), str(tmp_path))
    path = tmp_path / ".texrc" / "journal.jsonl"
    path.parent.mkdir()
    journal = Journal(place, "some layout")
    records = [Record(f"{name}\udcff", "d", "s", codes=("TX001",)) for name in "abc"]
    with journal.appending():
        journal.add(records)
    data = path.read_bytes()
    ends = [at + 1 for at, byte in enumerate(data) if byte == ord("\n")]
    for end in range(len(data) + 1):
        path.write_bytes(data[:end])
        known = Journal(place, "some layout").records
        whole = sum(at <= end for at in ends)
        assert list(known.values()) == records[: max(0, whole - 1)]


def test_workers_end_with_who_started_them(tmp_path: Path) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-m", "texrc.corpus.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert worker.stdin is not None
    job = Job(str(tmp_path), str(tmp_path), Settings(0, 2**40, 0, "csv"), 0, False, False)
    (tmp_path / "endless.texr").write_text(spec("endless"))
    pickle.dump(job, worker.stdin)
    pickle.dump(Task(0, "endless.texr"), worker.stdin)
    worker.stdin.close()
    assert worker.wait(timeout=60) == 0
