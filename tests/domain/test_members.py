"""What ties a member to a lender: declared once, ended once, withdrawn with a reason."""

from datetime import timedelta
from uuid import UUID, uuid5

import pytest

from domain.members import (
    InterestDeclared,
    InterestEnded,
    InterestWithdrawn,
    decide_member,
    member_stream,
    replay_member,
)
from domain.members.interests import InterestKind
from domain.recorded import Recorded
from domain.refusals import Code, Refusal
from tests.domain.test_forgetting_decisions import RULES
from tests.histories import day, said

HOUSE = UUID(int=5)
STREAM = member_stream(HOUSE, "m-1")
LENDER = "示例快借小额贷款公司（虚构）"


def declared(company=LENDER, kind=InterestKind.KIN, person="例弟（虚构）", member="m-1", **fields):
    return InterestDeclared(
        member=member,
        declared_on=fields.pop("on", day("2026-03-01")),
        kind=kind,
        company=company,
        person=said(person),
        **fields,
    )


def ended(interest_id, on="2026-04-01"):
    return InterestEnded(member="m-1", interest_id=interest_id, ended_on=day(on))


def withdrawn(interest_id):
    return InterestWithdrawn(member="m-1", interest_id=interest_id, reason=said("公司写错"))


class Told:
    """A member's stream in memory."""

    def __init__(self):
        self.events = []

    def says(self, fact):
        decided = decide_member(self.member, fact, RULES)
        if isinstance(decided, Refusal):
            return decided
        number = len(self.events) + 1
        event = Recorded(
            originator_id=STREAM,
            originator_version=number,
            event_id=uuid5(STREAM, str(number)),
            position=number,
            recorded_at=RULES.now + timedelta(seconds=number),
            actor="m-1",
            fact=decided[0],
        )
        self.events.append(event)
        return event.event_id

    @property
    def member(self):
        return replay_member(STREAM, self.events)


def test_it_is_sealed_under_the_members_own_key():
    told = Told()
    told.says(declared())
    assert told.events[0].fact.person.subject == STREAM
    assert member_stream(HOUSE, "m-2") != STREAM != member_stream(UUID(int=6), "m-1")


def test_the_same_twice_is_refused_until_the_first_is_over():
    told = Told()
    entry = told.says(declared())
    again = told.says(declared(company=f" {LENDER}"))
    assert (again.code, again.entries) == (Code.STEP_RECORDED, (str(entry),))
    assert not isinstance(told.says(declared(person=None)), Refusal)
    assert not isinstance(told.says(declared(kind=InterestKind.DEBT)), Refusal)
    over = told.says(ended(entry))
    assert not isinstance(told.says(declared()), Refusal)
    twice = told.says(ended(entry))
    assert (twice.code, twice.entries) == (Code.STEP_RECORDED, (str(over),))


def test_what_is_withdrawn_is_gone_and_cannot_be_ended():
    told = Told()
    entry = told.says(declared())
    told.says(withdrawn(entry))
    assert told.member.interests == {}
    for fact in (withdrawn(entry), ended(entry), ended(UUID(int=1))):
        assert told.says(fact).code is Code.INTEREST_UNKNOWN


@pytest.mark.parametrize(
    ("fact", "code", "field"),
    (
        (declared(member="例某"), Code.MEMBER_UNUSABLE, "member"),
        (declared(company=" "), Code.TEXT_EMPTY, "company"),
        (declared(company="例弟（虚构）的公司"), Code.TEXT_NAMES_PERSON, "company"),
        (declared(person=" "), Code.TEXT_EMPTY, "person"),
        (declared(on=day("2026-06-02")), Code.DATE_IN_FUTURE, "declared_on"),
    ),
)
def test_what_cannot_be_meant_is_refused_with_its_field(fact, code, field):
    refusal = Told().says(fact)
    assert (refusal.code, refusal.field) == (code, field)


def test_a_tie_does_not_end_before_it_was_told():
    told = Told()
    refusal = told.says(ended(told.says(declared()), "2026-02-28"))
    assert (refusal.code, refusal.field) == (Code.DATE_ORDER, "ended_on")
