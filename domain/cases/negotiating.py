"""Negotiating: papers that are asked for, proposals, and what the lender makes of them."""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.contacts import ContactChannel
from domain.cases.lending import Instalment
from domain.facts import Dated
from domain.money import Money
from domain.personal import Personal
from domain.warnings import AnsweredWarning


class PaperKind(StrEnum):
    """Papers that lenders ask for."""

    IDENTITY = "identity"
    INCOME = "income"
    INCOME_AND_EXPENDITURE = "income-and-expenditure"
    BANK_STATEMENT = "bank-statement"
    UNEMPLOYMENT = "unemployment"
    MEDICAL = "medical"
    HOUSEHOLD = "household"
    HARDSHIP_LETTER = "hardship-letter"
    CREDIT_REPORT = "credit-report"
    AUTHORITY = "authority"
    OTHER = "other"


class PapersAsked(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="papers-asked"):
    """A lender asked for papers; its entry id is the request's id."""

    lender: str
    loan_ids: tuple[UUID, ...]
    papers: tuple[PaperKind, ...]
    channel: ContactChannel
    due_on: date | None = None
    """The last day that it named, where it did."""


class PaperHanded(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One paper that was handed in."""

    kind: PaperKind
    item_id: UUID | None = None
    """The evidence item that is a copy of it."""


class PapersHandedIn(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="papers-handed-in"):
    """Papers were handed to a lender."""

    lender: str
    loan_ids: tuple[UUID, ...]
    papers: tuple[PaperHanded, ...]
    channel: ContactChannel
    asked_id: UUID | None = None
    """The request that they answer; None where nobody had asked."""
    answered: tuple[AnsweredWarning, ...] = ()


class ProposalKind(StrEnum):
    """What is proposed."""

    INSTALMENTS = "instalments"
    EXTENSION = "extension"
    WAIVER = "waiver"
    LUMP_SUM = "lump-sum"
    TOKEN = "token"  # noqa: S105 - a small payment in good faith
    MIXED = "mixed"


class Offer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is offered, or countered, on one loan."""

    loan_id: UUID
    amount: Money | None = None
    """A month; of a lump sum, at once. None where nothing is to be paid."""
    instalments: tuple[Instalment, ...] = ()
    """Day by day, where it is worked out so far."""
    due_on: date | None = None
    """The new last day, or the day of the lump sum."""
    waived: Money | None = None
    """What the lender is to give up, or is ready to."""


class ProposalMade(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="proposal-made"):
    """A proposal went out on `occurred_on`, to one lender or several; its entry id is its id."""

    kind: ProposalKind
    loan_ids: tuple[UUID, ...]
    offers: tuple[Offer, ...]
    """One for each loan."""
    channel: ContactChannel
    available: Money | None = None
    """What the offers share among them: a month, or for a lump sum at once."""
    statement_id: UUID | None = None
    """The financial statement that it rests on (entry id)."""
    answer_wanted_on: date | None = None
    """The last day for an answer that it names."""
    answer_working_days: int | None = None
    """Or the working days for an answer that it names."""
    text: Personal[str] | None = None
    answered: tuple[AnsweredWarning, ...] = ()


class AnswerKind(StrEnum):
    """What a lender answers."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    COUNTER = "counter"
    HOLDING = "holding"
    """It takes more time."""


class ProposalAnswered(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="proposal-answered"
):
    """A lender answered a proposal, for some or all of its loans."""

    proposal_id: UUID
    loan_ids: tuple[UUID, ...]
    answer: AnswerKind
    channel: ContactChannel
    counter: tuple[Offer, ...] = ()
    """What it offers instead."""
    due_on: date | None = None
    """The last day it names: for us to reply, or for its own answer where it takes more time."""
    conditions: Personal[str] | None = None


class ProposalWithdrawn(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="proposal-withdrawn"
):
    """A proposal was taken back."""

    proposal_id: UUID
    reason: Personal[str] | None = None


NegotiatingFact = PapersAsked | PapersHandedIn | ProposalMade | ProposalAnswered | ProposalWithdrawn
