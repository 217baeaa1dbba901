"""Lending: what was agreed, what reached the client, what the lender charged and claims."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.facts import Dated
from domain.money import Money
from domain.personal import Personal


class LenderClass(StrEnum):
    """Kinds of lender that rules tell apart (law/cn.md 1.1); unknown until a licence is seen."""

    UNKNOWN = "unknown"
    PRIVATE = "private"
    BANK = "bank"
    CONSUMER_FINANCE = "consumer-finance"
    TRUST = "trust"
    SMALL_LOAN = "small-loan"
    GUARANTEE = "guarantee"
    PAWNSHOP = "pawnshop"
    FINANCE_LEASING = "finance-leasing"
    FACTORING = "factoring"
    LOCAL_AMC = "local-amc"
    REGIONAL_EQUITY = "regional-equity"


class Repayment(StrEnum):
    """How the contract says the loan is paid back."""

    LEVEL = "level-instalments"
    EQUAL_PRINCIPAL = "equal-principal"
    FLAT = "flat"
    INTEREST_FIRST = "interest-first"
    BULLET = "bullet"
    OTHER = "other"


class RatePeriod(StrEnum):
    """The period a stated rate is for. Without it a rate means nothing."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class Instalment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One payment due: a day and an amount."""

    due_on: date
    amount: Money


class Terms(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The contract's terms as stated, nothing computed or mended."""

    rate_pct: str | None = None
    """Interest rate in per cent for each `rate_period`, a decimal string: "1.5"."""
    rate_period: RatePeriod | None = None
    overdue_rate_pct: str | None = None
    """Overdue rate in per cent for each `overdue_rate_period`."""
    overdue_rate_period: RatePeriod | None = None
    repayment: Repayment | None = None
    schedule: tuple[Instalment, ...] = ()
    """The instalments that the contract prints."""
    due_on: date | None = None
    """The last day for paying back."""


class LoanTaken(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="loan-taken"):
    """A loan contract was made; `occurred_on` is the contract date. Its entry id is the loan id."""

    lender: str
    """The lender's trade or company name; for a private person a neutral label, for this stands
    in clear: "private lender A"."""
    lender_name: Personal[str] | None = None
    """A private lender's own name."""
    lender_class: LenderClass = LenderClass.UNKNOWN
    contract_number: Personal[str] | None = None
    face_amount: Money
    """The amount that the contract names, whatever was paid out."""
    terms: Terms = msgspec.field(default_factory=Terms)


class WithheldBy(StrEnum):
    """Who kept money back at disbursement."""

    LENDER = "lender"
    PLATFORM = "platform"
    GUARANTOR = "guarantor"
    OTHER = "other"


class LoanDisbursed(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="loan-disbursed"):
    """Money reached the client."""

    loan_id: UUID
    received: Money
    """What arrived."""
    withheld: Money | None = None
    """What was kept back of the amount lent (head interest, fees), where known."""
    withheld_by: WithheldBy | None = None
    account: Personal[str] | None = None


class ChargeKind(StrEnum):
    """What a charge is for, in the order's terms: costs and penalties, interest."""

    INTEREST = "interest"
    OVERDUE_INTEREST = "overdue-interest"
    PENALTY = "penalty"
    SERVICE_FEE = "service-fee"
    GUARANTEE_FEE = "guarantee-fee"
    MEMBERSHIP_FEE = "membership-fee"
    INSURANCE = "insurance"
    COLLECTION_COST = "collection-cost"
    COURT_FEE = "court-fee"
    LAWYER_FEE = "lawyer-fee"
    OTHER_FEE = "other-fee"


class ChargeMade(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="charge-made"):
    """The lender or someone for it charged something; recorded as charged, not as owed by law."""

    loan_id: UUID
    kind: ChargeKind
    amount: Money
    charged_by: str | None = None
    """Company that charged it, where it is not the lender."""


class ClaimKind(StrEnum):
    """The items of a lender's claim."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    PENALTY = "penalty"
    FEE = "fee"
    COST = "cost"
    UNITEMISED = "unitemised"


class ClaimItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a claim."""

    kind: ClaimKind
    amount: Money


class LenderClaimed(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="lender-claimed"):
    """The lender said what it wants, `occurred_on` that day, as owed on `claimed_as_of`."""

    loan_id: UUID
    claimed_as_of: date
    items: tuple[ClaimItem, ...]
    stated_total: Money | None = None
    """The total that the claim prints; kept also where the items do not add up to it."""
