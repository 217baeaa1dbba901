"""How a case came in, how pressing it is, and the phases that work on it goes through."""

from datetime import date
from enum import StrEnum

from domain.facts import Fact
from domain.personal import Personal


class ReferralSource(StrEnum):
    """Who sent the client."""

    SELF = "self"
    FAMILY = "family"
    COMMUNITY = "community"
    NGO = "ngo"
    LEGAL_AID = "legal-aid"
    COURT = "court"
    EMPLOYER = "employer"
    BANK = "bank"
    HOTLINE = "hotline"
    OTHER = "other"


class ReferralReceived(
    Fact, frozen=True, kw_only=True, omit_defaults=True, tag="referral-received"
):
    """The client was sent to us, or came by themselves."""

    received_on: date
    source: ReferralSource
    referrer: Personal[str] | None = None
    """Who it was: a body or a person."""
    reference: Personal[str] | None = None
    """Their own number for it."""
    reason: Personal[str] | None = None
    """What the client is to be helped with, in their words."""

    def happened(self) -> date:
        """The day it reached us."""
        return self.received_on


class Phase(StrEnum):
    """Phases of work on a case, in the order in which they come as a rule."""

    EXPLORE = "explore"
    URGENT = "urgent"
    """What cannot wait: threats, a hearing, an auction, the rent."""
    CREDITORS = "creditors"
    INCOME = "income"
    EXPENDITURE = "expenditure"
    STATEMENT = "statement"
    STRATEGY = "strategy"
    IMPLEMENT = "implement"
    REVIEW = "review"


class PhaseBegun(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="phase-begun"):
    """A phase began, and the one before it ended. Work may go back to an earlier one."""

    phase: Phase
    begun_on: date
    note: Personal[str] | None = None

    def happened(self) -> date:
        """The day it began."""
        return self.begun_on


class Urgency(StrEnum):
    """How soon a case has to be looked at."""

    ORDINARY = "ordinary"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class UrgencySet(Fact, frozen=True, kw_only=True, omit_defaults=True, tag="urgency-set"):
    """How pressing the case is, from a day on, until it is set anew."""

    level: Urgency
    set_on: date
    review_on: date | None = None
    """The day by which it is to be looked at again; needed above `ordinary`."""
    reason: Personal[str] | None = None
    """Needed above `ordinary`."""

    def happened(self) -> date:
        """The day from which it holds."""
        return self.set_on


PhaseFact = ReferralReceived | PhaseBegun | UrgencySet
