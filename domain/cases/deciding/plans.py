"""When plans may be recorded."""

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need_loans
from domain.cases.history import History
from domain.cases.plans import PlanAgreed, PlanFact
from domain.refusals import Code, Refusal


def check(history: History, fact: PlanFact, rules: Rules) -> Refusal | None:
    """Whether a plan may be recorded."""
    return check_plan(history, fact)


def check_plan(history: History, fact: PlanAgreed) -> Refusal | None:
    """A plan is for loans of this case and has instalments in the order of their days."""
    if not fact.loan_ids:
        return Refusal(code=Code.LIST_EMPTY, field="loan_ids", detail="name the loans it covers")
    if not fact.instalments:
        return Refusal(code=Code.LIST_EMPTY, field="instalments", detail="a plan has instalments")
    days = [instalment.due_on for instalment in fact.instalments]
    if days != sorted(days):
        return Refusal(code=Code.DATE_ORDER, field="instalments", detail="in the order of days")
    if days[0] < fact.occurred_on:
        detail = f"first due {days[0]}, agreed {fact.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="instalments/0/due_on", detail=detail)
    amounts = {
        f"instalments/{index}/amount": instalment.amount
        for index, instalment in enumerate(fact.instalments)
    }
    return need_loans(history, fact.loan_ids, {**amounts, "waived": fact.waived})
