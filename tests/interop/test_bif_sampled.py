"""Published networks, imported and drawn: conditionals as published, the rest by pyAgrum.

pyAgrum reads the files by itself. Seeds are fixed. Every check has its share of a probability
of 1e-6 that a right sampler fails any test of this file: a fixed number of checks is allowed for.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import numpy as np
import pyagrum
import pytest
from scipy import stats

from tests.codegen.networks import codes_of
from tests.codegen.test_discrete_laws import FALSE_ALARM, MOST_CHECKS, assert_counts
from tests.interop.networks import BESIDE, CARRIED, SMALL, carried
from texrc.importing import import_file
from texrc.sampler import Sampler

ROWS = 200_000
NOT_INFERRED = {"link"}
"""Its cliques are too large for pyAgrum's exact inference in some GB."""

PARTS = {"munin1", "munin2", "munin3", "munin4"}
"""Of munin, or near to it."""

EACH = [
    *SMALL,
    *(
        pytest.param(name, marks=pytest.mark.slow)
        for name in CARRIED
        if name not in PARTS.union(SMALL)
    ),
]
OTHERS = [path for path in BESIDE if path.stem not in CARRIED]


@pytest.mark.parametrize("name", EACH)
def test_carried_networks(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.bif"
    path.write_bytes(carried(name))
    compare(path, infer=name not in NOT_INFERRED)


@pytest.mark.slow
@pytest.mark.skipif(not OTHERS, reason="no further networks beside the checkout")
@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.stem)
def test_networks_beside_the_checkout(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    compare(copy, infer=path.stem not in NOT_INFERRED)


def legible(text: str) -> str:
    """The signs in state names that pyAgrum cannot read, spelled out."""
    return re.sub(
        r"[<>=/]|(?<![eE])\+|(?<=[0-9])-(?=[0-9])", lambda sign: f"x{ord(sign[0])}x", text
    )


def compare(path: Path, *, infer: bool) -> None:
    """Every column given its parents, every family of columns and every column alone."""
    rewritten = path.with_suffix(".legible.bif")
    rewritten.write_text(legible(path.read_text()))
    model = pyagrum.loadBN(os.fspath(rewritten))
    spec = import_file(os.fspath(path), "bif")
    assert set(spec.column_names) == set(model.names())
    table = Sampler.of(spec.network).sample(ROWS, seed=8)
    codes = {column.name: codes_of(table, column.name) for column in spec.columns}
    for column in spec.columns:
        assert model.variable(column.name).labels() == tuple(map(legible, column.labels))
    families = {name: [*parents(model, name), name] for name in spec.column_names}
    counts = {name: counted(codes, model, family) for name, family in families.items()}
    for name, family in families.items():
        assert_follows_its_parents(counts[name], in_order(model.cpt(name), family), name)
    if not infer:
        return
    inference = pyagrum.LazyPropagation(model)
    for family in families.values():
        inference.addJointTarget(set(family))
    inference.makeInference()
    for name, family in families.items():
        law = in_order(inference.jointPosterior(set(family)), family)
        assert_counts(counts[name].ravel(), law.ravel(), f"{family}")
        before = tuple(range(len(family) - 1))
        assert_counts(counts[name].sum(before), law.sum(before), name)


def parents(model: pyagrum.BayesNet, name: str) -> list[str]:
    return sorted(model.variable(parent).name() for parent in model.parents(name))


def counted(codes: dict[str, np.ndarray], model: pyagrum.BayesNet, family: list[str]) -> np.ndarray:
    """How often each combination was drawn, an axis a column."""
    shape = [model.variable(name).domainSize() for name in family]
    cells = np.zeros(ROWS, np.int64)
    for name, size in zip(family, shape, strict=True):
        cells = cells * size + codes[name]
    return np.bincount(cells, minlength=int(np.prod(shape))).reshape(shape)


def in_order(tensor: pyagrum.Tensor, family: list[str]) -> np.ndarray:
    """A table of pyAgrum's with an axis a column, in this order."""
    return np.asarray(tensor.reorganize(family[::-1]).toarray()).reshape(
        [tensor.variable(name).domainSize() for name in family]
    )


def assert_follows_its_parents(counts: np.ndarray, law: np.ndarray, name: str) -> None:
    """One chi-square over the combinations of the parents that came often enough."""
    states = law.shape[-1]
    counts, law = counts.reshape(-1, states), law.reshape(-1, states)
    assert not counts[law == 0].any(), f"{name}: an impossible label was drawn"
    due = counts.sum(axis=1, keepdims=True) * law / law.sum(axis=1, keepdims=True)
    often = np.where(law > 0, due, np.inf).min(axis=1) >= 10
    possible = law[often] > 0
    statistic = ((counts[often] - due[often])[possible] ** 2 / due[often][possible]).sum()
    freedom = (possible.sum(axis=1) - 1).sum()
    if freedom:
        p = stats.chi2.sf(statistic, freedom)
        assert p > FALSE_ALARM / MOST_CHECKS, f"{name} given its parents: p = {p:.3g}"


def test_the_comparison_notices_a_wrong_table(tmp_path: Path) -> None:
    """The file that pyAgrum reads says 0.52 where ours says 0.5."""
    text = carried("asia").decode()
    path = tmp_path / "asia.bif"
    path.write_text(text)
    table = Sampler.of(import_file(os.fspath(path), "bif").network).sample(ROWS, seed=8)
    path.write_text(text.replace("table 0.5, 0.5;", "table 0.52, 0.48;"))
    model = pyagrum.loadBN(os.fspath(path))
    codes = {"smoke": codes_of(table, "smoke")}
    with pytest.raises(AssertionError, match="smoke"):
        assert_follows_its_parents(
            counted(codes, model, ["smoke"]), in_order(model.cpt("smoke"), ["smoke"]), "smoke"
        )
