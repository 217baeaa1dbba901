"""Plans: what client and lender agreed for paying the debt, and what became of it."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.lending import Instalment
from domain.cases.payments import PaymentChannel
from domain.facts import Dated
from domain.money import Money
from domain.personal import Personal
from domain.warnings import AnsweredWarning


class LoanShare(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What of a plan for several loans goes on one of them."""

    loan_id: UUID
    instalments: tuple[Instalment, ...]


class PlanAgreed(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="plan-agreed"):
    """A plan was agreed on `occurred_on`; it replaces an earlier one for the same loans."""

    loan_ids: tuple[UUID, ...]
    instalments: tuple[Instalment, ...]
    """Of all its loans together."""
    shares: tuple[LoanShare, ...] = ()
    """How each instalment is shared among the loans, where that was agreed."""
    waived: Money | None = None
    """What the lender agreed to give up once the plan is kept, where it said so."""
    channel: PaymentChannel | None = None
    """The way the instalments are to be paid, where that was agreed."""
    balance_check_days: int | None = None
    """How many days before an instalment the balance is looked at; None: as is usual here."""
    review_on: date | None = None
    """The day on which it is to be looked at again."""
    proposal_id: UUID | None = None
    """The proposal that it came from."""
    statement_id: UUID | None = None
    """The financial statement that it rests on (entry id)."""
    answered: tuple[AnsweredWarning, ...] = ()


class DeclaredBy(StrEnum):
    """Who said so."""

    LENDER = "lender"
    CLIENT = "client"
    ADVISER = "adviser"
    COURT = "court"
    OTHER = "other"


class Consequence(StrEnum):
    """What whoever declared a breach says that follows from it; not what follows by law."""

    NONE_STATED = "none-stated"
    TIME_TO_MEND = "time-to-mend"
    WAIVER_LOST = "waiver-lost"
    WHOLE_DEBT_DUE = "whole-debt-due"
    PLAN_ENDS = "plan-ends"


class PlanBroken(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="plan-broken"):
    """A plan was declared broken; it stays in force until `plan-ended` or a newer plan."""

    plan_id: UUID
    declared_by: DeclaredBy
    consequence: Consequence = Consequence.NONE_STATED
    reason: Personal[str] | None = None


class ReviewOutcome(StrEnum):
    """What a review came to."""

    KEEP = "keep"
    RENEGOTIATE = "renegotiate"
    END = "end"


class PlanReviewed(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="plan-reviewed"):
    """A plan was looked at again with the client."""

    plan_id: UUID
    outcome: ReviewOutcome
    review_on: date | None = None
    """The next time; None where there is to be none."""


class PlanCompleted(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="plan-completed"):
    """The lender confirmed, or the record shows, that a plan was carried out to its end."""

    plan_id: UUID
    confirmed_by: DeclaredBy = DeclaredBy.ADVISER
    answered: tuple[AnsweredWarning, ...] = ()


class PlanEnded(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="plan-ended"):
    """A plan is in force no more from `occurred_on`, before it was carried out."""

    plan_id: UUID
    ended_by: DeclaredBy
    reason: Personal[str] | None = None


PlanFact = PlanAgreed | PlanBroken | PlanReviewed | PlanCompleted | PlanEnded
