"""Columns of labels: no label of probability zero, rare ones as often as they should come."""

from __future__ import annotations

import numpy as np
import pytest

from tests.accuracy.checks import assert_follow
from tests.accuracy.drawing import batches, codes

DRAWS = 10_000_000
SIZES = (2, 3, 4, 5, 6, 12, 13, 40, 128, 129, 256, 257, 1000)


def _weights(size: int, pattern: str) -> list[int]:
    """Whole weights, none of them alike by accident, and zero where the pattern says."""
    weights = [1 + 7 * place % 11 for place in range(size)]
    match pattern:
        case "first":
            weights[0] = 0
        case "last":
            weights[-1] = 0
        case "every other":
            weights[1::2] = [0] * len(weights[1::2])
        case "a run":
            weights[size // 3 : 2 * size // 3 + 1] = [0] * (2 * size // 3 + 1 - size // 3)
        case "all but the first" | "all but the middle" | "all but the last":
            place = {"first": 0, "middle": size // 2, "last": size - 1}[pattern.split()[-1]]
            weights = [int(at == place) for at in range(size)]
    return weights


ZEROS = (
    "nowhere",
    "first",
    "last",
    "every other",
    "a run",
    "all but the first",
    "all but the middle",
    "all but the last",
)
PATTERNS = [(size, pattern) for size in SIZES for pattern in ZEROS if any(_weights(size, pattern))]
ROWS = (2, 7)
"""Values of the parent in tables."""
TABLES = [(size, rows) for size in (2, 3, 5, 6, 12, 13, 129, 300) for rows in ROWS]
SHARES = (1e-5, 3e-6, 1.4e-4)
SIZES_OF_RARE = (2, 5, 20, 200)
COMPARISONS = (
    len(SIZES) * len(ZEROS) + len(TABLES) * max(ROWS) + len(SHARES) * len(SIZES_OF_RARE) + 4
)


def _labels(size: int) -> str:
    return "{" + ", ".join(f"l{place}" for place in range(size)) + "}"


def _row(weights: list[int]) -> str:
    return (
        "weights {" + ", ".join(f"l{place}: {weight}" for place, weight in enumerate(weights)) + "}"
    )


@pytest.mark.parametrize("size", SIZES)
def test_zero_is_never_drawn(size):
    """Ten million rows of a column for each pattern of zeros."""
    laws = [_weights(size, pattern) for same, pattern in PATTERNS if same == size]
    columns = " ".join(f'y{at}: categorical {_labels(size)} "Y"' for at in range(len(laws)))
    model = " ".join(f"y{at} ~ {_row(law)}" for at, law in enumerate(laws))
    counts = np.zeros((len(laws), size), np.int64)
    for batch in batches(columns, model, DRAWS, seed=6):
        for at in range(len(laws)):
            counts[at] += np.bincount(codes(batch, f"y{at}"), minlength=size)
    for law, seen in zip(laws, counts, strict=True):
        assert_follow(seen, np.array(law) / sum(law), f"weights {law}")


@pytest.mark.parametrize(("size", "rows"), TABLES)
def test_zero_is_never_drawn_from_a_table(size, rows):
    """Zeros at other places in every row."""
    laws = [
        [0 if (place + row) % 3 == 0 else 1 + (5 * place + row) % 7 for place in range(size)]
        for row in range(rows)
    ]
    assert all(map(any, laws))
    columns = f'k: categorical {_labels(rows)} "K" y: categorical {_labels(size)} "Y"'
    table = "; ".join(f"l{row}: {_row(law)}" for row, law in enumerate(laws))
    counts = np.zeros(rows * size, np.int64)
    for batch in batches(columns, f"k ~ uniform y | k ~ {{ {table} }}", DRAWS, seed=7):
        cells = codes(batch, "k").astype(np.int64) * size + codes(batch, "y")
        counts += np.bincount(cells, minlength=counts.size)
    for law, seen in zip(laws, counts.reshape(rows, size), strict=True):
        assert_follow(seen, np.array(law) / sum(law), f"weights {law}")


@pytest.mark.parametrize("size", SIZES_OF_RARE)
@pytest.mark.parametrize("share", SHARES)
def test_rare_labels(share, size):
    """One rare label among others, beside one of probability zero on either side."""
    law = np.zeros(size)
    law[size // 2] = share
    common = [place for place in range(0, size, 3) if place != size // 2] or [0]
    law[common] = (1 - share) / len(common)
    texts = [f"l{place}: {probability:.15g}" for place, probability in enumerate(law.tolist())]
    counts = np.zeros(size, np.int64)
    for batch in batches(
        f'y: categorical {_labels(size)} "Y"', f"y ~ {{{', '.join(texts)}}}", DRAWS, seed=8
    ):
        counts += np.bincount(codes(batch, "y"), minlength=size)
    assert_follow(counts, law, f"{share} of {size} labels")


def test_one_in_ten_million():
    counts = np.zeros(3, np.int64)
    rows = 20 * DRAWS
    for batch in batches(
        'y: categorical {a, b, c} "Y"', "y ~ {a: 1e-7, b: 0, c: rest}", rows, seed=9
    ):
        others = codes(batch, "y")
        counts += np.bincount(others[others != 2], minlength=3)
    counts[2] = rows - counts.sum()
    assert_follow(counts, np.array([1e-7, 0, 1 - 1e-7]), "1e-7")


@pytest.mark.parametrize(
    ("share", "size", "columns"), [("3e-8", 11, 8), ("1e-9", 1000, 2), ("1e-9", 4000, 1)]
)
def test_all_labels_but_one_rare(share, size, columns):
    """Each by itself would not be seen; together twenty or more come in ten million rows.

    The masses of yet rarer labels are held by `tests.codegen.test_discrete_laws`.
    """
    rare = ", ".join(f"l{place}: {share}" for place in range(1, size))
    declared = " ".join(f'y{at}: categorical {_labels(size)} "Y"' for at in range(columns))
    model = " ".join(f"y{at} ~ {{l0: rest, {rare}}}" for at in range(columns))
    seen = rows = 0
    for batch in batches(declared, model, DRAWS, seed=10):
        seen += sum(int(np.count_nonzero(codes(batch, f"y{at}"))) for at in range(columns))
        rows += batch.num_rows * columns
    together = (size - 1) * float(share)
    assert_follow(np.array([seen, rows - seen]), np.array([together, 1 - together]), share)
