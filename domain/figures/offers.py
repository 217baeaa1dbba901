"""Sums of what is offered and promised."""

from collections import defaultdict
from collections.abc import Sequence

from domain.cases.lending import Instalment
from domain.cases.negotiating import Offer
from domain.money import Money


def offered(offers: Sequence[Offer]) -> Money | None:
    """All offers together, a month or at once; None where nothing is to be paid.

    CurrencyMismatch across currencies.
    """
    amounts = [offer.amount for offer in offers if offer.amount is not None]
    if not amounts:
        return None
    return sum(amounts[1:], start=amounts[0])


def most_a_month(instalments: Sequence[Instalment]) -> Money | None:
    """The most that falls due in one calendar month; None without instalments."""
    months: dict[tuple[int, int], int] = defaultdict(int)
    for each in instalments:
        months[each.due_on.year, each.due_on.month] += each.amount.minor
    if not instalments:
        return None
    return Money(max(months.values()), instalments[0].amount.currency)
