"""When a referral, a phase and an urgency may be recorded."""

from typing import assert_never

from domain.cases.deciding.commands import Rules
from domain.cases.history import History
from domain.cases.phases import PhaseBegun, PhaseFact, ReferralReceived, Urgency, UrgencySet
from domain.intake.phases import phase_on
from domain.refusals import Code, Refusal


def check(history: History, fact: PhaseFact, rules: Rules) -> Refusal | None:
    """A phase begins once; what presses has a reason, and a day to be looked at again."""
    match fact:
        case ReferralReceived():
            return None
        case PhaseBegun():
            return _check_phase(history, fact)
        case UrgencySet():
            return _check_urgency(fact)
        case _:
            assert_never(fact)


def _check_phase(history: History, fact: PhaseBegun) -> Refusal | None:
    now = phase_on(history, fact.begun_on)
    if now is None or now.phase is not fact.phase:
        return None
    detail = f"{fact.phase} began on {now.begun_on} already"
    return Refusal(
        code=Code.STEP_RECORDED, field="phase", detail=detail, entries=(str(now.entry_id),)
    )


def _check_urgency(fact: UrgencySet) -> Refusal | None:
    if fact.review_on is not None and fact.review_on < fact.set_on:
        detail = f"to be looked at again on {fact.review_on}, set on {fact.set_on}"
        return Refusal(code=Code.DATE_ORDER, field="review_on", detail=detail)
    if fact.level is Urgency.ORDINARY:
        return None
    if fact.review_on is None:
        detail = f"a case that is {fact.level} needs a day to be looked at again"
        return Refusal(code=Code.REVIEW_MISSING, field="review_on", detail=detail)
    if fact.reason is None:
        return Refusal(code=Code.REASON_MISSING, field="reason")
    return None
