"""Declarations: types, domains, marks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from texrc.diagnostics import Applicability, Diagnostics, Edit, Fix, Label
from texrc.diagnostics.suggest import did_you_mean
from texrc.ir.atoms import number_text
from texrc.ir.lower.scope import Scope, spelling
from texrc.ir.network import BOOLEAN_LABELS, Column, ColumnType
from texrc.syntax import ast
from texrc.syntax.names import quoted_label

LARGEST_INTEGER = 2**53
"""Up to here every integer is exact in float64, which expressions compute with."""

SYNONYMS = {
    "float": "continuous",
    "real": "continuous",
    "numeric": "continuous",
    "number": "continuous",
    "double": "continuous",
    "int": "integer",
    "count": "integer",
    "bool": "boolean",
    "binary": "boolean",
    "category": "categorical",
    "nominal": "categorical",
    "discrete": "categorical",
    "string": "categorical",
    "ordered": "ordinal",
}
"""What people of other tools call our types."""


def lower_columns(declared: Sequence[ast.Column], diagnostics: Diagnostics) -> Scope:
    """The columns in order, the first of a name only, and which of them are unsound."""
    scope = Scope(diagnostics)
    for column in declared:
        lowered, sound = _lower_column(column, diagnostics)
        first = scope.index.get(lowered.name)
        if first is not None:
            earlier = scope.columns[first].span
            diagnostics.add(
                "TX105",
                f"the column `{lowered.name}` is declared twice",
                column.name.span,
                "declared again",
                secondary=[Label(earlier, "first declared here")] if earlier else [],
                helps=["remove one of the two declarations, or rename it"],
            )
            continue
        scope.index[lowered.name] = len(scope.columns)
        if not sound:
            scope.poisoned.add(len(scope.columns))
        scope.columns.append(lowered)
    return scope


def _lower_column(column: ast.Column, diagnostics: Diagnostics) -> tuple[Column, bool]:
    """The column, and whether its type and domain are sound."""
    kind, known = _column_type(column, diagnostics)
    low = high = None
    labels: tuple[str, ...] = ()
    sound = known
    match kind, column.domain:
        case ((ColumnType.CONTINUOUS | ColumnType.INTEGER), ast.RangeDomain(low_end, high_end)):
            low, high = low_end.value, high_end.value
            sound &= _check_range(column, kind, low, high, diagnostics)
        case ColumnType.CATEGORICAL, ast.LabelsDomain(names):
            labels, unique = _unique_labels(column, names, diagnostics)
            sound &= unique
        case ColumnType.ORDINAL, ast.LevelsDomain(names):
            labels, unique = _unique_labels(column, names, diagnostics)
            sound &= unique
        case ColumnType.BOOLEAN, None:
            labels = BOOLEAN_LABELS
        case _:
            sound = False
            if known:
                _report_domain(column, kind, diagnostics)
            if isinstance(column.domain, ast.LabelsDomain | ast.LevelsDomain):
                labels = tuple(spelling(label) for label in column.domain.labels)
            elif isinstance(column.domain, ast.RangeDomain):
                low, high = column.domain.low.value, column.domain.high.value
    if kind in (ColumnType.CONTINUOUS, ColumnType.INTEGER) and (low is None or high is None):
        low, high = Decimal(0), Decimal(1)
    unit, target = _lower_marks(column, diagnostics)
    lowered = Column(
        name=column.name.text,
        type=kind,
        low=low,
        high=high,
        labels=labels,
        description=column.description.value if column.description else "",
        unit=unit,
        target=target,
        span=column.name.span,
        domain_span=column.domain.span if column.domain else column.type.span,
    )
    return lowered, sound


def _column_type(column: ast.Column, diagnostics: Diagnostics) -> tuple[ColumnType, bool]:
    word = column.type.text
    try:
        return ColumnType(word), True
    except ValueError:
        pass
    suggestion = SYNONYMS.get(word.lower()) or did_you_mean(word, list(ColumnType))
    helps = ["a type is continuous, integer, categorical, ordinal or boolean"]
    fix = None
    if suggestion:
        helps.insert(0, f"did you mean `{suggestion}`?")
        edit = Edit(column.type.span, str(suggestion))
        fix = Fix(f"write `{suggestion}`", (edit,), Applicability.SUGGESTED)
    diagnostics.add(
        "TX103",
        f"there is no type `{word}`",
        column.type.span,
        "unknown type",
        helps=helps,
        fix=fix,
    )
    match column.domain:
        case ast.RangeDomain():
            return ColumnType.CONTINUOUS, False
        case ast.LevelsDomain():
            return ColumnType.ORDINAL, False
        case _:
            return ColumnType.CATEGORICAL, False


def _report_domain(column: ast.Column, kind: ColumnType, diagnostics: Diagnostics) -> None:
    """The domain that is there is not one for this type, or there is none."""
    name = column.name.text
    span = column.domain.span if column.domain else column.type.span
    fix = None
    match kind, column.domain:
        case ((ColumnType.CONTINUOUS | ColumnType.INTEGER), None):
            message, label = f"`{name}` needs a range", "no range"
            helps = [f"write the smallest and largest value: `{kind} [0, 100]`"]
        case ((ColumnType.CONTINUOUS | ColumnType.INTEGER), _):
            message, label = f"`{name}` is {kind} but has labels", "labels, not a range"
            helps = [f"write a range, `{kind} [0, 100]`, or call it categorical"]
        case ColumnType.BOOLEAN, _:
            message, label = f"`{name}` is boolean and needs no domain", "not needed"
            helps = ["a boolean's labels are `no` and `yes`; for others write `categorical {...}`"]
        case ColumnType.ORDINAL, ast.LabelsDomain(labels):
            message, label = f"the levels of `{name}` have no order", "separated by commas"
            helps = ["an ordinal's levels stand from lowest to highest"]
            written = " < ".join(quoted_label(spelling(label)) for label in labels)
            edit = Edit(span, f"{{{written}}}")
            fix = Fix("separate them by `<`", (edit,), Applicability.SUGGESTED)
        case ColumnType.CATEGORICAL, ast.LevelsDomain():
            message, label = f"`{name}` is categorical but its labels are ordered", "ordered by `<`"
            helps = ["call it `ordinal`, or separate the labels by commas"]
            edit = Edit(column.type.span, "ordinal")
            fix = Fix("call it ordinal", (edit,), Applicability.SUGGESTED)
        case _, None:
            message, label = f"`{name}` needs its labels", "no labels"
            helps = [
                "write them in order: `ordinal {low < mid < high}`"
                if kind is ColumnType.ORDINAL
                else "write them: `categorical {red, green, blue}`"
            ]
        case _:
            message, label = f"`{name}` is {kind} but has a range", "a range, not labels"
            helps = ["write labels in braces, or call it continuous or integer"]
    diagnostics.add("TX108", message, span, label, helps=helps, fix=fix)


def _check_range(
    column: ast.Column, kind: ColumnType, low: Decimal, high: Decimal, diagnostics: Diagnostics
) -> bool:
    assert column.domain is not None
    name, span = column.name.text, column.domain.span
    if kind is ColumnType.INTEGER:
        for end in (low, high):
            shown = number_text(end)
            if end != end.to_integral_value():
                diagnostics.add(
                    "TX108",
                    f"the range of the integer `{name}` ends at {shown}, which is not whole",
                    span,
                    "not whole",
                    helps=["write whole ends, or call the column continuous"],
                )
                return False
            if abs(end) > LARGEST_INTEGER:
                diagnostics.add(
                    "TX108",
                    f"the range of the integer `{name}` ends at {shown}, beyond 2^53",
                    span,
                    "too large",
                    helps=["call it continuous, or count in larger units"],
                )
                return False
    elif abs(high - low) > Decimal("1e308"):
        diagnostics.add("TX108", f"the range of `{name}` is too wide", span, "over 1e308 wide")
        return False
    if low >= high:
        reversed_ends = low > high
        assert isinstance(column.domain, ast.RangeDomain)
        swapped = f"[{column.domain.high.raw}, {column.domain.low.raw}]"
        diagnostics.add(
            "TX108",
            f"the range of `{name}` is {'reversed' if reversed_ends else 'empty'}: "
            f"{low} is not below {high}",
            span,
            "low end first" if reversed_ends else "both ends are the same",
            fix=Fix("swap the ends", (Edit(span, swapped),), Applicability.SUGGESTED)
            if reversed_ends
            else None,
        )
        return False
    if float(low) == float(high):
        diagnostics.add(
            "TX108",
            f"the ends of `{name}` are the same double-precision number",
            span,
            "too narrow",
        )
        return False
    return True


def _unique_labels(
    column: ast.Column, names: Sequence[ast.Label], diagnostics: Diagnostics
) -> tuple[tuple[str, ...], bool]:
    first: dict[str, ast.Label] = {}
    unique = True
    for label in names:
        text = spelling(label)
        if text in first:
            unique = False
            diagnostics.add(
                "TX106",
                f"`{column.name.text}` has the label `{text}` twice",
                label.span,
                "again",
                secondary=[Label(first[text].span, "first here")],
            )
        else:
            first[text] = label
    return tuple(first), unique


def _lower_marks(column: ast.Column, diagnostics: Diagnostics) -> tuple[str, bool]:
    """The unit, and whether the column is a target."""
    seen: dict[str, ast.Mark] = {}
    for mark in column.marks:
        word = mark.name.text
        if word in seen:
            diagnostics.add(
                "TX113",
                f"`{column.name.text}` is marked `{word}` twice",
                mark.span,
                "again",
                secondary=[Label(seen[word].span, "first here")],
            )
        elif word == "target" and mark.text is not None:
            diagnostics.add(
                "TX107",
                "`target` takes no text",
                mark.text.span,
                "not needed",
                helps=["write `target`"],
            )
        elif word == "unit" and mark.text is None:
            diagnostics.add(
                "TX107", "`unit` needs its text", mark.span, "no unit", helps=['write `unit "kg"`']
            )
        elif word not in ("target", "unit"):
            suggestion = did_you_mean(word, ["target", "unit"])
            diagnostics.add(
                "TX107",
                f"there is no mark `{word}`",
                mark.span,
                "unknown mark",
                helps=[f"did you mean `{suggestion}`?"]
                if suggestion
                else ['the marks are `target` and `unit "..."`'],
            )
        else:
            seen[word] = mark
    unit = seen["unit"].text if "unit" in seen else None
    return (unit.value if unit else ""), "target" in seen
