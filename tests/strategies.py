"""Hypothesis strategies: whole networks that are sound, and trees that merely parse.

    @given(networks())
    def test_something(network): ...

``networks()`` uses every construct of the language in networks that the passes
find no error in: acyclic, every table ends in a `_` row, probabilities add up,
spreads are positive and means lie inside the range. ``trees()`` knows the grammar
only: any name may stand anywhere, so that most of them mean nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from texrc.ir import distributions as d
from texrc.ir import expressions as e
from texrc.ir import patterns as p
from texrc.ir.network import Column, ColumnType, Network, Node, Row
from texrc.syntax import ast

Draw = st.DrawFn

PLAIN_NAMES = (
    "age",
    "x",
    "Q",
    "rest",
    "target",
    "uniform",
    "q1",
    "columns",
    "model",
    "größe",
    "年",
)
ODD_NAMES = (
    "a b",
    "1",
    "_",
    "-3",
    "2.50",
    "a`b",
    "`",
    'say "hi"',
    "# no",
    "{",
    "x;y",
    "\u2028",
    " ",
)


def names() -> st.SearchStrategy[str]:
    """Column names and labels, plain and not, that the grammar can spell."""
    return st.one_of(
        st.sampled_from(PLAIN_NAMES + ODD_NAMES),
        st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=6),
    )


def texts() -> st.SearchStrategy[str]:
    """Titles, descriptions, units: what double quotes can hold."""
    return st.text(
        st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\t"\\'), max_size=12
    )


def decimals(low: int, high: int) -> st.SearchStrategy[Decimal]:
    """Numbers with up to two places between two whole ends."""
    return st.decimals(low, high, places=2).map(abs if low >= 0 else lambda x: x)


# --- networks ----------------------------------------------------------------


@st.composite
def columns(draw: Draw, name: str) -> Column:
    kind = draw(st.sampled_from(ColumnType))
    rest: dict[str, Any] = {
        "description": draw(texts()),
        "unit": draw(st.sampled_from(("", "kg", 'the "unit"'))),
        "target": draw(st.booleans()),
    }
    if kind in (ColumnType.CONTINUOUS, ColumnType.INTEGER):
        low = draw(st.integers(-50, 50))
        high = low + draw(st.integers(1, 40))
        return Column(name, kind, Decimal(low), Decimal(high), **rest)
    if kind is ColumnType.BOOLEAN:
        return Column(name, kind, labels=("no", "yes"), **rest)
    least = 2 if kind is ColumnType.ORDINAL else 1
    labels = draw(st.lists(names(), min_size=least, max_size=4, unique=True))
    return Column(name, kind, labels=tuple(labels), **rest)


@st.composite
def networks(
    draw: Draw, *, min_columns: int = 1, max_columns: int = 5, model: bool | None = True
) -> Network:
    """Sound networks; ``model`` None leaves the model out now and then, False always."""
    chosen = draw(st.lists(names(), min_size=min_columns, max_size=max_columns, unique=True))
    declared = tuple(draw(columns(name)) for name in chosen)
    nodes: tuple[Node, ...] | None = None
    if model or (model is None and draw(st.booleans())):
        order = draw(st.permutations(range(len(declared))))
        drawn = [
            draw(_nodes(declared, column, order[:place])) for place, column in enumerate(order)
        ]
        nodes = tuple(draw(st.permutations(drawn)))
    return Network(draw(names()), draw(texts()), draw(texts()), declared, nodes)


@st.composite
def _nodes(draw: Draw, declared: Sequence[Column], column: int, earlier: Sequence[int]) -> Node:
    target = declared[column]
    if (
        target.type not in (ColumnType.CATEGORICAL, ColumnType.ORDINAL)
        and draw(st.integers(0, 4)) == 0
    ):
        return Node(column, (), (Row((), draw(_definitions(declared, target, earlier))),))
    value = _distributions(declared, target, earlier)
    given = draw(st.lists(st.sampled_from(earlier), max_size=3, unique=True)) if earlier else []
    if not given:
        return Node(column, (), (Row((), draw(value)),))
    rows = [
        Row(tuple(draw(_patterns(declared[parent])) for parent in given), draw(value))
        for _ in range(draw(st.integers(0, 3)))
    ]
    rows.append(Row((p.Anything(),) * len(given), draw(value)))
    return Node(column, tuple(given), tuple(rows))


@st.composite
def _patterns(draw: Draw, parent: Column) -> p.Pattern:
    sign = draw(st.sampled_from(("<", "<=", ">", ">=")))
    if parent.is_discrete:
        codes = st.integers(0, len(parent.labels) - 1)
        low, high = sorted((draw(codes), draw(codes)))
        choices: list[p.Pattern] = [p.Anything(), p.IsCode(low)]
        if parent.type is ColumnType.ORDINAL:
            choices += [p.BetweenCodes(low, high), p.ComparesCode(sign, high)]
        return draw(st.sampled_from(choices))
    assert parent.low is not None and parent.high is not None
    numbers = (
        decimals(int(parent.low), int(parent.high))
        .map(round if parent.type is ColumnType.INTEGER else lambda x: x)
        .map(Decimal)
    )
    low, high = sorted((draw(numbers), draw(numbers)))
    return draw(
        st.sampled_from(
            (
                p.Anything(),
                p.IsQuarter(draw(st.sampled_from((1, 2, 3, 4)))),
                p.IsNumber(low),
                p.ComparesNumber(sign, high),
                p.BetweenNumbers(low, high),
            )
        )
    )


def expressions(
    declared: Sequence[Column], earlier: Sequence[int], depth: int = 2
) -> st.SearchStrategy[e.Expression]:
    """Arithmetic over earlier columns that is defined and moderate wherever they lie."""
    leaves: list[st.SearchStrategy[e.Expression]] = [decimals(0, 9).map(e.Constant)]
    for column in earlier:
        parent = declared[column]
        if parent.is_numeric:
            leaves.append(st.just(e.ColumnValue(column)))
            leaves.append(
                st.builds(
                    e.NumberIndicator,
                    st.just(column),
                    st.sampled_from(("=", "<", "<=", ">", ">=")),
                    st.sampled_from((parent.low, parent.high)),
                )
            )
        else:
            signs = ("=", "<", ">=") if parent.type is ColumnType.ORDINAL else ("=",)
            codes = st.integers(0, len(parent.labels) - 1)
            leaves.append(
                st.builds(e.CodeIndicator, st.just(column), st.sampled_from(signs), codes)
            )
    leaf = st.one_of(leaves)
    if depth == 0:
        return leaf
    inner = expressions(declared, earlier, depth - 1)
    one, two, three = (st.just(e.Constant(Decimal(n))) for n in (1, 2, 3))
    kept_small = st.builds(
        lambda x: e.Call("clamp", (x, e.Negate(e.Constant(Decimal(2))), e.Constant(Decimal(2)))),
        inner,
    )
    binary = st.builds(e.Binary, st.sampled_from(("+", "-")), inner, inner)
    return st.one_of(
        leaf,
        binary,
        st.builds(e.Binary, st.just("*"), inner, leaf),
        st.builds(e.Binary, st.just("/"), inner, st.one_of(two, three)),
        st.builds(e.Binary, st.just("**"), kept_small, st.one_of(two, three)),
        st.builds(e.Negate, inner),
        st.builds(lambda x: e.Call("exp", (x,)), kept_small),
        st.builds(lambda x, c: e.Call("log", (e.Binary("+", c, e.Call("abs", (x,))),)), inner, one),
        st.builds(lambda x: e.Call("sqrt", (e.Call("abs", (x,)),)), inner),
        st.builds(lambda x: e.Call("floor", (x,)), inner),
        st.builds(
            e.Call,
            st.sampled_from(("min", "max")),
            st.lists(inner, min_size=2, max_size=3).map(tuple),
        ),
    )


def _clamped(value: e.Expression, low: Decimal, high: Decimal) -> e.Expression:
    return e.Call("clamp", (value, constant(low), constant(high)))


def constant(value: Decimal) -> e.Expression:
    """A number as lowering writes it: signs are negations."""
    return e.Negate(e.Constant(-value)) if value < 0 else e.Constant(value)


@st.composite
def _definitions(
    draw: Draw, declared: Sequence[Column], target: Column, earlier: Sequence[int]
) -> d.Definition:
    value = draw(expressions(declared, earlier))
    if target.type is ColumnType.BOOLEAN:
        indicators = [
            part for part in e.walk(value) if isinstance(part, e.CodeIndicator | e.NumberIndicator)
        ]
        return d.Definition(indicators[0] if indicators else e.Constant(Decimal(1)))
    assert target.low is not None and target.high is not None
    value = _clamped(value, target.low, target.high)
    return d.Definition(e.Call("floor", (value,)) if target.type is ColumnType.INTEGER else value)


@st.composite
def probabilities(draw: Draw, size: int) -> tuple[Decimal | None, ...]:
    """Decimals that add up to one, now and then one of them `rest`."""
    cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=size - 1, max_size=size - 1)))
    shares: list[Decimal | None] = [
        Decimal(high - low) / 1000 for low, high in zip([0, *cuts], [*cuts, 1000], strict=True)
    ]
    if draw(st.booleans()):
        shares[draw(st.integers(0, size - 1))] = None
    return tuple(shares)


@st.composite
def _distributions(
    draw: Draw, declared: Sequence[Column], target: Column, earlier: Sequence[int]
) -> d.Distribution:
    if target.is_numeric:
        kind = draw(st.sampled_from(("component", "component", "mixture")))
        if kind == "component":
            return draw(_components(declared, target, earlier))
        parts = draw(st.lists(_components(declared, target, earlier), min_size=1, max_size=3))
        return d.Mixture(draw(probabilities(len(parts))), tuple(parts))
    size = len(target.labels)
    scores = expressions(declared, earlier)
    choices: list[st.SearchStrategy[d.Distribution]] = [
        probabilities(size).map(d.Categorical),
        st.lists(st.integers(1, 50).map(Decimal), min_size=size, max_size=size).map(
            lambda numbers: d.Weights(tuple(numbers))
        ),
        st.just(d.Uniform()),
        st.lists(scores, min_size=size, max_size=size).map(lambda all: d.Softmax(tuple(all))),
    ]
    if size == 2:
        choices.append(scores.map(d.Logit))
    return draw(st.one_of(choices))


@st.composite
def _components(
    draw: Draw, declared: Sequence[Column], target: Column, earlier: Sequence[int]
) -> d.Family | d.Quarters | d.Uniform:
    low, high = target.low, target.high
    assert low is not None and high is not None
    width = high - low
    mean = _clamped(draw(expressions(declared, earlier)), low, high)
    spread = draw(st.sampled_from((width / 4, width)))
    middle = constant(low + width / 2)
    ends = (constant(low), constant(high))
    choices: list[d.Family | d.Quarters | d.Uniform] = [
        d.Uniform(),
        d.Family("normal", (mean, e.Constant(spread))),
        d.Family("uniform", ends),
        d.Family("triangular", (ends[0], middle, ends[1])),
        d.Family("student_t", (e.Constant(Decimal(4)), mean, e.Constant(spread))),
    ]
    if target.type is ColumnType.CONTINUOUS or width >= 8:
        choices.append(d.Quarters(draw(probabilities(4))))
    if low <= 0 and high >= 2:
        scale = e.Constant(high / 2)
        choices += [
            d.Family("exponential", (scale,)),
            d.Family("gamma", (e.Constant(Decimal(2)), scale)),
            d.Family("beta", (e.Constant(Decimal(2)), e.Constant(Decimal("1.5")))),
            d.Family("lognormal", (e.Constant(Decimal(0)), e.Constant(Decimal("0.5")))),
        ]
        if target.type is ColumnType.INTEGER:
            half = e.Constant(Decimal("0.5"))
            choices += [
                d.Family("poisson", (scale,)),
                d.Family("binomial", (e.Constant(Decimal(int(high))), half)),
                d.Family("negative_binomial", (e.Constant(Decimal("1.5")), half)),
            ]
    return draw(st.sampled_from(choices))


# --- trees -------------------------------------------------------------------

_UNSIGNED = st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?", fullmatch=True)


def _numbers(*, signed: bool = True) -> st.SearchStrategy[ast.Number]:
    raws = _UNSIGNED
    if signed:
        raws = st.one_of(_UNSIGNED, _UNSIGNED.map("-{}".format))
    return raws.map(ast.Number)


_words = names().map(ast.Name)
_texts = texts().map(ast.Text)
_labels: st.SearchStrategy[ast.Label] = st.one_of(_words, _numbers())
_comparisons = st.sampled_from(("<", "<=", ">", ">="))


def _some(
    items: st.SearchStrategy[Any], least: int = 1, most: int = 4
) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, min_size=least, max_size=most).map(tuple)


_domains: st.SearchStrategy[ast.Domain | None] = st.one_of(
    st.none(),
    st.builds(ast.RangeDomain, _numbers(), _numbers()),
    st.builds(ast.LabelsDomain, _some(_labels)),
    st.builds(ast.LevelsDomain, _some(_labels, 2)),
)
_marks = st.builds(ast.Mark, _words, st.one_of(st.none(), _texts))
_columns = st.builds(
    ast.Column, _words, _words, _domains, _some(_marks, 0, 2), st.one_of(st.none(), _texts)
)

_leaves: st.SearchStrategy[ast.Expression] = st.one_of(
    _numbers(signed=False).map(ast.Constant),
    _words.map(ast.Reference),
    st.builds(ast.Indicator, _words, st.one_of(st.just("="), _comparisons), _labels),
)
tree_expressions: st.SearchStrategy[ast.Expression] = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(ast.Call, _words, _some(inner, 0)),
        st.builds(ast.Negation, inner),
        st.builds(ast.Binary, st.sampled_from(("+", "-", "*", "/", "**")), inner, inner),
    ),
    max_leaves=12,
)
_keys: st.SearchStrategy[ast.Key] = st.one_of(
    _labels.map(ast.LabelKey),
    st.just(ast.AnyKey()),
    st.builds(ast.BoundKey, _comparisons, _labels),
    st.builds(ast.IntervalKey, _labels, _labels),
)
_values: st.SearchStrategy[ast.Value] = st.recursive(
    st.one_of(tree_expressions, st.builds(ast.Parts, _words, _some(tree_expressions))),
    lambda inner: st.builds(
        ast.Table, st.one_of(st.none(), _words), _some(st.builds(ast.Entry, _some(_keys), inner))
    ),
    max_leaves=6,
)
_statements: st.SearchStrategy[ast.Statement] = st.one_of(
    st.builds(ast.Marginal, _words, _values),
    st.builds(ast.Conditional, _words, _some(_words), _values),
    st.builds(ast.Definition, _words, tree_expressions),
)


def trees() -> st.SearchStrategy[ast.Dataset]:
    """Any tree that some text has, without comments; names need not be declared."""
    return st.builds(
        ast.Dataset,
        _words,
        _texts,
        st.one_of(st.none(), _texts),
        _some(_columns),
        st.one_of(st.none(), st.builds(ast.Model, _some(_statements))),
    )
