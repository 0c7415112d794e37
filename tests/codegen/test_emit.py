"""Emitted modules: readable text, data that stays data, and the bytes of the machine."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codegen.emitting import light_module, light_text, model_part
from tests.codegen.networks import bnlearn_network
from tests.strategies import networks
from texrc import TexrError, load
from texrc.arrow import buffers as buffers_of
from texrc.codegen import emitted, numpy_kernels
from texrc.codegen.emit import emit_module, module_name
from texrc.codegen.emitted_command import csv_number
from texrc.codegen.machine import Machine
from texrc.codegen.plan import plan
from texrc.ir.distributions import Categorical
from texrc.ir.network import Column, ColumnType, Network, Node, Row
from texrc.kernels.arithmetic import larger, smaller
from texrc.resources import folder

EXPECTED = Path(__file__).parent / "expected"
SPECS = sorted(folder("specs").rglob("*.texr"))


def by_machine(network: Network, n: int, seed: int, first: int) -> list[np.ndarray]:
    machine = Machine(plan(network))
    buffers = buffers_of(machine.plan.layouts, n)
    machine.fill(numpy_kernels, machine.keys(seed), first, buffers)
    return buffers


def assert_same(network: Network, path: Path, n: int, seed: int, first: int) -> None:
    columns = light_module(network, path).sample(n, seed, first)
    for column, expected in zip(network.columns, by_machine(network, n, seed, first), strict=True):
        assert columns[column.name].dtype == expected.dtype
        assert columns[column.name].tobytes() == expected.tobytes(), column.name


# --- the same bytes ------------------------------------------------------------


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_specs_give_the_bytes_of_the_machine(path, tmp_path):
    assert_same(load(path).network, tmp_path, 1500, 5, 65_000)


@pytest.mark.parametrize("name", ["asia", "alarm", "hepar2", "win95pts"])
def test_published_networks_give_the_bytes_of_the_machine(name, tmp_path):
    assert_same(bnlearn_network(name), tmp_path, 2000, 1, 0)


@given(networks(), st.integers(0, 2**63 - 300), st.integers(0, 2**64 - 1))
@settings(max_examples=60)
def test_any_network_gives_the_bytes_of_the_machine(tmp_path_factory, network, first, seed):
    assert_same(network, tmp_path_factory.mktemp("emitted"), 200, seed, first)


def test_a_row_of_scores_that_no_row_follows(tmp_path):
    text = """
    dataset rare "A row of the table that few rows follow" {
      columns { x : integer [0, 1000000] "X" y : boolean "Y" }
      model {
        x ~ uniform
        y | x ~ { 7: logit(min(x, 3)**2); 8: logit(exp(x/100)); _: {no: 0.5, yes: 0.5} }
      }
    }
    """
    assert_same(load(text).network, tmp_path, 300, 1, 0)


def test_very_many_whole_numbers_give_the_bytes_of_the_machine(tmp_path):
    text = """
    dataset ids "Numbers that only the finer bits of a second quantile all come to" {
      columns {
        k : categorical {a, b, c} "K"
        x : integer [-9e15, 9e15] "X"
        y : integer [0, 9e15]     "Y"
      }
      model {
        k ~ uniform
        x ~ uniform
        y | k ~ {a: uniform; b: quarters [0.1, 0.2, 0.3, 0.4]; c: normal(4e15, 1e15)}
      }
    }
    """
    assert_same(load(text).network, tmp_path, 3000, 1, 7)


BLOCKS = """\
dataset blocks "Many rows over many parents" {
  columns {
COLUMNS
    y : categorical {a, b, c} "What is drawn"
  }
  model {
STATEMENTS
    y | PARENTS ~ {
ROWS
      _: {a: 0.2, b: 0.3, c: 0.5}
    }
  }
}
"""


def test_bit_vectors_give_the_bytes_of_the_machine(tmp_path):
    names = [f"x{i}" for i in range(24)]
    columns = "\n".join(f'    {name} : integer [0, 9] "A number"' for name in names)
    statements = "\n".join(f"    {name} ~ uniform(0, 9)" for name in names)
    rows = []
    for i in range(12):
        keys = ", ".join(f"< {i % 9 + 1}" if place % 12 == i else "_" for place in range(24))
        rows.append(f"      ({keys}): {{a: 0.1, b: 0.{i % 8 + 1}, c: rest}};")
    text = BLOCKS.replace("COLUMNS", columns).replace("STATEMENTS", statements)
    text = text.replace("PARENTS", ", ".join(names)).replace("ROWS", "\n".join(rows))
    network = load(text).network
    assert "first_match" in model_part(emit_module(network))
    assert_same(network, tmp_path, 3000, 3, 17)


def test_a_module_of_its_own(tmp_path):
    """In a process without texrc, from numpy and numba alone."""
    spec = load(folder("specs") / "health" / "births.texr")
    path = tmp_path / f"{module_name(spec.name)}.py"
    path.write_text(emit_module(spec.network), "ascii")
    program = (
        "import json, sys; sys.path.insert(0, sys.argv[1]); import births_sampler as m; "
        "rows = m.sample(3000, 7, 100); assert not any(k.startswith('texr') for k in sys.modules); "
        "print(json.dumps({k: v.tobytes().hex() for k, v in rows.items()}))"
    )
    isolated = [sys.executable, "-I"]
    run = subprocess.run([*isolated, "-c", program, tmp_path], capture_output=True, check=True)
    columns = json.loads(run.stdout)
    expected = by_machine(spec.network, 3000, 7, 100)
    assert list(columns.values()) == [buffer.tobytes().hex() for buffer in expected]
    arguments = ["-n", "200", "--seed", "7", "--first-row", "100"]
    run = subprocess.run([*isolated, path, *arguments], capture_output=True, check=True)
    texrc = [sys.executable, "-m", "texrc", "sample", spec.source.name, "--seed", "7"]
    command = subprocess.run([*texrc, "--rows", "100:300"], capture_output=True, check=True)
    assert run.stdout == command.stdout
    path_out = tmp_path / "rows.csv"
    subprocess.run([*isolated, path, *arguments, "-o", path_out], check=True)
    assert path_out.read_bytes() == run.stdout
    refused = subprocess.run([*isolated, path, "--seed", "-1"], capture_output=True, check=False)
    assert (refused.returncode, refused.stderr[:14]) == (1, b"the seed is -1")


# --- what cannot be drawn ------------------------------------------------------

FAILING = """\
dataset failing "Fails in some rows" {
  columns {
    x : continuous [0, 1]   "A number"
    y : continuous [0, 0.9] "Too narrow a range"
    z : continuous [0, 2]   "A normal whose sd may vanish"
  }
  model {
    x ~ uniform(0, 1)
    y = X_OR_MORE
    z ~ normal(1, SD)
  }
}
"""


@pytest.mark.parametrize(
    ("value", "spread", "column"),
    [("x + 0.0", "1", "y"), ("x * 0.5", "x - 0.0001", "z"), ("0.9*x + 0.0005", "x - 0.02", "z")],
)
def test_the_row_that_fails(value, spread, column, tmp_path):
    text = FAILING.replace("X_OR_MORE", value).replace("SD", spread)
    try:
        network = load(text).network
    except TexrError as error:  # intervals may already tell
        network = error_network(text, error)
    module = light_module(network, tmp_path)
    with pytest.raises(TexrError) as by_texrc:
        by_machine(network, 100_000, 2, 0)
    with pytest.raises(ValueError, match=rf"row (\d+) of column '{column}'") as by_module:
        module.sample(100_000, 2)
    row = str(by_module.value).split()[1]
    assert f"row {row}" in by_texrc.value.diagnostics[0].message.replace(",", "")


def error_network(text: str, error: TexrError) -> Network:
    from texrc.ir.lower import lower
    from texrc.source import SourceFile
    from texrc.syntax import parse

    tree, _ = parse(SourceFile("<text>", text))
    assert tree is not None, error
    return lower(tree)[0]


# --- data stays data -----------------------------------------------------------

HOSTILE = (
    '"""; import os; os.system("touch owned") #',
    "'''\nimport os\n",
    "\\",
    '\\"""',
    "a\u2028import os\u2029b",
    "x\r\nimport os",
    "\x00\x1b[31m",
    "{__import__('os')}",
    "../../etc/passwd",
    "def",
    "\ud800 lone",
    "größe 年 𝒳",
    "#",
    "%s %(x)s",
)


def hostile_network(text: str, other: str) -> Network:
    half = (Decimal("0.5"), None)
    columns = (
        Column(text, ColumnType.CATEGORICAL, labels=(other, "b"), description=other),
        Column(other, ColumnType.BOOLEAN, labels=("no", "yes"), description=text, unit=text),
        Column("z", ColumnType.ORDINAL, labels=(text, other, "c"), description=text),
    )
    third = (Decimal("0.2"), Decimal("0.3"), None)
    nodes = (
        Node(0, (), (Row((), Categorical(half)),)),
        Node(1, (), (Row((), Categorical(half)),)),
        Node(2, (), (Row((), Categorical(third)),)),
    )
    return Network(other, text, text, columns, nodes)


PLAIN = emit_module(hostile_network("a", "x"))


@pytest.mark.parametrize("text", HOSTILE)
def test_names_stay_data(text, tmp_path):
    network = hostile_network(text, f"{text} again")
    module_text = emit_module(network)
    assert module_text.isascii()
    assert all(c == "\n" or c.isprintable() for c in module_text)
    assert_only_texts_differ(module_text, PLAIN)
    module = light_module(network, tmp_path)
    assert tuple(column.name for column in network.columns) == module.NAMES
    assert {column.name: column.labels for column in network.columns} == module.LABELS
    assert network.name == module.DATASET
    assert not Path("owned").exists()
    assert_same(network, tmp_path, 50, 0, 0)


def assert_only_texts_differ(one: str, other: str) -> None:
    """Whatever the names are, the program is the same but for its texts."""
    assert shape(model_part(one)) == shape(model_part(other))
    assert one.removeprefix(model_part(one)) == other.removeprefix(model_part(other))


def shape(text: str) -> str:
    """The program without its texts and comments."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.unparse(tree)


@given(st.text(min_size=1, max_size=30), st.text(max_size=30))
@settings(max_examples=50)
def test_any_name_stays_data(text, other):
    module_text = emit_module(hostile_network(text, f"{text}{other}!"))
    assert module_text.isascii()
    assert_only_texts_differ(module_text, PLAIN)


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("births", "births_sampler"),
        ("MakeModel", "MakeModel_sampler"),
        ("../../x", "x_sampler"),
        ("con", "con_sampler"),
        ("class", "class_sampler"),
        ("2nd try", "dataset_2nd_try_sampler"),
        ("", "dataset_sampler"),
        ("年", "dataset_sampler"),
        ("größe", "groe_sampler"),
        ("a\x00b\nc", "a_b_c_sampler"),
        ("-" * 80, "dataset_sampler"),
        ("a" * 80, "a" * 60 + "_sampler"),
    ],
)
def test_module_names(name, module):
    assert module_name(name) == module


@given(st.text())
def test_module_names_are_names(name):
    made = module_name(name)
    assert made.isidentifier() and made.isascii() and made.endswith("_sampler") and len(made) < 80


# --- text ----------------------------------------------------------------------

COIN = """\
dataset coin "Tosses of a coin, and how long they took" {
  columns {
    side  : categorical {head, tail}    "The side that came up"
    watch : boolean                     "Somebody watched"
    time  : continuous [0, 20]          "How long it took"
    score : integer [0, 100]            "What it was worth"
  }
  model {
    side ~ {head: 0.5, tail: 0.5}
    watch ~ logit(0.3 - 0.5*[side = head])
    time | side, watch ~ {
      (head, yes): normal(3 + 2*exp(0 - 0.5), 1.5);
      (head, no):  mix {0.7: exponential(4), 0.3: quarters [0.1, 0.2, 0.3, 0.4]};
      _:           gamma(2, 3);
    }
    score = clamp(floor(10*time**1.5 + 0.5), 0, 100)
  }
}
"""


def test_text_of_a_module():
    text = model_part(emit_module(load(COIN).network))
    path = EXPECTED / "coin_sampler.txt"
    assert text == path.read_text("ascii"), f"write the text to {path.name} if it reads well"


def test_a_module_takes_only_what_it_needs():
    assert "def choose(" in PLAIN
    assert "def draw_gamma(" not in PLAIN and "def exp(" not in PLAIN


def test_only_numpy_and_numba_are_imported():
    allowed = {"__future__", "numpy", "numba", *sys.stdlib_module_names}
    allowed |= {"llvmlite"}  # numba's own compiler
    for path in SPECS[:3]:
        for node in ast.walk(ast.parse(emit_module(load(path).network))):
            if isinstance(node, ast.Import):
                assert {alias.name.split(".")[0] for alias in node.names} <= allowed
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] in allowed


def test_light_text_leaves_the_rest():
    text = emit_module(load(COIN).network)
    assert light_text(text).startswith(model_part(text))


# --- parts ---------------------------------------------------------------------


def test_smaller_and_larger():
    numbers = np.array([0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, np.nan])
    a, b = (side.ravel() for side in np.meshgrid(numbers, numbers))
    assert emitted.smaller_of(a, b).tobytes() == smaller(a, b).tobytes()
    assert emitted.larger_of(a, b).tobytes() == larger(a, b).tobytes()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_csv_numbers(number):
    import pyarrow as pa
    from pyarrow import csv

    sink = pa.BufferOutputStream()
    options = csv.WriteOptions(include_header=False)
    csv.write_csv(pa.table({"x": [number]}), sink, options)
    assert csv_number(number) == sink.getvalue().to_pybytes().decode().strip()
    assert float(csv_number(number)) == number
