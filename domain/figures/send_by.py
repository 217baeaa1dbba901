"""The last day for sending an instalment: its due day less the days that the channel takes."""

from datetime import date
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.payments import PaymentChannel, PaymentMade
from domain.cases.plans import PlanAgreed
from domain.figures.channel_days import ChannelDays, channel_days
from domain.figures.covering import Covered
from domain.figures.figure import Unknown
from domain.figures.plan_progress import PlanProgress
from domain.figures.workdays import before_working_days
from domain.money import Money
from domain.rules.reference import Calendar


class SendBy(msgspec.Struct, frozen=True, kw_only=True):
    """When an instalment has to be sent so that it is credited in time."""

    plan_id: UUID
    number: int
    due_on: date
    open: Money
    """What of it is not credited."""
    channel: PaymentChannel | None
    """The plan's, else that of the last payment on its loans."""
    working_days: int | None
    send_by: date | None
    """The last day; None where `unknown` says why."""
    provisional: Unknown | None
    """Why it may still move."""
    unknown: Unknown | None
    channels: tuple[ChannelDays, ...]
    """What is noted and observed of the channel, for each lender."""


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """How the instalments of a plan are sent: looked up once for all of them."""

    channel: PaymentChannel | None
    channels: tuple[ChannelDays, ...]
    working_days: int | None
    unknown: Unknown | None


def sending_of(
    history: History, plan: PlanProgress, as_of: date, calendar: Calendar | Unknown
) -> Sending:
    """The channel of a plan and its days; with several lenders the slowest decides."""
    channel = channel_of(history, plan, as_of)
    known: tuple[ChannelDays, ...] = ()
    if channel is not None:
        lenders = dict.fromkeys(loan.lender for loan in plan.loans)
        known = tuple(channel_days(history, channel, each, as_of, calendar) for each in lenders)
    unknown = _missing(channel, known)
    days = None if unknown else max(each.working_days or 0 for each in known)
    return Sending(channel=channel, channels=known, working_days=days, unknown=unknown)


def send_by(
    plan: PlanProgress, row: Covered, sending: Sending, calendar: Calendar | Unknown
) -> SendBy:
    """The last day for sending one instalment."""
    days = sending.working_days
    last = None if days is None else before_working_days(calendar, row.due_on, days)
    return SendBy(
        plan_id=plan.plan_id,
        number=row.number,
        due_on=row.due_on,
        open=row.amount - row.credited,
        channel=sending.channel,
        working_days=days,
        send_by=last.on if last else None,
        provisional=last.provisional if last else None,
        unknown=sending.unknown,
        channels=sending.channels,
    )


def _missing(channel: PaymentChannel | None, known: tuple[ChannelDays, ...]) -> Unknown | None:
    if channel is None:
        return Unknown(
            reason="the plan names no channel, and nothing was paid on its loans so far",
            settled_by="the channel of the plan, or a first payment",
        )
    return next((each.unknown for each in known if each.unknown), None)


def channel_of(history: History, plan: PlanProgress, as_of: date) -> PaymentChannel | None:
    """The channel that the plan names, else that of the last payment sent on its loans."""
    agreed = history.get(plan.plan_id, PlanAgreed)
    if agreed is not None and agreed.channel is not None:
        return agreed.channel
    sent = [
        (fact.occurred_on, fact.amount.minor, entry_id, fact.channel)
        for entry_id, fact in history.standing(PaymentMade)
        if fact.occurred_on <= as_of and history.get(fact.loan_id, LoanTaken)
        if {fact.loan_id, *fact.also_for} & set(plan.loan_ids)
    ]
    return max(sent)[3] if sent else None
