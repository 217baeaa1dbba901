"""When complaints may be recorded."""

from domain.cases.complaints import ComplaintFact, ComplaintFiled
from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need_loans
from domain.cases.history import History
from domain.refusals import Code, Refusal


def check(history: History, fact: ComplaintFact, rules: Rules) -> Refusal | None:
    """Whether a complaint, or what became of it, may be recorded."""
    return check_complaint(history, fact)


def check_complaint(history: History, fact: ComplaintFiled) -> Refusal | None:
    """A complaint has at least one ground; a regulator sends back one without."""
    if not fact.grounds:
        return Refusal(code=Code.LIST_EMPTY, field="grounds", detail="name at least one ground")
    return need_loans(history, fact.loan_ids, {})
