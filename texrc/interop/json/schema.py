"""The boundary: a pydantic model for each class of the network, made from the class itself.

A field of the network is a field of its model, less those that hold places in
a text; unions are told apart by ``kind``; keys that are no field are refused.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    FailFast,
    Field,
    StrictBool,
    StrictStr,
    WithJsonSchema,
    create_model,
)

from texrc.ir.distributions import Poison
from texrc.ir.network import Network
from texrc.ir.patterns import UnknownKey
from texrc.ir.raising.spelling import number as spelled_number

NUMBER_PATTERN = r"^-?[0-9]{1,40}(\.[0-9]{1,340})?([eE][+-]?[0-9]{1,3})?$"
_LARGEST_EXPONENT = 400
_POISONS = (Poison, UnknownKey)
"""Stand for faults; no sound network has them."""


def _number(value: object) -> Decimal:
    written = re.fullmatch(NUMBER_PATTERN, value) if isinstance(value, str) else None
    if not written and (isinstance(value, bool) or not isinstance(value, int | Decimal)):
        raise ValueError('a number, or one in quotes such as "0.25"')
    number = Decimal(value)  # pyright: ignore[reportArgumentType] - one of the three
    try:
        if abs(number.adjusted()) > _LARGEST_EXPONENT:
            raise ValueError
        spelled_number(number)
    except ValueError:
        raise ValueError("a number that a spec can write") from None
    return number


Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "pattern": NUMBER_PATTERN}, {"type": "number"}],
            "description": "An exact decimal number; a string keeps all its digits.",
        }
    ),
]
Index = Annotated[int, Field(strict=True, ge=0)]
_PLAIN: dict[Any, Any] = {Decimal: Number, int: Index, str: StrictStr, bool: StrictBool}


class _FailFast(FailFast):
    """Pydantic's, but hashable, as types in a union have to be."""

    __hash__ = object.__hash__  # pyright: ignore[reportAssignmentType] - dataclasses set it to None


@cache
def network_model(*, fail_fast: bool = False) -> type[BaseModel]:
    """The model that a whole network is validated by; ``fail_fast`` stops at the first fault."""
    models = _models(fail_fast)
    for model in models.values():
        model.model_rebuild(_types_namespace={made.__name__: made for made in models.values()})
    return models[Network]


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a network's JSON."""
    schema = network_model().model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "A texr network, version 1",
    }


def ir_class(model: BaseModel) -> type:
    """The class of the network that a model was made from."""
    return _classes()[type(model).__name__]


@cache
def _models(fail_fast: bool) -> dict[type, type[BaseModel]]:
    return {kind: _model(kind, fail_fast) for kind in _classes().values()}


@cache
def _classes() -> dict[str, type]:
    """Every class that a sound network is made of, by its name."""
    found: dict[str, type] = {}
    waiting: list[type] = [Network]
    while waiting:
        kind = waiting.pop()
        if kind.__name__ in found:
            continue
        found[kind.__name__] = kind
        hints = get_type_hints(kind)
        for field in _fields(kind):
            waiting += [
                part for part in _parts(hints[field.name]) if dataclasses.is_dataclass(part)
            ]
    return found


def _parts(hint: Any) -> Iterator[type]:
    """The classes that a type is put together from."""
    if get_origin(hint) is None:
        if isinstance(hint, type) and hint not in _POISONS:
            yield hint
    elif get_origin(hint) is not Literal:
        for argument in get_args(hint):
            yield from _parts(argument)


def _model(kind: type, fail_fast: bool) -> type[BaseModel]:
    hints = get_type_hints(kind)
    fields: dict[str, Any] = {}
    for field in _fields(kind):
        default = field.default
        if default is dataclasses.MISSING or get_origin(hints[field.name]) is Literal:
            default = ...  # `kind` and `version` are always written
        fields[field.name] = (_translated(hints[field.name], fail_fast), default)
    return create_model(
        kind.__name__,
        __config__=ConfigDict(extra="forbid", frozen=True),
        __doc__=kind.__doc__,
        **fields,
    )


def _translated(hint: Any, fail_fast: bool) -> Any:
    """A type of the network as its model's: classes by the names of their models."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple:
        item = _translated(arguments[0], fail_fast)
        return Annotated[tuple[item, ...], _FailFast(fail_fast)]
    if origin in (Union, types.UnionType):
        members = tuple(_translated(part, fail_fast) for part in arguments if part not in _POISONS)
        union = Union[members]  # noqa: UP007 - of a tuple made here
        tagged = all(dataclasses.is_dataclass(part) for part in arguments)
        return Annotated[union, Field(discriminator="kind")] if tagged else union
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return typing.ForwardRef(hint.__name__)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return _PLAIN.get(hint, hint)


def _fields(kind: type) -> Iterator[dataclasses.Field[Any]]:
    """The fields that say something: all but places in a text."""
    return (field for field in dataclasses.fields(kind) if field.compare)
