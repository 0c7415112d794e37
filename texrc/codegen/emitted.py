"""What an emitted sampler does around its loops: drawing rows, block by block.

`texrc.codegen.emit` copies these functions as they stand here, beside the loops they call.
They follow `texrc.codegen.machine`: the same blocks, streams and checks, the same bytes.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from texrc.codegen.family_loops import (
    each_between,
    each_exp,
    each_log,
    each_power,
    each_whole,
    first_not_finite,
    round_each,
)
from texrc.codegen.label_loops import choose, softmax_labels
from texrc.codegen.loops import normals, units
from texrc.codegen.matching_loops import add_atoms, add_to_index, first_rows, look_up
from texrc.codegen.scalars import WIDE_VECTORS
from texrc.codegen.streams import ATTEMPTS, stream_words
from texrc.codegen.thresholds import Thresholds, code_type
from texrc.codegen.value_loops import normals_at, units_at, units_between

BLOCK_ROWS = 65_536
MOST_ROWS = 2**63
LABEL_SLOT = np.uint64(0)
VALUE_SLOT = np.uint64(1)
AGAIN_SLOT = np.uint64(257)
COMPONENT_SLOT = np.uint64(2)
QUARTER_SLOT = np.uint64(3)
NORMAL_SLOT = np.uint64(4)
ACCEPTING_SLOT = np.uint64(516)
VERY_MANY = 2.0**32

Floats = npt.NDArray[np.float64]
Number = Floats | np.float64 | float


class CannotDraw(Exception):
    """No value can be drawn at a place of a block; ``args`` are the place, a column and why."""


class Block:
    """The rows ``first`` and following while they come about, an array for each column."""

    def __init__(
        self, first: int, columns: Sequence[npt.NDArray[Any]], keys: Sequence[npt.NDArray[Any]]
    ) -> None:
        self.first = first
        self.columns = columns
        self.keys = keys
        self.count = len(columns[0])
        self.faults: list[tuple[int, int, str]] = []
        self.known_units: dict[int, Floats] = {}

    def codes(self, column: int, rows: Any = None) -> npt.NDArray[Any]:
        """The codes of a discrete column, in all rows or in some."""
        codes = self.columns[column]
        return codes if rows is None else codes[rows]

    def numbers(self, column: int, rows: Any = None) -> Floats:
        """A numeric column as float64, in all rows or in some."""
        numbers = self.columns[column].astype(np.float64, copy=False)
        return numbers if rows is None else numbers[rows]

    def units(self, column: int, rows: Any = None) -> Floats:
        """The quantiles of a column's values, float64 in (0, 1), in all rows or in some."""
        if column not in self.known_units:
            self.known_units.clear()  # a column is done when another asks
            self.known_units[column] = np.empty(self.count)
            units(self.known_units[column], self.first, self.keys[column], VALUE_SLOT)
        u = self.known_units[column]
        return u if rows is None else u[rows]

    def fault(self, place: int, column: int, why: str) -> None:
        """Note that a column has no value at a place in the block."""
        self.faults.append((place, column, why))


# --- rows of tables ------------------------------------------------------------


def combination(block: Block, kind: Any, parents: Sequence[tuple[int, int, Any]]) -> Any:
    """The number of each row's combination of parents: (column, stride, starts of its parts)."""
    x = np.zeros(block.count, kind)
    for column, stride, starts in parents:
        if starts is None:
            add_to_index(x, block.codes(column), kind(stride))
        else:
            add_atoms(x, block.numbers(column), starts, kind(stride))
    return x


def table_row(x: Any, rows: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """The table row of each combination."""
    out = np.empty(x.size, np.uint32)
    look_up(out, x, rows)
    return out


def first_match(block: Block, masks: Any, parents: Sequence[tuple[int, int, Any]]) -> Any:
    """The first table row that all parents match: (column, first bit vector, starts)."""
    places = np.empty((len(parents), block.count), np.uint32)
    for place, (column, offset, starts) in zip(places, parents, strict=True):
        place.fill(offset)
        if starts is None:
            place += block.codes(column)
        else:
            add_atoms(place, block.numbers(column), starts, np.uint32(1))
    rows = np.empty(block.count, np.uint32)
    first_rows(rows, places, masks)
    return rows


# --- labels --------------------------------------------------------------------


LAID_OUT: dict[int, Thresholds] = {}


def choose_labels(
    block: Block, column: int, out: Any, x: Any, slot: np.uint64, thresholds: Any
) -> None:
    """Fill ``out`` with labels by the table's rows ``x`` (None: by its only row)."""
    by = LAID_OUT.get(id(thresholds))  # a constant of the module, which stays
    if by is None:
        by = LAID_OUT[id(thresholds)] = Thresholds(thresholds, WIDE_VECTORS)
    if x is None or by.rows == 1:
        x = np.empty(0, np.uint8)
    key = block.keys[column]
    choose(out, block.first, x, key, slot, by.all, by.states, by.leading, by.guide)


def score_labels(
    block: Block, column: int, rows: Any, scores: Sequence[Number], u: Floats | None
) -> None:
    """Labels with probabilities that go as exp(score)."""
    places = np.arange(block.count) if rows is None else rows
    if not places.size:
        return
    table = np.zeros((len(scores), places.size))
    for line, score in zip(table, scores, strict=True):
        line[:] = score
    at = min(first_not_finite(line) for line in table)
    if at < places.size:
        block.fault(int(places[at]), column, "a score has no finite value")
        return
    assert u is not None
    labels = np.empty(places.size, block.columns[column].dtype)
    softmax_labels(labels, u if rows is None else u[rows], table)
    block.columns[column][places] = labels


def define_label(block: Block, column: int, rows: Any, value: Number) -> None:
    """The label whose code, 0 or 1, an expression gives."""
    places = np.arange(block.count) if rows is None else rows
    codes = np.broadcast_to(value, places.size)
    sound = (codes == 0.0) | (codes == 1.0)
    if sound.all():
        block.columns[column][places] = codes
    else:
        at = int(np.argmin(sound))
        block.fault(int(places[at]), column, f"its value is {float(codes[at])!r}, neither 0 nor 1")


# --- numbers -------------------------------------------------------------------


def choose_numbers(block: Block, column: int, first: int, x: Any, thresholds: Any) -> None:
    """Fill a column with whole numbers: label k by the table's rows ``x`` is first + k."""
    out = block.columns[column]
    labels = np.empty(block.count, code_type(thresholds.shape[1] + 1))
    choose_labels(block, column, labels, x, LABEL_SLOT, thresholds)
    np.add(labels, out.dtype.type(first), out=out, dtype=out.dtype, casting="unsafe")


def family(
    block: Block,
    column: int,
    rows: Any,
    draw: Callable[..., None],
    parameters: Sequence[Any],
    low: float,
    high: float,
    rounded: bool = False,
) -> Floats:
    """Draws of a family truncated to [low, high]; rounded to whole numbers if need be."""
    u = block.units(column, rows)
    out = np.empty(u.size)
    margin = 0.5 if rounded else 0.0
    held = [np.atleast_1d(np.asarray(parameter, np.float64)) for parameter in parameters]
    draw(out, u, *held, low - margin, high + margin)
    return finished(block, column, rows, out, held, low, high, rounded)


def from_normals(
    block: Block,
    column: int,
    rows: Any,
    all_within: Callable[..., int],
    within: Callable[..., int],
    draw: Callable[..., None],
    parameters: Sequence[Any],
    place: Any,
    low: float,
    high: float,
    rounded: bool,
    accepted: bool,
) -> Floats:
    """As `family`, from standard normals; by quantiles where these fall outside.

    Where ``place`` is not None, parameters have a value a leaf, and it tells each row's leaf.
    """
    key = block.keys[column]
    margin = 0.5 if rounded else 0.0
    ends = low - margin, high + margin
    held = [np.atleast_1d(np.asarray(parameter, np.float64)) for parameter in parameters]
    if rows is None:
        leaf = np.empty(0, np.uint32) if place is None else place.astype(np.uint32)
        out = np.empty(block.count)
        outside = all_within(out, block.first, key, NORMAL_SLOT, leaf, *held, *ends)
    else:
        drawn = np.empty(block.count)
        normals(drawn, block.first, key, NORMAL_SLOT)
        out = drawn[rows]
        draws: list[Floats] = []
        if accepted:
            units(drawn, block.first, key, ACCEPTING_SLOT)
            draws.append(drawn[rows])
        of_rows = held if place is None else [p[place] for p in held]
        outside = within(out, *draws, *of_rows, *ends)
    if outside:
        draw_again(block, column, rows, out, within, draw, held, place, ends, accepted)
    if place is not None:
        held = [p[place] for p in held]
    return finished(block, column, rows, out, held, low, high, rounded)


def draw_again(
    block: Block,
    column: int,
    rows: Any,
    out: Floats,
    within: Callable[..., int],
    draw: Callable[..., None],
    held: Sequence[Floats],
    place: Any,
    ends: tuple[float, float],
    accepted: bool,
) -> None:
    """Numbers for places with NaN: from further normals, at last by quantiles."""
    given = block.first, block.keys[column]
    places = np.flatnonzero(np.isnan(out))
    for attempt in range(1, ATTEMPTS + 1):
        at = places if rows is None else rows[places]
        chosen = places if place is None else place[places]
        own = [p if p.size == 1 else p[chosen] for p in held]
        again, u = np.empty(places.size), np.empty(places.size)
        if attempt == ATTEMPTS:
            units_at(u, at, *given, AGAIN_SLOT)
            draw(again, u, *own, *ends)
        else:
            normals_at(again, at, *given, np.uint64(4 | (2 * attempt + 1) << 8))
            if accepted:
                units_at(u, at, *given, np.uint64(4 | (2 * attempt + 2) << 8))
                own.insert(0, u)
            within(again, *own, *ends)
        out[places] = again
        places = places[np.isnan(again)]


def finished(
    block: Block,
    column: int,
    rows: Any,
    out: Floats,
    held: Sequence[Floats],
    low: float,
    high: float,
    rounded: bool,
) -> Floats:
    """Rounded if need be; what has no value is a fault."""
    if rounded:
        round_each(out, low, high)
    at = first_not_finite(out)
    if at < out.size:
        given = ", ".join(repr(float(p[at if p.size > 1 else 0])) for p in held)
        what = "no probability in the column's range" if np.isinf(out[at]) else "no meaning"
        block.fault(int(at if rows is None else rows[at]), column, f"({given}) have {what}")
    return out


def evenly(
    block: Block, column: int, rows: Any, place: Any, first: Any, last: Any, whole: bool
) -> Floats:
    """Numbers from first to last, all alike; ``place`` tells each row's ends, if there are more."""
    first, last = (np.atleast_1d(np.asarray(each, np.float64)) for each in (first, last))
    ends = first, last - first, last
    if rows is None and not whole:
        out = np.empty(block.count)
        leaf = np.empty(0, np.uint32) if place is None else place.astype(np.uint32)
        units_between(out, block.first, block.keys[column], VALUE_SLOT, leaf, *ends)
        return out
    finer = np.array([0.5])
    if whole and ends[1].max() >= VERY_MANY:
        finer = np.empty(block.count)
        units(finer, block.first, block.keys[column], AGAIN_SLOT)
        finer = finer if rows is None else finer[rows]
    u = block.units(column, rows)
    out = np.empty(u.size)
    first, width, last = ends if place is None else (each[place] for each in ends)
    if whole:
        each_whole(out, u, finer, first, last)
    else:
        each_between(out, u, first, width, last)
    return out


def quarters(block: Block, column: int, rows: Any, place: Any, thresholds: Any) -> Any:
    """Which quarter each row falls in; ``place`` is the row of the table, None for its only one."""
    if place is not None:
        place = place.astype(np.uint32)
        if rows is not None:
            given, place = place, np.zeros(block.count, np.uint32)
            place[rows] = given
    quarter = np.empty(block.count, np.uint8)
    choose_labels(block, column, quarter, place, QUARTER_SLOT, thresholds)
    return quarter if rows is None else quarter[rows]


def define(
    block: Block, column: int, rows: Any, value: Number, low: float, high: float, whole: bool
) -> Floats:
    """The value of an expression, which must lie in the column's range."""
    out = np.empty(block.count if rows is None else len(rows))
    out[:] = value
    sound = (out >= low) & (out <= high)
    if whole:
        sound &= np.floor(out) == out
    if not sound.all():
        at = int(np.argmin(sound))
        why = f"its value {float(out[at])!r} is not allowed"
        block.fault(at if rows is None else int(rows[at]), column, why)
    return out


# --- expressions ---------------------------------------------------------------


def exp_of(x: Floats) -> Floats:
    """e^x."""
    out = np.empty(x.size)
    each_exp(out, x)
    return out


def log_of(x: Floats) -> Floats:
    """The natural logarithm."""
    out = np.empty(x.size)
    each_log(out, x)
    return out


def power_of(x: Number, y: Number) -> Floats:
    """x**y."""
    out = np.empty(np.broadcast(x, y).size)  # none where no row is meant
    each_power(out, np.full(out.size, x, np.float64), np.full(out.size, y, np.float64))
    return out


def smaller_of(a: Number, b: Number) -> Floats:
    """The smaller of two numbers, NaN where one is NaN; 0 for -0."""
    return np.minimum(a, b) + 0.0


def larger_of(a: Number, b: Number) -> Floats:
    """The larger of two numbers, NaN where one is NaN; 0 for -0."""
    return np.maximum(a, b) + 0.0


def one_if(condition: npt.NDArray[np.bool_]) -> Floats:
    """1.0 where the condition holds, else 0.0."""
    return condition.astype(np.float64)


# --- tables of numbers ---------------------------------------------------------


def unpacked(kind: str, shape: tuple[int, ...], text: str) -> npt.NDArray[Any]:
    """An array from the base64 of its bytes, little-endian."""
    stored = np.frombuffer(base64.b64decode(text), np.dtype(kind).newbyteorder("<"))
    return stored.astype(kind).reshape(shape)


# --- the whole table -----------------------------------------------------------


def draw_rows(
    dataset: str,
    names: Sequence[str],
    kinds: Sequence[str],
    steps: Sequence[Callable[[Block], None]],
    n: int,
    seed: int,
    first_row: int,
) -> dict[str, npt.NDArray[Any]]:
    """``n`` rows from ``first_row`` on. Raises ValueError for one that cannot be drawn."""
    if not 0 <= seed < 2**64:
        raise ValueError(f"the seed is {seed}, must be from 0 to 2^64 - 1")
    if n < 0 or first_row < 0 or first_row + n > MOST_ROWS:
        raise ValueError(f"rows {first_row} to {first_row + n} are not between 0 and 2^63")
    keys = [np.array(stream_words(seed, dataset, name), np.uint64) for name in names]
    columns = [np.empty(n, kind) for kind in kinds]
    with np.errstate(all="ignore"):
        for start in range(0, n, BLOCK_ROWS):
            part = [column[start : start + BLOCK_ROWS] for column in columns]
            try:
                fill_block(Block(first_row + start, part, keys), steps)
            except CannotDraw as fault:
                place, column, why = fault.args
                row = first_row + start + place
                raise ValueError(f"row {row} of column {names[column]!r}: {why}") from None
    return dict(zip(names, columns, strict=True))


def fill_block(block: Block, steps: Sequence[Callable[[Block], None]]) -> None:
    """Fill a block. Raises `CannotDraw` for its first row that cannot be drawn."""
    for step in steps:
        step(block)
        if block.faults:
            fault = min(block.faults)
            if fault[0]:  # a later column may fail at an earlier row
                before = [column[: fault[0]] for column in block.columns]
                fill_block(Block(block.first, before, block.keys), steps)
            raise CannotDraw(*fault)
