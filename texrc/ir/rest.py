"""What `rest` stands for."""

from __future__ import annotations

from decimal import Context, Decimal

EXACT = Context(prec=1500)
"""Holds the sum of any numbers that a spec may write, without rounding."""


def with_rest(probabilities: tuple[Decimal | None, ...]) -> tuple[Decimal, ...]:
    """The probabilities with None (`rest`) replaced by 1 minus the others, at least 0."""
    if None not in probabilities:
        return probabilities  # pyright: ignore[reportReturnType] - no None left
    left = Decimal(1)
    for probability in probabilities:
        if probability is not None:
            left = EXACT.subtract(left, probability)
    left = max(left, Decimal(0))
    return tuple(left if probability is None else probability for probability in probabilities)
