"""When parties of a debt and notices may be recorded."""

from typing import Final, assert_never

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need, need_before, need_first, need_loans
from domain.cases.guarantees import GuaranteeGiven
from domain.cases.history import History
from domain.cases.lending import LoanTaken
from domain.cases.parties import (
    NoticeKind,
    NoticeReached,
    PartyFact,
    PartyLeft,
    PartyNamed,
    PartyRole,
)
from domain.intake.parties import is_same_party, left_on
from domain.refusals import Code, Refusal

ABOUT: Final = {
    NoticeKind.ASSIGNMENT: PartyRole.ASSIGNEE,
    NoticeKind.COLLECTOR_APPOINTED: PartyRole.COLLECTOR,
}
"""Notices that are about a party, and what that party is."""
AFTER_THE_LOAN: Final = frozenset({PartyRole.ASSIGNEE, PartyRole.COLLECTOR})
"""Roles that nobody can have before there is a debt."""


def check(history: History, fact: PartyFact, rules: Rules) -> Refusal | None:
    """Parties are named once for a debt; a notice reaches after its party is one."""
    match fact:
        case PartyNamed():
            return _check_named(history, fact)
        case PartyLeft():
            return need_before(
                history, fact.party_id, PartyNamed, fact.occurred_on, "party_id"
            ) or need_first(history, PartyLeft, "party_id", fact.party_id)
        case NoticeReached():
            return _check_notice(history, fact)
        case _:
            assert_never(fact)


def _check_named(history: History, fact: PartyNamed) -> Refusal | None:
    if (fact.company is None) == (fact.person is None):
        return Refusal(code=Code.PARTY_UNNAMED, field="company")
    if not fact.loan_ids:
        return Refusal(code=Code.LIST_EMPTY, field="loan_ids")
    return (
        need_loans(history, fact.loan_ids, {})
        or _check_after_loans(history, fact)
        or _check_guarantee(history, fact)
        or _check_by(history, fact)
        or _check_once(history, fact)
    )


def _check_after_loans(history: History, fact: PartyNamed) -> Refusal | None:
    if fact.role not in AFTER_THE_LOAN:
        return None
    for index, loan_id in enumerate(fact.loan_ids):
        refusal = need_before(history, loan_id, LoanTaken, fact.occurred_on, f"loan_ids/{index}")
        if refusal:
            return refusal
    return None


def _check_guarantee(history: History, fact: PartyNamed) -> Refusal | None:
    if fact.guarantee_id is None:
        return None
    refusal = need(history, fact.guarantee_id, GuaranteeGiven, "guarantee_id")
    given = history.get(fact.guarantee_id, GuaranteeGiven)
    if refusal or given is None:
        return refusal
    if fact.role is not PartyRole.GUARANTOR or given.loan_id not in fact.loan_ids:
        detail = f"it is a guarantor's, for loan {given.loan_id}"
        return Refusal(code=Code.PARTY_UNFIT, field="guarantee_id", detail=detail)
    return None


def _check_by(history: History, fact: PartyNamed) -> Refusal | None:
    if fact.by_id is None:
        return None
    return need_before(history, fact.by_id, PartyNamed, fact.occurred_on, "by_id")


def _check_once(history: History, fact: PartyNamed) -> Refusal | None:
    for party_id, other in history.standing(PartyNamed):
        left = left_on(history, party_id)
        is_there = left is None or left > fact.occurred_on
        shared = set(other.loan_ids) & set(fact.loan_ids)
        if is_there and shared and other.role is fact.role and is_same_party(other, fact):
            detail = f"they are {fact.role} since {other.occurred_on}"
            return Refusal(
                code=Code.STEP_RECORDED, field="role", detail=detail, entries=(str(party_id),)
            )
    return None


def _check_notice(history: History, fact: NoticeReached) -> Refusal | None:
    if fact.sent_on is not None and fact.sent_on > fact.occurred_on:
        detail = f"it reached on {fact.occurred_on}, sent on {fact.sent_on}"
        return Refusal(code=Code.DATE_ORDER, field="sent_on", detail=detail)
    if not fact.loan_ids:
        return Refusal(code=Code.LIST_EMPTY, field="loan_ids")
    return (
        need_loans(history, fact.loan_ids, {})
        or _check_about(history, fact)
        or _check_recipient(history, fact)
    )


def _check_about(history: History, fact: NoticeReached) -> Refusal | None:
    role = ABOUT.get(fact.kind)
    if fact.party_id is None:
        if role is None:
            return None
        detail = f"a notice of {fact.kind} is about the {role}: name the party first"
        return Refusal(code=Code.PARTY_UNFIT, field="party_id", detail=detail)
    refusal = need_before(history, fact.party_id, PartyNamed, fact.occurred_on, "party_id")
    party = history.get(fact.party_id, PartyNamed)
    if refusal or party is None:
        return refusal
    if role is not None and party.role is not role:
        detail = f"party {fact.party_id} is {party.role}, not {role}"
        return Refusal(code=Code.PARTY_UNFIT, field="party_id", detail=detail)
    for index, loan_id in enumerate(fact.loan_ids):
        if loan_id not in party.loan_ids:
            detail = f"party {fact.party_id} is none to loan {loan_id}"
            return Refusal(code=Code.PARTY_UNFIT, field=f"loan_ids/{index}", detail=detail)
    return None


def _check_recipient(history: History, fact: NoticeReached) -> Refusal | None:
    if fact.recipient_id is None:
        return None
    refusal = need(history, fact.recipient_id, PartyNamed, "recipient_id")
    party = history.get(fact.recipient_id, PartyNamed)
    if refusal or party is None:
        return refusal
    if fact.recipient_id == fact.party_id:
        detail = "it is about the same party"
        return Refusal(code=Code.PARTY_UNFIT, field="recipient_id", detail=detail)
    if not set(party.loan_ids) & set(fact.loan_ids):
        detail = f"party {fact.recipient_id} is none to these loans"
        return Refusal(code=Code.PARTY_UNFIT, field="recipient_id", detail=detail)
    return None
