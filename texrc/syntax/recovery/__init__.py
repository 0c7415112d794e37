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
from texrc.syntax.recovery.machine import load_machine
from texrc.syntax.recovery.repairs import BACK, Repairs
from texrc.syntax.recovery.reports import Reports
from texrc.syntax.recovery.resync import Resync
from texrc.syntax.recovery.scanning import Scan
from texrc.syntax.tables import END


def recover(source: SourceFile) -> Diagnostics:
    """The syntax errors of a text, at most `MAX_FAULTS`; none when it has none."""
    diagnostics = Diagnostics()
    scan = Scan(source.text, diagnostics)
    machine, tokens = load_machine(), scan.tokens
    anchors = Anchors(tokens, machine)
    repairs = Repairs(source, tokens, machine, anchors)
    resync = Resync(source, tokens, scan.reach, machine, anchors, repairs)
    reports = Reports(source, tokens, machine, diagnostics)
    node, index = machine.root, 0
    recent = {}
    while len(diagnostics) < MAX_FAULTS and scan.reach(index):
        recent[index] = node
        recent.pop(index - BACK - 1, None)
        after = repairs.step(node, index)
        if after is not None:
            if tokens[index].kind == END:
                break
            node, index = after, index + 1
            continue
        repair = repairs.best(recent, index)
        if repair is not None:
            before = recent[repair.at]
            reports.repair(before, repair)
            repairs.settle(repair)
            mended = repairs.apply(before, repair)
            assert mended is not None
            node, index = mended, repair.at + repair.removed
        else:
            found = resync.find(node, index)
            reports.lost(node, index, found)
            if found is None:
                break
            node, index = found
        recent.clear()
    return diagnostics
