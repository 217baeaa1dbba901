"""Which entries of a case move a loan's limitation clock, and which only look as if they did.

诉讼时效规定 art. 8: a letter or data message counts once it reached the debtor or should have,
(2), so one on record as sent to the client counts unless it is known not to have arrived. A
spoken demand counts under 民法典 195(1) only where it got through, so a call, robot call or visit
counts when `connected` is True. Art. 14: part payment, a promise and a plan are the debtor's
consent, and consent is given to the creditor: what was said to family or an adviser is none.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.cases.contact_list import contacts_of
from domain.cases.contacts import ContactChannel, ContactLogged, ContactOutcome, ContactParty
from domain.cases.court import Claimant, SuitFiled
from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.parties import NoticeKind, NoticeReached
from domain.cases.payments import PayerKind, PaymentMade
from domain.cases.plans import PlanAgreed
from domain.figures import ledger
from domain.rules.cn.limitation import LimitationEvent, LimitationKind

WRITTEN: Final = frozenset(
    {
        ContactChannel.SMS,
        ContactChannel.WECHAT,
        ContactChannel.APP_MESSAGE,
        ContactChannel.EMAIL,
        ContactChannel.LETTER,
    }
)
CREDITOR: Final = frozenset({ContactParty.LENDER, ContactParty.COLLECTOR})
CLAIMING: Final = frozenset({Claimant.LENDER, Claimant.ASSIGNEE})


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that does not move the clock, and why."""

    entry_id: UUID
    on: date
    why: str


def events_of(
    history: History, loan_id: UUID, loan: LoanTaken, as_of: date
) -> tuple[LimitationEvent, ...]:
    """What moved the clock up to and including `as_of`, in order of days."""
    found = [
        *_part_payments(history, loan_id, as_of),
        *_plans(history, loan_id, as_of),
        *_suits(history, loan_id, as_of),
        *_assignments(history, loan_id, as_of),
    ]
    for entry_id, on, contact in _contacts(history, loan_id, loan, as_of):
        kind = _moves(contact) if _speaks_of(contact, loan_id, loan) else None
        if isinstance(kind, LimitationKind):
            found.append(LimitationEvent(kind=kind, on=on, entry_id=entry_id))
    return tuple(sorted(found, key=lambda event: (event.on, event.kind, event.entry_id)))


def left_out(history: History, loan_id: UUID, loan: LoanTaken, as_of: date) -> tuple[LeftOut, ...]:
    """Standing entries up to `as_of` that a reader might take for interruptions."""
    found = [
        LeftOut(entry_id=entry_id, on=on, why="a guarantor pays a debt of their own")
        for entry_id, on, payer in _credited(history, loan_id, as_of)
        if payer is PayerKind.GUARANTOR
    ]
    for entry_id, on, contact in _contacts(history, loan_id, loan, as_of):
        why = _moves(contact)
        if not _speaks_of(contact, loan_id, loan):
            why = "which debt it was about is not on record"
        if not isinstance(why, LimitationKind):
            found.append(LeftOut(entry_id=entry_id, on=on, why=why))
    return tuple(sorted(found, key=lambda each: (each.on, each.entry_id)))


def _credited(
    history: History, loan_id: UUID, as_of: date
) -> Iterator[tuple[UUID, date, PayerKind]]:
    """Payments that reached the lender by then and were not taken back by then."""
    standing = [entry for entry in history.entries.values() if not entry.is_withdrawn]
    mine = {
        entry.entry_id: entry
        for entry in standing
        if isinstance(entry.fact, PaymentMade) and entry.fact.loan_id == loan_id
    }
    known = ledger.outcomes(standing, as_of)
    for movement in ledger.payments_of(mine.values(), known, as_of).credited:
        fact = mine[movement.entry_id].fact
        if isinstance(fact, PaymentMade):
            yield movement.entry_id, movement.on, fact.payer


def _part_payments(history: History, loan_id: UUID, as_of: date) -> Iterator[LimitationEvent]:
    """Payments by the client or for them; from the day they were credited."""
    for entry_id, on, payer in _credited(history, loan_id, as_of):
        if payer is not PayerKind.GUARANTOR:
            yield LimitationEvent(kind=LimitationKind.PART_PAYMENT, on=on, entry_id=entry_id)


def _plans(history: History, loan_id: UUID, as_of: date) -> Iterator[LimitationEvent]:
    for entry_id, plan in history.standing(PlanAgreed):
        if loan_id in plan.loan_ids and plan.occurred_on <= as_of:
            yield LimitationEvent(
                kind=LimitationKind.PLAN_AGREED, on=plan.occurred_on, entry_id=entry_id
            )


def _suits(history: History, loan_id: UUID, as_of: date) -> Iterator[LimitationEvent]:
    """Suits of the creditor; the day on which they end is not among the facts of a case."""
    for entry_id, suit in history.standing(SuitFiled):
        is_over_it = loan_id in suit.loan_ids and suit.claimant in CLAIMING
        if is_over_it and suit.occurred_on <= as_of:
            yield LimitationEvent(kind=LimitationKind.SUIT, on=suit.occurred_on, entry_id=entry_id)


def _assignments(history: History, loan_id: UUID, as_of: date) -> Iterator[LimitationEvent]:
    """Notices of an assignment that reached the borrower (诉讼时效规定 17)."""
    for entry_id, notice in history.standing(NoticeReached):
        is_theirs = notice.kind is NoticeKind.ASSIGNMENT and notice.recipient_id is None
        if is_theirs and loan_id in notice.loan_ids and notice.occurred_on <= as_of:
            yield LimitationEvent(
                kind=LimitationKind.ASSIGNMENT_NOTICE, on=notice.occurred_on, entry_id=entry_id
            )


def _contacts(
    history: History, loan_id: UUID, loan: LoanTaken, as_of: date
) -> Iterator[tuple[UUID, date, ContactLogged]]:
    """Contacts up to `as_of` that ask for money or promise it, and may be about this loan."""
    for entry_id, contact in contacts_of(history):
        on = contact.occurred_at.astimezone(ZoneInfo(contact.zone)).date()
        about = _speaks_of(contact, loan_id, loan)
        is_open = not contact.loan_ids and contact.on_behalf_of is None
        asks = contact.initiated_by in CREDITOR
        if on <= as_of and (about or is_open) and (asks or _is_promise(contact)):
            yield entry_id, on, contact


def _speaks_of(contact: ContactLogged, loan_id: UUID, loan: LoanTaken) -> bool:
    if contact.loan_ids:
        return loan_id in contact.loan_ids
    return contact.on_behalf_of == loan.lender


def _is_promise(contact: ContactLogged) -> bool:
    sides = {contact.initiated_by, contact.reached}
    return contact.outcome is ContactOutcome.PROMISE and ContactParty.CLIENT in sides


def _moves(contact: ContactLogged) -> LimitationKind | str:
    """What a contact is to the clock; a sentence where it is nothing."""
    is_creditors = bool({contact.initiated_by, contact.reached} & CREDITOR)
    if _is_promise(contact):
        return LimitationKind.PROMISE if is_creditors else "the promise was not made to the lender"
    if contact.reached is not ContactParty.CLIENT:
        return f"it reached {contact.reached.value}, not the client"
    if contact.channel in WRITTEN:
        return "it did not arrive" if contact.connected is False else LimitationKind.DEMAND_REACHED
    if contact.connected is True:
        return LimitationKind.DEMAND_REACHED
    return "nothing on record says that it got through"
