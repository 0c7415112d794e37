"""The corpus benchmark runs, on a few of its specs; these are sound and all different."""

from __future__ import annotations

import texrc
from tests.bench.corpus.__main__ import main
from tests.bench.corpus.specs import spec_text


def test_the_benchmark_runs(capsys):
    assert main(["--specs", "12", "-n", "50"]) == 0
    told = capsys.readouterr().out
    assert "| 8 shards |" in told and "| Parquet |" in told


def test_specs_are_sound_and_differ():
    texts = [spec_text(number) for number in range(40)]
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert not any(each.code.startswith("TX") for each in texrc.check(text))
        assert 8 <= len(texrc.load(text).column_names) <= 12
