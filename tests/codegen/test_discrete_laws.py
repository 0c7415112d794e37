"""Drawn labels against exact probabilities: conditionals as published, marginals by pyAgrum.

Seeds are fixed. Every check has its share of a probability of 1e-6 that a right sampler
fails any test of this file: a fixed number of checks is allowed for, and counted.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from tests.codegen.networks import bnlearn_network, codes_of, lowered, pgmpy_model
from texrc.sampler import Sampler

FALSE_ALARM = 1e-6
MOST_CHECKS = 20_000
ROWS = 400_000


def assert_counts(counts: np.ndarray, probabilities: np.ndarray, what: str) -> None:
    """Counts of one draw a row against probabilities; impossible cells must stay empty.

    Cells with fewer than 10 expected are put together, then Pearson's chi-square.
    """
    assert not counts[probabilities == 0].any(), f"{what}: an impossible cell was drawn"
    expected = probabilities / probabilities.sum() * counts.sum()
    rare = expected < 10
    seen = np.append(counts[~rare], counts[rare].sum())
    due = np.append(expected[~rare], expected[rare].sum())
    if due[-1] < 10 and len(due) > 1:
        seen = np.append(seen[:-2], seen[-2] + seen[-1])
        due = np.append(due[:-2], due[-2] + due[-1])
    if len(due) < 2:
        return
    p = stats.chi2.sf(((seen - due) ** 2 / due).sum(), len(due) - 1)
    assert p > FALSE_ALARM / MOST_CHECKS, f"{what}: p = {p:.3g}"


def test_the_check_notices_half_a_percent():
    law = np.array([0.3, 0.3, 0.4, 0.0])
    right = np.array([120_000, 120_000, 160_000, 0])
    assert_counts(right, law, "right")
    for wrong in ([2000, 0, -2000, 0], [0, 0, -1, 1]):
        with pytest.raises(AssertionError):
            assert_counts(right + wrong, law, "wrong")


@pytest.mark.parametrize("name", ["asia", "alarm", "hailfinder", "insurance", "hepar2"])
def test_published_networks(name):
    model = pgmpy_model(name)
    table = Sampler.of(bnlearn_network(name)).sample(ROWS, seed=1)
    codes = {column: codes_of(table, column) for column in model.nodes()}
    checks = 0
    for column in model.nodes():
        law = model.get_cpds(column)
        shape = law.values.shape
        cells = np.ravel_multi_index([codes[variable] for variable in law.variables], shape)
        counts = np.bincount(cells, minlength=law.values.size).reshape(shape[0], -1)
        probabilities = law.values.reshape(shape[0], -1)
        for case in np.flatnonzero(counts.sum(axis=0)):
            assert_counts(counts[:, case], probabilities[:, case], f"{column} in case {case}")
            checks += 1
    assert 0 < checks < MOST_CHECKS / 8


@pytest.mark.parametrize("name", ["alarm", "insurance"])
def test_marginals_and_pairs_by_exact_inference(name):
    gum = pytest.importorskip("pyagrum")
    model = pgmpy_model(name)
    net = gum.BayesNet()
    for column in model.nodes():
        net.add(gum.LabelizedVariable(column, "", list(model.get_cpds(column).state_names[column])))
    for parent, child in model.edges():
        net.addArc(parent, child)
    for column in model.nodes():
        law = model.get_cpds(column)
        given = law.variables[1:]
        for case in np.ndindex(*law.values.shape[1:]):
            net.cpt(column)[dict(zip(given, case, strict=True))] = law.values[(slice(None), *case)]
    inference = gum.LazyPropagation(net)
    names = sorted(model.nodes())
    pairs = list(zip(names, names[7:], strict=False))
    for pair in pairs:
        inference.addJointTarget(set(pair))
    inference.makeInference()
    table = Sampler.of(bnlearn_network(name)).sample(ROWS, seed=2)
    codes = {column: codes_of(table, column) for column in names}
    for column in names:
        exact = inference.posterior(column).toarray()
        assert_counts(np.bincount(codes[column], minlength=exact.size), exact, column)
    for one, other in pairs:
        posterior = inference.jointPosterior({one, other}).reorganize([one, other])
        exact = np.array(
            [
                [posterior[{one: i, other: j}] for j in range(net[other].domainSize())]
                for i in range(net[one].domainSize())
            ]
        )
        cells = codes[one].astype(np.int64) * exact.shape[1] + codes[other]
        counts = np.bincount(cells, minlength=exact.size)
        assert_counts(counts, exact.ravel(), f"{one}, {other}")


@pytest.mark.parametrize("labels", [2, 3, 4, 5, 6, 12, 13, 40, 200])
@pytest.mark.parametrize("parents", [1, 5, 60])
def test_tables_of_every_shape(labels, parents):
    weights = np.array([[(5 * r + 3 * i) % 7 for i in range(labels)] for r in range(parents)])
    weights[:, 0] += 1
    rows = "; ".join(
        f"p{r}: weights {{{', '.join(f'l{i}: {w}' for i, w in enumerate(row))}}}"
        for r, row in enumerate(weights)
    )
    network = lowered(
        f"p: categorical {{{', '.join(f'p{r}' for r in range(parents))}}} "
        f"y: categorical {{{', '.join(f'l{i}' for i in range(labels))}}}",
        f"p ~ uniform y | p ~ {{ {rows} }}",
    )
    table = Sampler.of(network).sample(200_000, seed=3)
    p, y = codes_of(table, "p"), codes_of(table, "y")
    for row in range(parents):
        counts = np.bincount(y[p == row], minlength=labels)
        assert_counts(counts, weights[row].astype(float), f"row {row}")


@pytest.mark.parametrize("share", [1e-3, 1e-5, 1e-7])
def test_rare_labels_come_as_often_as_they_should(share):
    labels = "{a, b, c}"
    network = lowered(f"y: categorical {labels}", f"y ~ {{a: {share!r}, b: 0, c: rest}}")
    rows = 20_000_000
    drawn = np.zeros(3, np.int64)
    for batch in Sampler.of(network).batches(rows, 4, batch_size=2_000_000):
        drawn += np.bincount(batch.column("y").indices.to_numpy(), minlength=3)
    assert drawn[1] == 0
    both = min(stats.binom.cdf(drawn[0], rows, share), stats.binom.sf(drawn[0] - 1, rows, share))
    assert both > FALSE_ALARM / 20


def test_a_probability_of_1e_12_is_in_the_tables():
    """It cannot be seen in draws: its mass of 2^63 is what it should be."""
    from texrc.codegen.plan import plan
    from texrc.codegen.steps import Choice

    network = lowered("y: categorical {a, b}", "y ~ {a: 1e-12, b: rest}")
    draw = plan(network).steps[0].draw
    assert isinstance(draw, Choice) and draw.selection is not None
    assert int(draw.selection.thresholds[0, 0]) / 2**63 == pytest.approx(1e-12, rel=1e-6)


def test_softmax_and_logit():
    network = lowered(
        "x: integer [0, 3] y: categorical {a, b, c} f: boolean g: boolean",
        "x ~ uniform y ~ softmax {a: 0, b: x - 1, c: -800*x} f ~ logit(x - 2) g = [x >= 2]",
    )
    table = Sampler.of(network).sample(ROWS, seed=5)
    x = table["x"].to_numpy()
    y = codes_of(table, "y")
    f = table["f"].to_numpy(zero_copy_only=False)
    assert np.array_equal(table["g"].to_numpy(zero_copy_only=False), x >= 2)
    for value in range(4):
        scores = np.array([0.0, value - 1.0, -800.0 * value])
        law = np.exp(scores - scores.max())
        assert_counts(np.bincount(y[x == value], minlength=3), law, f"y at {value}")
        yes = 1 / (1 + np.exp(2.0 - value))
        counts = np.bincount(f[x == value].astype(int), minlength=2)
        assert_counts(counts, np.array([1 - yes, yes]), f"f at {value}")


def test_ten_rows_over_forty_parents():
    """A table of 2^40 combinations: the first row that matches counts."""
    columns = " ".join(f"x{i}: boolean" for i in range(40))
    drawn = " ".join(f"x{i} ~ {{yes: 0.3, no: 0.7}}" for i in range(40))
    keys = [
        "("
        + ", ".join(("yes" if i == r else "no" if i == 39 - r else "_") for i in range(40))
        + ")"
        for r in range(9)
    ]
    rows = "; ".join(f"{key}: {{l{r}: 1, l9: 0, {_zeros(r)}}}" for r, key in enumerate(keys))
    labels = ", ".join(f"l{i}" for i in range(10))
    given = ", ".join(f"x{i}" for i in range(40))
    network = lowered(
        f"{columns} y: categorical {{{labels}}}",
        f"{drawn} y | {given} ~ {{ {rows}; _: {{l9: 1, {_zeros(9)}}} }}",
    )
    table = Sampler.of(network).sample(50_000, seed=6)
    x = np.array([table[f"x{i}"].to_numpy(zero_copy_only=False) for i in range(40)])
    expected = np.full(50_000, 9)
    for row in reversed(range(9)):
        expected[x[row] & ~x[39 - row]] = row
    assert np.array_equal(codes_of(table, "y"), expected)
    assert len(np.unique(expected)) == 10


def _zeros(row: int) -> str:
    return ", ".join(f"l{i}: 0" for i in range(9) if i != row)
