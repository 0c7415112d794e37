"""What is built is what people get: the wheel and the sdist, installed apart from the checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BUILD = [sys.executable, "-m", "build", "--no-isolation"]


def run(*command: str | Path, cwd: Path | None = None) -> str:
    outcome = subprocess.run(
        [str(word) for word in command], cwd=cwd, capture_output=True, text=True, timeout=600
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the sdist as a packager would."""
    folder = tmp_path_factory.mktemp("dist")
    run(*BUILD, "--outdir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with the wheel, and our libraries beside it."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    run(sys.executable, "-m", "pip", "install", "--no-deps", "--quiet", "--target", site, wheel)
    # The libraries come from this environment; its own .pth files, the editable texr's
    # among them, are not read, since the folder is only put on the path.
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    launcher = folder / "bin" / "texrc"
    launcher.write_text(f"#!{python}\nfrom texrc.cli import main\nmain()\n")
    launcher.chmod(0o755)
    return folder / "bin"


def test_the_wheel_has_two_packages_and_their_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"texrc", "texr_runtime"}
    assert "texrc/_data/grammar/texr.lark" in names
    assert "texrc/_data/specs/health/births.texr" in names
    assert "texrc/syntax/tables.json" in names
    assert "texrc/diagnostics/codes/TX301.md" in names
    assert {"texrc/py.typed", "texr_runtime/py.typed"} <= set(names)
    assert not [name for name in names if name.endswith((".pyc", ".nbi", ".nbc"))]


def test_the_sdist_has_what_the_tests_need(wheel: Path) -> None:
    (built,) = wheel.parent.glob("*.tar.gz")
    with tarfile.open(built) as archive:
        tops = {Path(name).parts[1] for name in archive.getnames() if len(Path(name).parts) > 1}
    assert tops >= {"texrc", "grammar", "specs", "runtime", "tests", "examples", "pyproject.toml"}


def test_the_installed_compiler_works(installed: Path, tmp_path: Path) -> None:
    texrc = installed / "texrc"
    where = run(installed / "python", "-c", "import texrc; print(texrc.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    assert "health/births" in run(texrc, "specs", cwd=tmp_path)
    (tmp_path / "births.texr").write_text(run(texrc, "specs", "births", cwd=tmp_path))
    run(texrc, "check", "births.texr", cwd=tmp_path)
    assert "normal" in run(texrc, "explain", "normal", cwd=tmp_path)
    drawn = run(texrc, "sample", "births.texr", "-n", "20", "--seed", "3", cwd=tmp_path)
    assert len(drawn.splitlines()) == 21
    run(texrc, "sample", "births.texr", "-n", "20", "-o", "births.parquet", cwd=tmp_path)
    assert (tmp_path / "births.parquet").read_bytes()[:4] == b"PAR1"


def test_both_packages_have_one_version(installed: Path, tmp_path: Path) -> None:
    program = "import texrc, texr_runtime; print(texrc.__version__ == texr_runtime.__version__)"
    assert run(installed / "python", "-c", program, cwd=tmp_path) == "True\n"
