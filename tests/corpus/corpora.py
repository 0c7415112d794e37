"""Small corpora for the tests, and the command that draws them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXRC = [sys.executable, "-c", "from texrc.cli import main; main()"]
PATIENCE = 300
"""Seconds; a net for hangs, no measure of anything."""

NAMES = ("a", "b/c", "b/d.e", "b/f/g", "h i", "ß", "j", "k", "l/m")


def spec(name: str, share: str = "0.25") -> str:
    """A spec with a column of each kind of buffer."""
    return f"""
dataset `{name}` "One thing of a small corpus" {{
  columns {{
    kind : categorical {{one, two, three}} "What it is"
    sound : boolean "Whether it is whole"
    count : integer [0, 500] "How many there are"
    size : continuous [0, 100] "How large it is"
  }}
  model {{
    kind ~ {{one: {share}, two: 0.25, three: rest}}
    sound | kind ~ {{ one: {{no: 0.5, yes: 0.5}}; _: {{no: 0.25, yes: 0.75}}; }}
    count ~ poisson(20)
    size ~ normal(50 + 2*[kind = two], 12)
  }}
}}
"""


def write_specs(folder: Path, names: tuple[str, ...] = NAMES) -> Path:
    for name in names:
        path = folder / f"{name}.texr"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(spec(name), encoding="utf-8")
    return folder


def sample(
    folder: Path, output: Path, *options: str, prelude: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command, after ``prelude`` in the same process."""
    program = [sys.executable, "-c", f"{prelude}\nfrom texrc.cli import main; main()"]
    return subprocess.run(
        [*program, "sample", folder, "-o", output, "-n", "50", *options],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, the hidden ones too."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
