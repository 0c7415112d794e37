"""The command line as people see it: each `NAME.sh` beside this file gives `NAME.expected`.

A script runs in an empty folder with `texrc` on its path; `run` shows a command, all it
prints and how it ends. After a change that is meant, `TEXR_REWRITE=1 pytest tests/cli`
writes the expected files anew: read the difference before committing it.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SCRIPTS = sorted(HERE.glob("*.sh"))

PRELUDE = r"""
run() { echo "\$ $*"; "$@"; local code=$?; [ $code -eq 0 ] || echo "[exit $code]"; echo; }
exec 2>&1
"""


def environment(folder: Path) -> dict[str, str]:
    """The environment of a script: `texrc` is this checkout's, nothing else of ours is set."""
    binaries = folder / "bin"
    binaries.mkdir()
    launcher = binaries / "texrc"
    program = "from texrc.cli import main; main()"
    launcher.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c {shlex.quote(program)} "$@"\n'
    )
    launcher.chmod(0o755)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TEXR")}
    for key in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        kept.pop(key, None)
    return kept | {
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "runtime")]),
        "SPECS": str(ROOT / "specs"),
        "LC_ALL": "C.UTF-8",
    }


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_transcript(script: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    outcome = subprocess.run(
        ["bash", "-c", PRELUDE + script.read_text(encoding="utf-8")],
        cwd=work,
        env=environment(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=300,
    )
    said = outcome.stdout.decode(errors="replace").replace(str(ROOT / "specs"), "SPECS")
    expected = script.with_suffix(".expected")
    if os.environ.get("TEXR_REWRITE"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
    assert "Traceback" not in said
