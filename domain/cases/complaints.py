"""Complaints: to the lender, a regulator, a mediator."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Dated
from domain.money import Money
from domain.personal import Personal
from domain.warnings import AnsweredWarning


class ComplaintChannel(StrEnum):
    """Where a complaint goes (law/cn.md 4.1)."""

    LENDER = "lender"
    NFRA_12378 = "nfra-12378"
    NFRA_REPORT = "nfra-report"
    PBOC_12363 = "pboc-12363"
    LOCAL_FINANCE = "local-financial-administration"
    CREDIT_BUREAU = "credit-bureau"
    MARKET_REGULATOR = "market-regulator"
    INDUSTRY_ASSOCIATION = "industry-association"
    MEDIATION = "mediation"
    POLICE = "police"
    OTHER = "other"


class Ground(StrEnum):
    """What a complaint is about."""

    OVERCHARGE = "overcharge"
    HEAD_INTEREST = "head-interest"
    UNDISCLOSED_COST = "undisclosed-cost"
    HARASSMENT = "harassment"
    NIGHT_CALLS = "night-calls"
    THIRD_PARTY_CONTACT = "third-party-contact"
    THREATS = "threats"
    DATA_MISUSE = "data-misuse"
    PAYMENT_NOT_BOOKED = "payment-not-booked"
    WRONG_CREDIT_RECORD = "wrong-credit-record"
    HARDSHIP_REFUSED = "hardship-refused"
    OTHER = "other"


class ComplaintFiled(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="complaint-filed"):
    """A complaint was handed in on `occurred_on`."""

    channel: ComplaintChannel
    respondent: str
    """Company complained about."""
    grounds: tuple[Ground, ...]
    loan_ids: tuple[UUID, ...] = ()
    statement: Personal[str] | None = None
    reference: Personal[str] | None = None
    escalates: UUID | None = None
    """The earlier complaint about the same wrong that this one takes further."""
    answered: tuple[AnsweredWarning, ...] = ()


class ComplaintReceived(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="complaint-received"
):
    """The addressee acknowledged a complaint; `occurred_on` is the day it reached them."""

    complaint_id: UUID
    reference: Personal[str] | None = None


class ComplaintExtended(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="complaint-extended"
):
    """A holding letter: the addressee said on `occurred_on` that it needs longer."""

    complaint_id: UUID
    until: date
    """The day named for the answer."""
    reason: Personal[str] | None = None


class ComplaintPassedOn(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="complaint-passed-on"
):
    """The addressee sent a complaint on to another body."""

    complaint_id: UUID
    passed_to: str
    """The body or company, in clear."""


class ComplaintOutcome(StrEnum):
    """What a complaint came to."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly-upheld"
    REFUSED = "refused"
    SETTLED = "settled"
    NOT_ACCEPTED = "not-accepted"
    """The addressee did not take it: not its matter, or papers missing."""


class ComplaintAnswered(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="complaint-answered"
):
    """The final response reached the client or us on `occurred_on`."""

    complaint_id: UUID
    outcome: ComplaintOutcome
    granted: Money | None = None
    """What was given back or given up, where an amount was named."""
    summary: Personal[str] | None = None


class ReviewAsked(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="review-asked"):
    """The level above was asked to review an answer (核查)."""

    complaint_id: UUID
    reason: Personal[str] | None = None


class ReviewDecided(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="review-decided"):
    """The level above decided on a review."""

    review_id: UUID
    outcome: ComplaintOutcome
    summary: Personal[str] | None = None


class ComplaintWithdrawn(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="complaint-withdrawn"
):
    """The client took a complaint back: it was made, and it ended so."""

    complaint_id: UUID
    reason: Personal[str]


class ComplaintMerged(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="complaint-merged"):
    """The addressee handles a complaint together with another one, which goes on."""

    complaint_id: UUID
    into_id: UUID


ComplaintFact = (
    ComplaintFiled
    | ComplaintReceived
    | ComplaintExtended
    | ComplaintPassedOn
    | ComplaintAnswered
    | ReviewAsked
    | ReviewDecided
    | ComplaintWithdrawn
    | ComplaintMerged
)
