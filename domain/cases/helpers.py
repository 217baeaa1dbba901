"""Help from family and friends: what they pledge, give, and get back.

Helpers are creditors of their own: they count in what the client can afford, and never in what a
lender can claim. Money that goes from a helper to a lender is a payment in its own entry.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.cases.lending import Instalment
from domain.facts import Dated
from domain.money import Money
from domain.personal import Personal
from domain.warnings import AnsweredWarning


class HelpPotOpened(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="help-pot-opened"):
    """Several people are to bring up a sum together; its entry id names the pot."""

    loan_ids: tuple[UUID, ...]
    """What it is for."""
    whole: Money
    due_on: date | None = None
    """The day on which it is needed."""
    purpose: Personal[str] | None = None


class Relation(StrEnum):
    """Who a helper is to the client."""

    PARENT = "parent"
    SPOUSE = "spouse"
    CHILD = "child"
    SIBLING = "sibling"
    RELATIVE = "relative"
    FRIEND = "friend"
    COLLEAGUE = "colleague"
    EMPLOYER = "employer"
    OTHER = "other"


class HelpPledged(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="help-pledged"):
    """Somebody took on a share of a pot."""

    pot_id: UUID
    helper: Personal[str]
    relation: Relation
    share: Money
    is_gift: bool = False
    """Whether it need not be paid back."""
    promised_on: date | None = None
    """The day for which it was promised."""


class HelpContributed(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="help-contributed"):
    """A helper gave money towards a pledge."""

    pledge_id: UUID
    amount: Money
    payment_id: UUID | None = None
    """The payment by which it went to a lender, where it went there directly."""
    answered: tuple[AnsweredWarning, ...] = ()


class PledgeTakenBack(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="pledge-taken-back"
):
    """A helper will not give what is still missing of a pledge."""

    pledge_id: UUID
    reason: Personal[str] | None = None


class HelpRepaymentAgreed(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="help-repayment-agreed"
):
    """Client and helper agreed how it is paid back; it replaces an earlier agreement."""

    pledge_id: UUID
    instalments: tuple[Instalment, ...]


class HelpRepaid(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="help-repaid"):
    """The client paid a helper back, in part or in full."""

    pledge_id: UUID
    amount: Money


class HelpForgiven(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="help-forgiven"):
    """A helper gave up part of what is owed to them, or all of it."""

    pledge_id: UUID
    amount: Money


class HelpPotSettled(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="help-pot-settled"):
    """The shares of a pot are agreed; nobody else is asked."""

    pot_id: UUID
    answered: tuple[AnsweredWarning, ...] = ()


HelperFact = (
    HelpPotOpened
    | HelpPledged
    | HelpContributed
    | PledgeTakenBack
    | HelpRepaymentAgreed
    | HelpRepaid
    | HelpForgiven
    | HelpPotSettled
)
