"""The command line of an emitted sampler: rows as CSV, with the text of `texrc sample`.

`texrc.codegen.emit` copies these functions as they stand here.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, TextIO

import numpy as np
import numpy.typing as npt

NEEDS_QUOTES = re.compile(r'[",\r\n]|^\s|\s$|^$')
BATCH_ROWS = 65_536


def csv_number(number: float) -> str:
    """The shortest text of a float64: plain from 1e-6 to 1e10, with an exponent beyond."""
    exact = Decimal(repr(number))
    if number == 0.0 or 1e-6 <= abs(number) < 1e10:
        text = f"{exact:f}"
        return text.removesuffix(".0")
    sign, digits, exponent = exact.as_tuple()
    assert isinstance(exponent, int)
    figures = "".join(map(str, digits))
    power = exponent + len(figures) - 1
    figures = figures.rstrip("0")
    mantissa = figures[0] + ("." + figures[1:] if len(figures) > 1 else "")
    return f"{'-' if sign else ''}{mantissa}e{'+' if power > 0 else ''}{power}"


def quoted(text: str) -> str:
    """A text in the quotes of CSV."""
    return '"' + text.replace('"', '""') + '"'


def csv_lines(
    table: dict[str, npt.NDArray[Any]], labels: dict[str, tuple[str, ...]], booleans: frozenset[str]
) -> Iterator[str]:
    """The rows of a table as lines of CSV, without the header."""
    texts = [label for name in labels if name not in booleans for label in labels[name]]
    shown = quoted if any(map(NEEDS_QUOTES.search, texts)) else str
    columns: list[list[str]] = []
    for name, values in table.items():
        if name in booleans:
            columns.append([("false", "true")[code] for code in values.tolist()])
        elif name in labels:
            cells = [shown(label) for label in labels[name]]
            columns.append([cells[code] for code in values.tolist()])
        else:
            write = csv_number if values.dtype == np.float64 else str
            columns.append([write(value) for value in values.tolist()])
    for row in zip(*columns, strict=True):
        yield ",".join(row) + "\n"


def run_command(
    sample: Callable[[int, int, int], dict[str, npt.NDArray[Any]]],
    names: Sequence[str],
    labels: dict[str, tuple[str, ...]],
    booleans: frozenset[str],
) -> None:
    """The command line: rows as CSV, to stdout or a file."""
    parser = argparse.ArgumentParser(description="Draw rows as CSV.")
    parser.add_argument("-n", "--number", type=int, default=1000, help="how many rows (1000)")
    parser.add_argument("--seed", type=int, default=0, help="from 0 to 2^64 - 1 (0)")
    parser.add_argument("--first-row", type=int, default=0, help="number of the first row (0)")
    parser.add_argument("-o", "--output", default="-", help="a file, - for stdout (-)")
    options = parser.parse_args()

    def write(file: TextIO) -> None:
        header = [quoted(name) if NEEDS_QUOTES.search(name) else name for name in names]
        file.write(",".join(header) + "\n")
        for start in range(0, options.number, BATCH_ROWS):
            count = min(BATCH_ROWS, options.number - start)
            table = sample(count, options.seed, options.first_row + start)
            file.writelines(csv_lines(table, labels, booleans))

    try:
        if options.output == "-":
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # pyright: ignore
            write(sys.stdout)
        else:
            with open(options.output, "w", encoding="utf-8", newline="\n") as file:
                write(file)
    except ValueError as error:
        parser.exit(1, f"{error}\n")
    except OSError as error:
        parser.exit(1, f"{error}\n")
