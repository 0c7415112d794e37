"""DOT, Mermaid and SVG: every column and edge there, whatever the names; boxes apart."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interop.networks import carried
from tests.strategies import networks
from texrc import driver
from texrc.interop.bif import decode_bif, read_bif
from texrc.interop.dot import to_dot
from texrc.interop.mermaid import to_mermaid
from texrc.interop.svg import to_svg
from texrc.interop.svg.boxes import HEIGHT
from texrc.interop.svg.layers import layered
from texrc.interop.svg.lettering import shortened, text_width
from texrc.interop.svg.ordering import count_crossings, reduce_crossings
from texrc.ir.distributions import Uniform
from texrc.ir.network import Column, ColumnType, Network, Node, Row
from texrc.ir.patterns import Anything
from texrc.resources import folder

SVG = "{http://www.w3.org/2000/svg}"
SPECS = sorted(folder("specs").rglob("*.texr"))

HOSTILE = st.text(
    st.sampled_from("\"'\\<>&`#;:[]{}()|%$\n\r\t\0\x1b\u202e\ufffe\ud800e年 -.n1"), max_size=30
)


def spec(path: Path) -> Network:
    network = driver.check(driver.read_source(str(path))).network
    assert network is not None
    return network


def published(name: str) -> Network:
    source, _ = decode_bif(carried(name), f"{name}.bif")
    assert source is not None
    network, _ = read_bif(source)
    assert network is not None
    return network


@st.composite
def hostile_networks(draw: st.DrawFn) -> Network:
    """Names, labels and texts of any characters; the last column is a child of the others."""
    count = draw(st.integers(1, 4))
    columns = [
        Column(
            draw(HOSTILE) + str(index),
            ColumnType.CATEGORICAL,
            labels=(draw(HOSTILE), "x"),
            description=draw(HOSTILE),
            unit=draw(HOSTILE),
            target=draw(st.booleans()),
        )
        for index in range(count)
    ]
    columns.append(
        Column("n", ColumnType.CONTINUOUS, Decimal("-1e-200"), Decimal("1e300"), unit=draw(HOSTILE))
    )
    nodes = [Node(i, (), (Row((), Uniform()),)) for i in range(count)]
    nodes.append(Node(count, tuple(range(count)), (Row((Anything(),) * count, Uniform()),)))
    return Network(draw(HOSTILE), draw(HOSTILE), draw(HOSTILE), tuple(columns), tuple(nodes))


def edge_count(network: Network) -> int:
    return sum(len(node.parents) for node in network.nodes or ())


# --- DOT and Mermaid -----------------------------------------------------------


@pytest.mark.parametrize("path", SPECS[:4], ids=lambda path: path.stem)
def test_dot_is_read_by_a_parser_of_dot(path: Path) -> None:
    pydot = pytest.importorskip("pydot")
    network = spec(path)
    graphs = pydot.graph_from_dot_data(to_dot(network))
    assert graphs is not None and len(graphs) == 1
    graph = graphs[0]
    named = [node for node in graph.get_nodes() if re.fullmatch(r"n\d+", node.get_name())]
    assert len(named) == len(network.columns)
    ends = {(edge.get_source(), edge.get_destination()) for edge in graph.get_edges()}
    assert ends == {
        (f"n{parent}", f"n{node.column}") for node in network.nodes or () for parent in node.parents
    }


@given(hostile_networks())
def test_names_are_only_text_in_dot(network: Network) -> None:
    lines = to_dot(network).splitlines()
    string = r'"(?:[^"\\]|\\.)*"'
    value = rf"(?:{string}|[A-Za-z0-9]+)"
    for line in lines[1:-1]:
        known = rf"  (?:graph|node|edge|n\d+) \[\w+={value}(?:, \w+={value})*\];|  n\d+ -> n\d+;"
        assert re.fullmatch(known, line), line
    assert re.fullmatch(rf"digraph {string} \{{", lines[0])
    assert len(lines) == 5 + len(network.columns) + edge_count(network)


@given(hostile_networks())
def test_names_are_only_text_in_mermaid(network: Network) -> None:
    lines = to_mermaid(network).splitlines()
    assert [lines[0], *lines[2:4]] == ["---", "---", "flowchart TD"]
    assert re.fullmatch(r'title: "(?:[^"\\]|\\.)*"', lines[1])
    quoted = r'"(?:[\w ,/]|#\d+;|<br/>)*"'
    shapes = ("([{}])", "[[{}]]", "[{}]", "[/{}\\]", "{{{{{}}}}}")
    shaped = "|".join(
        quoted.join(map(re.escape, shape.format("\0").split("\0"))) for shape in shapes
    )
    known = (
        rf"  n\d+(?:{shaped})|  n\d+ --> n\d+"
        r"|  classDef target [\w:#,-]+|  class n\d+(?:,n\d+)* target"
    )
    for line in lines[4:]:
        assert re.fullmatch(known, line), line


# --- SVG -----------------------------------------------------------------------


@given(hostile_networks())
def test_svg_is_xml_with_nothing_but_shapes_and_text(network: Network) -> None:
    root = ElementTree.fromstring(to_svg(network))
    known = {"svg", "title", "defs", "marker", "path", "g", "rect", "text"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= known
    for element in root.iter():
        assert not [name for name in element.attrib if name.startswith("on") or "href" in name]


@settings(max_examples=25)
@given(networks())
def test_svg_of_any_network(network: Network) -> None:
    assert_sound(network)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_svg_of_the_library(path: Path) -> None:
    assert_sound(spec(path))


@pytest.mark.parametrize("name", ["asia", "alarm", "hailfinder", "munin"])
def test_svg_of_published_networks(name: str) -> None:
    assert_sound(published(name))


def assert_sound(network: Network) -> None:
    """A box a column and a curve an edge, inside the picture; boxes apart, edges off the boxes."""
    root = ElementTree.fromstring(to_svg(network))
    boxes = boxes_of(root)
    assert len(boxes) == len(network.columns)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    offset = offset_of(root)
    for x, y, w, h in boxes:
        assert 0 <= x + offset[0] <= x + offset[0] + w <= width
        assert 0 <= y + offset[1] <= y + offset[1] + h <= height
    rows = sorted(boxes, key=lambda box: (box[1], box[0]))
    for (x, y, w, _), (next_x, next_y, _, _) in itertools.pairwise(rows):
        assert next_x >= x + w + 10 or next_y >= y + HEIGHT + 10
    curves = [path.attrib["d"] for path in root.iter(f"{SVG}path") if "marker-end" in path.attrib]
    assert len(curves) == edge_count(network)
    assert_off_the_boxes(curves, boxes)


def boxes_of(root: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    return [
        tuple(float(rect.attrib[name]) for name in ("x", "y", "width", "height"))  # pyright: ignore[reportReturnType] - four
        for group in root.iter(f"{SVG}g")
        for rect in group.findall(f"{SVG}rect")
        if group.find(f"{SVG}title") is not None
    ]


def offset_of(root: ElementTree.Element) -> tuple[float, float]:
    group = root.find(f"{SVG}g")
    assert group is not None
    x, y = re.findall(r"[-\d.]+", group.attrib["transform"])
    return float(x), float(y)


def assert_off_the_boxes(curves: list[str], boxes: list[tuple[float, float, float, float]]) -> None:
    by_top: dict[float, list[tuple[float, float]]] = {}
    for x, y, w, _ in boxes:
        by_top.setdefault(y, []).append((x, x + w))
    for curve in curves:
        for x, y in points_of(curve)[2:-2]:
            for top, row in by_top.items():
                if top + 2 < y < top + HEIGHT - 2:
                    assert not [ends for ends in row if ends[0] + 1 < x < ends[1] - 1], curve


def points_of(curve: str) -> list[tuple[float, float]]:
    """Points along a path of M, L and C."""
    points: list[tuple[float, float]] = []
    for kind, numbers in re.findall(r"([MLC])([^MLC]*)", curve):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        ends = list(zip(values[::2], values[1::2], strict=True))
        if kind == "C":
            start = points[-1]
            for step in range(1, 13):
                t = step / 12
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
                four = (start, *ends)
                points.append(
                    (
                        sum(w * p[0] for w, p in zip(weights, four, strict=True)),
                        sum(w * p[1] for w, p in zip(weights, four, strict=True)),
                    )
                )
        else:
            points += ends
    return points


def test_a_context_without_a_model_is_drawn_too() -> None:
    columns = tuple(Column(f"c{i}", ColumnType.BOOLEAN, labels=("no", "yes")) for i in range(30))
    assert_sound(Network("context", "Nothing modelled yet", "", columns))


def test_a_tree_is_drawn_without_crossings() -> None:
    edges = [((child - 1) // 3, child) for child in range(1, 40)]
    layering = layered(40, [edges[i] for i in (*range(20, 39), *range(20))])
    reduce_crossings(layering)
    assert count_crossings(layering) == 0


def test_dense_networks_stay_bounded() -> None:
    """Three hundred columns, each a child of all before it: edges are drawn straight."""
    count = 300
    edges = [(parent, child) for child in range(count) for parent in range(child)]
    layering = layered(count, edges)
    assert len(layering.above) == count
    assert len(layering.ways) == len(edges)


def test_wide_characters_take_more_room() -> None:
    assert text_width("年齢", 10) > text_width("age", 10)
    assert shortened("年" * 50, 100, 10).endswith("…")
    assert text_width(shortened("年" * 50, 100, 10), 10) <= 100
