"""When payments and what became of them may be recorded."""

from collections.abc import Iterator
from datetime import date
from typing import assert_never
from uuid import UUID

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_loan
from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.paying import PaymentChecked
from domain.cases.payments import (
    PaymentBounced,
    PaymentCredited,
    PaymentExpired,
    PaymentFact,
    PaymentMade,
    PaymentMissed,
    PaymentReversed,
)
from domain.companies import same_company
from domain.figures.payees import payee_warnings
from domain.refusals import Code, Refusal
from domain.warnings import RaisedWarning, WarningCode


def check(history: History, fact: PaymentFact, rules: Rules) -> Refusal | None:
    """Whether a payment, or what became of it, may be recorded."""
    match fact:
        case PaymentMade():
            return check_payment(history, fact)
        case PaymentCredited():
            return check_credit(history, fact)
        case PaymentExpired():
            return check_expiry(history, fact)
        case PaymentBounced():
            return _pending(history, fact.payment_id, fact.occurred_on)
        case PaymentReversed():
            return check_reversal(history, fact)
        case PaymentMissed():
            return check_missed(history, fact)
        case _:
            assert_never(fact)


def warnings(history: History, fact: PaymentFact) -> Iterator[RaisedWarning]:
    """A payee that nobody knows, and a payment that is not what was checked."""
    if not isinstance(fact, PaymentMade):
        return
    loans = (fact.loan_id, *fact.also_for)
    yield from payee_warnings(history, loans, fact.payee, fact.occurred_on)
    checked = fact.check_id and history.get(fact.check_id, PaymentChecked)
    if checked and (
        checked.amount != fact.amount
        or checked.channel is not fact.channel
        or not same_company(checked.payee or "", fact.payee or checked.payee or "")
    ):
        detail = f"checked {checked.amount.text()} by {checked.channel}"
        yield RaisedWarning(
            code=WarningCode.CHECK_DIFFERS,
            field="check_id",
            detail=detail,
            entries=(str(fact.check_id),),
        )


def check_payment(history: History, fact: PaymentMade) -> Refusal | None:
    """A payment goes to a loan of this case and is not credited before it was sent."""
    if fact.credited_on is not None and fact.credited_on < fact.occurred_on:
        detail = f"credited {fact.credited_on}, sent {fact.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="credited_on", detail=detail)
    return (
        need_loan(history, fact.loan_id, {"amount": fact.amount})
        or _check_also(history, fact)
        or _check_check(history, fact)
    )


def _check_check(history: History, fact: PaymentMade) -> Refusal | None:
    """The check that is named came before, and was of one of these loans."""
    if fact.check_id is None:
        return None
    refusal = need(history, fact.check_id, PaymentChecked, "check_id")
    checked = history.get(fact.check_id, PaymentChecked)
    if refusal or checked is None:
        return refusal
    if checked.occurred_on > fact.occurred_on:
        detail = f"checked {checked.occurred_on}, sent {fact.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="check_id", detail=detail)
    if checked.loan_id not in (fact.loan_id, *fact.also_for):
        detail = f"check {fact.check_id} is of loan {checked.loan_id}"
        return Refusal(code=Code.ENTRY_WRONG_KIND, field="check_id", detail=detail)
    return None


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
    for entry_id, bounce in history.standing(PaymentBounced):
        if bounce.payment_id == payment_id:
            return _settled(payment_id, "bounced", entry_id)
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
