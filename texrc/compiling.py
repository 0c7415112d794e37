"""`texrc.compile`: from a spec to its sampler."""

from __future__ import annotations

from texrc.driver import PathOrText
from texrc.sampler import Sampler
from texrc.spec import Spec, load


def compile(spec: Spec | PathOrText) -> Sampler:
    """The sampler of a spec, a path or a text.

    Raises `TexrError`: with the spec's own diagnostics, or TX504 when it has no model.
    """
    spec = spec if isinstance(spec, Spec) else load(spec)
    return Sampler.of(spec.network, spec.source)
