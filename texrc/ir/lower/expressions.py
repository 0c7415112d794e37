"""Arithmetic: references, functions, indicators."""

from __future__ import annotations

from texrc.diagnostics.suggest import did_you_mean
from texrc.ir import expressions as ir
from texrc.ir.distributions import FAMILIES
from texrc.ir.lower.foreign import FUNCTION_HELPS
from texrc.ir.lower.scope import Scope, replacement, spelling
from texrc.ir.network import ColumnType
from texrc.syntax import ast
from texrc.syntax.names import quoted, quoted_label


def lower_expression(tree: ast.Expression, scope: Scope) -> ir.Expression | None:
    """The expression, or None where something in it was reported."""
    match tree:
        case ast.Constant(number):
            return ir.Constant(number.value, tree.span)
        case ast.Reference(name):
            return _reference(name, scope)
        case ast.Negation(operand):
            lowered = lower_expression(operand, scope)
            return ir.Negate(lowered, tree.span) if lowered is not None else None
        case ast.Binary(operator, left, right):
            lowered_left = lower_expression(left, scope)
            lowered_right = lower_expression(right, scope)
            if lowered_left is None or lowered_right is None:
                return None
            return ir.Binary(operator, lowered_left, lowered_right, tree.span)
        case ast.Call():
            return _call(tree, scope)
        case ast.Indicator():
            return _indicator(tree, scope)


def lower_expressions(
    trees: tuple[ast.Expression, ...], scope: Scope
) -> tuple[ir.Expression, ...] | None:
    """All of them (each is looked at, so that each is reported), or None."""
    lowered = [lower_expression(tree, scope) for tree in trees]
    sound = tuple(item for item in lowered if item is not None)
    return sound if len(sound) == len(lowered) else None


def _reference(name: ast.Name, scope: Scope) -> ir.Expression | None:
    column = scope.resolve(name)
    if column is None:
        return None
    scope.read.append(ir.ColumnValue(column, name.span))
    if column in scope.poisoned:
        return None
    declared = scope.columns[column]
    if declared.is_discrete:
        indicator = f"[{quoted(name.text)} = {quoted_label(declared.labels[-1])}]"
        scope.diagnostics.add(
            "TX111",
            f"`{name.text}` is {declared.type} and cannot be computed with",
            name.span,
            "not a number",
            secondary=scope.declared_here(column),
            helps=[f"write an indicator, 1 where it holds and 0 elsewhere: {indicator}"],
        )
        return None
    return ir.ColumnValue(column, name.span)


def _call(tree: ast.Call, scope: Scope) -> ir.Expression | None:
    name = tree.function.text
    arguments = lower_expressions(tree.arguments, scope)
    if name not in ir.FUNCTIONS:
        if name in FAMILIES:
            scope.diagnostics.add(
                "TX109",
                f"`{name}` is a family and cannot stand inside an expression",
                tree.function.span,
                "a distribution, not a number",
                helps=["give the random part a column of its own and name that column here"],
            )
        else:
            foreign = name.lower() in FUNCTION_HELPS
            suggestion = None if foreign else did_you_mean(name, list(ir.FUNCTIONS))
            known = "the functions are " + ", ".join(ir.FUNCTIONS)
            scope.diagnostics.add(
                "TX104",
                f"there is no function `{name}`",
                tree.function.span,
                "unknown function",
                helps=[
                    FUNCTION_HELPS.get(name.lower())
                    or (f"did you mean `{suggestion}`?" if suggestion else known)
                ],
                fix=replacement(tree.function.span, suggestion),
            )
        return None
    least, most = ir.FUNCTIONS[name]
    count = len(tree.arguments)
    if count < least or (most is not None and count > most):
        due = f"{least}" if least == most else f"at least {least}"
        scope.diagnostics.add(
            "TX110",
            f"`{name}` takes {due} argument{'s' if due != '1' else ''}, not {count}",
            tree.span,
            helps=["clamp(x, low, high) keeps x between low and high"] if name == "clamp" else [],
        )
        return None
    if arguments is None:
        return None
    return ir.Call(name, arguments, tree.span)  # pyright: ignore[reportArgumentType] - a key of FUNCTIONS


def _indicator(tree: ast.Indicator, scope: Scope) -> ir.Expression | None:
    column = scope.resolve(tree.column)
    if column is None:
        return None
    scope.read.append(ir.ColumnValue(column, tree.column.span))
    if column in scope.poisoned:
        return None
    declared = scope.columns[column]
    if declared.is_discrete:
        code = scope.code(column, tree.label)
        if code is None:
            return None
        if tree.comparison != "=" and declared.type is not ColumnType.ORDINAL:
            equal = f"[{quoted(declared.name)} = {quoted_label(spelling(tree.label))}]"
            scope.diagnostics.add(
                "TX112",
                f"the labels of `{declared.name}` have no order to compare by",
                tree.span,
                f"`{declared.name}` is {declared.type}",
                secondary=scope.declared_here(column),
                helps=[f"write {equal}, or make it ordinal"],
            )
            return None
        return ir.CodeIndicator(column, tree.comparison, code, tree.span)
    if not isinstance(tree.label, ast.Number):
        scope.diagnostics.add(
            "TX112",
            f"`{declared.name}` is a number and is compared with a number",
            tree.label.span,
            "not a number",
            secondary=scope.declared_here(column),
            helps=[f"for instance [{quoted(declared.name)} >= {declared.low}]"],
        )
        return None
    return ir.NumberIndicator(column, tree.comparison, tree.label.value, tree.span)
