"""JSON text to network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ValidationError

from texrc.diagnostics import Diagnostics
from texrc.diagnostics.render.text import printable
from texrc.interop.json.schema import ir_class, network_model
from texrc.interop.json.soundness import Fault, faults
from texrc.interop.json.text import Path, load, places
from texrc.ir.network import Network
from texrc.ir.raising import raise_network
from texrc.source import SourceFile

MAX_FAULTS = 20
_LONG = 100_000
"""Characters from which on the first fault is enough, as there may be very many."""


def read_json(source: SourceFile) -> tuple[Network | None, Diagnostics]:
    """The network of a JSON text; None and TX604 where it is none.

    What is checked here is the form, and that every number of a column, label or
    parameter means something; the compiler's passes check the rest.
    """
    diagnostics = Diagnostics()
    value = load(source, diagnostics)
    if diagnostics.has_errors:
        return None, diagnostics
    try:
        model = network_model(fail_fast=len(source.text) > _LONG).model_validate(value)
    except ValidationError as error:
        _report(source, _form_faults(error, value), diagnostics)
        return None, diagnostics
    network = _network_of(model)
    _report(source, faults(network), diagnostics)
    if not diagnostics.has_errors:
        try:
            raise_network(network)
        except ValueError as error:
            diagnostics.add("TX604", str(error))
    return (None if diagnostics.has_errors else network), diagnostics


def _network_of(value: Any) -> Any:
    """The part of the network that a model stands for."""
    if isinstance(value, BaseModel):
        parts = {name: _network_of(getattr(value, name)) for name in type(value).model_fields}
        return ir_class(value)(**parts)
    if isinstance(value, tuple):
        return tuple(map(_network_of, value))
    return value


def _form_faults(error: ValidationError, value: Any) -> list[Fault]:
    found = []
    for item in error.errors(include_url=False)[:MAX_FAULTS]:
        path = _without_tags(item["loc"], value)
        match item["type"]:
            case "missing":
                found.append(Fault(path[:-1], f"the key `{path[-1]}` is missing"))
            case "union_tag_not_found":
                found.append(Fault(path, "an object with a `kind` is due here"))
            case "union_tag_invalid":
                kinds = str(item.get("ctx", {})["expected_tags"]).replace("'", "`")
                found.append(Fault(path, f"the `kind` is not one of {kinds}"))
            case "extra_forbidden":
                found.append(Fault(path, f"there is no key `{printable(str(path[-1])[:80])}` here"))
            case "model_type" | "model_attributes_type":
                found.append(Fault(path, "expected an object"))
            case "tuple_type":
                found.append(Fault(path, "expected an array"))
            case _:
                expected = item["msg"].removeprefix("Value error, ")
                expected = expected.removeprefix("Input should be ").replace("'", "`")
                found.append(Fault(path, f"expected {expected[0].lower()}{expected[1:]}"))
    return found


def _without_tags(location: Path, value: Any) -> Path:
    """The path in the text: pydantic also names the kind of each object on the way."""
    path: list[str | int] = []
    parts = iter(location)
    for part in parts:
        if isinstance(value, dict) and value.get("kind") == part:
            part = next(parts, None)
            if part is None:
                break
        path.append(part)
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            value = None
    return tuple(path)


def _report(source: SourceFile, found: Iterable[Fault], diagnostics: Diagnostics) -> None:
    listed = [fault for _, fault in zip(range(MAX_FAULTS), found, strict=False)]
    if not listed:
        return
    spans = places(source.text, {fault.path for fault in listed})
    for fault in listed:
        where = f" (at `{_shown(fault.path)}`)" if fault.path else ""
        diagnostics.add("TX604", f"{fault.message}{where}", spans.get(fault.path))


def _shown(path: Path) -> str:
    """`nodes[2].rows[0].keys`"""
    text = ""
    for part in path:
        name = f"[{part}]" if isinstance(part, int) else f".{printable(part[:80])}"
        text += name
    return text.removeprefix(".")
