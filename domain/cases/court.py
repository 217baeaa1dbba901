"""Court: suits by either side, payment orders, judgments, enforcement.

The day of suing (起诉) and the day the court accepted the case (立案) decide which cap applies
(law/cn.md 1.2); neither is ever inferred from the other.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.facts import Dated
from domain.money import Money
from domain.personal import Personal


class Claimant(StrEnum):
    """Who sues."""

    LENDER = "lender"
    CLIENT = "client"
    ASSIGNEE = "assignee"
    GUARANTOR = "guarantor"


class Sought(StrEnum):
    """What a suit asks for."""

    REPAYMENT = "repayment"
    STOP_HARASSMENT = "stop-harassment"
    DAMAGES = "damages"
    APOLOGY = "apology"
    DELETE_DATA = "delete-data"
    CORRECT_RECORD = "correct-record"
    REFUND = "refund"
    DECLARE_VOID = "declare-void"
    DECLARE_NOTHING_OWED = "declare-nothing-owed"


class SuitFiled(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="suit-filed"):
    """A suit or application was handed in; `occurred_on` is the day of suing."""

    loan_ids: tuple[UUID, ...]
    claimant: Claimant
    accepted_on: date | None = None
    """The day the first-instance court accepted it, where known already."""
    court: str | None = None
    case_number: Personal[str] | None = None
    seeks: tuple[Sought, ...] = ()
    """What it asks for; empty: not on record."""


class SuitAccepted(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="suit-accepted"):
    """The court accepted a suit on `occurred_on`."""

    suit_id: UUID


class SuitDecided(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="suit-decided"):
    """The court decided a suit for good on `occurred_on`: a later change of rules passes it by."""

    suit_id: UUID


class ClaimServed(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="claim-served"):
    """The court served a suit on the client on `occurred_on`: the defence period begins."""

    suit_id: UUID


class DefenceFiled(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="defence-filed"):
    """The client's defence was handed in."""

    suit_id: UUID


class HearingSet(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="hearing-set"):
    """The court summoned to a hearing; `occurred_on` is the day the summons came."""

    suit_id: UUID
    hearing_on: date
    place: str | None = None
    """Court and room, in clear."""


class HearingHeld(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="hearing-held"):
    """A hearing took place."""

    suit_id: UUID
    summary: Personal[str] | None = None


class EvidencePeriodSet(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="evidence-period-set"
):
    """The court set the last day for handing in evidence (证据规定 51)."""

    suit_id: UUID
    until: date


class EvidenceHandedIn(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="evidence-handed-in"
):
    """The client's evidence list and its items were handed in to the court."""

    suit_id: UUID


class MediationAgreed(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="mediation-agreed"):
    """A mediated agreement took effect on `occurred_on`."""

    loan_ids: tuple[UUID, ...]
    mediator: str
    """The body, in clear."""
    suit_id: UUID | None = None
    """The suit in which it was made; None: outside court, and it can be confirmed."""
    summary: Personal[str] | None = None


class ConfirmationAskedFor(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="confirmation-asked-for"
):
    """Both sides asked the court to confirm a mediated agreement."""

    mediation_id: UUID


class JudgmentOutcome(StrEnum):
    """What a judgment gave, seen from whoever sued."""

    GRANTED = "granted"
    PARTLY_GRANTED = "partly-granted"
    DISMISSED = "dismissed"


class JudgedAmount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one loan was judged to be, in the two parts that delay interest tells apart."""

    loan_id: UUID
    money: Money
    """Judged money without general interest (法释〔2014〕8号 art. 1)."""
    interest: Money | None = None
    """General interest, where the judgment names an amount."""


class JudgmentGiven(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="judgment-given"):
    """A court judged at first or second instance; `occurred_on` is its day."""

    suit_id: UUID
    outcome: JudgmentOutcome
    served_on: date | None = None
    """The day it was served on the client: the appeal period begins."""
    perform_by: date | None = None
    """Last day for performing, where the judgment or its coming into effect gives one."""
    judged: tuple[JudgedAmount, ...] = ()


class AppealFiled(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="appeal-filed"):
    """Somebody appealed."""

    judgment_id: UUID
    appellant: Claimant


class EnforcementApplied(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="enforcement-applied"
):
    """Enforcement of a judgment or a payment order was applied for."""

    about_id: UUID
    """The judgment or the order."""


class EnforcementMeasure(StrEnum):
    """What the enforcing court did."""

    ACCOUNT_FROZEN = "account-frozen"
    MONEY_TAKEN = "money-taken"
    WAGE_ATTACHED = "wage-attached"
    PROPERTY_SEIZED = "property-seized"
    CONSUMPTION_LIMITED = "consumption-limited"
    LISTED = "listed"
    SETTLED = "settled"
    ENDED = "ended"


class EnforcementStepTaken(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="enforcement-step-taken"
):
    """A step of enforcement."""

    enforcement_id: UUID
    measure: EnforcementMeasure
    amount: Money | None = None


class PaymentOrderServed(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="payment-order-served"
):
    """A payment order (支付令) reached the client on `occurred_on`."""

    loan_ids: tuple[UUID, ...]
    court: str
    amount: Money | None = None
    """What it orders to pay, in all."""
    case_number: Personal[str] | None = None


class ObjectionAbout(StrEnum):
    """What an objection says."""

    DEBT = "debt"
    """That it is not owed, or not so much."""
    MEANS_OR_TIME = "means-or-time"
    """Only that the client cannot pay, or not now: it does not count (督促程序规定 7)."""


class PaymentOrderObjected(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="payment-order-objected"
):
    """The client objected to a payment order in writing."""

    order_id: UUID
    about: ObjectionAbout


CourtFact = (
    SuitFiled
    | SuitAccepted
    | SuitDecided
    | ClaimServed
    | DefenceFiled
    | HearingSet
    | HearingHeld
    | EvidencePeriodSet
    | EvidenceHandedIn
    | MediationAgreed
    | ConfirmationAskedFor
    | JudgmentGiven
    | AppealFiled
    | EnforcementApplied
    | EnforcementStepTaken
    | PaymentOrderServed
    | PaymentOrderObjected
)
