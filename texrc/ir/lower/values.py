"""Values: what a column's distribution is, in one row of its table."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from texrc.diagnostics import Applicability, Edit, Fix
from texrc.diagnostics.suggest import did_you_mean
from texrc.ir import distributions as ir
from texrc.ir.expressions import FUNCTIONS
from texrc.ir.lower.expressions import lower_expression, lower_expressions
from texrc.ir.lower.foreign import CHOICES, FAMILY_NAMES, LISTS
from texrc.ir.lower.probabilities import (
    MAX_LISTED,
    OF_PART,
    OF_QUARTER,
    lower_probabilities,
    lower_probability_list,
    lower_scores,
    lower_weights,
)
from texrc.ir.lower.scope import Scope, replacement
from texrc.ir.network import Column, ColumnType
from texrc.syntax import ast
from texrc.syntax.names import quoted, quoted_label

DISCRETE_FORMS = "`{label: probability, ...}`, `weights {...}`, `softmax {...}`, `uniform`"
NUMERIC_FORMS = "a family such as normal(mean, sd), `quarters [...]`, `mix {...}`, `uniform`"

_DISCRETE_SPELLINGS = {
    "weights": "weights {label: 3, ...}",
    "softmax": "softmax {label: score, ...}",
    "logit": "logit(score)",
    "uniform": "uniform",
}
_NUMERIC_SPELLINGS = {
    **{name: f"{name}({', '.join(parameters)})" for name, parameters in ir.FAMILIES.items()},
    "quarters": "quarters [0.1, 0.2, 0.3, 0.4]",
    "mix": "mix {0.9: normal(0, 1), 0.1: uniform}",
}
"""How the words are written that stand without their brackets, or before others."""


def lower_value(value: ast.Value, column: int, scope: Scope) -> ir.Distribution:
    """The distribution; `Poison` where something was reported or ``column`` is unknown (-1)."""
    before = len(scope.read)
    if column < 0 or column in scope.poisoned:
        lowered = _look_into(value, scope)
    elif scope.columns[column].is_discrete:
        lowered = _discrete_value(value, column, scope)
    else:
        lowered = _numeric_value(value, column, scope)
    return lowered if lowered is not None else ir.Poison(value.span, scope.read_since(before))


def _look_into(value: ast.Value, scope: Scope) -> None:
    """Report what is wrong with the expressions in a value, whatever its column is."""
    match value:
        case ast.Call(function, arguments) if function.text not in FUNCTIONS:
            if function.text in ir.FAMILIES:
                _has_arity(value, scope)
            elif function.text != "logit":
                _unknown(function, [*ir.FAMILIES, "logit"], scope)
            lower_expressions(arguments, scope)
        case ast.Table(ast.Name("softmax"), entries):
            for entry in entries:
                if not isinstance(entry.value, ast.Table | ast.Parts):
                    lower_expression(entry.value, scope)
        case ast.Table(_, entries):
            for entry in entries:
                _look_into(entry.value, scope)
        case ast.Parts() | ast.Reference() | ast.Constant():
            pass
        case _:
            lower_expression(value, scope)


def _discrete_value(value: ast.Value, column: int, scope: Scope) -> ir.Distribution | None:
    declared = scope.columns[column]
    match value:
        case ast.Table(None):
            return lower_probabilities(value, column, scope)
        case ast.Table(ast.Name("weights")):
            return lower_weights(value, column, scope)
        case ast.Table(ast.Name("softmax")):
            return lower_scores(value, column, scope)
        case ast.Table(ast.Name("mix" as word)) | ast.Parts(ast.Name("quarters" as word)):
            return _wrong_kind(value, declared, scope, f"`{word}` is for numbers")
        case ast.Table(ast.Name() as head) | ast.Parts(head):
            return _unknown(head, ["weights", "softmax"], scope, _DISCRETE_SPELLINGS)
        case ast.Reference(ast.Name("uniform")):
            return ir.Uniform(value.span)
        case ast.Call(ast.Name("logit")):
            return _logit(value, declared, scope)
        case ast.Call(ast.Name(name)) if name in ir.FAMILIES:
            message = (
                "every label alike is the bare word `uniform`"
                if name == "uniform"
                else f"`{name}` is a family of numbers"
            )
            return _wrong_kind(value, declared, scope, message)
        case ast.Call(function) if function.text not in FUNCTIONS:
            candidates = ["logit", "softmax", "weights", "uniform"]
            return _unknown(function, candidates, scope, _DISCRETE_SPELLINGS)
        case ast.Reference(name) if name.text in declared.labels:
            return _bare_label(name, declared, scope)
        case ast.Reference(name) if name.text not in scope.index:
            return _unknown(name, ["uniform"], scope, _DISCRETE_SPELLINGS)
        case _:
            return _wrong_kind(value, declared, scope, "an expression, not a distribution")


def _numeric_value(value: ast.Value, column: int, scope: Scope) -> ir.Distribution | None:
    declared = scope.columns[column]
    match value:
        case ast.Table(ast.Name("mix")):
            return _mixture(value, column, scope)
        case ast.Table(None):
            return _wrong_kind(value, declared, scope, "probabilities of labels")
        case ast.Table(ast.Name("weights" | "softmax" as word)):
            return _wrong_kind(value, declared, scope, f"`{word}` is for labels")
        case ast.Table(ast.Name() as head):
            return _unknown(head, ["mix"], scope, _NUMERIC_SPELLINGS)
        case _:
            return _component(value, declared, scope)


def _component(
    value: ast.Value, declared: Column, scope: Scope
) -> ir.Family | ir.Quarters | ir.Uniform | None:
    """What may stand on its own or as a part of a mixture."""
    match value:
        case ast.Parts(ast.Name("quarters")):
            return _quarters(value, scope)
        case ast.Parts(head):
            return _unknown(head, ["quarters"], scope, _NUMERIC_SPELLINGS)
        case ast.Reference(ast.Name("uniform")):
            return ir.Uniform(value.span)
        case ast.Call(ast.Name(name)) if name in ir.FAMILIES:
            return _family(value, declared, scope)
        case ast.Call(ast.Name("logit")):
            return _wrong_kind(value, declared, scope, "`logit` is for two labels")
        case ast.Call(function) if function.text not in FUNCTIONS:
            return _unknown(function, list(ir.FAMILIES), scope, _NUMERIC_SPELLINGS)
        case ast.Reference(name) if name.text not in scope.index:
            return _unknown(name, [*ir.FAMILIES, "quarters"], scope, _NUMERIC_SPELLINGS)
        case _:
            return _wrong_kind(
                value,
                declared,
                scope,
                "an expression, not a distribution",
                _instead_of_expression(value, declared),
            )


def _instead_of_expression(value: ast.Value, declared: Column) -> str:
    name = quoted(declared.name)
    if family := _drawn_inside(value):
        return (
            f"a draw is not computed with: give `{family}(...)` a column of its own, say `drawn`, "
            f"and define `{name} = ...` from it"
        )
    if isinstance(value, ast.Constant):
        raw, number = value.number.raw, value.number.value
        if declared.type is ColumnType.INTEGER and abs(number) < 2**53 and number % 1 == 0:
            around = f"uniform({number - Decimal('0.4')}, {number + Decimal('0.4')})"
            return f"`{name} = {raw}` is a fixed value; in a row `{around}` always gives {raw}"
        return (
            f"a fixed value is a definition: `{name} = {raw}`; one that is fixed in some cases: "
            f"`{name} = {raw}*[x = a] + drawn*[x = b]`, with `drawn` a column of its own"
        )
    return f"a value that follows from others is a definition: `{name} = ...`"


def _drawn_inside(value: ast.Value) -> str:
    """The first family that is called inside an expression; empty without one."""
    left: list[object] = [value]
    while left:
        match left.pop():
            case ast.Call(function, arguments):
                if function.text in ir.FAMILIES:
                    return function.text
                left += reversed(arguments)
            case ast.Negation(operand):
                left.append(operand)
            case ast.Binary(_, one, other):
                left += (other, one)
            case _:
                pass
    return ""


def _family(value: ast.Call, declared: Column, scope: Scope) -> ir.Family | None:
    name = value.function.text
    arguments = lower_expressions(value.arguments, scope)
    if not _has_arity(value, scope):
        return None
    if name in ir.COUNT_FAMILIES and declared.type is not ColumnType.INTEGER:
        return _wrong_kind(
            value, declared, scope, f"`{name}` counts", f"declare `{declared.name}` as integer"
        )
    if arguments is None:
        return None
    return ir.Family(name, arguments, value.span)  # pyright: ignore[reportArgumentType] - a key of FAMILIES


def _has_arity(value: ast.Call, scope: Scope) -> bool:
    """Whether a family has its number of arguments; TX110 if not."""
    name = value.function.text
    parameters = ir.FAMILIES[name]
    if len(value.arguments) == len(parameters):
        return True
    due = f"{len(parameters)} argument{'s' if len(parameters) > 1 else ''}"
    scope.diagnostics.add(
        "TX110",
        f"`{name}` takes {due}, not {len(value.arguments)}",
        value.span,
        helps=[f"write {name}({', '.join(parameters)})"],
    )
    return False


def _quarters(value: ast.Parts, scope: Scope) -> ir.Quarters | None:
    probabilities = lower_probability_list(value.items, scope, OF_QUARTER)
    if len(value.items) != 4:
        scope.diagnostics.add(
            "TX110",
            f"`quarters` takes 4 probabilities, not {len(value.items)}",
            value.span,
            helps=["one for each quarter of the range, from lowest to highest"],
        )
        return None
    return ir.Quarters(probabilities, value.span) if probabilities is not None else None


def _logit(value: ast.Call, declared: Column, scope: Scope) -> ir.Logit | None:
    scores = lower_expressions(value.arguments, scope)
    if len(declared.labels) != 2:
        return _wrong_kind(
            value, declared, scope, "`logit` is for two labels", "use `softmax {label: score, ...}`"
        )
    if len(value.arguments) != 1:
        scope.diagnostics.add(
            "TX110",
            f"`logit` takes 1 argument, not {len(value.arguments)}",
            value.span,
            helps=[f"the score of `{declared.labels[1]}`"],
        )
        return None
    return ir.Logit(scores[0], value.span) if scores is not None else None


def _mixture(value: ast.Table, column: int, scope: Scope) -> ir.Mixture | None:
    declared = scope.columns[column]
    weights: list[ast.Label] = []
    components: list[ir.Family | ir.Quarters | ir.Uniform] = []
    sound = True
    for entry in value.entries:
        key = entry.keys[0]
        if len(entry.keys) == 1 and isinstance(key, ast.LabelKey):
            weights.append(key.label)
        else:
            sound = False
            scope.diagnostics.add(
                "TX112",
                "a part of a mixture starts with its weight",
                key.span,
                "not a weight",
                helps=["write `mix {0.9: normal(0, 1), 0.1: normal(5, 1)}`"],
            )
        if isinstance(entry.value, ast.Table) and entry.value.head == ast.Name("mix"):
            sound = False
            _wrong_kind(
                entry.value,
                declared,
                scope,
                "a mixture in a mixture",
                "list all parts in one `mix`",
            )
            continue
        if isinstance(entry.value, ast.Table):
            sound = False
            _wrong_kind(entry.value, declared, scope, "a table in a mixture")
            continue
        component = _component(entry.value, declared, scope)
        if component is None:
            sound = False
        else:
            components.append(component)
    items = tuple(_as_item(weight) for weight in weights)
    lowered = lower_probability_list(items, scope, OF_PART)
    if not sound or lowered is None:
        return None
    return ir.Mixture(lowered, tuple(components), value.span)


def _as_item(weight: ast.Label) -> ast.Expression:
    if isinstance(weight, ast.Name):
        return ast.Reference(weight, weight.span)
    if weight.raw.startswith("-"):
        return ast.Negation(ast.Constant(ast.Number(weight.raw[1:])), weight.span)
    return ast.Constant(weight, weight.span)


def _wrong_kind(
    value: ast.Value, declared: Column, scope: Scope, label: str, help_text: str = ""
) -> None:
    """TX109: a value for another kind of column."""
    forms = DISCRETE_FORMS if declared.is_discrete else NUMERIC_FORMS
    if declared.is_discrete and len(declared.labels) == 2:
        forms += ", `logit(score)`"
    scope.diagnostics.add(
        "TX109",
        f"`{declared.name}` is {declared.type}: this is no distribution for it",
        value.span,
        label,
        secondary=scope.declared_here(scope.index[declared.name]),
        helps=[help_text] if help_text else [f"what can stand here: {forms}"],
    )


def _bare_label(name: ast.Name, declared: Column, scope: Scope) -> None:
    """TX104: a label where its distribution is due."""
    certain = ", ".join(
        f"{quoted_label(label)}: {1 if label == name.text else 0}" for label in declared.labels
    )
    short = len(declared.labels) <= MAX_LISTED
    scope.diagnostics.add(
        "TX104",
        f"`{name.text}` is a label of `{declared.name}`, not a distribution",
        name.span,
        "a label",
        helps=[] if short else ["a label that is certain has the probability 1, the others 0"],
        fix=Fix(
            "where it is certain, say so",
            (Edit(name.span, f"{{{certain}}}"),),
            Applicability.SUGGESTED,
        )
        if short
        else None,
    )


def _unknown(
    name: ast.Name, candidates: list[str], scope: Scope, spellings: Mapping[str, str] | None = None
) -> None:
    """TX104: a word that means nothing here, or does so in another form (of ``spellings``)."""
    if spellings is not None and name.text in spellings:
        scope.diagnostics.add(
            "TX104",
            f"`{name.text}` is not written like this",
            name.span,
            helps=[f"write `{spellings[name.text]}`"],
        )
        return
    meant = FAMILY_NAMES.get(name.text.lower())
    suggestion = meant if meant in candidates else did_you_mean(name.text, candidates)
    known = ", ".join(candidates)
    if "weights" in candidates:
        known = "`{label: probability, ...}`, " + known
    helps = [f"did you mean `{suggestion}`?" if suggestion else f"what can stand here: {known}"]
    if name.text.lower() in LISTS:
        helps = ["write each label with its probability: `{label: 0.25, ...}`"]
    elif name.text.lower() in CHOICES:
        helps = ["a choice is a table: `y | x ~ {key: ...; _: ...}`"]
    elif suggestion == "normal" and name.text.lower().startswith("trunc"):
        helps.append("every family is truncated to the range of its column")
    scope.diagnostics.add(
        "TX104",
        f"there is no distribution `{name.text}` for this column",
        name.span,
        "unknown",
        helps=helps,
        fix=replacement(name.span, suggestion),
    )
