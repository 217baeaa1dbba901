"""Lending: what was agreed, what reached the client, what the lender charged and claims."""

from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

import msgspec

from domain.cases.terms import Instalment, PaymentPart, RatePeriod, Renewal, Repayment, Terms
from domain.facts import Dated
from domain.money import Money
from domain.personal import Personal

__all__ = [
    "COSTS",
    "ChargeKind",
    "ChargeMade",
    "ClaimItem",
    "ClaimKind",
    "CostTableShown",
    "Instalment",
    "LenderClaimed",
    "LenderClass",
    "LoanCalledDue",
    "LoanDisbursed",
    "LoanTaken",
    "RatePeriod",
    "Renewal",
    "Repayment",
    "ShownCost",
    "Terms",
    "WithheldBy",
    "part_of",
]


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
    security: Money | None = None
    """Worth of what secures it; zero where nothing does, None where that is not known."""
    renews: Renewal | None = None
    """The loan whose debt this contract takes over; `face_amount` holds what was carried over."""


class LoanCalledDue(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="loan-called-due"):
    """The lender declared the whole loan due early, and that reached the client then."""

    loan_id: UUID
    due_on: date
    """The last day for paying back after it."""


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


COSTS: Final = frozenset({ChargeKind.COLLECTION_COST, ChargeKind.COURT_FEE, ChargeKind.LAWYER_FEE})
"""Costs of realising the claim (民法典 art. 561): they come first, and stand outside the cost."""


def part_of(kind: ChargeKind) -> PaymentPart:
    """What a charge counts as in an order of payment; what is none of the others is a fee."""
    if kind in COSTS:
        return PaymentPart.COSTS
    if kind in (ChargeKind.INTEREST, ChargeKind.OVERDUE_INTEREST):
        return PaymentPart.INTEREST
    return PaymentPart.PENALTY if kind is ChargeKind.PENALTY else PaymentPart.FEES


class ChargeMade(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="charge-made"):
    """The lender or someone for it charged something; recorded as charged, not as owed by law."""

    loan_id: UUID
    kind: ChargeKind
    amount: Money
    charged_by: str | None = None
    """Company that charged it, where it is not the lender."""


class ShownCost(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One cost item of the table that was shown before signing, default items included."""

    kind: ChargeKind
    payee: str | None = None
    """Who receives it; None where the table names the lender or nobody."""


class CostTableShown(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="cost-table-shown"):
    """The table of the all-in cost (综合融资成本明示表) was shown on `occurred_on`."""

    loan_id: UUID
    items: tuple[ShownCost, ...] = ()
    """What it names; empty where it names nothing."""
    annual_cost_pct: str | None = None
    """The all-in cost that it states, in per cent a year, a decimal string: "23.9"."""


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


LendingFact = (
    LoanTaken | LoanDisbursed | LoanCalledDue | CostTableShown | ChargeMade | LenderClaimed
)
