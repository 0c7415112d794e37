"""What `texrc explain` prints: a page for each diagnostic and each construct of the language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from texrc.diagnostics.codes import NAMES
from texrc.resources import folder

_CODES = Path(__file__).resolve().parent / "codes"

_HEADINGS = {
    "TX0": "Reading a spec",
    "TX1": "Names and kinds",
    "TX2": "Structure",
    "TX3": "Probability",
    "TX5": "Sampling and writing",
    "TX6": "Other formats",
    "TX9": "The compiler itself",
    "TW0": "Warnings",
}


def page(topic: str) -> str | None:
    """The Markdown page of a code (`TX301`), its name (`circle`) or a construct (`normal`).

    None when there is none. Case does not matter, nor spaces for hyphens. A page of the
    reference is found by its file's name and by the words of its line `Also: ...`.
    """
    path = _paths().get(_key(topic))
    return path.read_text(encoding="utf-8") if path is not None else None


def topics() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every page under its heading, as (what to ask for, its title)."""
    groups: list[tuple[str, list[tuple[str, str]]]] = []
    constructs = [(path.stem, _title(path)) for path in _references()]
    if constructs:
        groups.append(("The language", constructs))
    for prefix, heading in _HEADINGS.items():
        codes = [(code, name) for code, name in NAMES.items() if code.startswith(prefix)]
        groups.append((heading, codes))
    return groups


@cache
def _paths() -> dict[str, Path]:
    """Every page by what one may ask for; codes win over files, files over other words."""
    references = _references()
    paths = {_key(word): path for path in references for word in other_words(path)}
    paths |= {_key(path.stem): path for path in references}
    for code, name in NAMES.items():
        paths[code.lower()] = paths[name] = _CODES / f"{code}.md"
    return paths


def _references() -> list[Path]:
    return sorted((folder("grammar") / "reference").glob("*.md"))


def other_words(path: Path) -> list[str]:
    """What a page of the reference is found by besides its name: its line `Also: a, b`."""
    for line in path.read_text(encoding="utf-8").splitlines()[:3]:
        if line.startswith("Also: "):
            return line.removeprefix("Also: ").split(", ")
    return []


def _key(topic: str) -> str:
    return "-".join(topic.lower().replace("_", "-").split())


def _title(path: Path) -> str:
    """What the first heading says after the page's name."""
    with path.open(encoding="utf-8") as file:
        return file.readline().lstrip("#").strip().removeprefix(f"{path.stem}: ")
