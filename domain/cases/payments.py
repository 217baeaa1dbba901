"""Payments: sent, credited, expired, bounced, reversed, missed.

A payment has the day it was sent, the day it was credited and the moment it was recorded; it
counts from the day it was credited, and only while it is not reversed.
"""

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.facts import Dated
from domain.money import Money
from domain.personal import Personal
from domain.warnings import AnsweredWarning


class PaymentChannel(StrEnum):
    """The way money went."""

    LENDER_APP = "lender-app"
    BANK_TRANSFER = "bank-transfer"
    ALIPAY = "alipay"
    WECHAT_PAY = "wechat-pay"
    DIRECT_DEBIT = "direct-debit"
    COUNTER = "counter"
    CASH = "cash"
    OTHER = "other"


class PayerKind(StrEnum):
    """Who paid, by role; the name is a personal value."""

    CLIENT = "client"
    FAMILY = "family"
    FRIEND = "friend"
    GUARANTOR = "guarantor"
    EMPLOYER = "employer"
    OTHER = "other"


class PaymentMade(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="payment-made"):
    """Money was sent to the lender; `occurred_on` is the day it was sent."""

    loan_id: UUID
    """The loan that the client named; with `also_for`, the one that it was sent on."""
    also_for: tuple[UUID, ...] = ()
    """Other loans of the same lender that it could be for, where the client named none."""
    amount: Money
    credited_on: date | None = None
    """The day it reached the lender, where known already; pending until then."""
    channel: PaymentChannel
    payer: PayerKind = PayerKind.CLIENT
    payer_name: Personal[str] | None = None
    payee: str | None = None
    """Company that received it, where it is not the lender."""
    reference: Personal[str] | None = None
    check_id: UUID | None = None
    """The check that was made before it (entry id of `payment-checked`)."""
    answered: tuple[AnsweredWarning, ...] = ()


class PaymentCredited(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="payment-credited"):
    """A pending payment reached the lender on `occurred_on`."""

    payment_id: UUID


class PaymentExpired(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="payment-expired"):
    """A transfer was never taken and went back: it is no payment."""

    payment_id: UUID


class PaymentBounced(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="payment-bounced"):
    """A bank sent a transfer back before it was credited: it is no payment."""

    payment_id: UUID
    reason: Personal[str] | None = None
    """In the bank's words."""


class ReversedBy(StrEnum):
    """Who took a payment back."""

    BANK = "bank"
    LENDER = "lender"
    CLIENT = "client"
    COURT = "court"
    OTHER = "other"


class PaymentReversed(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="payment-reversed"):
    """A credited payment was taken back on `occurred_on`.

    Asked for an earlier day it still counts; from that day on everything is computed as if it had
    never been made.
    """

    payment_id: UUID
    reversed_by: ReversedBy
    reason: Personal[str] | None = None


class PaymentMissed(Dated, frozen=True, kw_only=True, omit_defaults=True, tag="payment-missed"):
    """A payment that was due on `occurred_on` did not come."""

    loan_id: UUID
    amount: Money | None = None
    """What was due, where known."""


PaymentFact = (
    PaymentMade
    | PaymentCredited
    | PaymentExpired
    | PaymentBounced
    | PaymentReversed
    | PaymentMissed
)
