"""Every stage of the compiler as text, for people who look inside (`compile --emit`)."""

from __future__ import annotations

from texrc import driver
from texrc.spec import Spec


def stage(name: str, path: str) -> str:
    """The text of one stage of the file at ``path`` (`-` is stdin).

    Raises `TexrError` when the file has errors that come before the stage.
    """
    source = driver.read_source(path)
    if name == "tokens":
        from texrc.syntax.printing import format_tokens

        return format_tokens(source)
    if name == "ast":
        from texrc.diagnostics import TexrError
        from texrc.syntax import parse
        from texrc.syntax.printing import format_tree

        tree, diagnostics = parse(source)
        if tree is None or diagnostics.has_errors:
            raise TexrError(diagnostics.in_order(), source)
        return format_tree(tree)
    return _spec_stage(name, Spec(driver.check(source)))


def _spec_stage(name: str, spec: Spec) -> str:
    network = spec.network
    match name:
        case "ir":
            from texrc.ir.printing import format_network

            return format_network(network)
        case "plan":
            from texrc.codegen.plan import format_plan, plan

            return format_plan(plan(network))
        case "python":
            from texrc.codegen.emit import emit_module

            return emit_module(network)
        case "schema":
            from texrc.arrow import schema

            return schema(network).to_string(truncate_metadata=False, show_schema_metadata=True)
        case "dot":
            from texrc.interop.dot import to_dot

            return to_dot(network)
        case "json":
            from texrc.interop.json import to_json

            return to_json(network)
        case _:
            raise ValueError(f"no stage {name!r}")
