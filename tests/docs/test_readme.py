"""What the README shows is what happens."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import texrc

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

WRONG = {"0.83": "0.8", "0.06*age": "0.06*aeg", "0.022*bmi, 0.25)": "0.022*bmi, age - 20)"}
"""What the README says that someone wrote instead."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands() -> list[tuple[str, str]]:
    """Each `$ command` of the console blocks with what is shown below it."""
    found = []
    for block in blocks("console"):
        _, *parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)
        found += list(zip(parts[::2], parts[1::2], strict=True))
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the console blocks are typed; charges.texr and wrong.texr lie there."""
    place = tmp_path_factory.mktemp("readme")
    spec = blocks("texr")[0]
    (place / "charges.texr").write_text(spec, encoding="utf-8")
    for right, wrong in WRONG.items():
        assert right in spec
        spec = spec.replace(right, wrong)
    (place / "wrong.texr").write_text(spec, encoding="utf-8")
    binaries = place / "bin"
    binaries.mkdir()
    launcher = binaries / "texrc"
    launcher.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m texrc "$@"\n')
    launcher.chmod(0o755)
    return place


def test_the_specs_are_sound_and_sample() -> None:
    assert blocks("texr")
    for text in blocks("texr"):
        assert texrc.check(text) == []
        assert texrc.compile(text).sample(100).num_rows == 100


def test_the_first_spec_is_an_example() -> None:
    assert (ROOT / "examples" / "charges.texr").read_text(encoding="utf-8") == blocks("texr")[0]


def test_every_command_shows_what_it_prints(folder: Path) -> None:
    environ = {
        **os.environ,
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "NO_COLOR": "1",
    }
    assert commands()
    for command, shown in commands():
        outcome = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )
        assert outcome.stdout == shown, command


def test_the_python_runs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    scope: dict[str, object] = {}
    assert blocks("python")
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), scope)  # noqa: S102 - our own README


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_links_and_paths_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    paths = re.findall(r"\]\(([^)#:]+)\)", text)
    paths += re.findall(r"`((?:texrc|tests|grammar|specs|examples|runtime)/[\w./]*)`", text)
    assert paths
    # A package may stand for its file: `texrc/ir/raising` is raising.py or raising/.
    missing = [
        path for path in paths if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()
    ]
    assert missing == []
