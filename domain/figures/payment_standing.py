"""What became of each payment by a day, and how long it took."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.payments import (
    PaymentBounced,
    PaymentChannel,
    PaymentCredited,
    PaymentExpired,
    PaymentMade,
    PaymentReversed,
)
from domain.figures.channel_days import noted_days
from domain.figures.figure import Unknown
from domain.figures.payees import PayeeStanding, payee_standing
from domain.figures.workdays import after_working_days, working_days_between
from domain.money import Money
from domain.rules.reference import Calendar


class PaymentState(StrEnum):
    """Where a payment is on a day."""

    PENDING = "pending"
    CREDITED = "credited"
    EXPIRED = "expired"
    BOUNCED = "bounced"
    REVERSED = "reversed"


class PaymentStanding(msgspec.Struct, frozen=True, kw_only=True):
    """One payment on a day."""

    payment_id: UUID
    loan_id: UUID
    also_for: tuple[UUID, ...]
    lender: str
    amount: Money
    channel: PaymentChannel
    payee: str | None
    payee_standing: PayeeStanding
    sent_on: date
    state: PaymentState
    credited_on: date | None
    """Also of a payment that was reversed later."""
    ended_on: date | None
    """The day it went back, where it did."""
    settled_by: UUID | None
    """The latest entry that says what became of it; the payment's own where that does."""
    days: int | None
    """Calendar days from sending to credit; while pending, to `as_of`."""
    working_days: int | None
    working_days_unknown: Unknown | None
    usual_working_days: int | None
    """As noted for the channel."""
    expected_by: date | None
    """The day by which the noted days say that it is credited."""
    expected_provisional: Unknown | None
    is_overdue: bool
    """Pending, and that day has passed."""
    check_id: UUID | None


Usual = dict[tuple[PaymentChannel, str], int | None]
"""Days noted for a channel and lender, looked up once."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of a payment."""

    state: PaymentState
    credited_on: date | None
    ended_on: date | None
    settled_by: UUID | None


def payments_standing(
    history: History, as_of: date, calendar: Calendar | Unknown
) -> tuple[PaymentStanding, ...]:
    """Every payment sent or credited by `as_of`, by day, amount and id. Pure."""
    found = outcomes(history, as_of)
    usual: Usual = {}
    rows = [
        _standing(history, payment_id, fact, found[payment_id], as_of, calendar, usual)
        for payment_id, fact in history.standing(PaymentMade)
        if fact.occurred_on <= as_of
    ]
    return tuple(sorted(rows, key=lambda row: (row.sent_on, row.amount.minor, row.payment_id)))


def outcomes(history: History, as_of: date) -> dict[UUID, Outcome]:
    """What became of each payment by a day."""
    credited: dict[UUID, tuple[date, UUID]] = {}
    for entry_id, fact in history.standing(PaymentMade):
        if fact.credited_on is not None and fact.credited_on <= as_of:
            credited[entry_id] = fact.credited_on, entry_id
    for entry_id, credit in history.standing(PaymentCredited):
        if credit.occurred_on <= as_of:
            found = credit.occurred_on, entry_id
            credited[credit.payment_id] = min(found, credited.get(credit.payment_id, found))
    ended: dict[UUID, tuple[date, UUID, PaymentState]] = {}
    for entry_id, end, state in _ends(history):
        if end.occurred_on <= as_of:
            went = end.occurred_on, entry_id, state
            ended[end.payment_id] = min(went, ended.get(end.payment_id, went))
    return {
        payment_id: _outcome(credited.get(payment_id), ended.get(payment_id))
        for payment_id, _ in history.standing(PaymentMade)
    }


def _ends(
    history: History,
) -> Iterator[tuple[UUID, PaymentExpired | PaymentBounced | PaymentReversed, PaymentState]]:
    for entry_id, expiry in history.standing(PaymentExpired):
        yield entry_id, expiry, PaymentState.EXPIRED
    for entry_id, bounce in history.standing(PaymentBounced):
        yield entry_id, bounce, PaymentState.BOUNCED
    for entry_id, reversal in history.standing(PaymentReversed):
        yield entry_id, reversal, PaymentState.REVERSED


def _outcome(
    credited: tuple[date, UUID] | None, ended: tuple[date, UUID, PaymentState] | None
) -> Outcome:
    credited_on, credited_by = credited or (None, None)
    if ended is not None:
        return Outcome(ended[2], credited_on, ended[0], ended[1])
    state = PaymentState.PENDING if credited is None else PaymentState.CREDITED
    return Outcome(state, credited_on, None, credited_by)


def _standing(
    history: History,
    payment_id: UUID,
    fact: PaymentMade,
    became: Outcome,
    as_of: date,
    calendar: Calendar | Unknown,
    usual_days: Usual,
) -> PaymentStanding:
    loan = history.get(fact.loan_id, LoanTaken)
    lender = loan.lender if loan else ""
    if (fact.channel, lender) not in usual_days:
        _, noted = noted_days(history, fact.channel, lender, as_of)
        usual_days[fact.channel, lender] = noted.working_days if noted else None
    usual = usual_days[fact.channel, lender]
    expected = None if usual is None else after_working_days(calendar, fact.occurred_on, usual)
    is_pending = became.state is PaymentState.PENDING
    until = became.credited_on or (as_of if is_pending else None)
    worked = None if until is None else working_days_between(calendar, fact.occurred_on, until)
    return PaymentStanding(
        payment_id=payment_id,
        loan_id=fact.loan_id,
        also_for=fact.also_for,
        lender=lender,
        amount=fact.amount,
        channel=fact.channel,
        payee=fact.payee,
        payee_standing=payee_standing(history, (fact.loan_id, *fact.also_for), fact.payee, as_of),
        sent_on=fact.occurred_on,
        state=became.state,
        credited_on=became.credited_on,
        ended_on=became.ended_on,
        settled_by=became.settled_by,
        days=None if until is None else (until - fact.occurred_on).days,
        working_days=worked if isinstance(worked, int) else None,
        working_days_unknown=worked if isinstance(worked, Unknown) else None,
        usual_working_days=usual,
        expected_by=expected.on if expected else None,
        expected_provisional=expected.provisional if expected else None,
        is_overdue=is_pending and expected is not None and as_of > expected.on,
        check_id=fact.check_id,
    )
