"""Names that are easily taken for one another (TW007)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from texrc.diagnostics import Diagnostics, Label
from texrc.diagnostics.first_few import FirstFew
from texrc.ir.network import Network
from texrc.passes.naming import listed

_DOUBLES = {
    "A": "АΑ",
    "B": "ВΒ",
    "C": "С",
    "E": "ЕΕ",
    "H": "НΗ",
    "I": "ІΙ",
    "J": "Ј",
    "K": "КΚ",
    "M": "МΜ",
    "N": "Ν",
    "O": "ОΟ",
    "P": "РΡ",
    "S": "Ѕ",
    "T": "ТΤ",
    "X": "ХΧ",
    "Y": "ҮΥ",
    "Z": "Ζ",
    "a": "аα",
    "c": "с",
    "d": "ԁ",
    "e": "е",
    "h": "һ",
    "i": "іι",
    "j": "ј",
    "o": "оο",
    "p": "рρ",
    "q": "ԛ",
    "s": "ѕ",
    "v": "ν",
    "w": "ԝ",
    "x": "х",
    "y": "у",
}
"""Latin letters with the Cyrillic and Greek ones that are drawn like them."""

_TO_LATIN = str.maketrans({double: latin for latin, ds in _DOUBLES.items() for double in ds})
_TO_DIGIT = str.maketrans("OIl", "011")
_SEPARATORS = str.maketrans("", "", " _")


def names_alike(network: Network, diagnostics: Diagnostics) -> None:
    """TW007 for columns, and for the labels of one column, whose names look the same."""
    found = FirstFew()
    for group in alike([column.name for column in network.columns]):
        first, second = (network.columns[index] for index in group[:2])
        names = [network.columns[index].name for index in group]
        found.add(
            "TW007",
            f"the columns {listed(names)} are easily taken for one another",
            second.span,
            _difference(names),
            secondary=[Label(first.span, "the other one")] if first.span is not None else [],
            helps=["give them names that say what tells them apart"],
        )
    for column in network.columns:
        for group in alike(column.labels):
            names = [column.labels[index] for index in group]
            found.add(
                "TW007",
                f"the labels {listed(names)} of `{column.name}` are easily taken for one another",
                column.domain_span,
                _difference(names),
                helps=["if they mean the same, make one label of them"],
            )
    found.pour(diagnostics, "in this file")


def alike(names: Sequence[str]) -> list[list[int]]:
    """The places of names that look the same, in groups of two and more."""
    groups: dict[tuple[int, ...], None] = {}
    taken: set[int] = set()
    for key_of in (_without_case, _drawn):
        by_key: dict[str, list[int]] = {}
        for place, name in enumerate(names):
            by_key.setdefault(key_of(name), []).append(place)
        for places in by_key.values():
            if len(places) > 1 and not taken.issuperset(places):
                groups[tuple(places)] = None
                taken.update(places)
    return sorted(map(list, groups))


def _letters(name: str) -> str:
    return unicodedata.normalize("NFKC", name).translate(_TO_LATIN)


def _without_case(name: str) -> str:
    return _letters(name).translate(_SEPARATORS).casefold()


def _drawn(name: str) -> str:
    """The name with digits for the letters drawn like them: `O` and `0`, `l`, `I` and `1`."""
    return _letters(name).translate(_SEPARATORS).translate(_TO_DIGIT)


def _difference(names: Sequence[str]) -> str:
    changes: dict[str, Callable[[str], str]] = {
        "upper and lower case": str.casefold,
        "spaces and underscores": lambda name: name.translate(_SEPARATORS),
        "case, spaces and underscores": lambda name: name.translate(_SEPARATORS).casefold(),
    }
    for what, change in changes.items():
        if len({change(name) for name in names}) == 1:
            return f"they differ only in {what}"
    return "they differ only in characters that look the same"
