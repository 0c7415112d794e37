"""Probabilities that add up: sums, `rest`, weights, quarters (TX301, TX305, TX310, TX312)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from texrc.diagnostics import Applicability, Diagnostics, Edit, Fix
from texrc.diagnostics.first_few import FirstFew
from texrc.ir.atoms import Partition, number_text, quarter_edges
from texrc.ir.declared import declared_here
from texrc.ir.distributions import Categorical, Distribution, Mixture, Quarters, Weights
from texrc.ir.network import Column, ColumnType, Network
from texrc.ir.patterns import IsQuarter
from texrc.ir.rest import EXACT, with_rest
from texrc.passes.naming import given_text
from texrc.source import Span
from texrc.syntax.names import quoted_label

TOLERANCE = Decimal("1e-5")
"""A sum as far as this from 1, ends included, counts as rounding."""

MOST_TERMS = 6
"""So many numbers are shown with their sum."""

QUARTERS = (IsQuarter(1), IsQuarter(2), IsQuarter(3), IsQuarter(4))

Summed = Categorical | Quarters | Mixture

Numbers = tuple[Decimal | None, ...]
"""None is `rest`."""


def normalisation(network: Network, diagnostics: Diagnostics) -> None:
    """What is wrong with the numbers of each row; of a long table's rows the first few."""
    for node in network.nodes or ():
        column = network.columns[node.column]
        found = FirstFew()
        for row in node.rows:
            for part in _parts(row.distribution):
                match part:
                    case Categorical(numbers) | Quarters(numbers) | Mixture(numbers):
                        code = "TX305" if None in numbers else "TX301"
                        if not adds_up(numbers) and not found.skip(code):
                            given = given_text(network, node, row)
                            if code == "TX305":
                                _report_rest(column, part, numbers, given, found)
                            else:
                                _report_sum(column, part, numbers, given, found)
                        if isinstance(part, Quarters):
                            _check_quarters(column, part, found)
                    case Weights(numbers) if not any(numbers) and not found.skip("TX312"):
                        _report_weights(column, part, given_text(network, node, row), found)
                    case _:
                        pass
        found.pour(diagnostics, "in the same statement")


def adds_up(numbers: Numbers) -> bool:
    """Whether the sum is 1 up to rounding, or leaves something, or nothing, for `rest`."""
    total = exact_sum(numbers)
    return total <= 1 + TOLERANCE and (None in numbers or total >= 1 - TOLERANCE)


def exact_sum(numbers: Numbers) -> Decimal:
    """The sum without rounding, `rest` aside."""
    total = Decimal(0)
    for number in numbers:
        if number is not None:
            total = EXACT.add(total, number)
    return total


def _parts(distribution: Distribution) -> Iterator[Distribution]:
    """The distribution, then the components of a mixture."""
    yield distribution
    if isinstance(distribution, Mixture):
        yield from distribution.components


def _report_sum(
    column: Column,
    part: Summed,
    numbers: Numbers,
    given: str,
    found: Diagnostics,
) -> None:
    total = exact_sum(numbers)
    texts = [number_text(number) for number in numbers if number is not None]
    missing = EXACT.subtract(Decimal(1), total)
    amount = f"{number_text(abs(missing))} {'is missing' if missing > 0 else 'too much'}"
    terms = " + ".join(texts) if 1 < len(texts) <= MOST_TERMS else "the sum"
    helps, fix = [], None
    if missing > 0:
        helps.append(_rest_help(column, part))
    if isinstance(part, Categorical):
        example = f"weights {{{quoted_label(column.labels[0])}: {texts[0]}, ...}}"
        counts = f"if these are counts, write `{example}`"
        if part.span is not None and any(number > 1 for number in numbers if number is not None):
            # Above 1 a number is no probability: counts are the likelier reason.
            edit = Edit(Span(part.span.start, part.span.start), "weights ")
            fix = Fix("if these are counts, call them weights", (edit,), Applicability.SUGGESTED)
        else:
            helps.append(counts)
    what = "weights" if isinstance(part, Mixture) else "probabilities"
    found.add(
        "TX301",
        f"{what} {_of(column, part)}{given} add up to {number_text(total)}, not 1",
        part.span,
        f"{terms} = {number_text(total)} ({amount})",
        secondary=declared_here(column),
        helps=helps,
        fix=fix,
    )


def _rest_help(column: Column, part: Summed) -> str:
    if isinstance(part, Categorical):
        last = column.labels[-1]
        return f"if `{last}` should take what is left, write `{quoted_label(last)}: rest`"
    if isinstance(part, Quarters):
        return "if one quarter should take what is left, write `rest` for its probability"
    return "if one part should take what is left, write `rest` for its weight"


def _report_rest(
    column: Column, part: Summed, numbers: Numbers, given: str, found: Diagnostics
) -> None:
    total = exact_sum(numbers)
    what = "weights" if isinstance(part, Mixture) else "probabilities"
    found.add(
        "TX305",
        f"nothing is left for `rest`: the other {what} {_of(column, part)}{given} "
        f"add up to {number_text(total)}",
        part.span,
        f"`rest` would be {number_text(EXACT.subtract(Decimal(1), total))}",
        secondary=declared_here(column),
        helps=["lower the others until their sum is at most 1"],
    )


def _of(column: Column, part: Summed) -> str:
    if isinstance(part, Categorical):
        return f"for `{column.name}`"
    form = "quarters" if isinstance(part, Quarters) else "mixture"
    return f"of the {form} for `{column.name}`"


def _report_weights(column: Column, part: Weights, given: str, found: Diagnostics) -> None:
    found.add(
        "TX312",
        f"all weights for `{column.name}`{given} are zero",
        part.span,
        "divided by their sum, which is zero",
        secondary=declared_here(column),
        helps=["give one of them a number above zero, or write `uniform`"],
    )


def _check_quarters(column: Column, part: Quarters, found: Diagnostics) -> None:
    """TX310 for a quarter that has a probability and holds no value."""
    partition = Partition.of(column, QUARTERS)
    edges = quarter_edges(column)
    for pattern, probability in zip(QUARTERS, with_rest(part.probabilities), strict=True):
        if probability == 0 or partition.atoms(pattern):
            continue
        quarter = pattern.quarter
        stretch = f"[{number_text(edges[quarter - 1])}, {number_text(edges[quarter])}"
        stretch += "]" if quarter == 4 else ")"
        value = "whole number" if column.type is ColumnType.INTEGER else "number"
        found.add(
            "TX310",
            f"q{quarter} of `{column.name}` holds no value, and has the probability "
            f"{number_text(probability)}",
            part.span,
            f"no {value} lies in {stretch}",
            secondary=declared_here(column),
            helps=[f"write 0 for q{quarter}"],
        )
