"""When lending entries may be recorded."""

from typing import assert_never
from uuid import UUID

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need_loan
from domain.cases.deciding.terms import check_terms, is_rate
from domain.cases.history import History
from domain.cases.lending import (
    ChargeMade,
    CostTableShown,
    LenderClaimed,
    LendingFact,
    LoanCalledDue,
    LoanDisbursed,
    LoanTaken,
)
from domain.money import Money
from domain.refusals import Code, Refusal


def check(history: History, fact: LendingFact, rules: Rules) -> Refusal | None:
    """Whether a fact of lending may be recorded."""
    match fact:
        case LoanTaken():
            return check_loan(history, fact)
        case LoanDisbursed():
            return check_disbursement(history, fact)
        case LoanCalledDue():
            return check_called_due(history, fact)
        case CostTableShown():
            return check_cost_table(history, fact)
        case ChargeMade():
            return check_charge(history, fact)
        case LenderClaimed():
            return check_claim(history, fact)
        case _:
            assert_never(fact)


def check_loan(history: History, fact: LoanTaken) -> Refusal | None:
    """Terms that can be a contract's; what is taken over is a loan of this case, and once only."""
    return check_terms(fact) or _check_renewal(history, fact)


def _check_renewal(history: History, fact: LoanTaken) -> Refusal | None:
    renews = fact.renews
    if renews is None:
        return None
    amounts = {"renews/carried_over": renews.carried_over}
    refusal = need_loan(history, renews.loan_id, amounts, "renews/loan_id")
    earlier = history.get(renews.loan_id, LoanTaken)
    if refusal or earlier is None:
        return refusal
    if fact.occurred_on < earlier.occurred_on:
        detail = f"of {fact.occurred_on}; the loan taken over is of {earlier.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="occurred_on", detail=detail)
    if renews.carried_over.minor > fact.face_amount.minor:
        detail = f"{renews.carried_over.text()} carried over; the contract names "
        detail += fact.face_amount.text()
        return Refusal(code=Code.AMOUNT_INCONSISTENT, field="renews/carried_over", detail=detail)
    return _check_taken_once(history, renews.loan_id)


def _check_taken_once(history: History, loan_id: UUID) -> Refusal | None:
    others = tuple(
        str(entry_id)
        for entry_id, loan in history.standing(LoanTaken)
        if loan.renews is not None and loan.renews.loan_id == loan_id
    )
    if not others:
        return None
    detail = f"loan {loan_id} was taken over already"
    return Refusal(code=Code.ENTRY_IN_USE, field="renews/loan_id", detail=detail, entries=others)


def check_called_due(history: History, fact: LoanCalledDue) -> Refusal | None:
    """A loan of this case is called due to a day that is not before the call."""
    if fact.due_on < fact.occurred_on:
        detail = f"due {fact.due_on}, called {fact.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="due_on", detail=detail)
    return need_loan(history, fact.loan_id)


def check_cost_table(history: History, fact: CostTableShown) -> Refusal | None:
    """A table is about a loan of this case; its all-in cost is a decimal number of per cent."""
    cost = fact.annual_cost_pct
    if cost is not None and not is_rate(cost):
        detail = f'not a rate: {cost[:40]!r}; write per cent a year like "23.9"'
        return Refusal(code=Code.AMOUNT_INCONSISTENT, field="annual_cost_pct", detail=detail)
    return need_loan(history, fact.loan_id)


def check_disbursement(history: History, fact: LoanDisbursed) -> Refusal | None:
    """What arrived and what was kept back cannot be more than the contract names."""
    refusal = need_loan(
        history, fact.loan_id, {"received": fact.received, "withheld": fact.withheld}
    )
    loan = history.get(fact.loan_id, LoanTaken)
    if refusal or loan is None:
        return refusal
    if (fact.withheld is None) != (fact.withheld_by is None):
        detail = "say how much was withheld, and by whom"
        return Refusal(code=Code.AMOUNT_INCONSISTENT, field="withheld_by", detail=detail)
    lent = [fact, *(d for _, d in history.standing(LoanDisbursed) if d.loan_id == fact.loan_id)]
    received = sum(each.received.minor for each in lent)
    withheld = sum(each.withheld.minor for each in lent if each.withheld)
    face = loan.face_amount
    if loan.renews is not None:
        # What was carried over was never paid out anew.
        face -= loan.renews.carried_over
    if received > face.minor:
        detail = f"{Money(received, face.currency).text()} in all; the contract lends {face.text()}"
        return Refusal(code=Code.AMOUNT_INCONSISTENT, field="received", detail=detail)
    if received + withheld > face.minor:
        total = Money(received + withheld, face.currency).text()
        detail = f"{total} received and withheld; the contract lends {face.text()}"
        return Refusal(code=Code.AMOUNT_INCONSISTENT, field="withheld", detail=detail)
    return None


def check_charge(history: History, fact: ChargeMade) -> Refusal | None:
    """A charge is on a loan of this case, in its currency."""
    return need_loan(history, fact.loan_id, {"amount": fact.amount})


def check_claim(history: History, fact: LenderClaimed) -> Refusal | None:
    """A claim has items. A total that does not fit them is kept as the lender stated it."""
    if not fact.items:
        detail = "itemise the claim; use `unitemised` for a lump sum"
        return Refusal(code=Code.LIST_EMPTY, field="items", detail=detail)
    amounts = {f"items/{index}/amount": item.amount for index, item in enumerate(fact.items)}
    return need_loan(history, fact.loan_id, {**amounts, "stated_total": fact.stated_total})
