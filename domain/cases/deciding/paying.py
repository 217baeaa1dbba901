"""When looks before a payment, payees, channels' days and balances may be recorded."""

from collections.abc import Iterator
from datetime import date
from typing import Final, assert_never

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_loan, need_loans
from domain.cases.deciding.payment_check import check_warnings
from domain.cases.history import History
from domain.cases.paying import (
    BalanceChecked,
    ChannelDaysNoted,
    KnownPayeeNoted,
    PayingFact,
    PaymentChecked,
)
from domain.cases.plans import PlanAgreed
from domain.refusals import Code, Refusal
from domain.warnings import RaisedWarning

DAYS_MAX: Final = 90


def check(history: History, fact: PayingFact, rules: Rules) -> Refusal | None:
    """Whether it may be recorded."""
    match fact:
        case PaymentChecked():
            return need_loan(history, fact.loan_id, {"amount": fact.amount})
        case KnownPayeeNoted():
            return need_some(fact.loan_ids) or need_loans(history, fact.loan_ids, {})
        case ChannelDaysNoted():
            return check_days("working_days", fact.working_days)
        case BalanceChecked():
            return _check_balance(history, fact)
        case _:
            assert_never(fact)


def warnings(history: History, fact: PayingFact, rules: Rules) -> Iterator[RaisedWarning]:
    """What the look before a payment found."""
    if isinstance(fact, PaymentChecked):
        yield from check_warnings(history, fact, rules)


def need_some(items: tuple[object, ...], field: str = "loan_ids") -> Refusal | None:
    """Refuse an empty list."""
    if items:
        return None
    return Refusal(code=Code.LIST_EMPTY, field=field, detail=f"{field} needs at least one")


def check_days(field: str, days: int | None) -> Refusal | None:
    """Days are from 0 to `DAYS_MAX`."""
    if days is None or 0 <= days <= DAYS_MAX:
        return None
    return Refusal(code=Code.DAYS_UNUSABLE, field=field, detail=f"{days}; from 0 to {DAYS_MAX}")


def check_order(field: str, day: date | None, earlier: date, what: str) -> Refusal | None:
    """Refuse a day that lies before another, which `what` names."""
    if day is None or day >= earlier:
        return None
    detail = f"{day} is before {earlier}, {what}"
    return Refusal(code=Code.DATE_ORDER, field=field, detail=detail)


def _check_balance(history: History, fact: BalanceChecked) -> Refusal | None:
    """A balance is looked at for an instalment of a plan, on its day at the latest."""
    refusal = need(history, fact.plan_id, PlanAgreed, "plan_id")
    plan = history.get(fact.plan_id, PlanAgreed)
    if refusal or plan is None:
        return refusal
    if fact.due_on not in {instalment.due_on for instalment in plan.instalments}:
        detail = f"plan {fact.plan_id} has no instalment on {fact.due_on}"
        return Refusal(code=Code.ENTRY_WRONG_KIND, field="due_on", detail=detail)
    if fact.available.currency != plan.instalments[0].amount.currency:
        return Refusal(code=Code.CURRENCY_MIXED, field="available", detail="not the plan's")
    return check_order("occurred_on", fact.occurred_on, plan.occurred_on, "the plan") or (
        check_order("due_on", fact.due_on, fact.occurred_on, "the day of the look")
    )
