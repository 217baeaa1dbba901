"""When findings may be recorded."""

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need_loan
from domain.cases.findings import Finding, FindingFact, FindingRecorded
from domain.cases.history import History
from domain.cases.lending import ChargeMade
from domain.cases.payments import PaymentMade
from domain.refusals import Code, Refusal

ABOUT_A_MOVEMENT = (Finding.TAKEN_BACK, Finding.COUNTS_AS_COST, Finding.NOT_A_COST)


def check(history: History, fact: FindingFact, rules: Rules) -> Refusal | None:
    """Whether a finding may be recorded."""
    return check_finding(history, fact)


def check_finding(history: History, fact: FindingRecorded) -> Refusal | None:
    """A finding is about a loan of this case, or about a movement on that loan."""
    refusal = need_loan(history, fact.loan_id)
    if refusal:
        return refusal
    if (fact.finding in ABOUT_A_MOVEMENT) != (fact.about_id is not None):
        detail = "name the charge or payment that it is about; a void loan is about none"
        return Refusal(code=Code.ENTRY_UNKNOWN, field="about_id", detail=detail)
    if fact.about_id is None:
        return None
    about = history.get(fact.about_id, ChargeMade) or (
        history.get(fact.about_id, PaymentMade) if fact.finding is Finding.TAKEN_BACK else None
    )
    if about is not None and about.loan_id == fact.loan_id:
        return None
    detail = f"no such movement on loan {fact.loan_id}: {fact.about_id}"
    return Refusal(code=Code.ENTRY_WRONG_KIND, field="about_id", detail=detail)
