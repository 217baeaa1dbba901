"""How long a channel takes: as noted, or as this case's own payments took. Never guessed."""

from datetime import date
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.paying import ChannelDaysNoted, DaysSource
from domain.cases.payments import PaymentChannel, PaymentMade
from domain.companies import same_company
from domain.figures import ledger
from domain.figures.figure import Unknown
from domain.figures.workdays import working_days_between
from domain.rules.reference import Calendar


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """What this case's own credited payments took: observed, and no promise of the channel."""

    payments: int
    least_working_days: int
    most_working_days: int


class ChannelDays(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a channel, for payments to one lender."""

    channel: PaymentChannel
    lender: str
    working_days: int | None
    """As noted; None where nothing is."""
    source: DaysSource | None
    noted_by: UUID | None
    """The entry that says so."""
    noted_on: date | None
    observed: Observed | None
    unknown: Unknown | None = None
    """Why no days are given."""


def channel_days(
    history: History,
    channel: PaymentChannel,
    lender: str,
    as_of: date,
    calendar: Calendar | Unknown,
) -> ChannelDays:
    """The days noted last by `as_of`, and what was observed."""
    noted_by, best = noted_days(history, channel, lender, as_of)
    missing = Unknown(
        reason=f"nobody has noted how long {channel} takes to {lender}",
        settled_by="the days as the channel, the bank or the lender states them",
    )
    return ChannelDays(
        channel=channel,
        lender=lender,
        working_days=best.working_days if best else None,
        source=best.source if best else None,
        noted_by=noted_by,
        noted_on=best.occurred_on if best else None,
        observed=observed_days(history, channel, lender, as_of, calendar),
        unknown=None if best else missing,
    )


def noted_days(
    history: History, channel: PaymentChannel, lender: str, as_of: date
) -> tuple[UUID | None, ChannelDaysNoted | None]:
    """What was noted last by `as_of` with its entry id: for this lender, else for any."""
    noted = [
        (fact.lender is not None, fact.occurred_on, fact.working_days, entry_id, fact)
        for entry_id, fact in history.standing(ChannelDaysNoted)
        if fact.channel is channel
        and fact.occurred_on <= as_of
        and (fact.lender is None or same_company(fact.lender, lender))
    ]
    best = max(noted, key=lambda each: each[:4], default=None)
    return (best[3], best[4]) if best else (None, None)


def observed_days(
    history: History,
    channel: PaymentChannel,
    lender: str,
    as_of: date,
    calendar: Calendar | Unknown,
) -> Observed | None:
    """What credited payments took; None without one whose working days can be counted."""
    outcomes = ledger.outcomes(history.entries.values(), as_of)
    took = []
    for entry_id, fact in history.standing(PaymentMade):
        loan = history.get(fact.loan_id, LoanTaken)
        day = fact.credited_on or outcomes.credited.get(entry_id)
        if fact.channel is not channel or loan is None or day is None or day > as_of:
            continue
        days = working_days_between(calendar, fact.occurred_on, day)
        if same_company(loan.lender, lender) and not isinstance(days, Unknown):
            took.append(days)
    if not took:
        return None
    return Observed(payments=len(took), least_working_days=min(took), most_working_days=max(took))
