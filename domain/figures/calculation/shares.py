"""Shares: parts of an amount in proportion to weights, which sum to the whole."""

from collections.abc import Sequence
from typing import Final

RESIDUE_RULE: Final = (
    "every share is rounded down to the minor unit; what is left goes, one unit each, to the "
    "largest remainders, and among equal ones to those that come first"
)
"""The rule by which shares sum to the whole (largest remainder, Hamilton's method)."""


def shares(total_minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`total_minor` shared in proportion to `weights` by `RESIDUE_RULE`, in the weights' order.

    A weight of nothing gets nothing. ValueError for a negative amount or weight, or for an amount
    that nobody has a weight in.
    """
    whole = sum(weights)
    if total_minor < 0 or any(weight < 0 for weight in weights):
        raise ValueError("neither an amount to share nor a weight is negative")
    if whole == 0:
        if total_minor:
            raise ValueError("nobody has a weight in the amount to share")
        return (0,) * len(weights)
    parts = [divmod(total_minor * weight, whole) for weight in weights]
    left = total_minor - sum(share for share, _ in parts)
    # Python's sort is stable: equal remainders stay in the weights' order.
    first = set(sorted(range(len(parts)), key=lambda at: -parts[at][1])[:left])
    return tuple(share + (at in first) for at, (share, _) in enumerate(parts))


def offers(available_minor: int, debts_minor: Sequence[int]) -> tuple[int, ...]:
    """Pro rata offers on debts out of what is available, none above its debt.

    Where there is enough for all, each debt is offered in full. ValueError as `shares`.
    """
    return shares(min(available_minor, sum(debts_minor)), debts_minor)
