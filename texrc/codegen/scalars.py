"""The operations of `texrc.kernels.elementwise` for one number, in numba.

Read as text by `texrc.codegen.sources`, and compiled as part of what needs them.
"""

from numba import types
from numba.extending import intrinsic


@intrinsic
def select(typing_context, condition, chosen, other):
    """``chosen`` where the condition holds, else ``other``, without a branch."""
    kind = typing_context.unify_types(chosen, other)

    def generate(context, builder, signature, arguments):
        either = [
            context.cast(builder, value, given, kind)
            for value, given in zip(arguments[1:], signature.args[1:], strict=True)
        ]
        return builder.select(arguments[0], *either)

    return kind(types.boolean, chosen, other), generate


@intrinsic
def everywhere(typing_context, condition):
    """The condition itself."""
    return types.boolean(types.boolean), lambda context, builder, signature, arguments: arguments[0]


@intrinsic
def logical_not(typing_context, condition):
    """The opposite of a boolean."""

    def generate(context, builder, signature, arguments):
        return builder.not_(arguments[0])

    return types.boolean(types.boolean), generate


@intrinsic
def bits(typing_context, number):
    """The 64 bits of a float64, as int64."""

    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(types.int64))

    return types.int64(types.float64), generate


@intrinsic
def from_bits(typing_context, pattern):
    """The float64 with the bits of an int64 or uint64."""

    def generate(context, builder, signature, arguments):
        return builder.bitcast(arguments[0], context.get_value_type(types.float64))

    return types.float64(pattern), generate


@intrinsic
def to_float(typing_context, whole):
    """A whole number or a boolean as float64, rounded to nearest."""

    def generate(context, builder, signature, arguments):
        return context.cast(builder, arguments[0], signature.args[0], types.float64)

    return types.float64(whole), generate
