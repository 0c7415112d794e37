"""How runs end when the world does not play along: full disks, pipes, signals, permissions.

Whatever happens: the right exit code, one plain message and no traceback, no half file, no
temporary file left behind, and a file that was there stays as it was.
"""

from __future__ import annotations

import errno
import os
import resource
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
SPEC = ROOT / "specs" / "health" / "births.texr"
TEXRC = [sys.executable, "-c", "from texrc.cli import main; main()"]
FORMATS = ["csv", "jsonl", "parquet", "arrow"]
ENDLESS = ["-n", str(2**63)]
PATIENCE = 300
"""Seconds; a net for hangs, no measure of anything."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and streams of POSIX")
full_disk = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")


def run(
    *arguments: str | bytes | Path, cwd: Path | None = None, **options: object
) -> subprocess.CompletedProcess[Any]:
    return subprocess.run(  # type: ignore[call-overload]
        [*TEXRC, *arguments],
        **{
            "cwd": cwd,
            "stdin": subprocess.DEVNULL,
            "capture_output": True,
            "text": True,
            "timeout": PATIENCE,
            "env": os.environ | {"PYTHONPATH": str(ROOT)},
            **options,
        },
    )


def in_shell(command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A bash command in which `texrc` is this checkout's and $SPEC a sound spec."""
    prelude = f'texrc() {{ {shlex.join(TEXRC)} "$@"; }}; SPEC={shlex.quote(str(SPEC))}; '
    return subprocess.run(
        ["bash", "-c", prelude + command],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def assert_plain(outcome: subprocess.CompletedProcess[str]) -> None:
    assert "Traceback" not in outcome.stderr
    assert "TX999" not in outcome.stderr


# --- disks and permissions ----------------------------------------------------


@full_disk
@pytest.mark.parametrize("format_name", FORMATS)
def test_full_disk(format_name: str) -> None:
    with open("/dev/full", "wb") as full:
        outcome = run("sample", SPEC, "-n", "1000", "--format", format_name, stdout=full,
                      capture_output=False, stderr=subprocess.PIPE)  # fmt: skip
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("error[TX510]: cannot write: No space left on device")
    assert "half file" not in outcome.stderr  # stdout may be one
    assert_plain(outcome)


@full_disk
@pytest.mark.parametrize(
    "command", ["--help", "show $SPEC -n 10", "graph $SPEC", "explain", "specs", "format - < $SPEC"]
)
def test_full_disk_for_text(command: str, tmp_path: Path) -> None:
    outcome = in_shell(f"texrc {command} > /dev/full", tmp_path)
    assert outcome.returncode == 1
    assert outcome.stderr.count("error") == 2  # the message, and the count at the end
    assert_plain(outcome)


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_file_that_grows_too_large_leaves_the_old_one(format_name: str, tmp_path: Path) -> None:
    target = tmp_path / f"x.{format_name}"
    target.write_text("old")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    # Bytecode and caches are files too: nothing but the output may be written.
    environ = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    outcome = run("sample", SPEC, "-n", "5000", "-o", target.name, cwd=tmp_path,
                  preexec_fn=limit, env=environ)  # fmt: skip
    assert outcome.returncode == 1
    assert f"cannot write {target.name}: {os.strerror(errno.EFBIG)}" in outcome.stderr
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert target.read_text() == "old"
    assert_plain(outcome)


def test_permissions_of_a_replaced_file_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "x.csv"
    target.write_text("old")
    target.chmod(0o666)  # wider than any usual umask leaves it
    assert run("sample", SPEC, "-n", "3", "-o", target).returncode == 0
    assert target.stat().st_mode & 0o777 == 0o666
    assert len(target.read_text().splitlines()) == 4
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    assert run("sample", SPEC, "-n", "5", "-o", link).returncode == 0
    assert link.is_symlink()
    assert len(target.read_text().splitlines()) == 6


@pytest.mark.parametrize("command", [["sample", "--format", "csv"], ["compile"], ["graph"]])
def test_places_that_cannot_be_written(command: list[str], tmp_path: Path) -> None:
    for output, said in (("missing/x.svg", "there is no folder"), (".", "is a folder")):
        outcome = run(*command, SPEC, "-o", output, *_format(command, output), cwd=tmp_path)
        assert outcome.returncode == 2
        assert said in outcome.stderr
        assert_plain(outcome)
    assert list(tmp_path.iterdir()) == []


def _format(command: list[str], output: str) -> list[str]:
    return ["--format", "dot"] if command == ["graph"] and output == "." else []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        outcome = run("sample", SPEC, "-o", tmp_path / "x.csv")
    finally:
        tmp_path.chmod(0o700)
    assert outcome.returncode == 2
    assert "cannot be written" in outcome.stderr


def test_long_names_have_room_for_the_temporary_one(tmp_path: Path) -> None:
    name = "\N{GRINNING FACE}" * 62 + ".csv"  # 252 bytes of the 255 that a name may have
    assert run("sample", SPEC, "-n", "3", "-o", name, cwd=tmp_path).returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == [name]


# --- pipes and closed streams -------------------------------------------------


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_reader_that_has_had_enough(format_name: str, tmp_path: Path) -> None:
    command = f"texrc sample $SPEC -n {2**63} --format {format_name} | head -c 3 | wc -c"
    outcome = in_shell(f"{command}; exit ${{PIPESTATUS[0]}}", tmp_path)
    assert (outcome.returncode, outcome.stdout.strip(), outcome.stderr) == (0, "3", "")


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("sample $SPEC -n 5 >&-", 1, "cannot write: Bad file descriptor"),
        ("compile $SPEC --emit ir >&-", 1, "cannot write: Bad file descriptor"),
        ("--help >&-", 1, "cannot write: Bad file descriptor"),
        ("check - <&-", 1, ""),
        ("format - <&-", 1, "cannot read stdin: Bad file descriptor"),
        ("import - --from json <&-", 1, "cannot read stdin: Bad file descriptor"),
        ("sample $SPEC -n 5 2>&-", 0, ""),
        ("sample nothere 2>&-", 1, ""),
        ("check $SPEC <&- >&- 2>&-", 0, ""),
        ("sample $SPEC -n 5 -o x.csv <&- >&- 2>&-", 0, ""),
    ],
)
def test_closed_streams(command: str, code: int, said: str, tmp_path: Path) -> None:
    outcome = in_shell(f"texrc {command}", tmp_path)
    assert outcome.returncode == code
    assert said in outcome.stderr
    assert_plain(outcome)
    if "x.csv" in command:
        assert len((tmp_path / "x.csv").read_text().splitlines()) == 6


# --- signals ------------------------------------------------------------------


def _part(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.name.endswith(".part"))


@pytest.mark.parametrize("threads", ["1", "4"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopped_in_the_middle_of_a_file(
    number: signal.Signals, threads: str, tmp_path: Path
) -> None:
    target = tmp_path / "x.arrow"
    target.write_text("old")
    process = subprocess.Popen(
        [*TEXRC, "sample", SPEC, *ENDLESS, "-o", target.name, "--threads", threads],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        restore_signals=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),
    )
    deadline = time.monotonic() + PATIENCE
    while not any(path.stat().st_size for path in _part(tmp_path)):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(number)
    said = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == 128 + number
    assert said.strip() == ("interrupted" if number == signal.SIGINT else "")
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert target.read_text() == "old"


# --- surroundings -------------------------------------------------------------


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"COLUMNS": "1"},
        {"COLUMNS": "none"},
        {"HOME": "/nonexistent", "XDG_CACHE_HOME": ""},
        {"XDG_CACHE_HOME": "/proc/nowhere"},
        {"NO_COLOR": "1", "TERM": "dumb"},
    ],
    ids=lambda environ: ",".join(environ),
)
def test_odd_surroundings_change_nothing(environ: dict[str, str]) -> None:
    usual = run("show", SPEC, "-n", "100", text=False)
    odd = run("show", SPEC, "-n", "100", text=False,
              env=os.environ | {"PYTHONPATH": str(ROOT)} | environ)  # fmt: skip
    assert (odd.returncode, odd.stderr) == (0, b"")
    if "LC_ALL" in environ:  # shows escapes where the locale has no such character
        assert odd.stdout.count(b"\n") == usual.stdout.count(b"\n")
    else:
        assert odd.stdout == usual.stdout


@pytest.mark.skipif(sys.platform == "darwin", reason="names of files are UTF-8 there")
def test_file_names_that_are_no_text(tmp_path: Path) -> None:
    name = b"odd\xff\x1b[31m.texr"
    (tmp_path / os.fsdecode(name)).write_bytes(SPEC.read_bytes() + b"$")
    outcome = run("check", name, cwd=tmp_path, text=False)
    assert outcome.returncode == 1
    assert b"\x1b" not in outcome.stdout
    assert b"TX999" not in outcome.stdout
    outcome = run("sample", SPEC, "-n", "2", "-o", b"\xff.csv", cwd=tmp_path)
    assert outcome.returncode == 0
    assert (tmp_path / os.fsdecode(b"\xff.csv")).exists()
