"""Circles against SciPy's strongly connected components and against paths tried one by one."""

from __future__ import annotations

import numpy as np
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse.csgraph import connected_components

from tests.passes.networks import COIN, boolean
from texrc.diagnostics import Diagnostics
from texrc.ir.distributions import Logit
from texrc.ir.expressions import CodeIndicator
from texrc.ir.network import Network, Node, Row
from texrc.ir.patterns import Anything
from texrc.passes.circles import circles, components, shortest_circle

Graph = dict[int, tuple[int, ...]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """The parents of up to nine columns; some may have none, or be parents of themselves."""
    size = draw(st.integers(1, 9))
    column = st.integers(0, size - 1)
    edges = draw(st.lists(st.tuples(column, column), max_size=2 * size))
    parents: Graph = dict.fromkeys(range(size), ())
    for child, parent in dict.fromkeys(edges):
        parents[child] = (*parents[child], parent)
    return parents


@given(graphs())
def test_components_are_scipys(parents: Graph) -> None:
    matrix = np.zeros((len(parents), len(parents)))
    for child, above in parents.items():
        matrix[child, list(above)] = 1
    _, label = connected_components(scipy.sparse.csr_array(matrix), connection="strong")
    groups: dict[int, list[int]] = {}
    for column, number in enumerate(label.tolist()):
        groups.setdefault(number, []).append(column)
    assert components(parents) == sorted(groups.values())


@given(graphs())
def test_circles_are_shortest(parents: Graph) -> None:
    reach = np.zeros((len(parents), len(parents)), bool)
    for child, above in parents.items():
        reach[list(above), child] = True
    for component in components(parents):
        if len(component) == 1 and component[0] not in parents[component[0]]:
            continue
        circle = shortest_circle(parents, component)
        assert set(circle) <= set(component) and len(set(circle)) == len(circle)
        assert circle[0] == min(circle)
        following = [*circle[1:], circle[0]]
        assert all(
            parent in parents[child] for parent, child in zip(circle, following, strict=True)
        )
        inside = reach[np.ix_(component, component)]
        step = inside.copy()
        for length in range(1, len(component) + 1):
            if step.diagonal().any():
                assert len(circle) == length
                break
            step = step @ inside


def network_of(parents: Graph) -> Network:
    """Even columns name their parents after the bar, odd ones in expressions."""
    nodes: list[Node] = []
    for child, above in parents.items():
        if child % 2 == 0:
            nodes.append(Node(child, above, (Row((Anything(),) * len(above), COIN),)))
        else:
            scores = [Logit(CodeIndicator(parent, "=", 1)) for parent in above]
            nodes.append(Node(child, (), tuple(Row((), score) for score in scores or [COIN])))
    return Network("test", "", "", tuple(map(boolean, map(str, parents))), tuple(nodes))


@given(graphs())
def test_one_report_a_component(parents: Graph) -> None:
    diagnostics = Diagnostics()
    circles(network_of(parents), diagnostics)
    wrong = [c for c in components(parents) if len(c) > 1 or c[0] in parents[c[0]]]
    assert [d.code for d in diagnostics] == ["TX201"] * len(wrong)


def test_long_circles_end() -> None:
    size = 4096
    ring: Graph = {column: ((column + 1) % size,) for column in range(size)}
    assert components(ring) == [list(range(size))]
    assert len(shortest_circle(ring, range(size))) == size
    chain: Graph = {column: (column + 1,) if column + 1 < size else () for column in range(size)}
    assert len(components(chain)) == size
    diagnostics = Diagnostics()
    circles(network_of(ring), diagnostics)
    (found,) = diagnostics
    assert "... (4,088 more) -> `0`" in found.message
    assert len(found.message) < 200
