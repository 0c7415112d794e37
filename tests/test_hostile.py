"""Texts that want to exhaust the compiler: diagnostics within bounded memory, nothing worse.

Each runs in a process of its own with a limit on its address space; the time limit is a net
for hangs and no measure of anything.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from texrc.ir.expressions import Binary, ColumnValue, Expression, walk
from texrc.syntax.limits import MAX_BYTES, MAX_COLUMNS, MAX_LABELS, MAX_OPERATIONS

ROOT = Path(__file__).parent.parent
TEXRC = [sys.executable, "-c", "from texrc.cli import main; main()"]
PATIENCE = 600
MEMORY = 1_500_000_000
FEW = 1_000_000


def run(*arguments: str | Path, memory: int = MEMORY) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    return subprocess.run(
        [*TEXRC, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        preexec_fn=limit,
        env=os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
    )


def assert_ends(outcome: subprocess.CompletedProcess[str], *codes: int) -> None:
    said = outcome.stdout[-2000:] + outcome.stderr[-2000:]
    assert outcome.returncode in codes, said
    for word in ("Traceback", "TX999", "not enough memory"):
        assert word not in said


# --- rubbish ------------------------------------------------------------------

RUBBISH: dict[str, bytes] = {
    name: piece.encode()
    for name, piece in {
        "quotes": '"',
        "opening": "[",
        "closing": "}",
        "pairs": "(){}[]",
        "comments": "#",
        "comment_lines": "#\n",
        "backticks": "`",
        "one_word": "a",
        "words": "a ",
        "digits": "1",
        "returns": "\r",
        "empty_lines": "\n",
        "open_texts": '"a\n',
        "turned_round": "\u202e",
        "emoji": "\N{GRINNING FACE}",
        "strangers": "$ ",
        "backslashes": "\\",
        "headers": 'dataset d "t" { columns { a : boolean } }\n',
        "mixture": '({[`"#\n',
    }.items()
} | {"nulls": b"\0", "no_text": b"\xfe\x80"}


@pytest.mark.parametrize("kind", RUBBISH)
@pytest.mark.parametrize(
    "size", [300_000, pytest.param(MAX_BYTES, marks=pytest.mark.slow)], ids=["some", "most"]
)
def test_rubbish(kind: str, size: int, tmp_path: Path) -> None:
    path = tmp_path / "rubbish.texr"
    piece = RUBBISH[kind]
    path.write_bytes(piece * (size // len(piece)))
    assert_ends(run("check", path), 1)


@pytest.mark.parametrize("command", ["check", "format", "sample", "show", "graph", "export"])
def test_a_hundred_megabytes(command: str, tmp_path: Path) -> None:
    path = tmp_path / "long.texr"
    with open(path, "wb") as file:
        file.truncate(100 * 2**20)  # sparse: takes no room
    outcome = run(command, path, memory=600_000_000)
    assert_ends(outcome, 1)
    assert "TX004" in outcome.stdout + outcome.stderr


@pytest.mark.parametrize("format_name", ["bif", "json"])
@pytest.mark.parametrize("kind", ["quotes", "opening", "closing", "one_word", "digits", "nulls"])
def test_rubbish_to_import(kind: str, format_name: str, tmp_path: Path) -> None:
    path = tmp_path / "rubbish"
    path.write_bytes(RUBBISH[kind] * FEW)
    assert_ends(run("import", path, "--from", format_name), 1)


# --- specs that are too much --------------------------------------------------


def spec(columns: list[str], model: list[str]) -> str:
    declared = "\n".join(columns)
    stated = "model {\n" + "\n".join(model) + "\n}" if model else ""
    return f'dataset d "t" {{\ncolumns {{\n{declared}\n}}\n{stated}\n}}\n'


def coins(count: int) -> list[str]:
    return [f'c{i} : boolean "A coin"' for i in range(count)]


def forty_parents(rows: int, default: str = "_: uniform") -> str:
    chance = random.Random(1)
    names = [f"c{i}" for i in range(40)]
    table = "".join(
        f"({', '.join(chance.choice(('yes', 'no', '_', '_', '_')) for _ in names)}): "
        f"{{no: 0.{chance.randint(1, 9)}, yes: rest}};\n"
        for _ in range(rows)
    )
    return spec(
        [*coins(40), 'y : boolean "Y"'],
        [
            *(f"{name} ~ uniform" for name in names),
            f"y | {', '.join(names)} ~ {{{table}{default}}}",
        ],
    )


def chain(count: int, *, closed: bool = False) -> str:
    table = "{ no: {no: 0.3, yes: rest}; yes: {no: 0.6, yes: rest} }"
    first = f"c0 | c{count - 1} ~ {table}" if closed else "c0 ~ uniform"
    return spec(coins(count), [first, *(f"c{i} | c{i - 1} ~ {table}" for i in range(1, count))])


def dense_circle() -> str:
    chance = random.Random(2)
    return spec(
        coins(2000),
        [
            f"c{i} ~ logit({' + '.join(f'[c{chance.randrange(2000)} = yes]' for _ in range(60))})"
            for i in range(2000)
        ],
    )


def labels(count: int, value: str = "") -> str:
    return "{" + ", ".join(f"l{i}{value}" for i in range(count)) + "}"


NUMBER = 'a : continuous [0, 10] "A"'


def about(value: str) -> str:
    return spec([NUMBER, 'y : continuous [0, 9000] "Y"'], ["a ~ uniform", value])


TOO_MUCH: dict[str, tuple[Callable[[], str], str]] = {
    "columns": (lambda: spec(coins(FEW), []), "TX006"),
    "columns_by_one": (lambda: spec(coins(MAX_COLUMNS + 1), []), "TX006"),
    "labels": (lambda: spec([f"a : categorical {labels(10**5)}"], []), "TX006"),
    "labels_by_one": (lambda: spec([f"a : categorical {labels(MAX_LABELS + 1)}"], []), "TX006"),
    "terms": (lambda: about("y = " + " + ".join(["a"] * 5000)), "TX005"),
    "terms_by_one": (lambda: about("y = " + " + ".join(["a"] * (MAX_OPERATIONS + 2))), "TX005"),
    "arguments": (lambda: about("y = max(" + ", ".join(["a"] * 10**5) + ")"), "TX005"),
    "signs": (lambda: about("y = " + "-" * 100_000 + "a"), "TX005"),
    "brackets": (lambda: about("y = " + "(" * 100_000 + "a" + ")" * 100_000), "TX005"),
    "powers": (lambda: about("y = " + "**".join(["a"] * 100)), "TX306"),
    "circle": (lambda: chain(MAX_COLUMNS, closed=True), "TX201"),
    "dense_circle": (dense_circle, "TX201"),
    "uncovered": (lambda: forty_parents(2000, default=""), "TX20"),
    "strangers": (lambda: spec(coins(1), [f"y{i} | z{i} ~ uniform" for i in range(9000)]), "TX101"),
    "infinite": (lambda: spec(["a : continuous [-inf, nan]"], []), "TX"),
    "huge": (lambda: spec(['a : continuous [-9e289, 9e289] "A"'], ["a ~ normal(0, 0)"]), "TX306"),
}


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_too_much(kind: str, tmp_path: Path) -> None:
    make, code = TOO_MUCH[kind]
    path = tmp_path / "much.texr"
    path.write_text(make(), encoding="utf-8")
    outcome = run("check", path, "--output-format", "concise")
    assert_ends(outcome, 1)
    assert code in outcome.stdout


MUCH: dict[str, Callable[[], str]] = {
    "forty_parents": lambda: forty_parents(500),
    "chain": lambda: chain(MAX_COLUMNS),
    "labels": lambda: spec(
        [f'a : categorical {labels(MAX_LABELS)} "A"', f'b : categorical {labels(MAX_LABELS)} "B"'],
        [
            "a ~ uniform",
            f"b | a ~ {{ l0: uniform; _: softmax {labels(MAX_LABELS, ': 0')} }}",
        ],
    ),
    "mixture": lambda: about(
        "y ~ mix {" + ", ".join(f"0.0005: normal({i} + a, 3)" for i in range(2000)) + "}"
    ),
    "arguments": lambda: about("y = max(" + ", ".join(["a"] * MAX_OPERATIONS) + ")"),
    "deep_brackets": lambda: about("y = " + "max(a, " * 60 + "a" + ")" * 60),
    "deep_signs": lambda: about("y = 0*(" + "- " * 120 + "a)"),
    "deep_sums": lambda: about("y = " + "(a + " * 60 + "a" + ")" * 60),
    "deep_mixed": lambda: about("y = " + "max(0, a + (" * 30 + "a" + "))" * 30),
    "ends": lambda: spec(
        [
            'a : continuous [-9e289, 9e289] "A"',
            'b : continuous [0, 1e-289] "B"',
            'c : integer [-9.007199254740992e15, 9.007199254740992e15] "C"',
        ],
        ["a ~ normal(0, 1)", "b ~ uniform", "c ~ normal(0, 1e15)"],
    ),
    "code_and_paths": lambda: spec(
        [
            f'`{"😀" * 80}` : boolean "A"',
            '`/etc/passwd` : boolean "B"',
            '`__import__("os").system("false")` : boolean "C"',
            "`'''` : categorical {`\\`, `$(false)`, `\u202e`, `</svg>`} \"D\"",
            '`"""` : boolean "E"',
            '`%s{0}{{7*7}}` : boolean "\u2066"',
        ],
        [
            f'`{"😀" * 80}` ~ uniform',
            "`/etc/passwd` ~ uniform",
            '`__import__("os").system("false")` ~ uniform',
            "`'''` ~ uniform",
            '`"""` ~ uniform',
            "`%s{0}{{7*7}}` ~ uniform",
        ],
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        "sample SPEC -n 200 -o x.arrow --threads 1",
        "compile SPEC -o x.py",
        "compile SPEC --emit plan -o x.txt",
        "graph SPEC -o x.svg",
        "export SPEC -o x.json",
        "format --check SPEC",
    ],
)
@pytest.mark.parametrize("kind", MUCH)
def test_much_and_sound(kind: str, command: str, tmp_path: Path) -> None:
    path = tmp_path / "much.texr"
    path.write_text(MUCH[kind](), encoding="utf-8")
    words = [
        str(path) if word == "SPEC" else str(tmp_path / word) if word[:2] == "x." else word
        for word in command.split()
    ]
    outcome = run(*words, memory=4_000_000_000)
    assert_ends(outcome, 0, *([1] if "format" in command else []))


def test_a_long_expression_is_walked_in_as_many_steps_as_it_has_parts() -> None:
    expression: Expression = ColumnValue(0)
    for _ in range(50_000):  # deeper than any recursion could follow
        expression = Binary("+", expression, ColumnValue(1))
    assert sum(1 for _ in walk(expression)) == 100_001
