"""Whatever a model writes under the grammar parses: here one with random weights.

The grammar for decoding is the file with its repetitions cut short and without
comments, made by replacing text. Plain names keep their length: what follows a
name of the greatest length is a name of its own, to both engines. That texts come
to an end is furthered by a liking for signs that close something.
"""

from __future__ import annotations

import re

import pytest

from tests.syntax.engines import END, VOCABULARY, matcher
from texrc.resources import grammar_text
from texrc.source import SourceFile
from texrc.syntax import parse

pytest.importorskip("llguidance")
torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

WRITERS = 24
LONGEST = 500
"""Bytes after which a writer is cut off."""
CLOSING = list(b' "`)]')

BOUNDS = [
    (r"column\+ ", "column~1 .. 3 "),
    (r"statement\+ ", "statement~1 .. 3 "),
    (r"\)\*", ")~0 .. 2"),
    (r'("[<,]" (?:label|key)\))\+', r"\1~1 .. 2"),
    (r"\{1,80\}", "{1,5}"),
    (r"\{0,400\}", "{0,9}"),
    (r"\{1,1[57]\}", "{1,3}"),
    ("%ignore COMMENT", ""),
    (r"WS: .*", "WS: / /"),
]


def bounded(grammar: str) -> str:
    for pattern, replacement in BOUNDS:
        grammar, count = re.subn(pattern, replacement, grammar)
        assert count, f"the grammar has no {pattern} any more"
    return grammar


def written(grammar: str) -> list[bytes | None]:
    """What the writers write; None for those that were cut off."""
    torch.set_num_threads(1)
    torch.manual_seed(20250101)
    model = transformers.LlamaForCausalLM(
        transformers.LlamaConfig(
            vocab_size=VOCABULARY,
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            max_position_embeddings=LONGEST + 1,
            initializer_range=0.2,
        )
    ).eval()
    readers = [matcher(grammar) for _ in range(WRITERS)]
    done = [False] * WRITERS
    texts = [bytearray() for _ in range(WRITERS)]
    tokens = torch.full((WRITERS, 1), END)
    cache = None
    for _ in range(LONGEST):
        with torch.no_grad():
            out = model(tokens, past_key_values=cache, use_cache=True)
        cache, scores = out.past_key_values, out.logits[:, -1]
        scores[:, CLOSING] += 3.0
        for writer, reader in enumerate(readers):
            if not done[writer]:
                allowed = torch.frombuffer(
                    bytearray(reader.compute_logit_bias()), dtype=torch.uint8
                )
                scores[writer, allowed[:VOCABULARY] == 0] = -torch.inf
        tokens = torch.multinomial(torch.softmax(scores, dim=-1), 1)
        for writer, token in enumerate(tokens[:, 0].tolist()):
            if done[writer]:
                continue
            assert readers[writer].consume_token(token)
            if token == END:
                done[writer] = True
            else:
                texts[writer].append(token)
        if all(done):
            break
    return [bytes(text) if ended else None for text, ended in zip(texts, done, strict=True)]


def test_everything_written_parses() -> None:
    texts = [text for text in written(bounded(grammar_text())) if text is not None]
    assert len(texts) > WRITERS // 2
    for text in texts:
        tree, diagnostics = parse(SourceFile("written", text.decode()))
        assert tree is not None, (text, [d.message for d in diagnostics])
    assert len(set(texts)) == len(texts)
    assert any(b"~" in text for text in texts)
