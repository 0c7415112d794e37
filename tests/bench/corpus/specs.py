"""Specs as a language model might write them: 8 to 12 columns of every type, tables,
regressions, mixtures, quarters. Spec i is a function of i alone; no two are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

SUBJECTS = (
    "admission", "apprentice", "auction", "bakery", "booking", "borrower", "bridge", "canoe",
    "claim", "clinic", "commuter", "complaint", "concert", "crossing", "delivery", "donor",
    "festival", "ferry", "garden", "harvest", "household", "inspection", "invoice", "jeweller",
    "kiln", "lecture", "library", "loan", "machine", "market", "museum", "nursery", "orchard",
    "parcel", "patient", "pharmacy", "player", "pump", "quarry", "reading", "repair", "salary",
    "sample", "shipment", "student", "survey", "tenant", "ticket", "turbine", "visit",
)  # fmt: skip
PLACES = (
    "alpine", "baltic", "central", "coastal", "colonial", "delta", "eastern", "federal",
    "harbour", "highland", "island", "lowland", "municipal", "northern", "regional", "rural",
    "southern", "upland", "urban", "western",
)  # fmt: skip
NOUNS = (
    "age", "amount", "balance", "capacity", "category", "charge", "class", "condition", "cost",
    "day", "delay", "demand", "depth", "distance", "duration", "effort", "grade", "group",
    "height", "income", "interest", "length", "level", "load", "method", "mood", "origin",
    "output", "period", "phase", "pressure", "price", "priority", "quality", "rank", "rate",
    "rating", "region", "risk", "score", "season", "share", "shift", "size", "source", "speed",
    "stage", "status", "supplier", "temperature", "tenure", "type", "volume", "wait", "weight",
)  # fmt: skip
QUALIFIERS = ("", "first", "last", "mean", "own", "past", "peak", "planned", "prior", "total")
LABELS = (
    "amber", "bright", "calm", "certified", "cheap", "cold", "common", "daily", "dark", "direct",
    "dry", "early", "expert", "fast", "formal", "fresh", "full time", "heavy", "hot", "indoor",
    "large", "late", "light", "local", "medium", "mild", "mixed", "modern", "narrow", "new",
    "old", "online", "open", "outdoor", "part time", "plain", "private", "public", "quiet",
    "rare", "remote", "sealed", "shared", "short", "small", "soft", "solid", "steady", "strong",
    "tall", "thin", "urgent", "vacant", "weekly", "wet", "wide", "wild", "young",
)  # fmt: skip
UNITS = ("days", "euros", "g", "hours", "kg", "km", "m", "minutes", "points", "years")


@dataclass(frozen=True)
class _Column:
    name: str
    kind: str
    low: int = 0
    high: int = 0
    labels: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return self.high - self.low

    def key(self, label: str) -> str:
        return f"`{label}`" if " " in label else label


def spec_text(number: int) -> str:
    """The text of spec ``number``."""
    random = Random(number)
    subject = SUBJECTS[number % len(SUBJECTS)]
    place = PLACES[number // len(SUBJECTS) % len(PLACES)]
    series = number // (len(SUBJECTS) * len(PLACES))
    dataset = f"{place}_{subject}_{series}"
    names = random.sample([f"{q}_{n}".lstrip("_") for q in QUALIFIERS for n in NOUNS], 12)
    columns = [_column(random, name) for name in names[: random.randint(8, 12)]]
    lines = [f'dataset {dataset} "A {subject} of the {place} register, series {series}" {{']
    lines += [f'  topic "{place.title()} records / {subject}"', "", "  columns {"]
    for place_in, column in enumerate(columns):
        lines.append(f"    {_declaration(random, column, place_in == len(columns) - 1)}")
    lines += ["  }", "", "  model {"]
    for at, column in enumerate(columns):
        lines.append(f"    {_statement(random, column, columns[:at])}")
    return "\n".join([*lines, "  }", "}", ""])


def write_specs(folder: Path, count: int) -> None:
    """Write so many specs below a folder, a thousand in each of its folders."""
    for number in range(count):
        path = folder / f"{number // 1000:02d}" / f"{number:05d}.texr"
        if number % 1000 == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(spec_text(number), encoding="utf-8")


def _column(random: Random, name: str) -> _Column:
    kind = random.choices(
        ("categorical", "ordinal", "boolean", "integer", "continuous"), (26, 15, 15, 20, 24)
    )[0]
    if kind == "boolean":
        return _Column(name, kind, labels=("no", "yes"))
    if kind in ("categorical", "ordinal"):
        return _Column(name, kind, labels=tuple(random.sample(LABELS, random.randint(2, 6))))
    low = random.choice((0, 0, 0, 1, 10, 18, 50, 100))
    return _Column(name, kind, low, low + random.choice((10, 20, 40, 60, 100, 250, 1000, 5000)))


def _declaration(random: Random, column: _Column, target: bool) -> str:
    match column.kind:
        case "categorical":
            domain = f" {{{', '.join(map(column.key, column.labels))}}}"
        case "ordinal":
            domain = f" {{{' < '.join(map(column.key, column.labels))}}}"
        case "boolean":
            domain = ""
        case _:
            domain = f" [{column.low}, {column.high}]"
    marks = ["target"] * target
    if column.kind in ("integer", "continuous"):
        marks.append(f'unit "{random.choice(UNITS)}"')
    marked = f" ({', '.join(marks)})" if marks else ""
    meaning = f"The {column.name.replace('_', ' ')} that was put down, as {column.kind} value"
    return f'{column.name} : {column.kind}{domain}{marked} "{meaning}"'


def _statement(random: Random, column: _Column, earlier: list[_Column]) -> str:
    parents = random.sample(earlier, min(len(earlier), random.choice((0, 1, 1, 2, 2, 3))))
    discrete = bool(column.labels)
    if not parents:
        return f"{column.name} ~ {_simple(random, column)}"
    way = random.random()
    if discrete and way < 0.25:
        return f"{column.name} ~ {_scores(random, column, parents)}"
    if not discrete and way < 0.45:
        return f"{column.name} ~ {_regression(random, column, parents)}"
    parents = parents[:2]
    rows = [f"{keys}: {_simple(random, column)};" for keys in _keys(random, parents)]
    given = ", ".join(parent.name for parent in parents)
    body = "".join(f"\n      {row}" for row in rows)
    return f"{column.name} | {given} ~ {{{body}\n    }}"


def _keys(random: Random, parents: list[_Column]) -> list[str]:
    """Keys that cover every combination of the parents."""
    each = [
        [parent.key(label) for label in parent.labels] or ["q1", "q2", "q3", "q4"]
        for parent in parents
    ]
    if len(each) == 1:
        return each[0]
    combinations = [f"({first}, {second})" for first in each[0] for second in each[1]]
    if len(combinations) > 9:
        combinations = [*random.sample(combinations, 8), "_"]
    return combinations


def _simple(random: Random, column: _Column) -> str:
    """A distribution without parents."""
    if column.labels:
        entries = zip(column.labels, _shares(random, len(column.labels)), strict=True)
        return "{" + ", ".join(f"{column.key(label)}: {share}" for label, share in entries) + "}"
    way = random.random()
    mean, spread = _place(random, column), column.width // 6 + 1
    if way < 0.40:
        return f"normal({mean}, {spread})"
    if way < 0.55:
        return "quarters [" + ", ".join(_shares(random, 4)) + "]"
    if way < 0.70:
        first, second = _shares(random, 2)
        other = _place(random, column)
        return f"mix {{{first}: normal({mean}, {spread}), {second}: normal({other}, {spread})}}"
    if way < 0.78:
        return f"uniform({column.low}, {column.high})"
    if column.kind == "integer" and column.high <= 250:
        return f"poisson({mean})"
    return random.choice(
        (
            f"triangular({column.low}, {mean}, {column.high})",
            f"gamma(2, {max(1, mean // 2)})",
            f"lognormal(log({mean}), 0.4)",
        )
    )


def _regression(random: Random, column: _Column, parents: list[_Column]) -> str:
    spread = column.width // 8 + 1
    terms = [str(column.low + column.width // 2)]
    for parent in parents:
        effect = random.choice((-1, 1)) * random.randint(5, 12) / 100 * column.width
        sign = "-" if effect < 0 else "+"
        if parent.labels:
            label = parent.key(random.choice(parent.labels))
            terms.append(f"{sign} {abs(effect):.4g}*[{parent.name} = {label}]")
        else:
            middle = parent.low + parent.width // 2
            terms.append(f"{sign} {abs(effect) / parent.width:.4g}*({parent.name} - {middle})")
    return f"normal({' '.join(terms)}, {spread})"


def _scores(random: Random, column: _Column, parents: list[_Column]) -> str:
    def score() -> str:
        terms = [f"{random.uniform(0, 1):.2f}"]
        for parent in parents:
            if parent.labels:
                label = parent.key(random.choice(parent.labels))
                terms.append(f"{random.uniform(0.1, 1):.2f}*[{parent.name} = {label}]")
            else:
                terms.append(f"{random.uniform(0.1, 2) / parent.width:.3g}*{parent.name}")
        return " + ".join(terms)

    if len(column.labels) == 2:
        return f"logit({score()})"
    return (
        "softmax {" + ", ".join(f"{column.key(label)}: {score()}" for label in column.labels) + "}"
    )


def _place(random: Random, column: _Column) -> int:
    """A number well inside the range."""
    return column.low + max(1, round(column.width * random.uniform(0.2, 0.8)))


def _shares(random: Random, count: int) -> list[str]:
    """Shares with two places that add up to one."""
    cuts = sorted(random.sample(range(1, 100), count - 1))
    return [f"{(high - low) / 100:g}" for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
