"""The routes that look for conflicts of interest, and those by which members declare theirs."""

from typing import Any, Final

from api.call import DRY_RUN, IfMatch, Route
from api.capabilities import Capability
from api.conflict_checks import (
    CheckConflicts,
    ConflictQuestion,
    ConflictReading,
    check_conflicts,
    look_for_conflicts,
)
from api.interests import Interests, list_interests, recording_interest
from api.outcomes import Written
from api.reading import MIN_POSITION
from domain.members import InterestDeclared, InterestEnded, InterestWithdrawn

_INTEREST: Final = "8e4f5061-7283-4d9e-8fb0-000000000060"
CONFLICT_BODIES: Final[dict[type, dict[str, Any]]] = {
    ConflictQuestion: {
        "persons": [
            {"name": "王小明", "id_number": "110101199003070011", "phones": ["13800000000"]},
            {"role": "other-side", "name": "李某"},
        ],
        "lenders": ["某某小额贷款有限公司"],
        "household": ["李小红"],
    },
    CheckConflicts: {"answer": "none", "reason": "仅为同名，身份证号不同"},
    InterestDeclared: {
        "member": "adviser-7",
        "declared_on": "2026-03-01",
        "kind": "kin",
        "company": "某某小额贷款有限公司",
        "person": "李某",
    },
    InterestEnded: {
        "member": "adviser-7",
        "interest_id": _INTEREST,
        "ended_on": "2026-06-30",
        "reason": "其亲属已离职",
    },
    InterestWithdrawn: {
        "member": "adviser-7",
        "interest_id": _INTEREST,
        "reason": "公司名称填错",
    },
}
"""A body for each, for the documents and the tests."""


def _declares(noun: str, kind: type[Any], summary: str) -> Route:
    return Route(
        method="POST",
        path=f"/v1/{noun}",
        capability=Capability.CONFLICT_DECLARE,
        summary=summary,
        handle=recording_interest(kind),
        body=kind,
        answer=Written,
        status=201,
        is_write=True,
        parameters=(DRY_RUN,),
        example=CONFLICT_BODIES[kind],
    )


CONFLICTS: Final = (
    Route(
        method="POST",
        path="/v1/conflict-checks",
        capability=Capability.CONFLICT_CHECK,
        summary="Look for conflicts of interest; matches are told by kind and number, not by name.",
        description="Nothing is recorded but that it was asked: a case's own check is "
        "`POST /v1/cases/{case_id}/conflict-checks`. A name alone is a weak match; an identity "
        "number or a telephone number is a strong one.",
        handle=look_for_conflicts,
        answer=ConflictReading,
        body=ConflictQuestion,
        is_personal=True,
        problems=("case-unknown", "client-unknown"),
        example=CONFLICT_BODIES[ConflictQuestion],
    ),
    Route(
        method="POST",
        path="/v1/cases/{case_id}/conflict-checks",
        capability=Capability.CONFLICT_CHECK,
        summary="Check a case for conflicts of interest, and have on record what was found.",
        description="Looks for its client, their household, its lenders and whom it names, and "
        "for whom the body names besides. What was looked for is kept as numbers only.",
        handle=check_conflicts,
        answer=Written,
        body=CheckConflicts,
        status=201,
        is_write=True,
        is_personal=True,
        if_match=IfMatch.OPTIONAL,
        parameters=(DRY_RUN,),
        problems=("case-unknown",),
        example=CONFLICT_BODIES[CheckConflicts],
    ),
    _declares(
        "interests",
        InterestDeclared,
        "Declare what ties a member to a company; its entry id is the interest's id.",
    ),
    _declares("interest-endings", InterestEnded, "Record that a tie is over."),
    _declares(
        "interest-withdrawals",
        InterestWithdrawn,
        "Withdraw an interest that should never have been recorded.",
    ),
    Route(
        method="GET",
        path="/v1/interests",
        capability=Capability.CONFLICT_CHECK,
        summary="What ties members to companies; through whom stays sealed.",
        handle=list_interests,
        answer=Interests,
        parameters=(MIN_POSITION,),
    ),
)
"""All of them."""
