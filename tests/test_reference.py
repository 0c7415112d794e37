"""The reference: a page for every construct, each with an example that runs, and true formulas."""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any

import numpy as np
import pytest
import scipy.special
import scipy.stats

import texrc
from texrc.diagnostics.codes import NAMES
from texrc.diagnostics.pages import other_words, page, topics
from texrc.ir.distributions import FAMILIES
from texrc.ir.expressions import FUNCTIONS
from texrc.ir.network import ColumnType
from texrc.kernels import beta, binomial, closed_form, gamma, lognormal, normal, poisson, student_t
from texrc.resources import folder
from texrc.source import SourceFile
from texrc.syntax import format_dataset, parse

PAGES = {path.stem: path for path in sorted((folder("grammar") / "reference").glob("*.md"))}


@cache
def text_of(name: str) -> str:
    return PAGES[name].read_text(encoding="utf-8")


def example(name: str) -> str:
    """The one example of a page."""
    (found,) = re.findall(r"^```texr\n(.*?)^```$", text_of(name), re.MULTILINE | re.DOTALL)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_has_a_title_and_is_short(name: str) -> None:
    first, second, *_ = text_of(name).splitlines()
    assert re.fullmatch(rf"# {name}(: .+|\(.*\))", first) and second == ""
    assert len(text_of(name).splitlines()) <= 130
    assert text_of(name).endswith("\n")


@pytest.mark.parametrize("name", PAGES)
def test_the_example_is_sound_canonical_and_samples(name: str) -> None:
    text = example(name)
    assert texrc.check(text) == []
    tree, _ = parse(SourceFile(name, text))
    assert tree is not None and format_dataset(tree) == text
    table = texrc.compile(text).sample(500, seed=3)
    assert table.num_rows == 500
    assert sum(column.null_count for column in table.columns) == 0


def test_what_every_construct_is_asked_for_by() -> None:
    constructs = [
        *("dataset", "topic", "columns", "marks", "unit", "target", "description"),
        *("names", "comments", "numbers", "model", "context", "language", "limits"),
        *("marginal", "conditional", "definition", "expressions", "functions", "indicators"),
        *("patterns", "intervals", "quarters", "q1", "q4", "ordinal keys", "_", "|", "~", "="),
        *("probabilities", "rest", "weights", "uniform", "softmax", "logit", "mix", "mixture"),
        *("truncation", "randomness", "seed", "whole numbers", "backticks"),
        *(str(kind) for kind in ColumnType),
        *FAMILIES,
        *FUNCTIONS,
    ]
    assert not [word for word in constructs if page(word) is None]


def test_each_word_leads_to_one_page() -> None:
    words = [*PAGES, *(word for path in PAGES.values() for word in other_words(path))]
    keys = ["-".join(word.lower().replace("_", "-").split()) for word in words]
    assert len(keys) == len(set(keys))
    assert not set(keys) & {*NAMES.values(), *map(str.lower, NAMES)}
    for name, path in PAGES.items():
        for word in (name, *other_words(path)):
            assert page(word) == text_of(name)


def test_the_listing_shows_the_pages_first() -> None:
    heading, pages = topics()[0]
    assert heading == "The language"
    assert [name for name, _ in pages] == list(PAGES)
    assert dict(pages)["normal"] == "normal(mean, sd)"
    assert dict(pages)["rest"] == "what is left"


def test_pages_name_pages_that_exist() -> None:
    for name in PAGES:
        for topic in re.findall(r"`texrc explain ([\w-]+)`", text_of(name)):
            assert page(topic) is not None, (name, topic)
        for listed in re.findall(r"[Ss]ee(?: also)? ((?:`\w+`(?:, | and |))+)", text_of(name)):
            for topic in re.findall(r"`(\w+)`", listed):
                assert page(topic) is not None, (name, topic)
        for code in re.findall(r"\bT[XW]\d{3}\b", text_of(name)):
            assert code in NAMES, (name, code)


# --- the families' formulas ---------------------------------------------------

MASSES = {
    "normal": normal.mass_normal,
    "lognormal": lognormal.mass_lognormal,
    "uniform": closed_form.mass_uniform,
    "gamma": gamma.mass_gamma,
    "beta": beta.mass_beta,
    "exponential": closed_form.mass_exponential,
    "student_t": student_t.mass_student_t,
    "triangular": closed_form.mass_triangular,
    "poisson": poisson.mass_poisson,
    "binomial": binomial.mass_binomial,
    "negative_binomial": binomial.mass_negative_binomial,
}
CASES = {
    "normal": (1.5, 0.7),
    "lognormal": (0.4, 0.6),
    "uniform": (0.5, 3.0),
    "gamma": (2.3, 0.8),
    "beta": (2.5, 1.4),
    "exponential": (1.7,),
    "student_t": (3.5, 1.2, 0.6),
    "triangular": (0.2, 1.1, 3.3),
    "poisson": (2.6,),
    "binomial": (7.0, 0.35),
    "negative_binomial": (1.8, 0.4),
}
POINTS = {"beta": (0.12, 0.5, 0.83), "uniform": (0.7, 1.4, 2.9)}
COUNTS = {"poisson", "binomial", "negative_binomial"}


def value(formula: str, name: str, **more: float) -> float:
    """A formula of a page, as a person would compute it."""
    scope = {
        **dict(zip(FAMILIES[name], CASES[name], strict=True)),
        "exp": math.exp,
        "sqrt": math.sqrt,
        "ln": math.log,
        "pi": math.pi,
        "Gamma": scipy.special.gamma,
        "B": scipy.special.beta,
        "factorial": lambda n: scipy.special.gamma(n + 1),
        **more,
    }
    python = re.sub(r"(\([^()]*\)|\b\w+)!", r"factorial(\1)", formula.replace("^", "**"))
    return float(eval(python, {"scipy": scipy, "__builtins__": {}}, scope))  # noqa: S307 - our own pages


def scipy_law(name: str) -> Any:
    """The frozen distribution that the page gives as scipy's."""
    found = re.search(r"`(scipy\.stats\.\w+\(.*?\))`", text_of(name))
    assert found is not None
    scope = dict(zip(FAMILIES[name], CASES[name], strict=True)) | {"exp": math.exp}
    return eval(found[1], {"scipy": scipy, "__builtins__": {}}, scope)  # noqa: S307 - our own pages


def mass(name: str, low: float, high: float) -> float:
    arguments = [np.float64(x) for x in (*CASES[name], low, high)]
    with np.errstate(all="ignore"):
        return float(MASSES[name](*arguments))


@pytest.mark.parametrize("name", FAMILIES)
def test_scipy_as_the_page_writes_it_is_the_same_law(name: str) -> None:
    law = scipy_law(name)
    for low, high in [(0.1, 0.6), (0.0, 2.0), (1.0, 9.0)]:
        below = low - 1 if name in COUNTS else low
        due = law.cdf(high) - law.cdf(math.ceil(below) if name in COUNTS else below)
        if name in COUNTS:
            due = sum(law.pmf(k) for k in range(math.ceil(low), math.floor(high) + 1))
        assert mass(name, low, high) == pytest.approx(due, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_density_on_the_page_is_that_of_the_law(name: str) -> None:
    law = scipy_law(name)
    if name == "uniform":
        formulas = [("1/(high - low)", "low <= x <= high")]
        assert "The density is 1/(high - low) for low <= x <= high" in text_of(name)
    else:
        formulas = re.findall(r"^    [fp]\([xk]\) = (.*?)(?:   +for (.*?))?$", text_of(name), re.M)
    assert formulas
    checked = 0
    for x in (0.0, 1.0, 2.0, 5.0) if name in COUNTS else POINTS.get(name, (0.4, 1.0, 2.1)):
        for formula, _ in formulas:
            if name == "triangular" and (x < 1.1) != ("mode - low)" in formula):
                continue
            z = (x - 1.2) / 0.6  # student_t's location and scale
            found = value(formula, name, x=x, k=x, z=z)
            due = law.pmf(x) if name in COUNTS else law.pdf(x)
            assert found == pytest.approx(due, rel=1e-9)
            checked += 1
    assert checked >= 3


MOMENTS = {
    "normal": ("mean", "sd^2"),
    "lognormal": ("exp(mu + sigma^2/2)", "(exp(sigma^2) - 1) * exp(2*mu + sigma^2)"),
    "uniform": ("(low + high)/2", "(high - low)^2/12"),
    "gamma": ("shape*scale", "shape*scale^2"),
    "beta": ("alpha/(alpha + beta)", "m*(1 - m)/(alpha + beta + 1)"),
    "exponential": ("mean", "mean^2"),
    "student_t": ("location", "scale^2*df/(df - 2)"),
    "triangular": (
        "(low + mode + high)/3",
        "(low^2 + mode^2 + high^2 - low*mode - low*high - mode*high)/18",
    ),
    "poisson": ("mean", "mean"),
    "binomial": ("trials*p", "trials*p*(1 - p)"),
    "negative_binomial": ("size*(1 - p)/p", "m + m^2/size"),
}


@pytest.mark.parametrize("name", FAMILIES)
def test_the_moments_on_the_page_are_those_of_the_law(name: str) -> None:
    mean, variance = MOMENTS[name]
    assert mean in text_of(name) and variance in text_of(name)
    law = scipy_law(name)
    found = value(mean, name)
    assert found == pytest.approx(law.mean(), rel=1e-9)
    assert value(variance, name, m=found) == pytest.approx(law.var(), rel=1e-9)


@pytest.mark.parametrize("name", FAMILIES)
def test_the_page_names_every_parameter(name: str) -> None:
    signature = f"{name}({', '.join(FAMILIES[name])})"
    assert signature in text_of(name)
    if name != "uniform":
        for parameter in FAMILIES[name]:
            assert re.search(rf"^\| {parameter} \|", text_of(name), re.MULTILINE)


def test_the_limits_are_those_of_the_compiler() -> None:
    from texrc.syntax import limits

    text = text_of("limits")
    for number in (
        f"{limits.MAX_BYTES // 2**20} MiB",
        f"{limits.MAX_TOKENS:,}",
        f"{limits.MAX_COLUMNS:,}",
        f"| {limits.MAX_NESTING} |",
        f"| {limits.MAX_OPERATIONS} ",
        f"| {limits.MAX_FAULTS} |",
    ):
        assert number in text


def test_the_functions_page_lists_every_function() -> None:
    rows = re.findall(r"^\| `(\w+)\(", text_of("functions"), re.MULTILINE)
    assert sorted(rows) == sorted(FUNCTIONS)
