"""Deadlines of suits, payment orders, judgments and enforcement (law/cn.md 4.2, 1.8)."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain.cases.court import (
    AppealFiled,
    Claimant,
    ClaimServed,
    ConfirmationAskedFor,
    DefenceFiled,
    EnforcementApplied,
    EvidenceHandedIn,
    EvidencePeriodSet,
    HearingHeld,
    HearingSet,
    JudgmentGiven,
    MediationAgreed,
    ObjectionAbout,
    PaymentOrderObjected,
    PaymentOrderServed,
    SuitAccepted,
    SuitDecided,
    SuitFiled,
)
from domain.cases.history import History
from domain.deadlines.clock import Course, Event, first, on_day, run
from domain.deadlines.deadline import Deadline, Obliged, Words
from domain.facts import Dated
from domain.figures.figure import Unknown
from domain.rules.books import Books
from domain.rules.cn import clocks
from domain.rules.cn.counting import LastDay


def court_deadlines(history: History, as_of: date, books: Books | Unknown) -> Iterator[Deadline]:
    """What suits, orders and judgments oblige whom to do by when."""
    yield from _suits(history, as_of, books)
    yield from _set_by_court(history, as_of)
    yield from _judgments(history, as_of, books)
    yield from _orders(history, as_of, books)
    yield from _mediations(history, as_of, books)


def _after(history: History, kind: type[Dated], field: str, about: UUID) -> list[Event]:
    return [
        Event(fact.occurred_on, entry_id)
        for entry_id, fact in history.standing(kind)
        if getattr(fact, field, None) == about
    ]


def _suits(history: History, as_of: date, books: Books | Unknown) -> Iterator[Deadline]:
    for suit_id, suit in history.standing(SuitFiled):
        if suit.occurred_on > as_of:
            continue
        accepted = _after(history, SuitAccepted, "suit_id", suit_id)
        if suit.accepted_on is not None:
            accepted.append(Event(suit.accepted_on, suit_id))
        yield run(clocks.DOCKET, suit.occurred_on, suit_id, as_of, books, met=first(accepted))
    for entry_id, served in history.standing(ClaimServed):
        if served.occurred_on <= as_of:
            met = first(_after(history, DefenceFiled, "suit_id", served.suit_id))
            over = _after(history, JudgmentGiven, "suit_id", served.suit_id)
            over += _after(history, SuitDecided, "suit_id", served.suit_id)
            yield run(
                clocks.DEFENCE, served.occurred_on, entry_id, as_of, books, met=met,
                ended=first(over),
            )  # fmt: skip


def _set_by_court(history: History, as_of: date) -> Iterator[Deadline]:
    for entry_id, hearing in history.standing(HearingSet):
        if hearing.occurred_on <= as_of:
            held = _after(history, HearingHeld, "suit_id", hearing.suit_id)
            met = first([event for event in held if event.on >= hearing.hearing_on])
            what, obliged = Words("出庭", "Attend the hearing"), Obliged.CLIENT
            course = _course(entry_id, "hearing", what, obliged, hearing.occurred_on, met)
            yield on_day(course, LastDay(on=hearing.hearing_on), as_of)
    for entry_id, period in history.standing(EvidencePeriodSet):
        if period.occurred_on <= as_of:
            met = first(_after(history, EvidenceHandedIn, "suit_id", period.suit_id))
            what, obliged = Words("提交证据", "Hand in the evidence"), Obliged.CLIENT
            course = _course(entry_id, "evidence", what, obliged, period.occurred_on, met)
            yield on_day(course, LastDay(on=period.until), as_of)


def _course(
    entry_id: UUID, kind: str, what: Words, obliged: Obliged, start: date, met: Event | None
) -> Course:
    return Course(
        key=f"{entry_id}/{kind}",
        kind=kind,
        what=what,
        obliged=obliged,
        entry_id=entry_id,
        starts_on=start,
        met=met,
    )


def _judgments(history: History, as_of: date, books: Books | Unknown) -> Iterator[Deadline]:
    for entry_id, judgment in history.standing(JudgmentGiven):
        final = first(_after(history, SuitDecided, "suit_id", judgment.suit_id))
        if judgment.served_on is not None and judgment.served_on <= as_of:
            ours = [
                Event(fact.occurred_on, appeal_id)
                for appeal_id, fact in history.standing(AppealFiled)
                if fact.judgment_id == entry_id and fact.appellant is Claimant.CLIENT
            ]
            yield run(
                clocks.APPEAL, judgment.served_on, entry_id, as_of, books, met=first(ours),
                ended=final,
            )  # fmt: skip
        if judgment.perform_by is not None and judgment.occurred_on <= as_of:
            enforced = first(_after(history, EnforcementApplied, "about_id", entry_id))
            yield run(clocks.ENFORCEMENT, judgment.perform_by, entry_id, as_of, books, met=enforced)


def _orders(history: History, as_of: date, books: Books | Unknown) -> Iterator[Deadline]:
    for entry_id, order in history.standing(PaymentOrderServed):
        if order.occurred_on <= as_of:
            objected = [
                Event(fact.occurred_on, objection_id)
                for objection_id, fact in history.standing(PaymentOrderObjected)
                if fact.order_id == entry_id and fact.about is ObjectionAbout.DEBT
            ]
            yield run(
                clocks.ORDER_OBJECTION, order.occurred_on, entry_id, as_of, books,
                met=first(objected),
            )  # fmt: skip


def _mediations(history: History, as_of: date, books: Books | Unknown) -> Iterator[Deadline]:
    for entry_id, agreed in history.standing(MediationAgreed):
        if agreed.suit_id is None and agreed.occurred_on <= as_of:
            asked = first(_after(history, ConfirmationAskedFor, "mediation_id", entry_id))
            yield run(clocks.CONFIRMATION, agreed.occurred_on, entry_id, as_of, books, met=asked)
