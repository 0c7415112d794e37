"""The compiled library: the same bits as NumPy under any instruction set, kept on disk."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numba import njit

from tests.codegen import bits
from tests.environments import OLD_PROCESSOR, ROOT, WITHOUT_LIBM, WITHOUT_NUMPY, run
from texrc import kernels
from texrc.codegen import cache_folder, jit, numpy_kernels, sources
from texrc.kernels import (
    arithmetic,
    beta,
    binomial,
    closed_form,
    elementary,
    gamma,
    gamma_function,
    lognormal,
    normal,
    poisson,
    student_t,
)

# --- bits ----------------------------------------------------------------------


def test_every_loop_gives_the_bits_of_numpy():
    with np.errstate(all="ignore"):
        by_numpy = bits.outputs(numpy_kernels)
    by_numba = bits.outputs(jit.library())
    for name, expected in by_numpy.items():
        unequal = ~((by_numba[name] == expected) | np.isnan(by_numba[name]) & np.isnan(expected))
        assert not unequal.any(), (name, by_numba[name][unequal], expected[unequal])
        zero = expected == 0
        assert np.array_equal(np.signbit(by_numba[name][zero]), np.signbit(expected[zero])), name


def test_numpy_can_be_told_to_use_its_plain_loops():
    """Else the next test would compare nothing."""
    assert run(["-m", "tests.environments"], **WITHOUT_NUMPY).split() == []


@pytest.mark.parametrize("environment", [WITHOUT_LIBM, WITHOUT_NUMPY], ids=["libm", "numpy"])
def test_bits_do_not_depend_on_the_libraries(environment):
    here = bits.digest(numpy_kernels)
    assert run(["-m", "tests.codegen.bits"], **environment).split() == [here, here]


@pytest.mark.slow
def test_bits_do_not_depend_on_the_processor():
    here = bits.digest(numpy_kernels)
    by_old_code = run(["-m", "tests.codegen.bits"], **OLD_PROCESSOR)
    assert by_old_code.split() == [here, here]


SCALARS = {
    elementary.log1p: 1,
    elementary.expm1: 1,
    arithmetic.clamp: 3,
    arithmetic.round_half_up: 3,
    gamma_function.lgamma: 1,
    gamma_function.stirling_rest: 1,
    gamma_function.log1p_rest: 1,
    normal.normal_tail: 1,
    normal.mass_normal: 4,
    lognormal.mass_lognormal: 4,
    closed_form.mass_uniform: 4,
    closed_form.mass_exponential: 3,
    closed_form.mass_triangular: 5,
    gamma.mass_gamma: 4,
    beta.mass_beta: 4,
    student_t.mass_student_t: 5,
    poisson.mass_poisson: 3,
    binomial.mass_binomial: 4,
    binomial.mass_negative_binomial: 4,
}


def each_of(kernel, count: int):
    """A loop over rows of arguments that calls the compiled kernel."""
    names = {1: lambda f: lambda r: f(r[0]), 3: lambda f: lambda r: f(r[0], r[1], r[2])}
    names[4] = lambda f: lambda r: f(r[0], r[1], r[2], r[3])
    names[5] = lambda f: lambda r: f(r[0], r[1], r[2], r[3], r[4])
    call = njit(error_model="numpy")(names[count](getattr(jit.library(), kernel.__name__)))

    @njit(error_model="numpy")
    def loop(out, rows):
        for i in range(out.size):
            out[i] = call(rows[i])

    return loop


@pytest.mark.parametrize("kernel", SCALARS, ids=lambda kernel: kernel.__name__)
def test_a_kernel_gives_the_bits_of_numpy(kernel):
    count = SCALARS[kernel]
    rng = np.random.default_rng(9)
    rows = rng.choice([0.0, 0.25, 1.0, 3.0, 40.0, np.nan, np.inf, -1.0], (300, count))
    rows[100:] = np.abs(rng.normal(0, 10 ** rng.uniform(-2, 2, (200, 1)), (200, count)))
    out = np.empty(300)
    each_of(kernel, count)(out, rows)
    with np.errstate(all="ignore"):
        expected = kernel(*rows.T.copy())
    assert np.array_equal(out, expected, equal_nan=True)


# --- what is compiled ----------------------------------------------------------


def test_kernels_come_after_what_they_call():
    names = [function.__name__ for function in kernels.KERNELS]
    assert len(set(names)) == len(names)
    pieces = sources.pieces()
    for place, name in enumerate(names):
        called = pieces[name].uses & set(names)
        assert called <= set(names[:place]), name


def test_a_name_used_but_not_known_is_an_error(monkeypatch):
    pieces = sources.pieces()
    broken = sources.Piece("f", "m", "def f(): g()", True, frozenset({"g"}))
    monkeypatch.setattr(sources, "pieces", lambda: {**pieces, "f": broken})
    with pytest.raises(ValueError, match="f uses g"):
        sources.needed(["f"])


# --- the cache -----------------------------------------------------------------

COMPILE = """
import numpy as np
from texrc.codegen import jit
print(jit.is_warm("each_exp"))
out = np.empty(2)
jit.library().each_exp(out, np.array([0.0, 1.0]))
hits = jit.library().each_exp.stats.cache_hits
print(jit.is_warm("each_exp"), sum(hits.values()), out[0] == 1.0 and 2.718 < out[1] < 2.719)
"""


def test_compiled_once_for_all_processes(tmp_path):
    first = run(["-c", COMPILE], XDG_CACHE_HOME=str(tmp_path))
    second = run(["-c", COMPILE], XDG_CACHE_HOME=str(tmp_path))
    assert first.split() == ["False", "True", "0", "True"]
    assert second.split() == ["True", "True", "1", "True"]


def test_two_processes_may_compile_at_once(tmp_path):
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", COMPILE]
    both = [subprocess.Popen(command, cwd=ROOT, env=environment) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert run(["-c", COMPILE], XDG_CACHE_HOME=str(tmp_path)).split() == [
        "True",
        "True",
        "1",
        "True",
    ]
    assert not list(tmp_path.rglob("*.part"))


def test_an_unwritable_cache_gives_a_private_folder(tmp_path):
    (tmp_path / "file").touch()
    output = run(["-c", COMPILE], XDG_CACHE_HOME=str(tmp_path / "file"))
    # what is compiled is known to be so, though it lies nowhere to be looked for
    assert output.split() == ["False", "True", "0", "True"]
    assert (tmp_path / "file").read_bytes() == b""


def test_a_file_cut_short_is_written_again(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = cache_folder.stored("m.py", "key", lambda: "whole # key\n")
    path.write_text("who")
    assert cache_folder.stored("m.py", "key", lambda: "whole # key\n") == path
    assert path.read_text() == "whole # key\n"
    assert path.stat().st_mtime == cache_folder.STAMP


def test_a_relative_cache_home_is_passed_over(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert cache_folder.user_folder() == Path.home() / ".cache" / "texr"
