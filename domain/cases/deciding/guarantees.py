"""When entries about guarantees may be recorded."""

from typing import assert_never

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_loan
from domain.cases.guarantees import GuaranteeFact, GuaranteeGiven, GuarantorCalled
from domain.cases.history import History
from domain.refusals import Code, Refusal


def check(history: History, fact: GuaranteeFact, rules: Rules) -> Refusal | None:
    """Whether a fact about a guarantee may be recorded."""
    match fact:
        case GuaranteeGiven():
            return check_guarantee(history, fact)
        case GuarantorCalled():
            return check_call(history, fact)
        case _:
            assert_never(fact)


def check_guarantee(history: History, fact: GuaranteeGiven) -> Refusal | None:
    """A guarantee is for a loan of this case, and does not end before it was given."""
    if fact.until is not None and fact.until < fact.occurred_on:
        detail = f"until {fact.until}, given {fact.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="until", detail=detail)
    return need_loan(history, fact.loan_id)


def check_call(history: History, fact: GuarantorCalled) -> Refusal | None:
    """A guarantor is called on a guarantee of this case, after it was given."""
    refusal = need(history, fact.guarantee_id, GuaranteeGiven, "guarantee_id")
    given = history.get(fact.guarantee_id, GuaranteeGiven)
    if refusal or given is None:
        return refusal
    if fact.occurred_on < given.occurred_on:
        detail = f"called {fact.occurred_on}, given {given.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="occurred_on", detail=detail)
    return None
