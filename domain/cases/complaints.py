"""Complaints: to the lender, a regulator, a mediator."""

from enum import StrEnum
from uuid import UUID

from domain.facts import Dated
from domain.personal import Personal


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


ComplaintFact = ComplaintFiled
