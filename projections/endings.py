"""What became of payments that did not stay: reversed, or never arrived.

The payment's own line is shown for ever, marked; what took it back is a line of its own.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.payments import PaymentBounced, PaymentExpired, PaymentReversed


class Ended(StrEnum):
    """How a payment went back."""

    REVERSED = "reversed"
    EXPIRED = "expired"
    BOUNCED = "bounced"


class Ending(msgspec.Struct, frozen=True):
    """That a payment does not count any more, from when, and which entry says so."""

    what: Ended
    on: date
    entry_id: UUID


def endings(history: History, as_of: date) -> dict[UUID, Ending]:
    """By payment, what took it back up to and including `as_of`; the earliest entry counts."""
    ended = [
        *_endings(history.standing(PaymentReversed), Ended.REVERSED),
        *_endings(history.standing(PaymentExpired), Ended.EXPIRED),
        *_endings(history.standing(PaymentBounced), Ended.BOUNCED),
    ]
    # The earliest is written last, and stays.
    ended.sort(key=lambda found: (found[1].on, found[1].entry_id), reverse=True)
    return {payment_id: ending for payment_id, ending in ended if ending.on <= as_of}


def _endings(
    entries: Iterable[tuple[UUID, PaymentReversed | PaymentExpired | PaymentBounced]], what: Ended
) -> Iterator[tuple[UUID, Ending]]:
    for entry_id, fact in entries:
        yield fact.payment_id, Ending(what, fact.occurred_on, entry_id)
