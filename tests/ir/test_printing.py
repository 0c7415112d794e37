"""The network as text."""

from __future__ import annotations

from hypothesis import given, settings

from tests.ir.test_identity import TEXT, network_of
from tests.strategies import networks
from texrc.ir.network import Network
from texrc.ir.printing import format_network


def test_golden():
    assert format_network(network_of(TEXT)) == EXPECTED


EXPECTED = """\
network people
column 0:age integer [18, 64]
column 1:sex categorical {0:female, 1:male}
column 2:tall boolean {0:no, 1:yes} target
column 3:plan ordinal {0:basic, 1:plus}
node 0:age
  _ -> (normal (- 40 (* 0.5 2)) 12.0)
node 1:sex
  _ -> (categorical 0.5 rest)
node 2:tall | 0:age, 1:sex
  < 30, 0:female -> (logit (+ (- 1) (* 0.10 0:age)))
  _, _ -> (categorical 0.25 0.75)
node 3:plan | 0:age
  q1 -> (weights 3 1)
  _ -> (softmax 0 (= 2:tall 1:yes))
"""


@settings(max_examples=25)
@given(networks(model=None))
def test_a_line_for_each_column_and_row(network: Network):
    """Whatever the names are."""
    rows = sum(1 + len(node.rows) for node in network.nodes or ())
    lines = format_network(network).removesuffix("\n").split("\n")
    assert len(lines) == 1 + len(network.columns) + (rows if network.nodes is not None else 1)
