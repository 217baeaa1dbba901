"""What a position says: for each loan, each plan, and in all. No arithmetic here."""

from datetime import date
from uuid import UUID

import msgspec

from domain.figures.figure import Figure
from domain.money import Money


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """The lender's latest claim, as it stands on record."""

    entry_id: UUID
    claimed_as_of: date
    itemised: Money
    """Sum of its items."""
    stated_total: Money | None


class LoanPosition(msgspec.Struct, frozen=True, kw_only=True):
    """One loan on a day. Every figure is in the loan's currency."""

    loan_id: UUID
    lender: str
    currency: str
    lent: Figure
    """What reached the client."""
    withheld: Figure
    """What was kept back at disbursement; it was never lent, so it is not in the principal."""
    principal: Figure
    interest: Figure
    penalty: Figure
    fees: Figure
    owed: Figure
    paid: Figure
    """Credited and not reversed."""
    pending: Figure
    """Sent, not yet credited."""
    overpaid: Figure
    """Paid beyond everything recorded as owed: a claim to have it back."""
    arrears: Figure
    """By what was agreed or what the contract prints, also where that is more than is owed."""
    arrears_basis: str | None
    arrears_since: date | None
    arrears_days: int | None
    claimed: Claimed | None


class PlanPosition(msgspec.Struct, frozen=True, kw_only=True):
    """A plan in force on a day, against what was paid since it was agreed."""

    plan_id: UUID
    loan_ids: tuple[UUID, ...]
    agreed_on: date
    arrears: Figure
    arrears_since: date | None
    next_due_on: date | None
    next_due: Money | None


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """All loans in one currency together."""

    currency: str
    principal: Figure
    interest: Figure
    penalty: Figure
    fees: Figure
    owed: Figure
    paid: Figure
    pending: Figure
    overpaid: Figure
    arrears: Figure
    """Of loans and of plans that cover several loans, each once."""


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """A case on a day, and what it was made with: given these, the same bytes for ever."""

    case_id: UUID
    as_of: date
    known_at: int
    """Position of the case's last entry that was taken into account."""
    version: int
    """The stream's version there."""
    rules: str
    loans: tuple[LoanPosition, ...]
    plans: tuple[PlanPosition, ...]
    totals: tuple[Total, ...]
