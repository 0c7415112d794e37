"""Did you mean ...? The name in scope that a misspelt word most likely stands for."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 100
"""Words longer than this are no typing slips; no name of the language is as long."""

_FAR = 1 << 30


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate nearest to ``word``, or None when none is near.

    A candidate that differs in case only wins. Otherwise the fewest slips win
    (a letter added, left out, exchanged for another, or two neighbours
    swapped), case aside; at most one slip for words of up to five letters, two
    up to eight, three beyond; among equals the first candidate. The candidate
    is never ``word`` itself.
    """
    if len(word) > LONGEST:
        return None
    folded = word.casefold()
    limit = min(3, max(len(folded), 3) // 3)
    best: str | None = None
    for candidate in candidates:
        if candidate == word:
            continue
        folded_candidate = candidate.casefold()
        if folded_candidate == folded:
            return candidate
        # Something of the word must be left: `x` is no slip for `y`.
        within = min(limit, max(len(folded), len(folded_candidate)) - 1)
        distance = slips(folded, folded_candidate, within)
        if distance is not None:
            # Look on: a nearer one, or one that differs in case only, may follow.
            best, limit = candidate, distance - 1
    return best


def slips(a: str, b: str, limit: int) -> int | None:
    """The optimal string alignment distance of two words, or None beyond ``limit``.

    Damerau's edit distance in which no stretch is edited twice. Only a band of
    ``2 * limit + 1`` diagonals is computed, and it stops at the first row
    beyond the limit, so the work is ``O(limit * len(a))``.
    """
    if limit < 0 or abs(len(a) - len(b)) > limit:
        return None
    common = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    a, b = a[common:], b[common:]
    before: dict[int, int] = {}
    above = {j: j for j in range(min(limit, len(b)) + 1)}
    for i in range(1, len(a) + 1):
        row: dict[int, int] = {}
        for j in range(max(0, i - limit), min(len(b), i + limit) + 1):
            cost = above.get(j, _FAR) + 1
            if j > 0:
                substituted = above.get(j - 1, _FAR) + (a[i - 1] != b[j - 1])
                cost = min(cost, row.get(j - 1, _FAR) + 1, substituted)
                if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                    cost = min(cost, before.get(j - 2, _FAR) + 1)
            row[j] = cost
        # A swap reaches back two rows, so one row beyond the limit is not yet the end.
        if min(row.values()) > limit and min(above.values()) > limit:
            return None
        before, above = above, row
    distance = above.get(len(b), _FAR)
    return distance if distance <= limit else None
