"""When suits may be recorded."""

from domain.cases.court import CourtFact, SuitAccepted, SuitDecided, SuitFiled
from domain.cases.deciding import steps
from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_loan
from domain.cases.history import History
from domain.refusals import Code, Refusal


def check(history: History, fact: CourtFact, rules: Rules) -> Refusal | None:
    """Whether a step in court may be recorded."""
    match fact:
        case SuitFiled():
            return check_suit(history, fact)
        case SuitAccepted():
            return check_acceptance(history, fact)
        case SuitDecided():
            return check_decision(history, fact)
        case _:
            return steps.check(history, fact)


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
