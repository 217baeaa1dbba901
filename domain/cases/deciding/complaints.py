"""When complaints, and what became of them, may be recorded."""

from typing import assert_never
from uuid import UUID

from domain.cases.complaints import (
    ComplaintAnswered,
    ComplaintExtended,
    ComplaintFact,
    ComplaintFiled,
    ComplaintMerged,
    ComplaintPassedOn,
    ComplaintReceived,
    ComplaintWithdrawn,
    ReviewAsked,
    ReviewDecided,
)
from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_before, need_first, need_loans
from domain.cases.history import History
from domain.refusals import Code, Refusal


def check(history: History, fact: ComplaintFact, rules: Rules) -> Refusal | None:
    """Whether a complaint, or what became of it, may be recorded."""
    match fact:
        case ComplaintFiled():
            return check_complaint(history, fact)
        case ComplaintReceived() | ComplaintWithdrawn() | ComplaintAnswered():
            return _once(history, fact)
        case ComplaintExtended():
            return _check_extension(history, fact)
        case ComplaintPassedOn():
            return _after(history, fact)
        case ReviewAsked():
            answered = _answers_to(history, fact.complaint_id)
            return _after(history, fact) or _check_answered(fact, answered)
        case ReviewDecided():
            refusal = need_before(
                history, fact.review_id, ReviewAsked, fact.occurred_on, "review_id"
            )
            return refusal or need_first(history, ReviewDecided, "review_id", fact.review_id)
        case ComplaintMerged():
            return _check_merger(history, fact)
        case _:
            assert_never(fact)


def check_complaint(history: History, fact: ComplaintFiled) -> Refusal | None:
    """A complaint has at least one ground; a regulator sends back one without."""
    if not fact.grounds:
        return Refusal(code=Code.LIST_EMPTY, field="grounds", detail="name at least one ground")
    if fact.escalates is not None:
        refusal = need_before(
            history, fact.escalates, ComplaintFiled, fact.occurred_on, "escalates"
        )
        if refusal:
            return refusal
    return need_loans(history, fact.loan_ids, {})


_Step = (
    ComplaintReceived
    | ComplaintWithdrawn
    | ComplaintAnswered
    | ComplaintExtended
    | ComplaintPassedOn
    | ReviewAsked
    | ComplaintMerged
)


def _after(history: History, fact: _Step) -> Refusal | None:
    """A step follows the complaint that it belongs to: no answer comes before its letter."""
    return need_before(history, fact.complaint_id, ComplaintFiled, fact.occurred_on, "complaint_id")


def _once(
    history: History, fact: ComplaintReceived | ComplaintWithdrawn | ComplaintAnswered
) -> Refusal | None:
    return _after(history, fact) or need_first(
        history, type(fact), "complaint_id", fact.complaint_id
    )


def _check_extension(history: History, fact: ComplaintExtended) -> Refusal | None:
    if fact.until <= fact.occurred_on:
        detail = f"until {fact.until}, said on {fact.occurred_on}"
        return Refusal(code=Code.DATE_ORDER, field="until", detail=detail)
    return _after(history, fact)


def _answers_to(history: History, complaint_id: UUID) -> list[ComplaintAnswered]:
    answers = history.standing(ComplaintAnswered)
    return [each for _, each in answers if each.complaint_id == complaint_id]


def _check_answered(fact: ReviewAsked, answers: list[ComplaintAnswered]) -> Refusal | None:
    """A review is of an answer; without one there is nothing to review."""
    if any(answer.occurred_on <= fact.occurred_on for answer in answers):
        return None
    detail = f"no answer to complaint {fact.complaint_id} by {fact.occurred_on} is on record"
    return Refusal(code=Code.STEP_TOO_EARLY, field="complaint_id", detail=detail)


def _check_merger(history: History, fact: ComplaintMerged) -> Refusal | None:
    if fact.into_id == fact.complaint_id:
        detail = "a complaint is not merged into itself"
        return Refusal(code=Code.LIST_REPEATS, field="into_id", detail=detail)
    return (
        _after(history, fact)
        or need(history, fact.into_id, ComplaintFiled, "into_id")
        or need_first(history, ComplaintMerged, "complaint_id", fact.complaint_id)
    )
