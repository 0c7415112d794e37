"""Diagnostics as text: for people in full or in a line each, for tools as JSON or for GitHub."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from texrc.diagnostics.render import concise, full, github, json
from texrc.diagnostics.render.selection import Report
from texrc.diagnostics.render.style import wants_color

__all__ = ["RENDERERS", "Renderer", "Report", "wants_color"]


class Renderer(Protocol):
    """Findings as text; ``limit`` is how many are shown (None: all)."""

    def __call__(
        self, reports: Iterable[Report], *, color: bool = ..., limit: int | None = ...
    ) -> str: ...


RENDERERS: dict[str, Renderer] = {
    "full": full.render,
    "concise": concise.render,
    "json": json.render,
    "github": github.render,
}
"""By the name that `--output-format` takes."""
