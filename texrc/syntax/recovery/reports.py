"""The diagnostics of what the parser finds: one a fault, whatever became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from texrc.diagnostics.model import Applicability, Edit, Fix, Label
from texrc.source import Span
from texrc.syntax.names import is_spellable, quoted
from texrc.syntax.recovery import wording
from texrc.syntax.recovery.brackets import BracketReports
from texrc.syntax.recovery.costs import alike
from texrc.syntax.recovery.hints import (
    bare_condition,
    bare_marks,
    hint,
    is_call,
    is_connective,
    other_block,
)
from texrc.syntax.recovery.machine import CLOSING, OPENING, Node
from texrc.syntax.recovery.repairs import Repair
from texrc.syntax.recovery.tokens import STRAY, WORDS, Token
from texrc.syntax.tables import END

_INSERTED = {",": ",", ";": ";", ":": ":", "~": " ~", "=": " =", "{": " {"}
"""How a forgotten sign is put behind the token before it, where nothing else can be meant."""
_MEANT = frozenset({":", "=", "~", ",", ";", "..", "_", "<"})
"""Signs that are meant by one that looks like them."""
_VALUES = (*WORDS, "NUMBER", "TEXT")


class Reports(BracketReports):
    """The reports of one text."""

    def repaired(self, node: Node, repair: Repair) -> None:
        """A fault that ``repair`` mends; ``node`` is the stack before it."""
        said = len(self._diagnostics)
        self._repaired(node, repair)
        self._hint(said, hint(self._tokens, repair.at, node, repair.removed))

    def _hint(self, said: int, text: str) -> None:
        """Say this in place of the fix of what was reported since ``said`` findings."""
        if text and len(self._diagnostics) > said:
            last = self._diagnostics.items[-1]
            self._diagnostics.items[-1] = replace(last, helps=(text,), fix=None)

    def _repaired(self, node: Node, repair: Repair) -> None:
        token = self._tokens[repair.at]
        if repair.joins:
            self._unquoted(repair)
        elif self._is_bare_mark(node, repair):
            self._bare_marks(repair)
        elif repair.removed == 3:
            self._comma_inside(repair.at)
        elif repair.is_insertion:
            if repair.inserted[0] in CLOSING:
                self.unclosed(node, repair.at)
            else:
                self._missing(node, repair)
        elif token.kind == STRAY:
            self._stray(token)
        elif repair.is_deletion:
            self._superfluous(node, repair)
        else:
            self._exchanged(node, repair)

    def lost(self, node: Node, index: int, found: tuple[Node, int] | None) -> None:
        """Token ``index`` cannot stand on ``node``; the parse goes on as ``found`` says."""
        said = len(self._diagnostics)
        self._lost(node, index, found)
        text = hint(self._tokens, index, node) or other_block(self._tokens, index, node)
        self._hint(said, text)

    def _lost(self, node: Node, index: int, found: tuple[Node, int] | None) -> None:
        token = self._tokens[index]
        ends = token.kind == END
        due = wording.all_due(self._machine, node)
        keys = token.kind == "," and self._machine.advance(node, ":", index) is not None
        if ends and node.bracket is not None:
            self.broken_off(node)
        elif index == 0:
            message = f"a dataset cannot begin with {wording.shown(token)}"
            self._add(
                "the text is empty" if ends else message,
                token.span,
                f"{due} is due here",
                help='a text begins with `dataset name "title" {`',
            )
        elif due == wording.due(self._machine, node, END) and token.text == "dataset":
            self._add(
                "a text holds one dataset, and here begins another",
                token.span,
                help="write each dataset into a file of its own",
            )
        elif token.kind == STRAY:
            self._stray(token)
        elif ends or (found is not None and found[1] == index and not keys):
            if found is None or not self.several_unclosed(node, index, found[0]):
                after = wording.after(self._machine, node, self._tokens[index - 1])
                self._add(f"{due} is missing after {after}", self._behind(index))
        else:
            self._add(
                f"{wording.shown(token)} cannot stand here",
                token.span,
                f"{due} is due here",
                help="several keys stand in round brackets: `(a, b): ...`" if keys else "",
                fix=self._sign_before_text(index),
            )

    # --- small edits ----------------------------------------------------------

    def _missing(self, node: Node, repair: Repair) -> None:
        at, terminals = repair.at, repair.inserted
        first = terminals[0]
        due = wording.due(self._machine, node, first)
        if len(terminals) > 1:
            due = f"`{' '.join(terminals)}`"
        elif repair.ambiguous:
            due = "`,` or an operator"
        fix = None
        if repair.ambiguous and self._is_product(at):
            due = "`*`"
            fix = Fix("put `*`", (Edit(self._behind(at), "*"),))
        before, token = self._tokens[max(at - 1, 0)], self._tokens[at]
        edit = self._insertion(at, terminals)
        if edit is not None and not repair.ambiguous:
            fix = Fix(f"put {due}", (edit,))
            if first == "*" and before.kind != "NUMBER":
                due = "an operator"
                fix = replace(fix, applicability=Applicability.SUGGESTED)
        marks = node.block == "columns" and node.bracket is not None and node.bracket.symbol == "("
        pair = before.is_word and token.kind in ("NAME", "NUMBER") and not token.first
        words = pair and not marks
        if fix is not None and terminals == (",",) and words:
            name = quoted(self._source.slice(Span(before.start, token.end)))
            self._add(
                f"{due} is missing after {wording.shown(before)}",
                self._behind(at),
                help=f"or put backticks, where these words are one name: {name}",
                fix=replace(fix, applicability=Applicability.SUGGESTED),
            )
            return
        if at == 0:
            message = f"{due} is missing before {wording.shown(self._tokens[0])}"
            self._add(message, self._tokens[0].span, fix=fix)
            return
        if first in ("(", "[") and token.first:
            message = f"{due} is missing before {wording.shown(token)}"
            self._add(message, Span(token.start, token.start))
            return
        after = wording.after(self._machine, node, self._tokens[at - 1])
        self._add(f"{due} is missing after {after}", self._behind(at), fix=fix)

    def _is_product(self, at: int) -> bool:
        """Whether a bracket stands right behind a number: `2(x + 1)`."""
        before, token = self._tokens[at - 1], self._tokens[at]
        return before.kind == "NUMBER" and token.kind in ("(", "[") and before.end == token.start

    def _comma_inside(self, at: int) -> None:
        """A comma in a number: `0,5` or `1,000`."""
        whole, _, rest = self._tokens[at : at + 3]
        span = Span(whole.start, rest.end)
        grouped = len(rest.text) == 3 and whole.text != "0"
        written = whole.text + ("" if grouped else ".") + rest.text
        self._add(
            "a number has no comma between its thousands"
            if grouped
            else "a number has a point, not a comma",
            span,
            fix=Fix(f"write `{written}`", (Edit(span, written),)),
        )

    def _insertion(self, at: int, terminals: Sequence[str]) -> Edit | None:
        token = self._tokens[at]
        if "dataset" in terminals:
            return Edit(Span(token.start, token.start), "dataset ")
        if at == 0 or len(terminals) > 1:
            return None
        if terminals == ("*",) and not token.first:
            return Edit(Span(self._tokens[at - 1].end, token.start), "*")
        written = _INSERTED.get(terminals[0])
        return Edit(self._behind(at), written) if written is not None else None

    def _behind(self, index: int) -> Span:
        """The place right after the token before this one."""
        end = self._tokens[index - 1].end
        return Span(end, end)

    def _superfluous(self, node: Node, repair: Repair) -> None:
        at = repair.at
        token, shown = self._tokens[at], wording.shown(self._tokens[at])
        removal = Edit(token.span, "")
        if is_connective(token):
            self._add(f"{shown} cannot stand here", token.span)
        elif repair.removed == 2 and node.block == "columns":
            self._mark_with_value(at)
        elif repair.removed == 2 and not is_call(self._tokens, node):
            self._add(
                "a condition stands in square brackets",
                Span(token.start, self._tokens[at + 1].end),
                help=f"`[{token.text} = {self._tokens[at + 2].text}]` "
                "is 1 where it holds and 0 elsewhere",
            )
        elif repair.removed == 2:
            sign = self._tokens[at + 1]
            name = Span(token.start, self._tokens[at + 2].start)
            self._add(
                f"arguments have no names, and here is `{token.text} {sign.text}`",
                Span(token.start, sign.end),
                help="arguments go by their order alone",
                fix=Fix("leave its name out", (Edit(name, ""),), Applicability.SUGGESTED),
            )
        elif token.kind in CLOSING:
            self.closed_too_often(at)
        elif repair.partner is not None:
            partner = self._tokens[repair.partner]
            self._add(
                "no brackets stand around this",
                token.span,
                secondary=[Label(partner.span)],
                fix=Fix("leave the brackets out", (removal, Edit(partner.span, ""))),
            )
        elif at and self._tokens[at - 1].kind == token.kind and token.kind not in _VALUES:
            fix = Fix(f"leave one {shown} out", (removal,))
            self._add(f"{shown} stands here twice", token.span, fix=fix)
        else:
            due = wording.all_due(self._machine, node)
            fix = self._sign_before_text(at)
            if token.kind in (",", ";"):
                fix = Fix(f"leave {shown} out", (removal,))
            self._add(f"{shown} cannot stand here", token.span, f"{due} is due here", fix=fix)

    def _sign_before_text(self, at: int) -> Fix | None:
        """The fix of `topic: "..."` and `unit = "..."`, if that is what stands at token ``at``."""
        if at == 0 or self._tokens[at].kind not in (":", "="):
            return None
        before, sign, after = self._tokens[at - 1 : at + 2]
        if before.text not in ("topic", "unit") or after.kind != "TEXT":
            return None
        return Fix(f"leave `{sign.text}` out", (Edit(Span(before.end, after.start), " "),))

    def _is_bare_mark(self, node: Node, repair: Repair) -> bool:
        outside = node.bracket is not None and node.bracket.symbol == "{"
        left_out = repair.is_deletion and node.block == "columns" and outside
        return left_out and bool(bare_marks(self._tokens, repair.at))

    def _bare_marks(self, repair: Repair) -> None:
        """`unit "kg"` without brackets around it."""
        first, last = self._tokens[repair.at], self._tokens[repair.at + repair.removed - 1]
        span = Span(first.start, last.end)
        marks = self._source.slice(span)
        fix = Fix("put brackets", (Edit(span, f"({marks})"),)) if last.kind != "," else None
        self._add("marks stand in round brackets", span, fix=fix)

    def _mark_with_value(self, at: int) -> None:
        """`target: true`, where `target` is enough."""
        mark, sign, value = self._tokens[at : at + 3]
        edit = Edit(Span(mark.end, value.end), "")
        self._add(
            f"the mark `{mark.text}` has no value",
            Span(mark.start, sign.end),
            fix=Fix(f"write `{mark.text}` alone", (edit,), Applicability.SUGGESTED),
        )

    def _exchanged(self, node: Node, repair: Repair) -> None:
        token, terminal = self._tokens[repair.at], repair.inserted[0]
        shown, due = wording.shown(token), wording.due(self._machine, node, terminal)
        if token.kind == "FROM":
            dots = Span(token.end - 2, token.end)
            fix = Fix("put a comma", (Edit(dots, ", "),))
            self._add("a range is written with a comma", dots, fix=fix)
        elif token.kind == "-" and terminal == "," and node.block == "columns":
            fix = Fix(
                "put a comma",
                (
                    Edit(
                        Span(self._tokens[repair.at - 1].end, self._tokens[repair.at + 1].start),
                        ", ",
                    ),
                ),
            )
            self._add("a range is written with a comma", token.span, fix=fix)
        elif token.kind in CLOSING and terminal in CLOSING and node.bracket is not None:
            self.closed_otherwise(node.bracket, repair.at)
        elif repair.partner is not None and (word := bare_condition(self._tokens, repair.at)):
            self._add(
                "square brackets hold a comparison",
                Span(token.start, self._tokens[repair.partner].end),
                help=f"`[{word} = yes]` is 1 where it holds and 0 elsewhere",
            )
        elif repair.partner is not None:
            partner, closing = self._tokens[repair.partner], OPENING[terminal]
            edits = (Edit(token.span, terminal), Edit(partner.span, closing))
            self._add(
                f"round, square and curly brackets differ: `{terminal} {closing}` are due here",
                token.span,
                secondary=[Label(partner.span)],
                fix=Fix(f"write `{terminal} {closing}`", edits),
            )
        elif token.kind == "TEXT" and terminal in WORDS:
            name = token.text[1:].removesuffix('"')
            written = quoted(name)
            self._add(
                "a name or a label stands without double quotes",
                token.span,
                help="double quotes hold text for people; odd names stand in backticks",
                fix=Fix(f"write {written}", (Edit(token.span, written),))
                if is_spellable(name)
                else None,
            )
        else:
            sure = terminal in _MEANT and alike(token.kind, terminal)
            fix = None
            if sure or terminal in self._machine.words:
                fix = Fix(f"write {due}", (Edit(token.span, terminal),))
            self._add(f"{shown} stands where {due} is due", token.span, fix=fix)

    def _unquoted(self, repair: Repair) -> None:
        first, last = self._tokens[repair.at], self._tokens[repair.at + repair.removed - 1]
        span = Span(first.start, last.end)
        written = self._source.slice(span)
        if repair.inserted == ("QUOTED",):
            spelled = quoted(written)
            fix = Fix("put backticks", (Edit(span, spelled),)) if is_spellable(written) else None
            self._add(f"a name {wording.oddity(written)} stands in backticks", span, fix=fix)
        elif last.text == '"':
            start = Span(span.start, span.start)
            fix = Fix("open the text", (Edit(start, '"'),), Applicability.SUGGESTED)
            self._add('this text is never opened: its first `"` is missing', span, fix=fix)
        else:
            spelled = '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'
            fix = Fix("put double quotes", (Edit(span, spelled),))
            self._add("a text stands in double quotes", span, fix=fix)

    def _stray(self, token: Token) -> None:
        self._add(
            f"{wording.shown(token)} begins nothing in texr",
            token.span,
            code="TX002",
            help="in a name or a label it stands in backticks, in a text in double quotes",
        )
