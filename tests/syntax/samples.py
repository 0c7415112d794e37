"""Texts to parse: every spec of the library, and ways to spoil them."""

from __future__ import annotations

import random
import re
from functools import cache

from texrc.resources import folder

_PIECE = re.compile(r'"[^"\n]*"|`[^`\n]*`|#[^\n]*|\w+|\s+|\*\*|\.\.|[<>]=|.', re.DOTALL)

SMALL = """dataset d "A title" {
  topic "Tests"
  columns {
    age : integer [18, 64] (unit "years") "Age"
    plan : ordinal {basic < plus < `full cover`} (target)
    cost : continuous [-1.5, 6.4e4]
  }
  model {
    age ~ uniform  # all the same
    plan | age ~ {
      (18..30): {basic: 0.5, plus: 0.25, `full cover`: rest};
      _: softmax {basic: 0, plus: 0.1*age, `full cover`: -age**2 + [age >= 40]},
    }
    cost = clamp(100 + 3*age, 0, 6.4e4)
  }
}
""".replace("(18..30)", "18..30")


@cache
def library() -> dict[str, str]:
    """The text of each spec that ships, by its path."""
    root = folder("specs")
    return {
        str(path.relative_to(root)): path.read_text(encoding="utf-8")
        for path in sorted(root.glob("**/*.texr"))
    }


def pieces(text: str) -> list[str]:
    """The text cut into words, signs, texts, comments and white space."""
    return _PIECE.findall(text)


def spoiled(text: str, random: random.Random, slips: int) -> str:
    """The text with so many pieces left out, doubled, swapped, or replaced by others."""
    parts = pieces(text)
    for _ in range(slips):
        at = random.randrange(len(parts))
        match random.randrange(4):
            case 0:
                del parts[at]
            case 1:
                parts.insert(at, parts[at])
            case 2:
                other = random.randrange(len(parts))
                parts[at], parts[other] = parts[other], parts[at]
            case _:
                parts[at] = random.choice(parts)
    return "".join(parts)
