"""The Python interface: loading, looking, building, editing, showing."""

from __future__ import annotations

import doctest
from decimal import Decimal
from pathlib import Path

import pytest

import texrc
from texrc import Spec, TexrError, column
from texrc.diagnostics.model import Severity
from texrc.ir.network import ColumnType

TEXT = """\
# One row per person.
dataset people "People in a <clinic>" {
  topic "Health"

  columns { # what is known
    # about the person
    age : integer [18, 64] (unit "years") "Age & more" # in whole years
    sex : categorical {female, male}

    # about the habits
    smoker : boolean (target) "Smokes" # every day
  }

  model {
    age ~ normal(40, 12) # rounded
    sex ~ uniform

    # From surveys.

    # Men smoke more.
    smoker | sex ~ {
      female: {no: 0.8, yes: 0.2}; # fewer
      male:   {no: 0.7, yes: 0.3};
    }
    # That is all.
  }
}
"""


@pytest.fixture
def spec() -> Spec:
    return texrc.load(TEXT)


def codes(error: pytest.ExceptionInfo[TexrError]) -> list[str]:
    return [d.code for d in error.value.diagnostics if d.severity is Severity.ERROR]


def comments(text: str) -> list[str]:
    return [line.partition("#")[2].strip() for line in text.splitlines() if "#" in line]


# --- looking -----------------------------------------------------------------


def test_what_it_says(spec: Spec):
    assert spec.name == "people"
    assert spec.description == "People in a <clinic>"
    assert spec.topic == "Health"
    assert spec.column_names == ("age", "sex", "smoker")
    assert spec.targets == ("smoker",)
    assert spec.has_model
    assert spec.parents == {"age": (), "sex": (), "smoker": ("sex",)}
    assert spec.edges == (("sex", "smoker"),)
    assert spec.column("age").high == Decimal(64)
    assert [c.type for c in spec.columns] == [
        ColumnType.INTEGER,
        ColumnType.CATEGORICAL,
        ColumnType.BOOLEAN,
    ]
    with pytest.raises(KeyError):
        spec.column("Age")


def test_text_is_canonical(spec: Spec):
    assert str(spec) == spec.text
    assert texrc.load(spec.text).text == spec.text
    assert comments(spec.text) == comments(TEXT)


def test_equality_is_of_trees(spec: Spec):
    bare = texrc.load("\n".join(line.partition("#")[0] for line in TEXT.splitlines()))
    assert bare == spec
    assert hash(bare) == hash(spec)
    assert bare.digest == spec.digest
    assert bare != spec.without_model()
    assert spec != TEXT
    assert bare.context_digest == spec.without_model().context_digest
    assert bare.model_digest != spec.without_model().model_digest


def test_loading_paths(spec: Spec, tmp_path: Path):
    path = tmp_path / "people.texr"
    path.write_text(TEXT, encoding="utf-8")
    assert texrc.load(path) == texrc.load(str(path)) == spec
    assert texrc.load(path).source.name == str(path)
    assert texrc.check(path) == list(spec.diagnostics)


@pytest.mark.parametrize("path", ["", "no such file", "a\0b", Path("no/such.texr")])
def test_paths_that_cannot_be_read(path: str | Path):
    with pytest.raises(TexrError) as error:
        texrc.load(path)
    assert codes(error) == ["TX008"]
    assert [diagnostic.code for diagnostic in texrc.check(path)] == ["TX008"]


def test_errors_have_every_diagnostic_and_say_where():
    wrong = TEXT.replace("sex ~ uniform", "sexx ~ uniform").replace("yes: 0.3", "yess: 0.3")
    with pytest.raises(TexrError) as error:
        texrc.load(wrong)
    found = texrc.check(wrong)
    assert [d.code for d in error.value.diagnostics] == [d.code for d in found]
    assert {"TX101", "TX102"} <= {d.code for d in found}
    assert "<text>:16:5: TX101" in str(error.value)


# --- building ----------------------------------------------------------------


def test_building():
    spec = Spec.build(
        "tosses",
        'Tosses of "the" coin',
        topic="Games",
        columns=[
            column("Side up", "categorical", ["head", "tail", 3], description="What shows"),
            column("height", "continuous", (0, 2.5), unit="m", target=True),
            column("again", "boolean"),
            column("force", "ordinal", ["weak", "strong"]),
        ],
        model=[
            "`Side up` ~ uniform # fair",
            "# heights vary\nheight ~ normal(1, 0.2)",
            "again ~ {no: 0.5, yes: rest}",
            "force ~ weights {weak: 2, strong: 1}",
        ],
    )
    assert spec.column_names == ("Side up", "height", "again", "force")
    assert spec.column("Side up").labels == ("head", "tail", "3")
    assert spec.column("height").low == 0
    assert spec.column("height").high == Decimal("2.5")
    assert comments(spec.text) == ["fair", "heights vary"]
    assert spec.description == 'Tosses of "the" coin'
    assert not Spec.build("c", columns=spec.columns).has_model


@pytest.mark.parametrize(
    ("type", "domain", "message"),
    [
        ("floating", (0, 1), "floating"),
        ("integer", (0,), "two numbers"),
        ("integer", (0, 1, 2), "two numbers"),
        ("continuous", ("low", "high"), "two numbers"),
        ("boolean", ("f", "t"), "no domain"),
        ("categorical", "ab", "a sequence"),
    ],
)
def test_columns_that_cannot_be(type: str, domain: tuple[str, ...], message: str):
    with pytest.raises(ValueError, match=message):
        column("x", type, domain)


@pytest.mark.parametrize(
    ("name", "labels"), [("a\nb", ["a", "b"]), ("", ["a", "b"]), ("x", ["a", ""])]
)
def test_names_that_no_spec_can_have(name: str, labels: list[str]):
    with pytest.raises(ValueError, match="no spec can have"):
        Spec.build("x", columns=[column(name, "categorical", labels)])


def test_building_something_wrong():
    with pytest.raises(TexrError) as error:
        Spec.build("x", columns=[column("a", "integer", (3, 1))])
    assert codes(error) == ["TX108"]
    with pytest.raises(TexrError) as error:
        Spec.build("x", columns=[column("a", "integer", (1, 3))], model=["b ~ uniform"])
    assert "TX101" in codes(error)
    with pytest.raises(TexrError) as error:
        Spec.build("x", columns=[column("a", "boolean")], model=["a ~ } }"])
    assert error.value.source is not None


# --- editing -----------------------------------------------------------------


def test_replacing_a_statement_keeps_its_comments(spec: Spec):
    edited = spec.with_statement("age ~ uniform(20, 60)")
    assert "    age ~ uniform(20, 60)  # rounded\n" in edited.text
    assert comments(edited.text) == comments(TEXT)
    assert spec.text == texrc.load(TEXT).text
    table = edited.with_statement("smoker ~ logit(age/10 - 4)")
    assert comments(table.text) == [c for c in comments(TEXT) if c != "fewer"]
    assert table.parents["smoker"] == ("age",)


def test_statements_with_comments_of_their_own():
    lone = texrc.load('dataset x "" { columns { a: boolean } model { a ~ uniform } }')
    edited = lone.with_statement("# why\na ~ {no: 0.1, yes: 0.9} # so")
    assert "    # why\n    a ~ {no: 0.1, yes: 0.9}  # so\n" in edited.text
    assert comments(lone.without_model().with_statement("a ~ uniform # x").text) == ["x"]


def test_adding_a_column(spec: Spec):
    bmi = column("bmi", "continuous", (15, 54), unit="kg/m2", description='Said "BMI"')
    edited = spec.with_column(bmi, "bmi ~ normal(25 + 0.05*age, 4) # drifts")
    assert edited.column_names == (*spec.column_names, "bmi")
    assert edited.column("bmi") == bmi
    assert edited.parents["bmi"] == ("age",)
    lines = [line.strip() for line in edited.text.splitlines()]
    smoker = next(n for n, line in enumerate(lines) if line.startswith("smoker :"))
    assert lines[smoker].endswith("# every day")
    assert lines[smoker + 1].startswith("bmi")
    assert lines[-4:-1] == ["bmi ~ normal(25 + 0.05*age, 4)  # drifts", "# That is all.", "}"]
    assert sorted(comments(edited.text)) == sorted([*comments(TEXT), "drifts"])
    with pytest.raises(TexrError, match="bmi"):
        spec.with_column(bmi)
    with pytest.raises(ValueError, match="'age', not 'bmi'"):
        spec.with_column(bmi, "age ~ uniform")


def test_replacing_a_column(spec: Spec):
    older = column("age", "integer", (18, 99))
    edited = spec.with_column(older, "age ~ normal(50, 20)")
    assert edited.column("age") == older
    assert comments(edited.text) == comments(TEXT)
    assert "age ~ normal(50, 20)" in edited.text
    assert spec.with_column(older).column("age").high == 99


def test_removing_a_column(spec: Spec):
    edited = spec.without_column("smoker")
    assert edited.column_names == ("age", "sex")
    assert comments(edited.text) == [
        "One row per person.",
        "what is known",
        "about the person",
        "in whole years",
        "rounded",
        "From surveys.",
        "That is all.",
    ]
    with pytest.raises(KeyError):
        spec.without_column("smokes")
    with pytest.raises(TexrError) as error:
        spec.without_column("sex")
    assert set(codes(error)) == {"TX101"}
    with pytest.raises(TexrError):
        edited.without_column("age").without_column("sex")
    assert (
        not texrc.load(
            'dataset x "" { columns { a: boolean b: boolean } model { a ~ uniform b ~ uniform } }'
        )
        .without_column("b")
        .parents["a"]
    )


def test_removing_the_model(spec: Spec):
    bare = spec.without_model()
    assert not bare.has_model
    assert bare.without_model() == bare
    assert bare.parents == {}
    assert comments(bare.text) == comments(TEXT)[:6]


@pytest.mark.parametrize(
    "statement",
    ["age ~", "age ~ uniform } } # ", "", "dataset", "age ~ uniform }", 'age ~ "x"', "# only"],
)
def test_statements_that_are_none(spec: Spec, statement: str):
    with pytest.raises(TexrError) as error:
        spec.with_statement(statement)
    assert error.value.diagnostics


def test_one_statement_at_a_time(spec: Spec):
    with pytest.raises(ValueError, match="one statement"):
        spec.with_statement("age ~ uniform sex ~ uniform")


# --- showing -----------------------------------------------------------------


def test_repr(spec: Spec):
    assert repr(spec) == "<Spec 'people': 3 columns, 1 edge>"
    assert repr(spec.without_model()) == "<Spec 'people': 3 columns, no model>"


def test_html_is_escaped():
    name, text = "<b>`&", "<script>alert(1)</script> & \"'"
    columns = [
        column(name, "categorical", [name], description=text),
        column("n", "integer", (0, 1), unit=text),
    ]
    spec = Spec.build(
        name, text, columns=columns, model=["n | `<b>``&` ~ uniform", "`<b>``&` ~ uniform"]
    )
    shown = spec._repr_html_()
    assert "<script>" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;" in shown
    assert "categorical, 1 label" in shown
    assert "integer [0, 1]" in shown


def test_doctests():
    import texrc.ir.raising.spelling
    import texrc.spec

    for module in (texrc.spec, texrc.ir.raising.spelling):
        results = doctest.testmod(module)
        assert results.attempted
        assert not results.failed
