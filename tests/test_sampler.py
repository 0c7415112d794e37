"""`Sampler`: tables and batches, their schema, and what its arguments may be."""

from __future__ import annotations

import threading
import tracemalloc

import pyarrow as pa
import pytest

import texrc
from texrc.codegen import numpy_kernels
from texrc.diagnostics import TexrError
from texrc.sampler import Sampler
from texrc.version import __version__

TEXT = """
dataset clinic "One patient" {
  topic "Health"
  columns {
    age: integer [18, 300] (unit "years") "Age"
    sex: categorical {female, male}
    stage: ordinal {low < mid < high} (target) "Stage"
    smoker: boolean
    debt: integer [-40000, 10]
    bmi: continuous [15.5, 50] "Body mass index"
    town: categorical {TOWNS}
  }
  model {
    age ~ normal(50, 30)
    sex ~ uniform
    smoker ~ {yes: 0.2, no: 0.8}
    stage | smoker ~ {yes: {low: 0, mid: 0.5, high: 0.5}; no: uniform}
    debt ~ uniform
    bmi ~ normal(20 + 0.05*age, 4)
    town ~ uniform
  }
}
""".replace("TOWNS", ", ".join(f"t{i}" for i in range(200)))


@pytest.fixture(scope="module")
def sampler() -> Sampler:
    return texrc.compile(TEXT)


def test_columns_have_the_types_of_their_declarations(sampler):
    table = sampler.sample(1000, seed=1)
    table.validate(full=True)
    types = {field.name: field.type for field in table.schema}
    assert types == {
        "age": pa.int16(),
        "sex": pa.dictionary(pa.int8(), pa.string()),
        "stage": pa.dictionary(pa.int8(), pa.string(), ordered=True),
        "smoker": pa.bool_(),
        "debt": pa.int32(),
        "bmi": pa.float64(),
        "town": pa.dictionary(pa.int16(), pa.string()),
    }
    assert types["stage"].ordered and not types["sex"].ordered
    assert table.column("stage").chunk(0).dictionary.to_pylist() == ["low", "mid", "high"]
    assert all(column.null_count == 0 for column in table.columns)


@pytest.mark.parametrize(
    ("ends", "kind"),
    [
        ("[0, 127]", "int8"),
        ("[-1, 127]", "int8"),
        ("[0, 128]", "uint8"),
        ("[0, 255]", "uint8"),
        ("[-1, 128]", "int16"),
        ("[0, 65535]", "uint16"),
        ("[0, 65536]", "int32"),
        ("[0, 4294967295]", "uint32"),
        ("[-1, 4294967295]", "int64"),
        ("[-9e15, 9e15]", "int64"),
    ],
)
def test_integers_take_the_narrowest_type_that_holds_the_range(ends, kind):
    table = texrc.compile(
        f'dataset t "T" {{ columns {{ x: integer {ends} }} model {{ x ~ uniform }} }}'
    ).sample(1000)
    assert str(table.schema.field("x").type) == kind
    low, high = (int(float(end)) for end in ends.strip("[]").split(","))
    values = table.column("x").to_pylist()
    assert low <= min(values) and max(values) <= high
    assert min(values) < low + 0.02 * (high - low) and max(values) > high - 0.02 * (high - low)


def test_the_schema_tells_what_is_known(sampler):
    schema = sampler.sample(10, seed=2**64 - 1, first_row=90).schema
    spec = texrc.load(TEXT)
    assert schema.metadata == {
        b"texr.dataset": b"clinic",
        b"texr.title": b"One patient",
        b"texr.topic": b"Health",
        b"texr.digest": spec.digest.encode(),
        b"texr.context_digest": spec.context_digest.encode(),
        b"texr.model_digest": spec.model_digest.encode(),
        b"texr.version": __version__.encode(),
        b"texr.generator": b"philox4x32-7",
        b"texr.seed": b"18446744073709551615",
        b"texr.rows": b"90:100",
    }
    assert schema.field("age").metadata == {
        b"type": b"integer",
        b"description": b"Age",
        b"unit": b"years",
        b"range": b"[18, 300]",
    }
    assert schema.field("stage").metadata[b"target"] == b"yes"
    assert schema.equals(sampler.schema(2**64 - 1, 90, 100), check_metadata=True)


def test_batches_are_the_rows_of_the_table_in_order(sampler):
    whole = sampler.sample(150_000, seed=5, threads=1).combine_chunks()
    for size, threads in [(150_000, 1), (9_999, 1), (40_000, 2), (1 << 40, None), (1_000, 7)]:
        batches = list(sampler.batches(150_000, 5, batch_size=size, threads=threads))
        assert [len(batch) for batch in batches[:-1]] == [size] * (len(batches) - 1)
        assert pa.Table.from_batches(batches).combine_chunks().equals(whole)
    assert sampler.sample(150_000, seed=5, threads=3).equals(whole)
    assert sampler.sample(777, seed=5, first_row=99_000).equals(whole.slice(99_000, 777))
    assert not sampler.sample(150_000, seed=6).equals(whole)


def test_no_rows_and_the_last_rows(sampler):
    assert sampler.sample(0).num_rows == 0
    assert list(sampler.batches(0)) == []
    assert sampler.sample(3, first_row=2**63 - 3).num_rows == 3


def test_labels_that_cannot_be_never_are(sampler):
    table = sampler.sample(50_000, seed=9)
    pairs = set(zip(table["smoker"].to_pylist(), table["stage"].to_pylist(), strict=True))
    assert (True, "low") not in pairs
    assert len(pairs) == 5


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": -1}, "n is -1, must be at least 0"),
        ({"n": 1, "seed": -1}, "the seed is -1, must be from 0 to 2^64 - 1"),
        ({"n": 1, "seed": 2**64}, "must be from 0 to 2^64 - 1"),
        ({"n": 1, "first_row": -5}, "first_row is -5"),
        ({"n": 2, "first_row": 2**63 - 1}, "beyond row 2^63"),
        ({"n": 1, "threads": 0}, "threads is 0, must be from 1 to 1024"),
        ({"n": 1, "threads": 1025}, "threads is 1025"),
    ],
)
def test_arguments_out_of_range(sampler, arguments, message):
    with pytest.raises(ValueError, match=message.replace("^", r"\^")):
        sampler.sample(**arguments)
    with pytest.raises(ValueError, match=message.replace("^", r"\^")):
        sampler.batches(**arguments)


def test_arguments_of_the_wrong_kind(sampler):
    with pytest.raises(TypeError):
        sampler.sample(2.5)
    with pytest.raises(TypeError):
        sampler.sample(2, seed="1")
    with pytest.raises(ValueError, match="batch_size is 0"):
        sampler.batches(5, batch_size=0)


def test_a_stream_that_is_left_ends_its_threads(sampler):
    before = threading.active_count()
    batches = sampler.batches(10**12, 1, batch_size=1000, threads=3)
    next(batches)
    batches.close()
    assert threading.active_count() == before


def test_streaming_takes_the_memory_of_a_few_batches(sampler):
    list(sampler.batches(100_000, batch_size=10_000, threads=2))
    tracemalloc.start()
    try:
        rows = sum(len(b) for b in sampler.batches(1_000_000, batch_size=10_000, threads=2))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert rows == 1_000_000
    row_bytes = 2 + 1 + 1 + 1 + 4 + 8 + 2
    assert peak < 10_000 * row_bytes * 30


def test_many_small_tables_come_to_the_compiled_loops_as_one_large(monkeypatch):
    asked = []

    def executor_for(plan, rows):
        asked.append(rows)
        return numpy_kernels

    monkeypatch.setattr("texrc.sampler.executor_for", executor_for)
    drawn = texrc.compile(TEXT)
    drawn.sample(100)
    drawn.sample(50, first_row=7)
    list(drawn.batches(200))
    assert asked == [100, 150, 350]


def test_a_context_without_a_model_has_no_sampler():
    with pytest.raises(TexrError) as caught:
        texrc.compile('dataset t "T" { columns { x: boolean } }')
    assert [d.code for d in caught.value.diagnostics] == ["TX504"]
    assert caught.value.source is not None


def test_it_shows_what_it_is(sampler):
    assert repr(sampler) == "<Sampler of clinic: 7 columns, 8 parameters>"
    page = sampler._repr_html_()
    assert "<td>stage</td><td>dictionary&lt;values=string, indices=int8, ordered=1&gt;</td>" in page
