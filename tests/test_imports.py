"""What each command loads: a quick start is a matter of what is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SPECS = ROOT / "specs"
HEAVY = frozenset(
    {"click_default_group", "hypothesis", "lark", "llvmlite", "numba", "pandas", "pyarrow"}
    | {"pydantic", "scipy", "torch", "transformers"}
)
PROGRAM = """
import atexit, sys
def tell():
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
atexit.register(tell)
from texrc.cli import main
main()
"""

LABELS_ONLY = """
dataset shop "Labels only" {
  columns { size : ordinal {s < m < l} "Size"  kept : boolean "Kept" }
  model { size ~ {s: 0.25, m: 0.5, l: rest}  kept | size ~ { s: {no: 0.5, yes: 0.5}; _: uniform } }
}
"""


def loaded_by(*arguments: str | Path, stdin: str = "") -> set[str]:
    """The top-level modules that a run of the command line leaves loaded."""
    outcome = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert outcome.returncode == 0, outcome
    return set(outcome.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["sample", "--help"],
        ["explain", "TX301"],
        ["specs"],
        ["completion", "bash"],
        ["new", "-"],
        ["format", "--check", SPECS],
        ["check", "-"],
    ],
    ids=lambda arguments: " ".join(map(str, arguments[:2])).replace(str(SPECS), "SPECS"),
)
def test_light_commands_load_no_numpy(arguments: list[str | Path]) -> None:
    loaded = loaded_by(*arguments, stdin=LABELS_ONLY)
    assert not loaded & HEAVY
    assert "numpy" not in loaded


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", SPECS],
        ["compile", SPECS / "health/births.texr", "--emit", "ast"],
        ["graph", SPECS / "health/births.texr", "--format", "svg"],
        ["graph", SPECS / "health/births.texr", "--format", "dot"],
    ],
    ids=["check", "ast", "svg", "dot"],
)
def test_commands_without_rows_load_nothing_heavy(arguments: list[str | Path]) -> None:
    assert not loaded_by(*arguments) & HEAVY


@pytest.mark.parametrize("suffix", ["csv", "parquet", "arrow"])
def test_a_few_rows_need_no_compiler(suffix: str, tmp_path: Path) -> None:
    output = tmp_path / f"births.{suffix}"
    loaded = loaded_by("sample", SPECS / "health/births.texr", "-n", "10000", "-o", output)
    assert not loaded & (HEAVY - {"pyarrow"})
    assert not loaded & {"email", "html"}  # 50 ms for nothing


EXECUTORS = """
import sys
from tests.bench.discrete import discrete
from texrc import load
from texrc.codegen import numpy_kernels
from texrc.codegen.executor import executor_for
from texrc.codegen.plan import plan
from texrc.library import library
networks = [load(entry.path).network for entry in library().values()]
networks += [discrete(name).network for name in ("asia", "alarm", "andes", "munin")]
compiled = [n.name for n in networks if executor_for(plan(n), 10_000) is not numpy_kernels]
print(len(networks), compiled, "numba" in sys.modules)
"""


def test_ten_thousand_rows_of_no_spec_wait_for_the_compiler(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", EXECUTORS],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
        env=os.environ | {"PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path)},
    )
    count, rest = found.stdout.split(maxsplit=1)
    assert int(count) > 30
    assert rest == "[] False\n"
