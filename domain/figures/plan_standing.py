"""What is said of a plan on a day: of each instalment, each loan, and all of it. No arithmetic."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.plans import Consequence, DeclaredBy, ReviewOutcome
from domain.figures.covering import Covered
from domain.figures.figure import Unknown
from domain.money import Money


class PlanState(StrEnum):
    """How a plan stands on a day."""

    RUNNING = "running"
    BREACH_DECLARED = "breach-declared"
    PAID = "paid"
    """Every instalment is credited; nobody has recorded its completion."""
    COMPLETED = "completed"
    REPLACED = "replaced"
    PARTLY_REPLACED = "partly-replaced"
    """Some of its loans have a newer plan: what is left of it was never agreed."""
    ENDED = "ended"


class LoanProgress(msgspec.Struct, frozen=True, kw_only=True):
    """One loan of a plan."""

    loan_id: UUID
    lender: str
    credited: Money
    """Credited on this loan while the plan was in force for it."""
    promised: Money | None = None
    """Its share of the whole plan; None where no shares were agreed."""
    behind: Money | None = None
    """What of its share should have been paid before `as_of` and was not."""
    instalments: tuple[Covered, ...] = ()
    """Its own instalments, where shares were agreed."""


class Breach(msgspec.Struct, frozen=True, kw_only=True):
    """A declared breach."""

    entry_id: UUID
    on: date
    declared_by: DeclaredBy
    consequence: Consequence


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """A review that took place."""

    entry_id: UUID
    on: date
    outcome: ReviewOutcome
    review_on: date | None


class PlanProgress(msgspec.Struct, frozen=True, kw_only=True):
    """One plan on a day. Amounts are in the plan's currency."""

    plan_id: UUID
    agreed_on: date
    loan_ids: tuple[UUID, ...]
    state: PlanState
    ended_on: date | None
    """The day from which it is in force no more: ended, completed, or replaced as a whole."""
    ended_by: UUID | None
    """The entry that did that."""
    promised: Money
    credited: Money
    """Credited while it was in force."""
    behind: Money | None
    """Due before `as_of` and not credited; None where `unknown` says why."""
    behind_since: date | None
    left: Money
    """Of all instalments, what is not credited."""
    beyond: Money
    """Credited beyond all instalments."""
    missed: int
    """Instalments whose day has passed and of which nothing is paid."""
    partial: int
    late: int
    next_due_on: date | None
    next_due: Money | None
    """What is still open of that instalment."""
    paid_on: date | None
    """The day on which the last instalment was credited."""
    next_review_on: date | None
    proposal_id: UUID | None
    statement_id: UUID | None
    instalments: tuple[Covered, ...]
    loans: tuple[LoanProgress, ...]
    breaches: tuple[Breach, ...]
    reviews: tuple[Review, ...]
    unknown: Unknown | None = None
    """Why what was paid on it cannot be said for certain."""


class PlansReading(msgspec.Struct, frozen=True, kw_only=True):
    """The plans of a case on a day, and what they were made with."""

    case_id: UUID
    as_of: date
    known_at: int
    version: int
    rules: str
    plans: tuple[PlanProgress, ...]
