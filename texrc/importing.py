"""The one road in: other formats end as `.texr` text, checked like any other."""

from __future__ import annotations

from dataclasses import dataclass

from texrc import driver
from texrc.diagnostics import Diagnostic, Diagnostics, TexrError
from texrc.ir.network import Network
from texrc.ir.raising import raise_network
from texrc.source import SourceFile
from texrc.spec import Spec
from texrc.syntax import decode, format_dataset


@dataclass(frozen=True)
class Imported:
    """A network as another format says it; ``warnings`` are about that format's text."""

    network: Network
    source: SourceFile
    warnings: tuple[Diagnostic, ...]

    def spec(self) -> Spec:
        """The checked spec with its canonical text. Raises `TexrError`."""
        return import_network(self.network, f"{self.source.name}.texr")


def read_network(path: str, format_name: str, *, renormalize: bool = False) -> Imported:
    """The network of a BIF or JSON file (`-` is stdin). Raises `TexrError`."""
    data = driver.read_bytes(path)
    name = "<stdin>" if path == "-" else path
    if format_name == "bif":
        from texrc.interop.bif import decode_bif, read_bif

        source = _decoded(*decode_bif(data, name))
        network, diagnostics = read_bif(source, renormalize=renormalize)
    else:
        from texrc.interop.json import read_json

        source = _decoded(*decode(data, name))
        network, diagnostics = read_json(source)
    if network is None:
        raise TexrError(diagnostics.in_order(), source)
    return Imported(network, source, tuple(diagnostics.in_order()))


def import_file(path: str, format_name: str, *, renormalize: bool = False) -> Spec:
    """The spec of a BIF or JSON file (`-` is stdin).

    Raises `TexrError` with what is wrong with the file, or with the spec it makes.
    """
    return read_network(path, format_name, renormalize=renormalize).spec()


def import_network(network: Network, name: str = "<network>") -> Spec:
    """A network as a checked spec with its canonical text. Raises `TexrError`."""
    text = format_dataset(raise_network(network))
    return Spec(driver.check(SourceFile(name, text)))


def _decoded(source: SourceFile | None, diagnostics: Diagnostics) -> SourceFile:
    if source is None:
        raise TexrError(diagnostics.in_order())
    return source
