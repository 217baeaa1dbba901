"""When the steps of a suit, a payment order and an enforcement may be recorded."""

from typing import assert_never

from domain.cases.court import (
    AppealFiled,
    ClaimServed,
    ConfirmationAskedFor,
    DefenceFiled,
    EnforcementApplied,
    EnforcementStepTaken,
    EvidenceHandedIn,
    EvidencePeriodSet,
    HearingHeld,
    HearingSet,
    JudgmentGiven,
    MediationAgreed,
    PaymentOrderObjected,
    PaymentOrderServed,
    SuitFiled,
)
from domain.cases.deciding.common import need_before, need_first, need_loan, need_loans
from domain.cases.history import History
from domain.facts import Dated
from domain.refusals import Code, Refusal

Step = (
    ClaimServed
    | DefenceFiled
    | HearingSet
    | HearingHeld
    | EvidencePeriodSet
    | EvidenceHandedIn
    | MediationAgreed
    | ConfirmationAskedFor
    | JudgmentGiven
    | AppealFiled
    | EnforcementApplied
    | EnforcementStepTaken
    | PaymentOrderServed
    | PaymentOrderObjected
)


def check(history: History, fact: Step) -> Refusal | None:  # noqa: C901 - one line a kind
    """Whether a step may be recorded: it follows what it belongs to."""
    day = fact.occurred_on
    match fact:
        case ClaimServed():
            return _in_suit(history, fact) or need_first(
                history, ClaimServed, "suit_id", fact.suit_id
            )
        case DefenceFiled() | HearingHeld() | EvidenceHandedIn():
            return _in_suit(history, fact)
        case HearingSet():
            return _not_before(fact, fact.hearing_on, "hearing_on") or _in_suit(history, fact)
        case EvidencePeriodSet():
            return _not_before(fact, fact.until, "until") or _in_suit(history, fact)
        case MediationAgreed():
            in_suit = None if fact.suit_id is None else _in_suit(history, fact)
            return in_suit or _some_loans(history, fact)
        case ConfirmationAskedFor():
            return need_before(history, fact.mediation_id, MediationAgreed, day, "mediation_id")
        case JudgmentGiven():
            return _check_judgment(history, fact)
        case AppealFiled():
            return need_before(history, fact.judgment_id, JudgmentGiven, day, "judgment_id")
        case EnforcementApplied():
            return _check_enforced(history, fact)
        case EnforcementStepTaken():
            return need_before(
                history, fact.enforcement_id, EnforcementApplied, day, "enforcement_id"
            )
        case PaymentOrderServed():
            return _some_loans(history, fact)
        case PaymentOrderObjected():
            return need_before(history, fact.order_id, PaymentOrderServed, day, "order_id")
        case _:
            assert_never(fact)


_OfSuit = (
    ClaimServed
    | DefenceFiled
    | HearingHeld
    | EvidenceHandedIn
    | HearingSet
    | EvidencePeriodSet
    | MediationAgreed
    | JudgmentGiven
)


def _in_suit(history: History, fact: _OfSuit) -> Refusal | None:
    if fact.suit_id is None:
        return None
    return need_before(history, fact.suit_id, SuitFiled, fact.occurred_on, "suit_id")


def _some_loans(history: History, fact: MediationAgreed | PaymentOrderServed) -> Refusal | None:
    if not fact.loan_ids:
        return Refusal(code=Code.LIST_EMPTY, field="loan_ids", detail="name the loans it is over")
    return need_loans(history, fact.loan_ids, {})


def _check_judgment(history: History, fact: JudgmentGiven) -> Refusal | None:
    for field in ("served_on", "perform_by"):
        refusal = _not_before(fact, getattr(fact, field), field)
        if refusal:
            return refusal
    for index, judged in enumerate(fact.judged):
        amounts = {
            f"judged/{index}/money": judged.money,
            f"judged/{index}/interest": judged.interest,
        }
        refusal = need_loan(history, judged.loan_id, amounts, f"judged/{index}/loan_id")
        if refusal:
            return refusal
    return _in_suit(history, fact)


def _check_enforced(history: History, fact: EnforcementApplied) -> Refusal | None:
    """A judgment, an order or a mediated agreement is enforced."""
    kinds: tuple[type[Dated], ...] = (JudgmentGiven, PaymentOrderServed, MediationAgreed)
    kind = next((each for each in kinds if history.get(fact.about_id, each)), JudgmentGiven)
    return need_before(history, fact.about_id, kind, fact.occurred_on, "about_id")


def _not_before(fact: Dated, day: object, field: str) -> Refusal | None:
    if day is None or not isinstance(day, type(fact.occurred_on)) or day >= fact.occurred_on:
        return None
    detail = f"{day} is before {fact.occurred_on}"
    return Refusal(code=Code.DATE_ORDER, field=field, detail=detail)
