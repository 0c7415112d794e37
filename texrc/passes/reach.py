"""Which values of the columns after the bar a table row is left with by the rows before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from texrc.ir.atoms import Partition, parent_partition
from texrc.ir.network import ColumnType, Network, Node
from texrc.ir.patterns import Anything, Pattern, UnknownKey
from texrc.passes.domains import Codes, Domain, Numbers

MOST_ATOMS = 4096
"""Tables that cut a column into more parts are not looked into."""
NARROWING_WORK = 200_000
"""Patterns of earlier rows that narrowing looks at for one table."""
MOST_RIVALS = 20_000
"""Rows further down are not looked for witnesses."""
ESCAPE_WORK = 2_000
"""Boxes that the search for a combination without an earlier row tries."""

Masks = tuple[int, ...]
"""For each column after the bar the set of its atoms, as a bitset."""


class Reach:
    """The rows of one table."""

    def __init__(self, network: Network, node: Node) -> None:
        self.network = network
        self.node = node
        self._work = NARROWING_WORK
        self._masks: list[dict[Pattern, int]] = [{} for _ in node.given]

    @cached_property
    def partitions(self) -> tuple[Partition, ...]:
        return tuple(
            parent_partition(self.network, self.node, place)
            for place in range(len(self.node.given))
        )

    @cached_property
    def is_small(self) -> bool:
        return all(partition.count <= MOST_ATOMS for partition in self.partitions)

    def domains(self, row: int) -> dict[int, Domain] | None:
        """The columns that a row's patterns and the rows before it narrow.

        None for a row that is never reached, or whose keys were reported.
        """
        if self._is_unclear(row):
            return None
        if self._is_open_first(row) or not self.is_small:
            return {}
        masks = self._narrowed(row)
        if masks is None:
            return None
        return {
            column: _domain(partition, mask)
            for column, partition, mask in zip(self.node.given, self.partitions, masks, strict=True)
            if mask != (1 << partition.count) - 1
        }

    def is_first(self, row: int, values: Mapping[int, float]) -> bool:
        """Whether the row is the first to match for some values of the columns not in ``values``.

        False also where that is too much work to find out.
        """
        if self._is_open_first(row):
            return True
        if not self.is_small or row > MOST_RIVALS:
            return False
        box = []
        for column, partition, mask in zip(
            self.node.given, self.partitions, self._row_masks(row), strict=True
        ):
            if column in values:
                mask &= 1 << partition.atom_of(values[column])
            if not mask:
                return False
            box.append(mask)
        rivals = [
            rival
            for rival in self._row_masks_before(row)
            if all(mask & other for mask, other in zip(box, rival, strict=True))
        ]
        return _escapes(tuple(box), rivals)

    def _is_open_first(self, row: int) -> bool:
        return row == 0 and all(isinstance(p, Anything) for p in self.node.rows[0].patterns)

    def _is_unclear(self, row: int) -> bool:
        """Whether a key of the row was reported: nobody knows what it takes from later rows."""
        return any(isinstance(pattern, UnknownKey) for pattern in self.node.rows[row].patterns)

    def _row_masks_before(self, row: int) -> Iterator[Masks]:
        """The earlier rows, as far as their keys are known."""
        return (self._row_masks(other) for other in range(row) if not self._is_unclear(other))

    def _row_masks(self, row: int) -> Masks:
        return tuple(map(self._mask, range(len(self.node.given)), self.node.rows[row].patterns))

    def _mask(self, place: int, pattern: Pattern) -> int:
        known = self._masks[place]
        mask = known.get(pattern)
        if mask is None:
            mask = known[pattern] = self.partitions[place].mask(pattern)
        return mask

    def _narrowed(self, row: int) -> Masks | None:
        """A row's box, cut where an earlier row covers all of it but in one direction."""
        box = list(self._row_masks(row))
        if not all(box):
            return None
        places = len(box)
        self._work -= row * places
        if self._work < 0:
            return tuple(box)
        for rival in self._row_masks_before(row):
            open_places = [place for place in range(places) if box[place] & ~rival[place]]
            if not open_places:
                return None
            if len(open_places) == 1:
                box[open_places[0]] &= ~rival[open_places[0]]
        return tuple(box)


def _escapes(box: Masks, rivals: Sequence[Masks]) -> bool:
    """Whether a point of the box lies in none of the rivals; False past the budget."""
    waiting = [(box, 0)]
    work = ESCAPE_WORK
    while waiting:
        masks, first = waiting.pop()
        for number in range(first, len(rivals)):
            rival = rivals[number]
            work -= 1
            if work < 0:
                return False
            if all(mask & other for mask, other in zip(masks, rival, strict=True)):
                for place, other in enumerate(rival):
                    rest = masks[place] & ~other
                    if rest:
                        waiting.append(((*masks[:place], rest, *masks[place + 1 :]), number + 1))
                break
        else:
            return True
    return False


def _domain(partition: Partition, mask: int) -> Domain:
    if partition.column.is_discrete:
        return Codes(mask)
    pieces: list[tuple[float, float]] = []
    atom = 0
    while mask:
        skipped = (mask & -mask).bit_length() - 1
        mask >>= skipped
        run = (~mask & (mask + 1)).bit_length() - 1  # how many ones follow
        mask >>= run
        atom += skipped + run
        pieces.append((partition.interval(atom - run)[0], partition.interval(atom - 1)[1]))
    return Numbers(tuple(pieces), partition.column.type is ColumnType.INTEGER)
