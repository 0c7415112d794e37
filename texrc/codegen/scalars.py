"""The operations of `texrc.kernels.elementwise` for one number, in numba.

Read as text by `texrc.codegen.sources`, and compiled as part of what needs them.
"""

from llvmlite import ir
from numba import config, types
from numba.core.codegen import get_host_cpu_features
from numba.extending import intrinsic

WIDE_VECTORS = "+avx512bw" in (getattr(config, "CPU_FEATURES", None) or get_host_cpu_features())
"""Whether numba compiles for a processor whose vectors have 64 bytes."""


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


@intrinsic
def has_bit(typing_context, word, bit):
    """Whether a word has a bit set. (numba's ``&`` would make 64-bit words of both.)"""

    def generate(context, builder, signature, arguments):
        common = builder.and_(*arguments)
        return builder.icmp_unsigned("!=", common, common.type(0))

    return types.boolean(word, word), generate


@intrinsic
def shift_right(typing_context, word, count):
    """``word >> count`` at the width of the word, which an unsigned count stays below."""

    def generate(context, builder, signature, arguments):
        return builder.lshr(*arguments)

    return word(word, word), generate


@intrinsic
def counted(typing_context, count, condition):
    """``count + 1`` where the condition holds, at the width of the count."""

    def generate(context, builder, signature, arguments):
        one = context.cast(builder, arguments[1], types.boolean, count)
        return builder.add(arguments[0], one)

    return count(count, types.boolean), generate


@intrinsic
def look_up_32(typing_context, out, i, x, table, begin):
    """``out[i : i + 32] = table[begin + x[i : i + 32]]`` for uint16s; every x is below 64.

    With AVX-512 the 64 entries stay in two registers, and vpermi2w looks up 32 of them at once.
    """

    def generate(context, builder, signature, arguments):
        data = {
            place: context.make_array(signature.args[place])(
                context, builder, arguments[place]
            ).data
            for place in (0, 2, 3)
        }
        entries = ir.VectorType(ir.IntType(16), 32)

        def at(place, kind, offset):
            address = builder.gep(data[place], [offset])
            return builder.bitcast(address, kind.as_pointer())

        if not WIDE_VECTORS:
            for j in range(32):
                offset = builder.add(arguments[1], arguments[1].type(j))
                entry = builder.zext(builder.load(builder.gep(data[2], [offset])), ir.IntType(64))
                entry = builder.add(entry, arguments[4])
                value = builder.load(builder.gep(data[3], [entry]))
                builder.store(value, builder.gep(data[0], [offset]))
            return context.get_dummy_value()
        bits = signature.args[2].dtype.bitwidth
        numbers = builder.load(at(2, ir.VectorType(ir.IntType(bits), 32), arguments[1]), align=1)
        if bits != 16:
            resize = builder.zext if bits < 16 else builder.trunc
            numbers = resize(numbers, entries)
        low = builder.load(at(3, entries, arguments[4]), align=2)
        rest = builder.add(arguments[4], arguments[4].type(32))
        high = builder.load(at(3, entries, rest), align=2)
        name = "llvm.x86.avx512.vpermi2var.hi.512"
        permute = builder.module.globals.get(name) or ir.Function(
            builder.module, ir.FunctionType(entries, [entries] * 3), name
        )
        found = builder.call(permute, [low, numbers, high])
        builder.store(found, at(0, entries, arguments[1]), align=2)
        return context.get_dummy_value()

    return types.void(out, types.intp, x, table, types.intp), generate
