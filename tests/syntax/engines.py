"""Llguidance over bytes, as the second reader of the grammar."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from texrc.resources import grammar_text

if TYPE_CHECKING:
    from llguidance import LLMatcher, LLTokenizer

END = 256
"""The token that ends a text; every byte is the token of its value."""
VOCABULARY = 257


class _Bytes:
    """A tokenizer as llguidance wants it: one token a byte."""

    eos_token_id = END
    bos_token_id = None
    special_token_ids = (END,)
    tokens = (*(bytes([value]) for value in range(256)), b"<end>")

    def __call__(self, text: bytes) -> list[int]:
        return list(text)


@cache
def byte_tokenizer() -> LLTokenizer:
    from llguidance import LLTokenizer, TokenizerWrapper

    return LLTokenizer(TokenizerWrapper(_Bytes()))


def matcher(grammar: str) -> LLMatcher:
    from llguidance import LLMatcher, grammar_from

    made = LLMatcher(byte_tokenizer(), grammar_from("lark", grammar), log_level=0)
    assert not made.is_error(), made.get_error()
    return made


@cache
def _fresh_matcher() -> LLMatcher:
    return matcher(grammar_text())


def llguidance_accepts(text: str) -> bool:
    """Whether the text is in the language of the grammar, by llguidance's reading."""
    reader = _fresh_matcher().deep_copy()
    tokens = list(text.encode())
    return reader.try_consume_tokens(tokens) == len(tokens) and reader.is_accepting()
