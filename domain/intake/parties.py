"""The parties of a case's debts on a day, what reached whom, and what is not on record. Pure."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.cases.history import History
from domain.cases.parties import (
    NoticeKind,
    NoticeReached,
    NoticeWay,
    PartyLeft,
    PartyNamed,
    PartyRole,
)
from domain.companies import same_company
from domain.facts import Grade
from domain.personal import Personal


class Lacking(StrEnum):
    """What a party's standing rests on and is not on record."""

    NOTICE_TO_BORROWER = "notice-to-borrower"
    """An assignment has no effect on the borrower before its notice reached them (民法典 546);
    that a collector was appointed, the lender has to say."""
    GUARANTEE = "guarantee"
    """The guarantee itself: its form decides what the guarantor can say."""
    PAPER = "paper"
    """No more than somebody's word stands behind it."""


class NoticeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A notice, and whom it reached when."""

    entry_id: UUID
    kind: NoticeKind
    loan_ids: tuple[UUID, ...]
    party_id: UUID | None
    recipient_id: UUID | None
    """None: the borrower."""
    sent_on: date | None
    reached_on: date
    way: NoticeWay
    grade: Grade


class PartyLine(msgspec.Struct, frozen=True, kw_only=True):
    """A party of debts of the case."""

    party_id: UUID
    role: PartyRole
    loan_ids: tuple[UUID, ...]
    company: str | None
    person: Personal[str] | None
    phones: tuple[Personal[str], ...]
    by_id: UUID | None
    guarantee_id: UUID | None
    since: date
    left_on: date | None
    grade: Grade
    notified_on: date | None
    """The day on which the borrower first had notice of them."""
    lacking: tuple[Lacking, ...]


_NOTICE_OF = {
    PartyRole.ASSIGNEE: NoticeKind.ASSIGNMENT,
    PartyRole.COLLECTOR: NoticeKind.COLLECTOR_APPOINTED,
}


def is_same_party(one: PartyNamed, other: PartyNamed) -> bool:
    """Whether two entries name the same party; people only where both names are open."""
    if one.company is not None and other.company is not None:
        return same_company(one.company, other.company)
    if one.person is None or other.person is None:
        return False
    return one.person.value is not None and one.person.value == other.person.value


def left_on(history: History, party_id: UUID) -> date | None:
    """The day from which a party is one no more."""
    for _, left in history.standing(PartyLeft):
        if left.party_id == party_id:
            return left.occurred_on
    return None


def notices_of(history: History, as_of: date) -> tuple[NoticeLine, ...]:
    """Notices that reached somebody by `as_of`, by day; of one day, in the order of recording."""
    found = [
        NoticeLine(
            entry_id=entry_id,
            kind=fact.kind,
            loan_ids=fact.loan_ids,
            party_id=fact.party_id,
            recipient_id=fact.recipient_id,
            sent_on=fact.sent_on,
            reached_on=fact.occurred_on,
            way=fact.way,
            grade=fact.grade,
        )
        for entry_id, fact in history.standing(NoticeReached)
        if fact.occurred_on <= as_of
    ]
    return tuple(sorted(found, key=lambda line: line.reached_on))


def notified_on(
    history: History, party_id: UUID, as_of: date, loan_id: UUID | None = None
) -> date | None:
    """The day on which the borrower first had the notice that a party's role wants.

    `loan_id`: of this loan. None where none reached them by `as_of`.
    """
    party = history.get(party_id, PartyNamed)
    if party is None:
        return None
    wanted = _NOTICE_OF.get(party.role)
    days = [
        line.reached_on
        for line in notices_of(history, as_of)
        if line.party_id == party_id
        and line.recipient_id is None
        and line.kind is wanted
        and (loan_id is None or loan_id in line.loan_ids)
    ]
    return min(days, default=None)


def parties_of(history: History, as_of: date) -> tuple[PartyLine, ...]:
    """Parties named from `as_of` or before, by day; those who left are among them."""
    found = [
        _line(history, party_id, fact, as_of)
        for party_id, fact in history.standing(PartyNamed)
        if fact.occurred_on <= as_of
    ]
    return tuple(sorted(found, key=lambda line: line.since))


def _line(history: History, party_id: UUID, fact: PartyNamed, as_of: date) -> PartyLine:
    left = left_on(history, party_id)
    notified = notified_on(history, party_id, as_of)
    return PartyLine(
        party_id=party_id,
        role=fact.role,
        loan_ids=fact.loan_ids,
        company=fact.company,
        person=fact.person,
        phones=fact.phones,
        by_id=fact.by_id,
        guarantee_id=fact.guarantee_id,
        since=fact.occurred_on,
        left_on=left if left is not None and left <= as_of else None,
        grade=fact.grade,
        notified_on=notified,
        lacking=tuple(_lacking(fact, notified)),
    )


def _lacking(fact: PartyNamed, notified: date | None) -> Iterator[Lacking]:
    if fact.role in _NOTICE_OF and notified is None:
        yield Lacking.NOTICE_TO_BORROWER
    if fact.role is PartyRole.GUARANTOR and fact.guarantee_id is None:
        yield Lacking.GUARANTEE
    if not fact.grade.is_documented:
        yield Lacking.PAPER
