"""When lending entries may be recorded."""

import re
from typing import Final

from domain.cases.deciding.common import need_loan
from domain.cases.history import History
from domain.cases.lending import ChargeMade, LenderClaimed, LoanDisbursed, LoanTaken
from domain.money import Money
from domain.refusals import Code, Refusal

_RATE: Final = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,8})?", re.ASCII)
"""A decimal number of per cent, not negative."""


def check_loan(fact: LoanTaken) -> Refusal | None:
    """Rates come with their period; a schedule is in order of days."""
    terms = fact.terms
    for name in ("rate", "overdue_rate"):
        rate, period = getattr(terms, f"{name}_pct"), getattr(terms, f"{name}_period")
        if (rate is None) != (period is None):
            detail = "a rate and its period go together"
            return Refusal(
                code=Code.AMOUNT_INCONSISTENT, field=f"terms/{name}_period", detail=detail
            )
        if rate is not None and (refusal := _check_rate(f"terms/{name}_pct", rate)):
            return refusal
    days = [instalment.due_on for instalment in terms.schedule]
    if days != sorted(days):
        detail = "instalments go in the order of their days"
        return Refusal(code=Code.DATE_ORDER, field="terms/schedule", detail=detail)
    first = min((day for day in (*days[:1], terms.due_on) if day is not None), default=None)
    if first is not None and first < fact.occurred_on:
        detail = f"due {first}, before the contract of {fact.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="terms", detail=detail)
    return None


def _check_rate(field: str, text: str) -> Refusal | None:
    if _RATE.fullmatch(text):
        return None
    detail = f'not a rate: {text[:40]!r}; write per cent like "1.5"'
    return Refusal(code=Code.AMOUNT_INCONSISTENT, field=field, detail=detail)


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
    if received > face.minor:
        detail = f"{Money(received, face.currency).text()} in all; the contract names {face.text()}"
        return Refusal(code=Code.AMOUNT_INCONSISTENT, field="received", detail=detail)
    if received + withheld > face.minor:
        total = Money(received + withheld, face.currency).text()
        detail = f"{total} received and withheld; the contract names {face.text()}"
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
