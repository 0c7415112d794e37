"""The diagnostics of the parser's faults."""

from __future__ import annotations

from texrc.diagnostics.model import Applicability, Diagnostics, Edit, Fix, Label
from texrc.source import SourceFile, Span
from texrc.syntax.names import is_spellable, quoted
from texrc.syntax.recovery import wording
from texrc.syntax.recovery.costs import alike
from texrc.syntax.recovery.machine import CLOSING, OPENING, Machine, Node, open_brackets
from texrc.syntax.recovery.repairs import Repair
from texrc.syntax.recovery.tokens import STRAY, WORDS, Token
from texrc.syntax.recovery.unclosed import closed_in_vain, end_of_line, opened_in_vain
from texrc.syntax.tables import END

_SEPARATORS = (",", ";")
_INSERTED = {",": ",", ";": ";", ":": ":", "~": " ~", "=": " =", "{": " {"}
"""How a forgotten sign is put behind the token before it, where nothing else can be meant."""
_MEANT = frozenset({":", "=", "~", ",", ";", "..", *CLOSING})
"""Signs that are meant by one that looks like them."""


_SUGGESTED = Applicability.SUGGESTED


class Reports:
    """Adds diagnostics for the faults in the tokens of one text."""

    def __init__(
        self, source: SourceFile, tokens: list[Token], machine: Machine, diagnostics: Diagnostics
    ) -> None:
        self._source = source
        self._tokens = tokens
        self._machine = machine
        self._diagnostics = diagnostics

    # --- small edits ----------------------------------------------------------

    def repair(self, node: Node, repair: Repair) -> None:
        """A fault that ``repair`` mends; ``node`` is the stack before it."""
        if repair.joins:
            self._unquoted(repair)
        elif repair.is_insertion:
            if repair.inserted[0] in CLOSING:
                self._unclosed(node, repair.at, repair.inserted[0])
            else:
                self._missing(node, repair)
        elif repair.is_deletion:
            self._superfluous(node, repair)
        else:
            self._exchanged(node, repair)

    def _missing(self, node: Node, repair: Repair) -> None:
        at, terminals = repair.at, repair.inserted
        token = self._tokens[at]
        due = wording.due(self._machine, node, terminals[0])
        if len(terminals) > 1:
            due = f"`{' '.join(terminals)}`"
        elif repair.ambiguous:
            due = "`,` or an operator"
        edits = self._insertion(node, at, terminals)
        fix = None
        if edits and not due.endswith("operator"):
            title = f"put {due}" if len(edits) == 1 else f"put {due} here"
            fix = Fix(title, edits)
        if at == 0:
            self._add(f"{due} is missing before {wording.shown(token)}", token.span, fix=fix)
            return
        before = self._tokens[at - 1]
        after = wording.after(self._machine, node, before)
        place = Span(before.end, before.end)
        self._add(f"{due} is missing after {after}", place, fix=fix)

    def _insertion(self, node: Node, at: int, terminals: tuple[str, ...]) -> tuple[Edit, ...]:
        if at == 0 or len(terminals) > 1:
            return ()
        before, token = self._tokens[at - 1], self._tokens[at]
        if terminals[0] == "*" and not token.first:
            return (Edit(Span(before.end, token.start), "*"),)
        written = _INSERTED.get(terminals[0])
        return (Edit(Span(before.end, before.end), written),) if written is not None else ()

    def _superfluous(self, node: Node, repair: Repair) -> None:
        at = repair.at
        token = self._tokens[at]
        if repair.removed == 2:
            end = self._tokens[at + 2].start
            self._add(
                f"an argument has no name, and here is `{token.text} {self._tokens[at + 1].text}`",
                Span(token.start, self._tokens[at + 1].end),
                help="arguments go by their order alone",
                fix=Fix("leave its name out", (Edit(Span(token.start, end), ""),), _SUGGESTED),
            )
            return
        if token.kind == STRAY:
            self._stray(token)
            return
        if token.kind in CLOSING:
            self._closed_in_vain(at)
            return
        shown = wording.shown(token)
        if token.kind in OPENING and repair.partner is not None:
            partner = self._tokens[repair.partner]
            edits = (Edit(token.span, ""), Edit(partner.span, ""))
            self._add(
                f"no brackets stand around this",
                token.span,
                secondary=[Label(partner.span)],
                fix=Fix("leave the brackets out", edits),
            )
            return
        twice = at > 0 and self._tokens[at - 1].kind == token.kind
        if token.kind in _SEPARATORS or twice:
            fix = Fix(f"leave {shown} out", (Edit(token.span, ""),))
        else:
            fix = None
        if twice and token.kind not in (*WORDS, "NUMBER", "TEXT"):
            self._add(f"{shown} stands here twice", token.span, fix=fix)
            return
        due = wording.all_due(self._machine, node)
        self._add(f"{shown} cannot stand here", token.span, f"{due} is due here", fix=fix)

    def _exchanged(self, node: Node, repair: Repair) -> None:
        token, terminal = self._tokens[repair.at], repair.inserted[0]
        if token.kind == STRAY:
            self._stray(token)
            return
        if token.kind == "FROM":
            dots = Span(token.end - 2, token.end)
            self._add("a range is written with a comma", dots, fix=Fix("put a comma", (Edit(dots, ", "),)))
            return
        shown, due = wording.shown(token), wording.due(self._machine, node, terminal)
        if token.kind in CLOSING and terminal in CLOSING and node.bracket is not None:
            self._add(
                f"{shown} does not close `{node.bracket.symbol}`",
                token.span,
                f"{due} is due here",
                secondary=[self._label(node.bracket.index, "opened here")],
                fix=Fix(f"write {due}", (Edit(token.span, terminal),)),
            )
            return
        fix = None
        if token.kind == "TEXT" and terminal in WORDS:
            name = token.text[1:].removesuffix('"')
            if is_spellable(name):
                fix = Fix(f"write {quoted(name)}", (Edit(token.span, quoted(name)),))
            self._add(
                f"{due} stands without double quotes",
                token.span,
                help="double quotes hold text for people; a name with odd signs stands in backticks",
                fix=fix,
            )
            return
        if terminal in OPENING and repair.partner is not None:
            partner = self._tokens[repair.partner]
            edits = (Edit(token.span, terminal), Edit(partner.span, OPENING[terminal]))
            self._add(
                f"`{token.text} {partner.text}` stand where `{terminal} {OPENING[terminal]}` are due",
                token.span,
                secondary=[Label(partner.span)],
                fix=Fix(f"write `{terminal} {OPENING[terminal]}`", edits),
            )
            return
        if terminal in self._machine.words or (terminal in _MEANT and alike(token.kind, terminal)):
            fix = Fix(f"write {due}", (Edit(token.span, terminal),))
        self._add(f"{shown} stands where {due} is due", token.span, fix=fix)

    def _unquoted(self, repair: Repair) -> None:
        first, last = self._tokens[repair.at], self._tokens[repair.at + repair.removed - 1]
        span = Span(first.start, last.end)
        written = self._source.slice(span)
        if repair.inserted == ("TEXT",):
            spelled = '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'
            self._add(
                "a text stands in double quotes",
                span,
                fix=Fix("put double quotes", (Edit(span, spelled),)),
            )
            return
        fix = Fix("put backticks", (Edit(span, quoted(written)),)) if is_spellable(written) else None
        self._add(
            "a name with more in it than letters, digits and `_` stands in backticks",
            span,
            fix=fix,
        )

    def _stray(self, token: Token) -> None:
        self._add(
            f"{wording.shown(token)} begins nothing in texr",
            token.span,
            code="TX002",
            help="in a name or a label it stands in backticks, in a text in double quotes",
        )

    # --- brackets -------------------------------------------------------------

    def _unclosed(self, node: Node, at: int, closing: str) -> None:
        opening = node.bracket.index if node.bracket is not None else 0
        blamed = opened_in_vain(self._tokens, opening, at, self._source)
        sign = OPENING[self._tokens[blamed].kind]
        fix = None
        edit = self._closing_edit(blamed, at, sign, innermost=blamed == opening)
        if edit is not None:
            fix = Fix(f"put `{sign}`", (edit,), _SUGGESTED)
        self._add(
            f"this `{self._tokens[blamed].text}` is never closed",
            self._tokens[blamed].span,
            "opened here",
            code="TX003",
            fix=fix,
        )

    def _closing_edit(self, opening: int, at: int, sign: str, *, innermost: bool) -> Edit | None:
        tokens = self._tokens
        last = end_of_line(tokens, opening)
        if innermost and not any(token.first for token in tokens[opening + 1 : at]):
            last = at - 1
        if last > opening:
            return Edit(Span(tokens[last].end, tokens[last].end), sign)
        if not innermost:
            return None
        line, _ = self._source.line_and_column(tokens[opening].start)
        text = self._source.line(line)
        indent = text[: len(text) - len(text.lstrip())]
        end = tokens[at - 1].end
        return Edit(Span(end, end), f"\n{indent}{sign}")

    def _closed_in_vain(self, at: int) -> None:
        blamed = closed_in_vain(self._tokens, at, self._source)
        token = self._tokens[at if blamed is None else blamed]
        self._add(
            f"this `{token.text}` closes nothing",
            token.span,
            fix=Fix(f"leave `{token.text}` out", (Edit(token.span, ""),), _SUGGESTED),
        )

    # --- what no small edit mends ---------------------------------------------

    def lost(self, node: Node, index: int, found: tuple[Node, int] | None) -> None:
        """Token ``index`` cannot stand on ``node``; the parse goes on as ``found`` says."""
        token = self._tokens[index]
        due = wording.all_due(self._machine, node)
        keys = token.kind == "," and self._machine.advance(node, ":", index) is not None
        ends = token.kind == END
        if ends and node.bracket is not None:
            self._broken_off(node)
            return
        if index == 0:
            message = "the text is empty" if ends else f"a dataset cannot begin with {wording.shown(token)}"
            self._add(message, token.span, f"{due} is due here", help='a text begins with `dataset name "title" {`')
            return
        if ends or (found is not None and found[1] == index):
            if found is not None and self._several_unclosed(node, index, found[0]):
                return
            before = self._tokens[index - 1]
            place = Span(before.end, before.end)
            self._add(f"{due} is missing after {wording.after(self._machine, node, before)}", place)
            return
        if token.kind == STRAY:
            self._stray(token)
            return
        self._add(
            f"{wording.shown(token)} cannot stand here",
            token.span,
            f"{due} is due here",
            help="several keys stand in round brackets: `(a, b): ...`" if keys else "",
        )

    def _broken_off(self, node: Node) -> None:
        """The text ends on ``node``, inside of brackets that a closing bracket alone does not mend."""
        end = self._tokens[-2].end
        opened = list(open_brackets(node))
        inside = "a bracket" if len(opened) == 1 else f"{len(opened)} brackets"
        self._add(
            f"the text breaks off inside of {inside}",
            Span(end, end),
            "ends here",
            code="TX003",
            secondary=[self._label(bracket.index, "never closed") for bracket in opened],
        )

    def _several_unclosed(self, node: Node, index: int, outer: Node) -> bool:
        """Report the brackets open on ``node`` but not on ``outer``, where they are all that is missing."""
        opened = list(open_brackets(node, outer.bracket))
        closed: Node | None = node
        for bracket in opened:
            closed = self._machine.advance(closed, OPENING[bracket.symbol], index)
            if closed is None:
                return False
        if not opened:
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

    # --------------------------------------------------------------------------

    def _label(self, index: int, message: str) -> Label:
        return Label(self._tokens[index].span, message)

    def _add(
        self,
        message: str,
        span: Span,
        label: str = "",
        *,
        code: str = "TX001",
        secondary: list[Label] | None = None,
        help: str = "",
        fix: Fix | None = None,
    ) -> None:
        helps = [help] if help else []
        self._diagnostics.add(
            code, message, span, label, secondary=secondary or (), helps=helps, fix=fix
        )
