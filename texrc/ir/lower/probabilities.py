"""Numbers beside labels: probabilities with `rest`, weights, scores."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from texrc.diagnostics import Applicability, Edit, Fix, Label
from texrc.ir import distributions as ir
from texrc.ir.expressions import Expression
from texrc.ir.lower.expressions import lower_expression
from texrc.ir.lower.scope import Scope, spelling
from texrc.source import Span
from texrc.syntax import ast
from texrc.syntax.names import quoted_label

MAX_LISTED = 8
NEARLY_ONE = Decimal("0.99999")
"""Probabilities that add up to less leave something."""

PROBABILITY = "a probability"
WEIGHT = "a weight"
OF_QUARTER = "the probability of a quarter"
OF_PART = "the weight of a part of a mixture"


def lower_probabilities(table: ast.Table, column: int, scope: Scope) -> ir.Categorical | None:
    """`{a: 0.2, b: rest}`"""
    by_code, sound = _by_code(table, column, scope)
    probabilities = lower_probability_list(tuple(e.value for e in by_code.values()), scope)
    sound &= _all_labels(table, column, by_code, scope)
    if probabilities is None or not sound:
        return None
    value_of = dict(zip(by_code, probabilities, strict=True))
    return ir.Categorical(tuple(value_of[code] for code in sorted(value_of)), table.span)


def lower_weights(table: ast.Table, column: int, scope: Scope) -> ir.Weights | None:
    """`weights {a: 3, b: 5}`"""
    by_code, sound = _by_code(table, column, scope)
    value_of: dict[int, Decimal] = {}
    for code, entry in by_code.items():
        if _is_rest(entry.value):
            sound = False
            scope.diagnostics.add(
                "TX305",
                "`rest` has no meaning among weights",
                entry.value.span,
                "what would be left of them?",
                helps=["write a weight, or leave the word `weights` out and write probabilities"],
            )
            continue
        weight = _literal(entry.value, WEIGHT, scope)
        if weight is None:
            sound = False
        else:
            value_of[code] = weight
    sound &= _all_labels(table, column, by_code, scope)
    if not sound:
        return None
    return ir.Weights(tuple(value_of[code] for code in sorted(value_of)), table.span)


def lower_scores(table: ast.Table, column: int, scope: Scope) -> ir.Softmax | None:
    """`softmax {a: 0, b: 0.1*x}`"""
    by_code, sound = _by_code(table, column, scope)
    score_of: dict[int, Expression] = {}
    for code, entry in by_code.items():
        if isinstance(entry.value, ast.Table | ast.Parts):
            sound = False
            scope.diagnostics.add(
                "TX109", "a score is an expression", entry.value.span, "not an expression"
            )
            continue
        score = lower_expression(entry.value, scope)
        if score is None:
            sound = False
        else:
            score_of[code] = score
    sound &= _all_labels(table, column, by_code, scope)
    if not sound:
        return None
    return ir.Softmax(tuple(score_of[code] for code in sorted(score_of)), table.span)


def lower_probability_list(
    items: Sequence[ast.Value], scope: Scope, what: str = PROBABILITY
) -> tuple[Decimal | None, ...] | None:
    """Probabilities in order, at most one of them `rest` (None); None if any was reported."""
    probabilities: list[Decimal | None] = []
    rest: Span | None = None
    sound = True
    for item in items:
        if _is_rest(item):
            if rest is not None:
                sound = False
                scope.diagnostics.add(
                    "TX305",
                    "`rest` stands twice",
                    item.span,
                    "again",
                    secondary=[Label(rest, "first here")],
                    helps=["only one can take what is left"],
                )
            rest = item.span
            probabilities.append(None)
            continue
        number = _literal(item, what, scope)
        if number is None:
            sound = False
        else:
            probabilities.append(number)
    return tuple(probabilities) if sound else None


def _is_rest(value: ast.Value) -> bool:
    return isinstance(value, ast.Reference) and value.name.text == "rest"


def _literal(value: ast.Value, what: str, scope: Scope) -> Decimal | None:
    """A number at least zero, written out; anything else is TX302 or TX311."""
    match value:
        case ast.Constant(number):
            return number.value
        case ast.Negation(ast.Constant(number)):
            scope.diagnostics.add(
                "TX302", f"{what} cannot be negative", value.span, f"-{number.raw} is below zero"
            )
        case _:
            helps = ["write a number such as 0.25, or `rest` for what is left"]
            if what == WEIGHT:
                helps = ["write a number such as 3"]
            if what in (PROBABILITY, WEIGHT) and not isinstance(value, ast.Table | ast.Parts):
                helps.append(
                    "for probabilities that depend on numbers write `softmax {label: score, ...}`"
                )
            scope.diagnostics.add(
                "TX311", f"{what} is a number", value.span, "not a number", helps=helps
            )
    return None


def _by_code(table: ast.Table, column: int, scope: Scope) -> tuple[dict[int, ast.Entry], bool]:
    """The entries by the code of their label, in the order written; False if any was reported."""
    entries: dict[int, ast.Entry] = {}
    unknown: list[ast.Entry] = []
    sound = True
    for entry in table.entries:
        key = entry.keys[0]
        if len(entry.keys) != 1 or not isinstance(key, ast.LabelKey):
            sound = False
            scope.diagnostics.add(
                "TX112",
                f"each entry here is one label of `{scope.columns[column].name}`",
                key.span.to(entry.keys[-1].span),
                "not one label",
                secondary=scope.declared_here(column),
                helps=["to condition on columns, name them after a bar: `y | x ~ {...}`"],
            )
            continue
        code = scope.code(column, key.label)
        if code is None:
            unknown.append(entry)
            continue
        if code in entries:
            sound = False
            scope.diagnostics.add(
                "TX304",
                f"`{spelling(key.label)}` stands twice",
                key.span,
                "again",
                secondary=[Label(entries[code].keys[0].span, "first here")],
            )
            continue
        entries[code] = entry
    labels = scope.columns[column].labels
    missing = [code for code in range(len(labels)) if code not in entries]
    if len(unknown) == len(missing):
        # They stand for the missing ones, so that the numbers can be looked at all the same.
        entries.update(zip(missing, unknown, strict=True))
        unknown = []
    return entries, sound and not unknown


def _all_labels(table: ast.Table, column: int, by_code: dict[int, ast.Entry], scope: Scope) -> bool:
    """TX303 unless every label is there; quiet when an unknown label may be the missing one."""
    labels = scope.columns[column].labels
    missing = [label for code, label in enumerate(labels) if code not in by_code]
    if not missing or len(by_code) < len(table.entries):
        return not missing
    listed = ", ".join(f"`{label}`" for label in missing[:MAX_LISTED])
    if len(missing) > MAX_LISTED:
        listed += f" and {len(missing) - MAX_LISTED} more"
    scores = table.head == ast.Name("softmax")
    scope.diagnostics.add(
        "TX303",
        f"no entry for {listed}",
        table.span,
        f"{len(by_code)} of the {len(labels)} labels of `{scope.columns[column].name}`",
        secondary=scope.declared_here(column),
        helps=["give every label a score" if scores else "name every label once; zero means never"],
        fix=None if scores else _filling(table, missing),
    )
    return False


def _filling(table: ast.Table, missing: Sequence[str]) -> Fix | None:
    """Entries for the missing labels: zeros, or the rest for the only one where some is left."""
    last = table.entries[-1].span.end
    numbers = [
        entry.value.number.value if isinstance(entry.value, ast.Constant) else None
        for entry in table.entries
    ]
    total = sum((number for number in numbers if number is not None), Decimal(0))
    left = table.head is None and None not in numbers and total < NEARLY_ONE
    if left and len(missing) > 1:
        return None
    title, value = ("give it the rest", "rest") if left else ("write zero", "0")
    written = "".join(f", {quoted_label(label)}: {value}" for label in missing)
    return Fix(title, (Edit(Span(last, last), written),), Applicability.SUGGESTED)
