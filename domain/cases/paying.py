"""Paying directly: what is looked at before money is sent, and how long it takes.

A payment itself, and what became of it, stands in `payments.py`.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.cases.payments import PaymentChannel
from domain.facts import Dated
from domain.money import Money
from domain.personal import Personal
from domain.warnings import AnsweredWarning


class PaymentChecked(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="payment-checked"):
    """Before a payment, what the channel shows was compared with what the case holds.

    `occurred_on` is the day of the look; its entry id is the check's id. What does not match, and
    what cannot be compared, has to be answered.
    """

    loan_id: UUID
    amount: Money
    channel: PaymentChannel
    payee: str | None = None
    """The company that the channel names as the receiver."""
    payee_account: Personal[str] | None = None
    borrower_name: Personal[str] | None = None
    """As shown; masked letters stay `*`."""
    borrower_id_number: Personal[str] | None = None
    """As shown: whole, masked like `4****1234`, or its last digits."""
    contract_number: Personal[str] | None = None
    answered: tuple[AnsweredWarning, ...] = ()


class PayeeSource(StrEnum):
    """Where it is known from that a company may receive payments."""

    CONTRACT = "contract"
    LENDER_NOTICE = "lender-notice"
    LENDER_CALL = "lender-call"
    LENDER_APP = "lender-app"
    ASSIGNMENT_NOTICE = "assignment-notice"
    COURT = "court"
    OTHER = "other"


class KnownPayeeNoted(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="known-payee-noted"
):
    """A company was found to receive payments on some loans, beside their lender or instead."""

    company: str
    loan_ids: tuple[UUID, ...]
    source: PayeeSource
    channel: PaymentChannel | None = None
    """The channel it is for; None for any."""
    account: Personal[str] | None = None


class DaysSource(StrEnum):
    """Who says how long a channel takes."""

    BANK = "bank"
    CHANNEL = "channel"
    LENDER = "lender"
    ORGANISATION = "organisation"
    OTHER = "other"


class ChannelDaysNoted(
    Dated, frozen=True, kw_only=True, omit_defaults=True, tag="channel-days-noted"
):
    """How long payments take on a channel until they are credited, as somebody said that day."""

    channel: PaymentChannel
    working_days: int
    """Working days after the day of sending; 0 where it is credited the same day."""
    source: DaysSource
    lender: str | None = None
    """Only for payments to this lender; None for any."""


class BalanceChecked(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="balance-checked"):
    """Before an instalment, the balance of the account that it is paid from was looked at."""

    plan_id: UUID
    due_on: date
    """The instalment's day."""
    available: Money
    """What was in the account."""
    account: Personal[str] | None = None


PayingFact = PaymentChecked | KnownPayeeNoted | ChannelDaysNoted | BalanceChecked
