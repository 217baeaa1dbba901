"""How long a lender has to answer a proposal: what the proposal asks, else what is usual."""

from datetime import date
from enum import StrEnum
from typing import Final

import msgspec

from domain.cases.negotiating import ProposalMade
from domain.figures.figure import Unknown
from domain.figures.workdays import after_working_days
from domain.rules.reference import Calendar

USUAL_WORKING_DAYS: Final = 7
"""The longer end of the 3 to 7 working days that platforms usually name: practice, no law."""


class ClockBasis(StrEnum):
    """What the last day for an answer rests on."""

    ASKED_DAY = "asked-day"
    ASKED_WORKING_DAYS = "asked-working-days"
    HOLDING_ANSWER = "holding-answer"
    """The day that the lender named when it took more time."""
    PRACTICE = "practice"
    """Nothing was asked; no rule of law gives this time."""


class AnswerClock(msgspec.Struct, frozen=True, kw_only=True):
    """The last day for an answer."""

    basis: ClockBasis
    working_days: int | None
    wanted_by: date
    provisional: Unknown | None
    """Why the day may still move."""


def answer_clock(
    proposal: ProposalMade, calendar: Calendar | Unknown, put_off_to: date | None = None
) -> AnswerClock:
    """The last day for an answer; `put_off_to` is the day that a holding answer named."""
    days = proposal.answer_working_days
    basis = ClockBasis.PRACTICE if days is None else ClockBasis.ASKED_WORKING_DAYS
    named = put_off_to or proposal.answer_wanted_on
    if named is not None:
        basis = ClockBasis.HOLDING_ANSWER if put_off_to else ClockBasis.ASKED_DAY
        return AnswerClock(basis=basis, working_days=None, wanted_by=named, provisional=None)
    count = USUAL_WORKING_DAYS if days is None else days
    last = after_working_days(calendar, proposal.occurred_on, count)
    return AnswerClock(
        basis=basis, working_days=count, wanted_by=last.on, provisional=last.provisional
    )
