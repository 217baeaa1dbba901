"""Offers with token payments: who would get too little gets a token, the rest is shared anew."""

from collections.abc import Sequence
from typing import Final

from domain.figures.calculation.shares import offers

SMALL_RULE: Final = (
    "where nothing is available, each creditor is offered the token; where a share is below the "
    "minimum, that creditor is offered the token instead, and what is left is shared among the "
    "others anew, until no share is below it; no offer is above its debt; what nobody is offered "
    "is left over"
)
"""Practice of money advisers, no rule of law: the caller names token and minimum."""


def token_offers(
    available_minor: int, debts_minor: Sequence[int], token_minor: int, minimum_minor: int
) -> tuple[tuple[int, ...], frozenset[int]]:
    """An offer on each debt, and the places of those that are tokens, by `SMALL_RULE`.

    With nothing available, or less than the tokens come to, the offers are above what is
    available. ValueError for a negative amount.
    """
    if min(available_minor, token_minor, minimum_minor) < 0:
        raise ValueError("no amount to share, token or minimum is negative")
    owing = [at for at, debt in enumerate(debts_minor) if debt]
    tokens: set[int] = set() if available_minor else set(owing)
    while True:
        rest = available_minor - sum(min(token_minor, debts_minor[at]) for at in tokens)
        sharing = [0 if at in tokens else debt for at, debt in enumerate(debts_minor)]
        found = offers(max(0, rest), sharing)
        short = {
            at
            for at in owing
            if at not in tokens and found[at] < min(minimum_minor, debts_minor[at])
        }
        if not short:
            break
        tokens |= short
    made = tuple(
        min(token_minor, debt) if at in tokens else found[at] for at, debt in enumerate(debts_minor)
    )
    return made, frozenset(tokens)
