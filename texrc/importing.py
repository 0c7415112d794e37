"""The one road in: other formats end as `.texr` text, checked like any other."""

from __future__ import annotations

from texrc import driver
from texrc.diagnostics import TexrError
from texrc.ir.network import Network
from texrc.ir.raising import raise_network
from texrc.source import SourceFile
from texrc.spec import Spec
from texrc.syntax import format_dataset


def import_file(path: str, format_name: str, *, renormalize: bool = False) -> Spec:
    """The spec of a BIF or JSON file (`-` is stdin).

    Raises `TexrError` with what is wrong with the file, or with the spec it makes.
    """
    data = driver.read_bytes(path)
    source_name = "<stdin>" if path == "-" else path
    if format_name == "bif":
        from texrc.interop.bif import decode_bif, read_bif

        source = decode_bif(data, source_name)
        network, diagnostics = read_bif(source, renormalize=renormalize)
    else:
        from texrc.interop.json import read_json
        from texrc.syntax import decode

        decoded, diagnostics = decode(data, source_name)
        if decoded is None:
            raise TexrError(diagnostics.in_order())
        source = decoded
        network, diagnostics = read_json(source)
    if network is None or diagnostics.has_errors:
        raise TexrError(diagnostics.in_order(), source)
    return import_network(network, f"{source_name}.texr")


def import_network(network: Network, name: str = "<network>") -> Spec:
    """A network as a checked spec with its canonical text. Raises `TexrError`."""
    text = format_dataset(raise_network(network))
    return Spec(driver.check(SourceFile(name, text)))
