"""All syntax errors of a text in one run.

The parse goes on after each fault as if it were mended: by the smallest edit
that lets the next tokens stand (`repairs`), else by skipping to a place where
the parse finds its way again (`resync`). What is misspelt wherever it stands
is reported and mended while the text is cut into tokens (`scanning`).
"""

from __future__ import annotations

from texrc.diagnostics.model import Diagnostics
from texrc.source import SourceFile
from texrc.syntax.limits import MAX_FAULTS
from texrc.syntax.recovery.anchors import Anchors
from texrc.syntax.recovery.blocks import Blocks
from texrc.syntax.recovery.machine import Node, load_machine
from texrc.syntax.recovery.repairs import AHEAD, COMMA_BACK, Repairs
from texrc.syntax.recovery.reports import Reports
from texrc.syntax.recovery.resync import Resync
from texrc.syntax.recovery.scanning import Scan
from texrc.syntax.tables import END

BOLD = 2.0
"""The cost from which on a repair is more of a guess."""


def recover(source: SourceFile) -> Diagnostics:
    """The syntax errors of a text, at most `MAX_FAULTS`; none when it has none."""
    diagnostics = Diagnostics()
    scan = Scan(source.text, diagnostics)
    machine, tokens = load_machine(), scan.tokens
    anchors = Anchors(tokens, machine)
    repairs = Repairs(source, tokens, machine, anchors)
    resync = Resync(source, tokens, scan.reach, machine, anchors, repairs)
    reports = Reports(source, tokens, machine, diagnostics)
    blocks = Blocks(source, scan, machine, anchors)
    node, index = machine.root, 0
    recent: dict[int, Node] = {}
    resumed = quiet_until = -1
    faults = 0
    while max(faults, len(diagnostics)) < MAX_FAULTS and scan.reach(index):
        recent[index] = node
        recent.pop(index - COMMA_BACK - 1, None)
        after = repairs.step(node, index)
        if after is not None:
            if tokens[index].kind == END:
                break
            node, index = after, index + 1
            blocks.passed(node)
            continue
        faults += 1
        # What follows a fault at once, or soon after a bold guess, is its consequence.
        is_new = index != resumed and index > quiet_until
        block = blocks.mended(node, index, is_new=is_new)
        if block is not None:
            node = block
            recent.clear()
            continue
        repair = repairs.best(recent, index)
        if repair is not None:
            before = recent[repair.at]
            if is_new:
                reports.repaired(before, repair)
            if repair.cost >= BOLD:
                quiet_until = index + AHEAD
            repairs.settle(repair)
            mended = repairs.apply(before, repair)
            assert mended is not None
            node, index = mended, repair.at + repair.removed
        else:
            found = resync.find(node, index)
            if is_new:
                reports.lost(node, index, found)
            if found is None:
                break
            node, index = found
        resumed = index
        recent.clear()
    return diagnostics
