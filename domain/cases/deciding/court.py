"""When suits and findings may be recorded."""

from domain.cases.court import SuitAccepted, SuitDecided, SuitFiled
from domain.cases.deciding.common import need, need_loan
from domain.cases.findings import Finding, FindingRecorded
from domain.cases.history import History
from domain.cases.lending import ChargeMade
from domain.cases.payments import PaymentMade
from domain.refusals import Code, Refusal

ABOUT_A_MOVEMENT = (Finding.TAKEN_BACK, Finding.COUNTS_AS_COST, Finding.NOT_A_COST)


def check_suit(history: History, fact: SuitFiled) -> Refusal | None:
    """A suit is over loans of this case; a court accepts it on or after the day of suing."""
    if not fact.loan_ids:
        return Refusal(code=Code.LIST_EMPTY, field="loan_ids", detail="name the loans it is over")
    if fact.accepted_on is not None and fact.accepted_on < fact.occurred_on:
        detail = f"accepted {fact.accepted_on}, sued {fact.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="accepted_on", detail=detail)
    for index, loan_id in enumerate(fact.loan_ids):
        if loan_id in fact.loan_ids[:index]:
            return Refusal(code=Code.LIST_REPEATS, field=f"loan_ids/{index}", detail=str(loan_id))
        refusal = need_loan(history, loan_id, None, f"loan_ids/{index}")
        if refusal:
            return refusal
    return None


def check_acceptance(history: History, fact: SuitAccepted) -> Refusal | None:
    """A suit of this case is accepted once, on or after the day of suing."""
    refusal = need(history, fact.suit_id, SuitFiled, "suit_id")
    suit = history.get(fact.suit_id, SuitFiled)
    if refusal or suit is None:
        return refusal
    if fact.occurred_on < suit.occurred_on:
        detail = f"accepted {fact.occurred_on}, sued {suit.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="occurred_on", detail=detail)
    accepted = [each for _, each in history.standing(SuitAccepted) if each.suit_id == fact.suit_id]
    if suit.accepted_on is not None or accepted:
        detail = f"suit {fact.suit_id} is accepted already"
        return Refusal(code=Code.SUIT_ACCEPTED, field="suit_id", detail=detail)
    return None


def check_decision(history: History, fact: SuitDecided) -> Refusal | None:
    """A suit of this case is decided for good once, after the court accepted it."""
    refusal = need(history, fact.suit_id, SuitFiled, "suit_id")
    suit = history.get(fact.suit_id, SuitFiled)
    if refusal or suit is None:
        return refusal
    accepted = [each for _, each in history.standing(SuitAccepted) if each.suit_id == fact.suit_id]
    day = suit.accepted_on or min((each.occurred_on for each in accepted), default=suit.occurred_on)
    if fact.occurred_on < day:
        detail = f"decided {fact.occurred_on}, accepted or sued {day}"
        return Refusal(code=Code.DATE_ORDER, field="occurred_on", detail=detail)
    if any(each.suit_id == fact.suit_id for _, each in history.standing(SuitDecided)):
        detail = f"suit {fact.suit_id} is decided already"
        return Refusal(code=Code.SUIT_DECIDED, field="suit_id", detail=detail)
    return None


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
