"""When payments and what became of them may be recorded."""

from datetime import date
from typing import assert_never
from uuid import UUID

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_loan
from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.payments import (
    PaymentCredited,
    PaymentExpired,
    PaymentFact,
    PaymentMade,
    PaymentMissed,
    PaymentReversed,
)
from domain.refusals import Code, Refusal


def check(history: History, fact: PaymentFact, rules: Rules) -> Refusal | None:
    """Whether a payment, or what became of it, may be recorded."""
    match fact:
        case PaymentMade():
            return check_payment(history, fact)
        case PaymentCredited():
            return check_credit(history, fact)
        case PaymentExpired():
            return check_expiry(history, fact)
        case PaymentReversed():
            return check_reversal(history, fact)
        case PaymentMissed():
            return check_missed(history, fact)
        case _:
            assert_never(fact)


def check_payment(history: History, fact: PaymentMade) -> Refusal | None:
    """A payment goes to a loan of this case and is not credited before it was sent."""
    if fact.credited_on is not None and fact.credited_on < fact.occurred_on:
        detail = f"credited {fact.credited_on}, sent {fact.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="credited_on", detail=detail)
    return need_loan(history, fact.loan_id, {"amount": fact.amount}) or _check_also(history, fact)


def _check_also(history: History, fact: PaymentMade) -> Refusal | None:
    """A payment that names no debt is to one creditor, in one currency."""
    paid_on = history.get(fact.loan_id, LoanTaken)
    for index, loan_id in enumerate(fact.also_for):
        field = f"also_for/{index}"
        if loan_id == fact.loan_id or loan_id in fact.also_for[:index]:
            return Refusal(code=Code.LIST_REPEATS, field=field, detail=str(loan_id))
        refusal = need_loan(history, loan_id, {"amount": fact.amount}, field)
        other = history.get(loan_id, LoanTaken)
        if refusal:
            return refusal
        if paid_on and other and other.lender != paid_on.lender:
            detail = f"loan {loan_id} is another lender's"
            return Refusal(code=Code.ENTRY_WRONG_KIND, field=field, detail=detail)
    return None


def check_credit(history: History, fact: PaymentCredited) -> Refusal | None:
    """Only a pending payment can be credited."""
    return _pending(history, fact.payment_id, fact.occurred_on)


def check_expiry(history: History, fact: PaymentExpired) -> Refusal | None:
    """Only a pending payment can expire."""
    return _pending(history, fact.payment_id, fact.occurred_on)


def check_reversal(history: History, fact: PaymentReversed) -> Refusal | None:
    """Only a credited payment can be reversed, once, and not before it was credited."""
    refusal = need(history, fact.payment_id, PaymentMade, "payment_id")
    if refusal:
        return refusal
    credited_on = credit_day(history, fact.payment_id)
    if credited_on is None:
        detail = f"payment {fact.payment_id} is not credited"
        return Refusal(code=Code.PAYMENT_NOT_CREDITED, field="payment_id", detail=detail)
    if fact.occurred_on < credited_on:
        detail = f"credited {credited_on}, reversed {fact.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="occurred_on", detail=detail)
    for entry_id, other in history.standing(PaymentReversed):
        if other.payment_id == fact.payment_id:
            return _settled(fact.payment_id, "reversed", entry_id)
    return None


def check_missed(history: History, fact: PaymentMissed) -> Refusal | None:
    """A missed payment is one on a loan of this case."""
    return need_loan(history, fact.loan_id, {"amount": fact.amount})


def credit_day(history: History, payment_id: UUID) -> date | None:
    """The day a payment reached the lender, from itself or from a later entry."""
    payment = history.get(payment_id, PaymentMade)
    if payment is not None and payment.credited_on is not None:
        return payment.credited_on
    for _, credit in history.standing(PaymentCredited):
        if credit.payment_id == payment_id:
            return credit.occurred_on
    return None


def _pending(history: History, payment_id: UUID, day: date) -> Refusal | None:
    refusal = need(history, payment_id, PaymentMade, "payment_id")
    payment = history.get(payment_id, PaymentMade)
    if refusal or payment is None:
        return refusal
    if payment.credited_on is not None:
        return _settled(payment_id, "credited", payment_id)
    for entry_id, credit in history.standing(PaymentCredited):
        if credit.payment_id == payment_id:
            return _settled(payment_id, "credited", entry_id)
    for entry_id, expiry in history.standing(PaymentExpired):
        if expiry.payment_id == payment_id:
            return _settled(payment_id, "expired", entry_id)
    if day < payment.occurred_on:
        detail = f"{day} is before the payment was sent, {payment.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="occurred_on", detail=detail)
    return None


def _settled(payment_id: UUID, what: str, entry_id: UUID) -> Refusal:
    return Refusal(
        code=Code.PAYMENT_SETTLED,
        field="payment_id",
        detail=f"payment {payment_id} is {what} already",
        entries=(str(entry_id),),
    )
