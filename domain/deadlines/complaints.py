"""Deadlines that complaints set off, by channel (law/cn.md 4.1)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain.cases.complaints import (
    ComplaintAnswered,
    ComplaintChannel,
    ComplaintExtended,
    ComplaintFiled,
    ComplaintMerged,
    ComplaintPassedOn,
    ComplaintReceived,
    ComplaintWithdrawn,
    Ground,
    ReviewAsked,
    ReviewDecided,
)
from domain.cases.history import History
from domain.deadlines.clock import Event, ends, first, run
from domain.deadlines.deadline import Deadline
from domain.facts import Dated
from domain.figures.figure import Unknown
from domain.rules.books import Books
from domain.rules.cn import clocks
from domain.rules.cn.clocks import Clock
from domain.rules.cn.counting import LastDay, last_day

ANSWER_OF: Final[dict[ComplaintChannel, tuple[Clock, ...]]] = {
    ComplaintChannel.LENDER: (clocks.LENDER_ANSWER,),
    ComplaintChannel.NFRA_12378: (clocks.NFRA_HANDOVER,),
    ComplaintChannel.NFRA_REPORT: (clocks.REPORT_ACCEPT,),
    ComplaintChannel.PBOC_12363: (clocks.PBOC_ANSWER,),
    ComplaintChannel.CREDIT_BUREAU: (clocks.OBJECTION_ANSWER,),
    ComplaintChannel.MARKET_REGULATOR: (clocks.MARKET_ANSWER,),
}
"""The clock of each channel that has one; the others have no term that is established."""


def complaint_deadlines(
    history: History, as_of: date, books: Books | Unknown
) -> Iterator[Deadline]:
    """What each complaint obliges whom to do by when."""
    for complaint_id, complaint in history.standing(ComplaintFiled):
        if complaint.occurred_on > as_of:
            continue
        for clock in clocks_of(complaint):
            yield _answer(history, complaint_id, complaint, clock, as_of, books)
        yield from _reviews(history, complaint_id, as_of, books)


def clocks_of(complaint: ComplaintFiled) -> tuple[Clock, ...]:
    """The clocks of a complaint; one to the central bank on credit data has its own."""
    is_about_credit = complaint.grounds == (Ground.WRONG_CREDIT_RECORD,)
    if complaint.channel is ComplaintChannel.PBOC_12363 and is_about_credit:
        return (clocks.CREDIT_ANSWER,)
    return ANSWER_OF.get(complaint.channel, ())


def starts_on(history: History, complaint_id: UUID, complaint: ComplaintFiled) -> date:
    """The day that sets the clock off: receipt, where it is on record, else handing in."""
    received = steps(history, ComplaintReceived, complaint_id)
    return received[0].on if received else complaint.occurred_on


def steps(history: History, kind: type[Dated], complaint_id: UUID) -> list[Event]:
    """What of one kind happened to a complaint, by day."""
    found = [
        Event(fact.occurred_on, entry_id)
        for entry_id, fact in history.standing(kind)
        if getattr(fact, "complaint_id", None) == complaint_id
    ]
    return sorted(found, key=lambda event: (event.on, event.entry_id.int))


def _answer(
    history: History,
    complaint_id: UUID,
    complaint: ComplaintFiled,
    clock: Clock,
    as_of: date,
    books: Books | Unknown,
) -> Deadline:
    start = starts_on(history, complaint_id, complaint)
    meets: tuple[type[Dated], ...] = (ComplaintAnswered,)
    if clock is clocks.NFRA_HANDOVER:
        meets = (ComplaintPassedOn, ComplaintAnswered)
    met = first([event for kind in meets for event in steps(history, kind, complaint_id)])
    gone = (ComplaintWithdrawn, ComplaintMerged)
    ended = first([event for kind in gone for event in steps(history, kind, complaint_id)])
    until = _extended(history, complaint_id, clock, start, as_of, books)
    return run(clock, start, complaint_id, as_of, books, met=met, ended=ended, until=until)


def _extended(
    history: History,
    complaint_id: UUID,
    clock: Clock,
    start: date,
    as_of: date,
    books: Books | Unknown,
) -> LastDay | None:
    """The last day after holding letters that came in time; one that came late moves nothing."""
    if clock is not clocks.LENDER_ANSWER or isinstance(books, Unknown):
        return None
    calendar = books.data.calendar
    last = ends(clock, start, calendar)
    longest = start + timedelta(days=clocks.LENDER_LONGEST_DAYS)
    letters = [
        fact
        for _, fact in history.standing(ComplaintExtended)
        if fact.complaint_id == complaint_id and fact.occurred_on <= as_of
    ]
    for letter in sorted(letters, key=lambda fact: (fact.occurred_on, fact.until)):
        if last.is_past(letter.occurred_on) is False and letter.until > last.on:
            last = last_day(min(letter.until, longest), calendar)
    return last


def _reviews(
    history: History, complaint_id: UUID, as_of: date, books: Books | Unknown
) -> Iterator[Deadline]:
    asked = steps(history, ReviewAsked, complaint_id)
    for answered in steps(history, ComplaintAnswered, complaint_id):
        if answered.on <= as_of:
            met = first([event for event in asked if event.on >= answered.on])
            yield run(clocks.REVIEW_ASK, answered.on, answered.entry_id, as_of, books, met=met)
    for event in asked:
        if event.on <= as_of:
            decided = [
                Event(fact.occurred_on, entry_id)
                for entry_id, fact in history.standing(ReviewDecided)
                if fact.review_id == event.entry_id
            ]
            yield run(
                clocks.REVIEW_DECIDE, event.on, event.entry_id, as_of, books, met=first(decided)
            )
