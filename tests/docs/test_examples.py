"""Every example runs, and every picture shows its spec as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from texrc import load
from texrc.interop.svg import to_svg

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"


@pytest.mark.parametrize("program", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.stem)
def test_runs(program: Path, tmp_path: Path) -> None:
    outcome = subprocess.run(
        [sys.executable, program], cwd=tmp_path, capture_output=True, text=True, timeout=300
    )
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout


def test_the_picture_of_the_readme_is_fresh() -> None:
    spec = load(ROOT / "specs" / "insurance" / "health_cover.texr")
    drawn = (EXAMPLES / "health_cover.svg").read_text(encoding="utf-8")
    assert drawn.rstrip("\n") == to_svg(spec.network).rstrip("\n")
