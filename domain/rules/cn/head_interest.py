"""Head interest: the principal is what was actually lent (民法典 670, 规定 26)."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

import msgspec

from domain.figures.figure import Unknown
from domain.money import Money
from domain.rules.cn import rule_ids as ids

RULES: Final = (ids.HEAD_INTEREST, ids.HEAD_INTEREST_2021)


class Disbursed(msgspec.Struct, frozen=True, kw_only=True):
    """What reached the borrower, net of anything kept back at the source."""

    entry_id: UUID
    on: date
    received: Money


class TakeBack(msgspec.Struct, frozen=True, kw_only=True):
    """Money that went back to the lender's side at disbursement, and whether that is found.

    That it belongs to the disbursement, by its day and its payee, is for a caseworker to find.
    """

    entry_id: UUID
    on: date
    amount: Money
    found: bool | None
    """True or False as recorded by a person; None while nobody has said."""


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """The principal as lent, with what made it up."""

    amount: Money
    counted: tuple[UUID, ...]
    """Disbursements and take-backs in the amount, in order of days."""
    open_questions: tuple[UUID, ...]
    """Take-backs on which nobody has decided: not counted, and each would lower the amount."""
    rule_ids: tuple[str, ...] = RULES


def principal_received(
    disbursed: Sequence[Disbursed], take_backs: Sequence[TakeBack] = ()
) -> Principal | Unknown:
    """Sum of what was received less the take-backs that a person found to belong to it.

    Unknown without a disbursement, or where more was taken back than was lent. Money is in the
    disbursements' one currency; CurrencyMismatch otherwise.
    """
    if not disbursed:
        return Unknown(
            reason="no disbursement is on record", settled_by="what reached the client, and when"
        )
    found = [back for back in take_backs if back.found]
    total = Money.zero(disbursed[0].received.currency)
    for paid_out in disbursed:
        total += paid_out.received
    for back in found:
        total -= back.amount
    if total.minor < 0:
        return Unknown(
            reason="more was taken back than was lent",
            settled_by="the bank lines of the day, and the findings corrected",
        )
    counted = sorted([(d.on, d.entry_id) for d in disbursed] + [(b.on, b.entry_id) for b in found])
    undecided = sorted((b.on, b.entry_id) for b in take_backs if b.found is None)
    return Principal(
        amount=total,
        counted=tuple(entry for _, entry in counted),
        open_questions=tuple(entry for _, entry in undecided),
    )
