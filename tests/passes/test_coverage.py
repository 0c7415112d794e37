"""Coverage and unreachable rows against looking at every combination."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.passes.networks import ordinal, table
from texrc.diagnostics import Diagnostics
from texrc.ir.network import Column, ColumnType
from texrc.ir.patterns import (
    Anything,
    BetweenCodes,
    BetweenNumbers,
    ComparesCode,
    ComparesNumber,
    IsCode,
    IsNumber,
    IsQuarter,
    Pattern,
    UnknownKey,
)
from texrc.passes.coverage import LEAST_BUDGET, NETWORK_BUDGET, TABLE_BUDGET, coverage
from texrc.passes.reachability import NOTHING, Findings, examine
from texrc.passes.tables import Table
from texrc.passes.usefulness import Budget

ANY = Anything()


def codes(size: int) -> st.SearchStrategy[Pattern]:
    code = st.integers(0, size - 1)
    pair = st.tuples(code, code).map(sorted)
    return st.one_of(
        st.just(ANY),
        code.map(IsCode),
        st.builds(ComparesCode, st.sampled_from(["<", "<=", ">", ">="]), code),
        pair.map(lambda ends: BetweenCodes(ends[0], ends[1])),
    )


TENTHS = st.integers(-5, 55).map(lambda tenths: Decimal(tenths) / 10)
NUMBERS: st.SearchStrategy[Pattern] = st.one_of(
    st.just(ANY),
    TENTHS.map(IsNumber),
    st.sampled_from([IsQuarter(1), IsQuarter(2), IsQuarter(3), IsQuarter(4)]),
    st.builds(ComparesNumber, st.sampled_from(["<", "<=", ">", ">="]), TENTHS),
    st.tuples(TENTHS, TENTHS).map(lambda ends: BetweenNumbers(min(ends), max(ends))),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Column], list[tuple[Pattern, ...]]]:
    parents: list[Column] = []
    keys: list[st.SearchStrategy[Pattern]] = []
    for number in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["ordinal", "integer", "continuous"]))
        if kind == "ordinal":
            size = draw(st.integers(2, 4))
            parents.append(ordinal(f"c{number}", size))
            keys.append(codes(size))
        else:
            parents.append(Column(f"c{number}", ColumnType(kind), Decimal(0), Decimal(5)))
            keys.append(NUMBERS)
    wild = draw(st.booleans())
    key = [st.one_of(st.just(ANY), strategy) if wild else strategy for strategy in keys]
    return parents, draw(st.lists(st.tuples(*key), min_size=1, max_size=7))


def found_in(
    parents: Sequence[Column], keys: Sequence[tuple[Pattern, ...]], units: int = TABLE_BUDGET
) -> tuple[Table, Findings]:
    network, node = table(parents, keys)
    written = Table.of(network, node)
    return written, examine(written, Budget(units))


def first_rows(written: Table) -> dict[tuple[int, ...], int | None]:
    """By the definition: the first row of each combination of atoms."""
    found: dict[tuple[int, ...], int | None] = {}
    for combination in product(*map(range, written.counts)):
        found[combination] = next(
            (
                row
                for row in range(written.row_count)
                if all(
                    start <= atom < stop
                    for atom, (start, stop) in zip(combination, written.box(row), strict=True)
                )
            ),
            None,
        )
    return found


@settings(max_examples=300)
@given(tables())
def test_agrees_with_every_combination(
    drawn: tuple[list[Column], list[tuple[Pattern, ...]]],
) -> None:
    written, found = found_in(*drawn)
    first = first_rows(written)
    uncovered = {combination for combination, row in first.items() if row is None}
    assert found.proven
    assert set(found.unreachable) == set(range(written.row_count)) - set(first.values())
    assert (found.missing is not None) == bool(uncovered)
    if found.missing is not None:
        box = [
            [atom for atom in range(count) if atoms >> atom & 1]
            for atoms, count in zip(found.missing, written.counts, strict=True)
        ]
        missing = set(product(*box))
        assert missing <= uncovered and missing
        # A parent is named only where it matters.
        for place, count in enumerate(written.counts):
            if len(box[place]) < count:
                wider = [*box[:place], list(range(count)), *box[place + 1 :]]
                assert not set(product(*wider)) <= uncovered
    if found.missing_count is not None:
        assert found.missing_count == len(uncovered)
    for row, above in found.unreachable.items():
        if above == NOTHING:
            assert any(start == stop for start, stop in written.box(row))
        elif above >= 0:
            assert above < row
            for (start, stop), (other_start, other_stop) in zip(
                written.box(row), written.box(above), strict=True
            ):
                assert other_start <= start and stop <= other_stop
    index = written.index
    assert (index is None) == bool(uncovered)
    if index is not None:
        assert index == list(first.values())


@given(tables(), st.integers(0, 300))
def test_a_small_budget_tells_no_lies(
    drawn: tuple[list[Column], list[tuple[Pattern, ...]]], units: int
) -> None:
    _, found = found_in(*drawn, units)
    _, whole = found_in(*drawn)
    assert found.unreachable.items() <= whole.unreachable.items()
    if found.missing is not None or found.proven:
        assert (found.missing is None) == (whole.missing is None)


@given(tables(), st.data())
def test_unknown_keys_hide_what_they_may_have_covered(
    drawn: tuple[list[Column], list[tuple[Pattern, ...]]], data: st.DataObject
) -> None:
    parents, keys = drawn
    unclear = data.draw(st.integers(0, len(keys) - 1))
    place = data.draw(st.integers(0, len(parents) - 1))
    hidden = list(keys[unclear])
    hidden[place] = UnknownKey()
    _, found = found_in(parents, [*keys[:unclear], tuple(hidden), *keys[unclear + 1 :]])
    others = [*keys[:unclear], *keys[unclear + 1 :]]
    assert unclear not in found.unreachable or found.unreachable[unclear] == NOTHING
    if others:
        # What the other rows cannot reach among themselves stays reported, and nothing else.
        among_themselves = found_in(parents, others)[1].unreachable
        idle = {row - (row > unclear) for row in found.unreachable if row != unclear}
        assert idle == set(among_themselves)
    if found.missing is not None:
        wild = [*keys[:unclear], (*hidden[:place], ANY, *hidden[place + 1 :]), *keys[unclear + 1 :]]
        assert found_in(parents, wild)[1].missing is not None


def test_a_table_of_a_billion_combinations() -> None:
    parents = [ordinal(f"c{number}", 8) for number in range(10)]
    keys = [tuple(IsCode(row) if place == row else ANY for place in range(10)) for row in range(8)]
    _, found = found_in(parents, keys)
    assert found.missing is not None and not found.unreachable
    _, found = found_in(parents, [*keys, (ANY,) * 10])
    assert found == Findings()


def test_full_tables_are_counted() -> None:
    parents = [ordinal("a", 12), ordinal("b", 13), ordinal("c", 13)]
    keys = [tuple(map(IsCode, row)) for row in product(range(12), range(13), range(13))]
    assert found_in(parents, keys, 0)[1] == Findings()
    _, found = found_in(parents, [*keys[:700], keys[3], *keys[701:]], 0)
    assert found.unreachable == {700: 3}
    assert found.missing_count == 1


def rooms(guests: int) -> list[tuple[Pattern, ...]]:
    """A row for each two guests in the same one of too few rooms: they cover everything."""
    return [
        tuple(IsCode(room) if guest in pair else ANY for guest in range(guests))
        for pair in combinations(range(guests), 2)
        for room in range(guests - 1)
    ]


def test_pigeons_past_the_budget() -> None:
    parents = [ordinal(f"guest_{number}", 5) for number in range(6)]
    assert found_in(parents, rooms(6))[1] == Findings()
    parents = [ordinal(f"guest_{number}", 9) for number in range(10)]
    _, found = found_in(parents, rooms(10))
    assert not found.proven and found.missing is None and not found.unreachable
    # A last row for everything leaves nothing to prove; that it is idle is not found out.
    assert found_in(parents, [*rooms(10), (ANY,) * 10])[1] == Findings()
    # A table that is too hard is reported once, as not proven.
    network, _ = table(parents, rooms(10))
    diagnostics = Diagnostics()
    coverage(network, diagnostics)
    assert [diagnostic.code for diagnostic in diagnostics] == ["TX205"]


def test_the_budget_is_shared() -> None:
    assert LEAST_BUDGET < TABLE_BUDGET < NETWORK_BUDGET
    budget = Budget(5)
    budget.spend(5)
    assert budget.left == 0


@pytest.mark.parametrize(("rows", "parents"), [(4096, 1), (2000, 20)])
def test_nested_rows_end(rows: int, parents: int) -> None:
    columns = [ordinal(f"c{number}", 4096) for number in range(parents)]
    keys = [(ComparesCode("<", row + 1),) + (ANY,) * (parents - 1) for row in range(rows)]
    _, found = found_in(columns, keys)
    assert found.missing is not None or not found.proven or rows == 4096
