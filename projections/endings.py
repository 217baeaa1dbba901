"""What became of payments that did not stay: reversed, or never arrived.

The payment's own line is shown for ever, marked; what took it back is a line of its own.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.payments import PaymentExpired, PaymentReversed


class Ended(StrEnum):
    """How a payment went back."""

    REVERSED = "reversed"
    EXPIRED = "expired"


class Ending(msgspec.Struct, frozen=True):
    """That a payment does not count any more, from when, and which entry says so."""

    what: Ended
    on: date
    entry_id: UUID


def endings(history: History, as_of: date) -> dict[UUID, Ending]:
    """By payment, what took it back up to and including `as_of`; the earliest entry counts."""
    found: dict[UUID, Ending] = {}
    for what, kind in ((Ended.REVERSED, PaymentReversed), (Ended.EXPIRED, PaymentExpired)):
        for entry_id, fact in history.standing(kind):
            ending = Ending(what, fact.occurred_on, entry_id)
            known = found.get(fact.payment_id, ending)
            if fact.occurred_on <= as_of:
                found[fact.payment_id] = min(known, ending, key=lambda e: (e.on, e.entry_id))
    return found
