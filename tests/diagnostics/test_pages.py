"""Each code's page: complete, and right about what the compiler says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from texrc import driver
from texrc.diagnostics import Diagnostic, Severity, TexrError
from texrc.diagnostics.codes import NAMES
from texrc.diagnostics.pages import page, topics
from texrc.importing import import_file, read_network
from texrc.source import SourceFile

HEADINGS = ["What it means", "Wrong", "Right", "Why"]
WITHOUT_EXAMPLE = {"TX511", "TX999"}
"""Nobody knows what to write for these."""


@cache
def sections(code: str) -> dict[str, str]:
    text = page(code)
    assert text is not None, f"{code} has no page"
    _, *parts = re.split(r"^## (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def example(code: str, heading: str) -> tuple[str, str]:
    """The language and the content of a section's first fenced block."""
    match = re.search(r"^```(\w+)\n(.*?)^```$", sections(code)[heading], re.MULTILINE | re.DOTALL)
    assert match is not None, f"{code} has no example under {heading}"
    return match[1], match[2]


def codes_with(language: str) -> list[str]:
    codes = (code for code in NAMES if code not in WITHOUT_EXAMPLE)
    return [code for code in codes if example(code, "Wrong")[0] == language]


def findings(text: str) -> tuple[Diagnostic, ...]:
    return driver.check(SourceFile("page.texr", text)).diagnostics


@pytest.mark.parametrize("code", NAMES)
def test_has_its_title_and_headings(code: str) -> None:
    text = page(code)
    assert text is not None
    assert text.startswith(f"# {code}: {NAMES[code]}\n\n")
    assert [heading for heading in sections(code) if heading in HEADINGS] == HEADINGS
    assert set(sections(code)) == set(HEADINGS)
    assert all(sections(code)[heading].strip() for heading in HEADINGS)


def test_no_page_without_its_code() -> None:
    folder = Path(sys.modules["texrc.diagnostics.codes"].__file__ or "").parent
    assert {path.stem for path in folder.glob("*.md")} == set(NAMES)


@pytest.mark.parametrize("code", codes_with("texr"))
def test_the_wrong_spec_gives_the_code_alone(code: str) -> None:
    found = findings(example(code, "Wrong")[1])
    errors = {d.code for d in found if d.severity is Severity.ERROR}
    warnings = {d.code for d in found if d.severity is Severity.WARNING}
    assert (errors or warnings) == {code}
    assert code.startswith("TW") or not warnings


@pytest.mark.parametrize("code", codes_with("texr"))
def test_the_right_spec_is_clean(code: str) -> None:
    assert findings(example(code, "Right")[1]) == ()


@pytest.mark.parametrize("code", [*codes_with("bif"), *codes_with("json")])
def test_the_wrong_file_gives_the_code_alone(code: str, tmp_path: Path) -> None:
    language, text = example(code, "Wrong")
    path = tmp_path / f"wrong.{language}"
    path.write_text(text, encoding="utf-8")
    if code.startswith("TW"):
        assert {d.code for d in read_network(str(path), language).warnings} == {code}
        return
    with pytest.raises(TexrError) as caught:
        import_file(str(path), language)
    assert {d.code for d in caught.value.diagnostics} == {code}


@pytest.mark.parametrize("code", [*codes_with("bif"), *codes_with("json")])
def test_the_right_file_becomes_a_spec(code: str, tmp_path: Path) -> None:
    language, text = example(code, "Right")
    path = tmp_path / f"right.{language}"
    path.write_text(text, encoding="utf-8")
    assert import_file(str(path), language).columns


@pytest.mark.parametrize("heading", ["Wrong", "Right"])
@pytest.mark.parametrize("code", codes_with("sh"))
def test_the_command(code: str, heading: str, tmp_path: Path) -> None:
    """The block as one would paste it: the wrong one fails with the code, the right one works."""
    language, script = example(code, heading)
    assert language == "sh"
    binaries = tmp_path / "bin"
    binaries.mkdir()
    launcher = binaries / "texrc"
    main = shlex.quote("from texrc.cli.entry import main; main()")
    launcher.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c {main} "$@"\n')
    launcher.chmod(0o755)
    root = str(Path(driver.__file__).parent.parent)
    search = os.pathsep.join([root, *filter(None, [os.environ.get("PYTHONPATH")])])
    environ = {
        **os.environ,
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": search,
        "NO_COLOR": "1",
    }
    run = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environ, capture_output=True, timeout=120
    )
    output = (run.stdout + run.stderr).decode(errors="replace")
    assert set(re.findall(r"\[(T[XW]\d{3})\]", output)) == ({code} if heading == "Wrong" else set())
    assert run.returncode == (1 if heading == "Wrong" else 0), output


def test_lookup() -> None:
    whole = page("TX201")
    assert whole is not None
    assert page("tx201") == whole == page("circle") == page(" Circle ")
    assert page("unknown column") == page("unknown_column") == page("TX101")
    assert page("../codes/TX201") is None
    assert page("") is None


def test_the_listing_has_every_page() -> None:
    listed = [name for _, group in topics() for name, _ in group]
    assert len(listed) == len(set(listed))
    assert set(NAMES) <= set(listed)
    assert all(page(name) is not None for name in listed)
