"""The payments of a case: what became of each, what is missing, and what has to be sent when."""

from datetime import date
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.payments import PaymentMade
from domain.figures.channel_days import ChannelDays, channel_days
from domain.figures.covering import PAID
from domain.figures.figure import Unknown
from domain.figures.payees import PayeeStanding
from domain.figures.payment_standing import PaymentStanding, payments_standing
from domain.figures.plan_progress import plan_progress
from domain.figures.send_by import SendBy, send_by, sending_of
from domain.figures.workdays import calendar_of
from domain.rules.books import Books
from projections.gaps import Gap, gaps_of, settled
from projections.sources import Sources


class PaymentLine(msgspec.Struct, frozen=True, kw_only=True):
    """A payment with what the file does not show of it."""

    payment: PaymentStanding
    gaps: tuple[Gap, ...]


class PaymentsReading(msgspec.Struct, frozen=True, kw_only=True):
    """The payments of a case on a day, and what the answer was made with."""

    case_id: UUID
    as_of: date
    known_at: int
    """Position of the case's last entry that was taken into account."""
    version: int
    pack: str | None
    data: str | None
    payments: tuple[PaymentLine, ...]
    unknown_payees: tuple[UUID, ...]
    """Payments to somebody whom the case does not know as a receiver; they count all the same."""
    channels: tuple[ChannelDays, ...]
    """What is known of each channel in use, for each lender."""
    send_by: tuple[SendBy, ...]
    """The instalments of plans in force that are still to come."""


def payments_reading(history: History, as_of: date, books: Books | Unknown) -> PaymentsReading:
    """Every payment sent by `as_of`. Pure; working days are Unknown without books."""
    calendar = calendar_of(books)
    sources, known = Sources(history), settled(history, as_of)
    rows = payments_standing(history, as_of, calendar)
    facts = dict(history.standing(PaymentMade))
    used = sorted({(row.channel, row.lender) for row in rows})
    return PaymentsReading(
        case_id=history.case_id,
        as_of=as_of,
        known_at=history.position,
        version=history.version,
        pack=books.pack.reference if isinstance(books, Books) else None,
        data=books.data.version if isinstance(books, Books) else None,
        payments=tuple(
            PaymentLine(
                payment=row,
                gaps=gaps_of(row.payment_id, facts[row.payment_id], sources, known, as_of),
            )
            for row in rows
        ),
        unknown_payees=tuple(
            row.payment_id for row in rows if row.payee_standing is PayeeStanding.UNKNOWN
        ),
        channels=tuple(channel_days(history, *each, as_of, calendar) for each in used),
        send_by=tuple(
            send_by(plan, row, sending, calendar)
            for plan in plan_progress(history, as_of)
            if plan.ended_on is None
            for sending in (sending_of(history, plan, as_of, calendar),)
            for row in plan.instalments
            if row.due_on >= as_of and row.state not in PAID
        ),
    )
