"""What cannot be drawn is an error at its first row, whatever the blocks, batches and threads."""

from __future__ import annotations

import numpy as np
import pytest

from tests.codegen.networks import lowered
from texrc.arrow import buffers as buffers_of
from texrc.codegen import jit, machine, numpy_kernels
from texrc.codegen.machine import Machine
from texrc.codegen.plan import plan
from texrc.diagnostics import TexrError
from texrc.ir.network import Network
from texrc.sampler import Sampler

NUMBERS = "a: continuous [0, 10] b: continuous [0, 10] k: integer [0, 9] f: boolean"
DRAWN = "a ~ uniform k ~ uniform f ~ logit(0)"


def fault_of(network: Network, rows: int = 5000, **arguments):
    with pytest.raises(TexrError) as caught:
        Sampler.of(network).sample(rows, **arguments)
    (diagnostic,) = caught.value.diagnostics
    return diagnostic


@pytest.mark.parametrize(
    ("statement", "code", "message"),
    [
        ("b = 1.2*a", "TX501", "`b` is 1"),
        ("b = 1 - a", "TX501", "outside the range [0, 10]"),
        ("b = 1/(a - a)", "TX502", "`b` has no value"),
        ("b = 0*log(a - 5)", "TX502", "`b` has no value"),
        ("b ~ normal(5, a - 5)", "TX502", "the normal of `b` has parameters outside its domain"),
        ("b ~ normal(5, 1/(k - k))", "TX502", "the sd of `b` has no finite value"),
        ("b ~ normal(1000*a, 0.1)", "TX503", "the normal of `b` has no probability inside"),
        ("b ~ gamma(2, 1 - a)", "TX502", "the gamma of `b` has parameters"),
        ("b ~ mix {0.5: uniform, 0.5: beta(1, k - 1)}", "TX502", "the beta of `b` has"),
        ("b | f ~ {yes: uniform; no: poisson(-a)}", "TX502", "the poisson of `b` has"),
        ("b | k ~ {q1: quarters [1, 0, 0, 0]; _: exponential(5 - a)}", "TX502", "exponential"),
    ],
)
def test_a_number_that_cannot_be_drawn(statement, code, message):
    columns = NUMBERS.replace("b: continuous", "b: integer") if "poisson" in statement else NUMBERS
    found = fault_of(lowered(columns, f"{DRAWN} {statement}"))
    assert found.code == code
    assert message in found.message
    assert " in row " in found.message
    assert found.primary is not None
    assert found.notes and found.notes[0].startswith("row ")


@pytest.mark.parametrize(
    ("column", "statement", "code", "message"),
    [
        ("integer [0, 10]", "y = a", "TX501", "not a whole number"),
        ("boolean", "y = k - 2", "TX501", "neither 0 nor 1"),
        ("boolean", "y = log(-k)", "TX502", "`y` has no value"),
        ("boolean", "y ~ logit(log(a - 5))", "TX502", "the score of `y`"),
        (
            "categorical {u, v, w}",
            "y ~ softmax {u: 1, v: a, w: 1/(k - 3)}",
            "TX502",
            "the score of label `w` of `y`",
        ),
        (
            "categorical {u, v, w}",
            "y | f ~ {yes: {u: 1, v: 0, w: 0}; no: softmax {u: 1, v: a, w: 1/(k - 3)}}",
            "TX502",
            "the score of label `w` of `y`",
        ),
    ],
)
def test_a_label_or_whole_number_that_cannot_be_drawn(column, statement, code, message):
    columns = NUMBERS.replace("b: continuous [0, 10]", f"y: {column}")
    found = fault_of(lowered(columns, f"{DRAWN} {statement}"))
    assert found.code == code
    assert message in found.message


RACING = lowered(
    "a: continuous [0, 1] b: continuous [0, 1] c: continuous [0, 1] d: integer [0, 9]",
    "a ~ uniform b = a*1.0005 c = 1 - sqrt(a - 0.0004) d = floor(a*9.998 + 0.003)",
)


def first_by_looking(network: Network) -> int:
    a = np.empty(200_000)
    runs = Machine(plan(lowered("a: continuous [0, 1]", "a ~ uniform")))
    runs.fill(numpy_kernels, runs.keys(3), 0, [a])
    wrong = (a * 1.0005 > 1) | (a < 0.0004) | (a * 9.998 + 0.003 >= 10)
    return int(np.argmax(wrong))


def test_the_first_row_that_fails_is_told_however_the_rows_are_cut(monkeypatch):
    """Three columns fail, each rarely and the latest ones possibly first."""
    row = first_by_looking(RACING)
    assert 100 < row < 150_000
    whole = fault_of(RACING, 200_000, seed=3, threads=1)
    assert f"in row {row}" in whole.message
    assert whole == fault_of(RACING, 200_000, seed=3, threads=3)
    with pytest.raises(TexrError) as caught:
        for _ in Sampler.of(RACING).batches(200_000, 3, batch_size=1000, threads=2):
            pass
    assert caught.value.diagnostics == [whole]
    monkeypatch.setattr(machine, "BLOCK_ROWS", 777)
    assert whole == fault_of(RACING, 200_000, seed=3)
    assert whole == fault_of(RACING, 50, seed=3, first_row=row - 7)


@pytest.mark.parametrize("executor", [numpy_kernels, jit], ids=["numpy", "numba"])
def test_rows_before_the_fault_come_out(executor):
    runs = Machine(plan(RACING))
    row = first_by_looking(RACING)
    functions = jit.library() if executor is jit else numpy_kernels
    buffers = buffers_of(runs.plan.layouts, row)
    runs.fill(functions, runs.keys(3), 0, buffers)
    with pytest.raises(TexrError):
        runs.fill(functions, runs.keys(3), 0, buffers_of(runs.plan.layouts, row + 1))


def test_values_of_many_columns_are_told_in_part():
    columns = " ".join(f"x{i}: continuous [0, 1]" for i in range(40))
    drawn = " ".join(f"x{i} ~ uniform" for i in range(39))
    total = " + ".join(f"x{i}" for i in range(39))
    found = fault_of(lowered(columns, f"{drawn} x39 = {total}"))
    assert found.notes[0].endswith("and 27 more columns")
