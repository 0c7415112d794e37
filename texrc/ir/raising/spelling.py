"""Names, labels, texts and numbers as a text can write them."""

from __future__ import annotations

import hashlib
import re
from decimal import Decimal
from functools import lru_cache

from texrc.ir.rest import EXACT
from texrc.syntax import ast
from texrc.syntax.names import is_number, is_spellable
from texrc.syntax.tables import load_tables

_LONGEST_NAME = 80
_UNUSABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
# Written out between these powers of ten, with an exponent beyond.
_SMALLEST_PLAIN, _LARGEST_PLAIN = -6, 12
LARGEST_EXPONENT = 289
"""The grammar's; `0.1e-289` is smaller than any number with one digit before the point."""


def name(text: str) -> ast.Name:
    """A column's or dataset's name. Raises ValueError when it has no spelling."""
    if not is_spellable(text):
        raise ValueError(f"no spec can have the name {_shown(text)}: {_fault(text)}")
    return ast.Name(text)


@lru_cache(maxsize=8192)
def label(text: str) -> ast.Label:
    """A label: a plain number where it reads as one. Raises ValueError when it has no spelling."""
    if is_number(text):
        return ast.Number(text)
    if not is_spellable(text):
        raise ValueError(f"no spec can have the label {_shown(text)}: {_fault(text)}")
    return ast.Name(text)


def spellable(name: str) -> str:
    """The name itself where a spec can have it, else one made from it.

    What cannot be spelled becomes `_`; a digest of the original at the end keeps
    different names different. The same name gives the same outcome everywhere.

    >>> spellable("Heart rate"), spellable("a\\tb")
    ('Heart rate', 'a_b_894891f8')
    """
    if is_spellable(name):
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{_UNUSABLE.sub('_', name)[: _LONGEST_NAME - 9]}_{digest}"


def text(value: str) -> ast.Text:
    """A title, description or unit. Raises ValueError when double quotes cannot hold it."""
    stray = _UNUSABLE.search(value.replace("\n", " ").replace("\t", " "))
    if stray is not None:
        raise ValueError(f"no spec can have the text {_shown(value)}: it has {_shown(stray[0])}")
    if len(value) > _longest_text():
        raise ValueError(
            f"no spec can have the text {_shown(value)}: "
            f"it is longer than {_longest_text()} characters"
        )
    return ast.Text(value)


def number(value: Decimal) -> ast.Number:
    """A number of exactly this value. Raises ValueError when the grammar has none."""
    # By spelling, because 0.5 and 0.50 are equal and each is to stay what it is.
    return _number(str(value))


@lru_cache(maxsize=8192)
def _number(spelled: str) -> ast.Number:
    value = Decimal(spelled)
    if not value.is_finite():
        raise ValueError(f"no spec can have the number {value}")
    raw = _written(value.copy_abs())
    if not is_number(raw):
        raise ValueError(f"no spec can write the number {value} exactly")
    return ast.Number("-" + raw if value < 0 else raw)


def _written(value: Decimal) -> str:
    """An unsigned number: zeros at the end stay, as they say how exact it is."""
    if not value:
        return "0"
    if _SMALLEST_PLAIN <= value.adjusted() < _LARGEST_PLAIN:
        plain = format(value, "f")
        if is_number(plain):
            return plain
    digits = "".join(map(str, value.normalize(EXACT).as_tuple().digits))
    # One digit before the point, or more where the places behind it do not suffice.
    whole = max(1, len(digits) - 17)
    exponent = value.adjusted() - whole + 1
    if exponent < -LARGEST_EXPONENT:
        digits = "0" * (-LARGEST_EXPONENT - exponent) + digits
        exponent = -LARGEST_EXPONENT
    elif exponent > LARGEST_EXPONENT:
        whole += exponent - LARGEST_EXPONENT
        digits = digits.ljust(whole, "0")
        exponent = LARGEST_EXPONENT
    fraction = f".{digits[whole:]}" if digits[whole:] else ""
    return f"{digits[:whole]}{fraction}e{exponent}"


def _fault(text: str) -> str:
    if not text:
        return "it is empty"
    stray = _UNUSABLE.search(text)
    if stray is not None:
        return f"it has {_shown(stray[0])}"
    return f"it is longer than {_LONGEST_NAME} characters"


def _shown(text: str) -> str:
    return ascii(text if len(text) <= _LONGEST_NAME else text[:_LONGEST_NAME] + "...")


@lru_cache(maxsize=1)
def _longest_text() -> int:
    match = re.search(r"\{0,([0-9]+)\}", load_tables().patterns["TEXT"])
    assert match is not None
    return int(match[1])
