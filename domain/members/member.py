"""A member as they stand, and what may be recorded of them. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import assert_never, cast
from uuid import UUID, uuid5

import msgspec

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import check_date, check_text, leaves
from domain.cases.deciding.intake import MEMBER_ID
from domain.facts import bind
from domain.members.interests import InterestDeclared, InterestEnded, InterestWithdrawn, MemberFact
from domain.personal import Personal
from domain.recorded import Recorded
from domain.refusals import Code, Refusal
from domain.searching import plain


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A member's interests at a position."""

    stream: UUID
    version: int = 0
    interests: dict[UUID, InterestDeclared] = {}
    """Those not withdrawn, by entry id, in the order of recording."""
    ended: dict[UUID, tuple[UUID, date]] = {}
    """Of those that ended: the entry that says so, and the day."""


def member_stream(organisation: UUID, member: str) -> UUID:
    """The stream of a member; also the subject whose key seals what is personal in it."""
    return uuid5(organisation, f"member/{member}")


def replay_member(stream: UUID, events: Iterable[Recorded]) -> Member:
    """The member after these events of their stream."""
    found = Member(stream=stream)
    for event in events:
        found = _evolved(found, event)
    return found


def _evolved(member: Member, event: Recorded) -> Member:
    fact = cast("MemberFact", event.fact)
    interests, ended = dict(member.interests), dict(member.ended)
    match fact:
        case InterestDeclared():
            interests[event.event_id] = fact
        case InterestEnded():
            ended[fact.interest_id] = (event.event_id, fact.ended_on)
        case InterestWithdrawn():
            interests.pop(fact.interest_id, None)
            ended.pop(fact.interest_id, None)
        case _:
            assert_never(fact)
    return Member(
        stream=member.stream, version=event.originator_version, interests=interests, ended=ended
    )


def decide_member(
    member: Member, fact: MemberFact, rules: Rules
) -> tuple[MemberFact, ...] | Refusal:
    """The fact to record of a member, whose personal values are open, or why not."""
    return _check_values(fact, rules) or _check(member, fact) or (bind(fact, member.stream),)


def _check_values(fact: MemberFact, rules: Rules) -> Refusal | None:
    if not MEMBER_ID.fullmatch(fact.member):
        return Refusal(code=Code.MEMBER_UNUSABLE, field="member")
    for path, value in leaves(fact):
        refusal = None
        if isinstance(value, Personal):
            refusal = check_text(path, value.value, rules.personal_chars_max)
        elif path == "company":
            refusal = check_text(path, value, rules.text_chars_max)
        elif isinstance(value, date):
            refusal = check_date(path, value, rules)
        if refusal:
            return refusal
    return None


def _check(member: Member, fact: MemberFact) -> Refusal | None:
    match fact:
        case InterestDeclared():
            return _check_nameless(fact) or _check_new(member, fact)
        case InterestEnded():
            return _check_ending(member, fact)
        case InterestWithdrawn():
            return _check_there(member, fact.interest_id)
        case _:
            assert_never(fact)


def _check_nameless(fact: InterestDeclared) -> Refusal | None:
    name = plain(fact.person.value or "") if fact.person else ""
    if name and name in plain(fact.company):
        return Refusal(code=Code.TEXT_NAMES_PERSON, field="company")
    return None


def _check_new(member: Member, fact: InterestDeclared) -> Refusal | None:
    for entry_id, other in member.interests.items():
        if entry_id not in member.ended and _said(other) == _said(fact):
            return Refusal(code=Code.STEP_RECORDED, field="company", entries=(str(entry_id),))
    return None


def _said(fact: InterestDeclared) -> tuple[str, str, str]:
    name = fact.person.value or "" if fact.person else ""
    return fact.kind, plain(fact.company), plain(name)


def _check_there(member: Member, interest_id: UUID) -> Refusal | None:
    if interest_id in member.interests:
        return None
    detail = f"no interest {interest_id} of this member stands"
    return Refusal(code=Code.INTEREST_UNKNOWN, field="interest_id", detail=detail)


def _check_ending(member: Member, fact: InterestEnded) -> Refusal | None:
    missing = _check_there(member, fact.interest_id)
    if missing:
        return missing
    if fact.interest_id in member.ended:
        over, _ = member.ended[fact.interest_id]
        return Refusal(code=Code.STEP_RECORDED, field="interest_id", entries=(str(over),))
    declared = member.interests[fact.interest_id].declared_on
    if fact.ended_on < declared:
        detail = f"{fact.ended_on} is before {declared}"
        return Refusal(code=Code.DATE_ORDER, field="ended_on", detail=detail)
    return None
