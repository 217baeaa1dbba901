"""How far the intake of a case has come on a day, and what it still lacks. Pure."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.budget import FinancialStatementMade
from domain.cases.conflicts import ConflictChecked
from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.phases import PhaseBegun, ReferralReceived, ReferralSource, UrgencySet
from domain.conflicts.checks import ConflictStanding, conflict_standing
from domain.intake.phases import PhaseSpan, Standing, phases_of, urgency_on
from domain.personal import Personal


class IntakeLacking(StrEnum):
    """What belongs to an intake and is not on record."""

    REFERRAL = "referral"
    CONFLICT_CHECK = "conflict-check"
    PHASE = "phase"
    URGENCY = "urgency"
    LOANS = "loans"
    FINANCIAL_STATEMENT = "financial-statement"


class Referral(msgspec.Struct, frozen=True, kw_only=True):
    """Who sent the client."""

    entry_id: UUID
    received_on: date
    source: ReferralSource
    referrer: Personal[str] | None
    reference: Personal[str] | None
    reason: Personal[str] | None


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """The intake of a case on a day."""

    referrals: tuple[Referral, ...]
    phase: PhaseSpan | None
    """The phase that the case is in."""
    phases: tuple[PhaseSpan, ...]
    """Every phase so far, with its days."""
    urgency: Standing | None
    conflict_check: ConflictStanding
    """Whether anybody looked for conflicts of interest, and who came into the case since."""
    lacking: tuple[IntakeLacking, ...]


def intake_of(history: History, as_of: date) -> Intake:
    """The intake as recorded, of days up to `as_of`."""
    phases = phases_of(history, as_of)
    return Intake(
        referrals=_referrals(history, as_of),
        phase=phases[-1] if phases else None,
        phases=phases,
        urgency=urgency_on(history, as_of),
        conflict_check=conflict_standing(history, as_of),
        lacking=tuple(_lacking(history, as_of)),
    )


def _referrals(history: History, as_of: date) -> tuple[Referral, ...]:
    return tuple(
        Referral(
            entry_id=entry_id,
            received_on=fact.received_on,
            source=fact.source,
            referrer=fact.referrer,
            reference=fact.reference,
            reason=fact.reason,
        )
        for entry_id, fact in history.standing(ReferralReceived)
        if fact.received_on <= as_of
    )


_NEEDED: Final = (
    (IntakeLacking.REFERRAL, ReferralReceived),
    (IntakeLacking.CONFLICT_CHECK, ConflictChecked),
    (IntakeLacking.PHASE, PhaseBegun),
    (IntakeLacking.URGENCY, UrgencySet),
    (IntakeLacking.LOANS, LoanTaken),
    (IntakeLacking.FINANCIAL_STATEMENT, FinancialStatementMade),
)


def _lacking(history: History, as_of: date) -> Iterator[IntakeLacking]:
    for lacking, kind in _NEEDED:
        days = (fact.happened() for _, fact in history.standing(kind))
        if not any(day is not None and day <= as_of for day in days):
            yield lacking
