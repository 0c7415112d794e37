"""Sources that are hard to show, with findings on them: what the transcripts are made of."""

from __future__ import annotations

from collections.abc import Callable

from texrc.diagnostics import Applicability, Diagnostics, Edit, Fix, Label
from texrc.diagnostics.render import Report
from texrc.source import SourceFile, Span

SPEC = """\
dataset clinic "Visits" {

  columns {
    bmi: continuous [15, 54] "Body mass index"
    education: ordinal {low < mid < high} "Highest level"
  }
  model {
    bmi ~ normal(27, 3)

    education | bmi ~ { q1: {low: 0.2, mid: 0.5, high: 0.25};
      _: {low: 0.3, mid: 0.5, high: 0.2}; }
  }
}
"""


def at(text: str, stretch: str, number: int = 1) -> Span:
    """The place of the ``number``-th occurrence of a stretch."""
    start = -1
    for _ in range(number):
        start = text.index(stretch, start + 1)
    return Span(start, start + len(stretch))


def house() -> Report:
    bag = Diagnostics()
    bag.add(
        "TX301",
        "probabilities for `education` given `bmi = q1` add up to 0.95, not 1",
        at(SPEC, "{low: 0.2, mid: 0.5, high: 0.25}"),
        "0.2 + 0.5 + 0.25 = 0.95 (0.05 is missing)",
        secondary=[Label(at(SPEC, "education"), "declared here with 3 levels")],
        helps=[
            "if `high` should take what is left, write `high: rest`",
            "if these are counts, write `weights {low: 0.2, ...}`",
        ],
        notes=["a note\nof two lines"],
    )
    return Report(bag.items, SourceFile("clinic.texr", SPEC))


def several_labels() -> Report:
    bag = Diagnostics()
    low, mid, high = (at(SPEC, word) for word in ("low", "mid", "high"))
    bag.add(
        "TX106",
        "beside each other",
        mid,
        "the second",
        secondary=[Label(low, "the first"), Label(high, "the third"), Label(at(SPEC, "<"))],
    )
    bag.add(
        "TX106",
        "inside each other",
        Span(low.start, high.end),
        "all of them",
        secondary=[Label(mid, "the middle"), Label(low, "the start")],
    )
    return Report(bag.items, SourceFile("labels.texr", SPEC))


def several_lines() -> Report:
    bag = Diagnostics()
    whole = Span(at(SPEC, "model").start, SPEC.rindex("}") - 2)
    table = Span(at(SPEC, "{ q1").start, at(SPEC, "; }").end)
    bag.add("TX201", "a block", whole, "this block")
    bag.add("TX204", "a table in a block", table, "table", secondary=[Label(whole, "block")])
    bag.add(
        "TX205",
        "crossing",
        Span(at(SPEC, "columns").start, at(SPEC, "27").end),
        "from here",
        secondary=[Label(table, "to there"), Label(at(SPEC, "bmi", 2), "a word")],
    )
    bag.add("TX202", "with its line break", Span(0, SPEC.index("\n") + 1), "one line")
    return Report(bag.items, SourceFile("lines.texr", SPEC))


def tabs_and_wide() -> Report:
    text = "\tx:\ty  日本語 ｆｕｌｌ e\u0301te\u0301 👩 z\n"
    bag = Diagnostics()
    for word in ("x", "y", "本", "ｆｕｌｌ", "e\u0301te\u0301", "👩", "z"):
        bag.add("TX101", f"under {word}", at(text, word), "here")
    return Report(bag.items, SourceFile("日本.texr", text))


def hostile() -> Report:
    text = 'a\x1b[31m "\u202e" \x00 \x9b \u200bb\rc\x7f\ufeff d\n'
    bag = Diagnostics()
    bag.add(
        "TX002",
        "\x1b]0;title\x07 in a message\nof two lines",
        at(text, "d"),
        "label \x1b[2J",
        secondary=[Label(at(text, "\u202e"), "turned \u202e")],
        helps=["help \x1b[1m"],
    )
    return Report(bag.items, SourceFile("a\x1b[31m,b:%\n.texr", text))


def windows_line_ends() -> Report:
    text = SPEC.replace("\n", "\r\n")
    bag = Diagnostics()
    end = text.index("\r\n")
    bag.add("TX001", "at the line break", Span(end, end + 2), "here")
    bag.add("TX001", "over lines", Span(at(text, "columns").start, at(text, "mid").end), "columns")
    return Report(bag.items, SourceFile("crlf.texr", text))


def ends() -> Report:
    bag = Diagnostics()
    bag.add("TX008", "no place at all", helps=["look elsewhere"])
    bag.add("TX003", "at the very end", Span(len(SPEC), len(SPEC)), "the text ends here")
    bag.add("TX003", "beyond the end", Span(len(SPEC) + 5, len(SPEC) + 9))
    bag.add("TX001", "of no width", Span(8, 8), "here")
    return Report(bag.items, SourceFile("ends.texr", SPEC))


def no_line_break() -> Report:
    bag = Diagnostics()
    bag.add("TX003", "without a line break", Span(7, 7), "the text ends here")
    return Report(bag.items, SourceFile("short.texr", "dataset"))


def empty() -> Report:
    bag = Diagnostics()
    bag.add("TX001", "nothing there", Span(0, 0), "the text ends here")
    return Report(bag.items, SourceFile("empty.texr", ""))


def no_source() -> Report:
    bag = Diagnostics()
    bag.add("TX008", "cannot read x.texr: No such file or directory")
    bag.add("TX008", "a place without a text", Span(3, 4), "nowhere")
    return Report(bag.items, None)


def huge_line() -> Report:
    text = "x" * 1000 + " near " + "y" * 300 + " far " + "日" * 500_000
    bag = Diagnostics()
    bag.add(
        "TX101",
        "in a long line",
        at(text, "near"),
        "near",
        secondary=[Label(at(text, "far"), "far"), Label(Span(0, 3), "start")],
    )
    bag.add("TX101", "long itself", Span(500, len(text)), "all this")
    bag.add("TX101", "at its end", Span(len(text) - 1, len(text)), "end")
    return Report(bag.items, SourceFile("huge.texr", text))


def fixes() -> Report:
    bag = Diagnostics()
    levels, bmi = at(SPEC, "{low < mid < high}"), at(SPEC, "bmi", 2)
    bag.add("TX101", "safe", bmi, fix=Fix("write `BMI`", (Edit(bmi, "BMI"),)))
    commas = tuple(Edit(at(SPEC, " < ", number), ", ") for number in (1, 2))
    bag.add("TX108", "several edits", levels, fix=Fix("separate by commas", commas))
    bag.add(
        "TX101",
        "suggested and said",
        bmi,
        helps=["did you mean `BMI`?"],
        fix=Fix("write `BMI`", (Edit(bmi, "BMI"),), Applicability.SUGGESTED),
    )
    bag.add(
        "TX108",
        "suggested",
        at(SPEC, "[15, 54]"),
        fix=Fix("swap", (Edit(at(SPEC, "[15, 54]"), "[54, 15]"),), Applicability.SUGGESTED),
    )
    bag.add("TX206", "removed", bmi, fix=Fix("remove it", (Edit(bmi, ""),)))
    whole = Span(0, len(SPEC))
    bag.add("TX999", "over lines", whole, "all", fix=Fix("start again", (Edit(whole, ""),)))
    return Report(bag.items, SourceFile("fixes.texr", SPEC))


def many() -> Report:
    bag = Diagnostics()
    for number in range(200):
        code = "TX101" if number % 4 == 3 else "TW004"
        bag.add(code, f"finding {number}", Span(number, number + 1))
    return Report(bag.items[::-1], SourceFile("many.texr", "x" * 200))


CASES: tuple[Callable[[], Report], ...] = (
    house,
    several_labels,
    several_lines,
    tabs_and_wide,
    hostile,
    windows_line_ends,
    ends,
    no_line_break,
    empty,
    no_source,
    huge_line,
    fixes,
    many,
)
