"""Tables in which some row always matches, and every row can (TX204, TX205, TW001)."""

from __future__ import annotations

from texrc.diagnostics import Applicability, Diagnostics, Edit, Fix, Label
from texrc.diagnostics.first_few import FirstFew
from texrc.ir.atoms import Partition, number_text
from texrc.ir.network import ColumnType, Network, Node
from texrc.passes.naming import key_text, listed
from texrc.passes.reachability import NOTHING, Findings, examine
from texrc.passes.tables import Table
from texrc.passes.usefulness import Budget, members
from texrc.source import Span

TABLE_BUDGET = 1_000_000
"""Units of work for one table."""

NETWORK_BUDGET = 5_000_000
"""For all tables together; past it a table has `LEAST_BUDGET` left."""

LEAST_BUDGET = 1_000


def coverage(network: Network, diagnostics: Diagnostics) -> None:
    """TX204 where a combination has no row, TX205 where that stays open, TW001 for idle rows."""
    left = NETWORK_BUDGET
    for node in network.nodes or ():
        if not node.given:
            continue
        table = Table.of(network, node)
        units = min(TABLE_BUDGET, max(left, LEAST_BUDGET))
        budget = Budget(units)
        found = examine(table, budget)
        left -= units - budget.left
        if found.missing is not None:
            _report_missing(network, node, table, found, diagnostics)
        elif not found.proven:
            _report_unproven(network, node, diagnostics)
        _report_unreachable(network, node, table, found, diagnostics)


def _report_missing(
    network: Network, node: Node, table: Table, found: Findings, diagnostics: Diagnostics
) -> None:
    assert found.missing is not None
    texts: list[str] = []
    witness: list[str] = []
    helps: list[str] = []
    for atoms, partition in zip(found.missing, table.partitions, strict=True):
        if atoms == (1 << partition.count) - 1:
            continue
        atom = next(members(atoms))
        texts.append(partition.text(atom))
        value = partition.witness(atom)
        shown = value if isinstance(value, str) else number_text(value)
        witness.append(f"{partition.column.name} = {shown}")
        if _is_gap(partition, atom):
            helps.append(
                f"`{partition.column.name}` is continuous, and between two intervals lies a gap: "
                "write bounds such as `< 3` and `>= 3`"
            )
    if found.missing_count is None:
        label = "not every combination has a row"
    else:
        have = "has" if found.missing_count == 1 else "have"
        label = f"{found.missing_count:,} of {table.combinations:,} combinations {have} no row"
    diagnostics.add(
        "TX204",
        f"no row for `{network.columns[node.column].name}` matches {listed(texts)}",
        node.span,
        label,
        notes=[] if witness == texts else [f"for instance {listed(witness)}"],
        helps=[*helps[:1], "add a row for it, or end the table with `_: ...` for all that is left"],
    )


def _is_gap(partition: Partition, atom: int) -> bool:
    """Whether the atom lies between the end of one closed interval and the start of another."""
    if partition.column.type is not ColumnType.CONTINUOUS or not 0 < atom < partition.count - 1:
        return False
    return not partition.cuts[atom - 1].below_bound and partition.cuts[atom].below_bound


def _report_unproven(network: Network, node: Node, diagnostics: Diagnostics) -> None:
    diagnostics.add(
        "TX205",
        f"not proven that the {len(node.rows):,} rows for `{network.columns[node.column].name}` "
        f"cover every combination of its {len(node.given)} parents",
        node.span,
        "the check ended without an answer",
        helps=["end the table with a row `_: ...`: then there is nothing to prove"],
    )


def _report_unreachable(
    network: Network, node: Node, table: Table, found: Findings, diagnostics: Diagnostics
) -> None:
    target = network.columns[node.column].name
    reports = FirstFew()
    for index, above in sorted(found.unreachable.items()):
        if reports.skip("TW001"):
            continue
        row = node.rows[index]
        secondary: list[Label] = []
        if above == NOTHING:
            place = next(
                place
                for place, runs in zip(table.places, table.runs, strict=True)
                if runs[index][0] == runs[index][1]
            )
            parent = network.columns[node.given[place]]
            label = f"no value of `{parent.name}` is `{key_text(parent, row.patterns[place])}`"
        elif above >= 0:
            label = "never reached"
            span = node.rows[above].keys_span or node.rows[above].span
            if span is not None:
                secondary = [Label(span, "this row matches everything that it does")]
        else:
            label = "the rows above together match everything that it does"
        reports.add(
            "TW001",
            f"this row for `{target}` can never count",
            row.keys_span or row.span,
            label,
            secondary=secondary,
            helps=["the first row that matches counts: to do so, this one must stand higher up"]
            if above >= 0
            else [],
            fix=_removal(node, index),
        )
    reports.pour(diagnostics, "in the same statement")


def _removal(node: Node, index: int) -> Fix | None:
    """Take the row out together with what separates it from its neighbour."""
    span = node.rows[index].span
    if span is None or len(node.rows) < 2:
        return None
    if index + 1 < len(node.rows):
        following = node.rows[index + 1].span
        cut = Span(span.start, following.start) if following else None
    else:
        before = node.rows[index - 1].span
        cut = Span(before.end, span.end) if before else None
    if cut is None:
        return None
    return Fix("remove the row", (Edit(cut, ""),), Applicability.SUGGESTED)
