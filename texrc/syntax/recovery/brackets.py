"""Reports of brackets: never closed, closed once too often, closed by another kind."""

from __future__ import annotations

from texrc.diagnostics.model import Applicability, Edit, Fix
from texrc.source import Span
from texrc.syntax.recovery.machine import OPENING, Node, open_brackets
from texrc.syntax.recovery.reporter import Reporter
from texrc.syntax.recovery.unclosed import closed_in_vain, end_of_line, opened_in_vain


class BracketReports(Reporter):
    """The reports of one text's brackets."""

    def unclosed(self, node: Node, at: int) -> None:
        """Something before token ``at`` should have been closed; ``node`` is the stack there."""
        assert node.bracket is not None
        opening = node.bracket.index
        if node.bracket.parent is not None and node.bracket.parent.index == opening:
            return  # The dataset has no beginning, which was said.
        if not self._is_written(node.bracket):
            end = self._tokens[at - 1].end
            self._add(f"`{OPENING[node.bracket.symbol]}` is missing here", Span(end, end))
            return
        blamed = opened_in_vain(self._tokens, opening, at, self._source)
        bracket = self._tokens[blamed]
        sign = OPENING[bracket.kind]
        edit = self._closing(blamed, at, innermost=blamed == opening)
        title = f"put `{sign}`"
        if edit is not None and "\n" in edit.replacement:
            line, _ = self._source.line_and_column(edit.span.start)
            title = f"put `{sign}` on a line of its own after line {line}"
        self._add(
            f"this `{bracket.text}` is never closed",
            bracket.span,
            "opened here",
            code="TX003",
            fix=Fix(title, (edit,), Applicability.SUGGESTED) if edit else None,
        )

    def _closing(self, opening: int, at: int, *, innermost: bool) -> Edit | None:
        """The closing bracket at the end of what was opened, where that can be told."""
        tokens = self._tokens
        sign = OPENING[tokens[opening].kind]
        last = end_of_line(tokens, opening)
        if innermost:
            last = min(last, at - 1)
        if last > opening:
            return Edit(Span(tokens[last].end, tokens[last].end), sign)
        if not innermost:
            return None
        line, _ = self._source.line_and_column(tokens[opening].start)
        text = self._source.line(line)
        indent = text[: len(text) - len(text.lstrip())]
        end = tokens[at - 1].end
        return Edit(Span(end, end), f"\n{indent}{sign}")

    def closed_too_often(self, at: int) -> None:
        """A closing bracket at or before token ``at`` is one too many."""
        blamed = closed_in_vain(self._tokens, at, self._source)
        token = self._tokens[at if blamed is None else blamed]
        fix = Fix(f"leave `{token.text}` out", (Edit(token.span, ""),), Applicability.SUGGESTED)
        self._add(f"this `{token.text}` closes nothing", token.span, fix=fix)

    def closed_otherwise(self, bracket: Node, at: int) -> None:
        """Token ``at`` closes another kind of bracket than the one that is open."""
        token, sign = self._tokens[at], OPENING[bracket.symbol]
        self._add(
            f"`{token.text}` does not close `{bracket.symbol}`",
            token.span,
            f"`{sign}` is due here",
            secondary=[self._label(bracket.index, "opened here")]
            if self._is_written(bracket)
            else (),
            fix=Fix(f"write `{sign}`", (Edit(token.span, sign),)),
        )

    def several_unclosed(self, node: Node, index: int, outer: Node) -> bool:
        """The brackets open on ``node`` but not on ``outer``, reported where nothing else is
        missing before token ``index``; False elsewhere."""
        opened = list(open_brackets(node, outer.bracket))
        closed: Node | None = node
        for bracket in opened:
            if closed is not None:
                closed = self._machine.advance(closed, OPENING[bracket.symbol], index)
        opened = [bracket for bracket in opened if self._is_written(bracket)]
        if closed is None or not opened:
            return False
        first = opened.pop()
        self._add(
            f"this `{first.symbol}` is never closed",
            self._tokens[first.index].span,
            "opened here",
            code="TX003",
            secondary=[self._label(bracket.index, "nor is this one") for bracket in opened],
        )
        return True

    def _is_written(self, bracket: Node) -> bool:
        """Whether an open bracket stands in the text: a repair may have put it there."""
        return self._tokens[bracket.index].kind == bracket.symbol

    def broken_off(self, node: Node) -> None:
        """The text ends on ``node``, which one closing bracket would not mend."""
        end = self._tokens[-2].end
        for found in self._diagnostics:
            if found.primary and found.primary.span.end >= end:
                return  # It was broken off inside of a text, a name or a number.
        opened = [bracket for bracket in open_brackets(node) if self._is_written(bracket)]
        inside = "a bracket" if len(opened) == 1 else f"{len(opened)} brackets"
        self._add(
            f"the text breaks off inside of {inside}",
            Span(end, end),
            "ends here",
            code="TX003",
            secondary=[self._label(bracket.index, "never closed") for bracket in opened],
        )
