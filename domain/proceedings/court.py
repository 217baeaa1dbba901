"""Suits, payment orders and judgments on a day, with the interest for late performance."""

from collections.abc import Iterator
from datetime import date
from typing import Final, TypeVar
from uuid import UUID

import msgspec

from domain.cases.court import (
    Claimant,
    CourtFact,
    JudgmentGiven,
    ObjectionAbout,
    PaymentOrderObjected,
    PaymentOrderServed,
    Sought,
    SuitFiled,
)
from domain.cases.history import History
from domain.cases.payments import PaymentCredited, PaymentMade, PaymentReversed
from domain.deadlines.court import court_deadlines
from domain.deadlines.deadline import Deadline, State, Words
from domain.facts import Dated
from domain.figures.figure import Unknown
from domain.money import Money
from domain.proceedings.complaints import Step
from domain.rules.books import Books
from domain.rules.cn import terms_of_law as law
from domain.rules.cn.delay_interest import DelayInterest, Reduction, delay_interest

VENUE_BEFORE: Final = Words(
    "2025-11-01前起诉：互联网法院可受理网络金融借款合同纠纷",
    "Filed before 2025-11-01: an internet court could take online loan contracts",
)
VENUE_AFTER: Final = Words(
    "2025-11-01起：网络金融借款合同纠纷不在互联网法院清单内；个人信息权益纠纷可在",
    "From 2025-11-01: online loan contracts are not on the internet courts' list; disputes over "
    "personal information may be",
)


NO_PERIOD: Final = Unknown(
    reason="the end of the period for performing is not on record",
    settled_by="the judgment, with the day on which it became final",
)

F = TypeVar("F", bound=Dated)


class SuitReading(msgspec.Struct, frozen=True, kw_only=True):
    """One suit."""

    suit_id: UUID
    claimant: Claimant
    client_is: str
    """`defendant` or `claimant`."""
    seeks: tuple[Sought, ...]
    filed_on: date
    steps: tuple[Step, ...]
    deadlines: tuple[Deadline, ...]
    venue: Words


class OrderReading(msgspec.Struct, frozen=True, kw_only=True):
    """One payment order."""

    order_id: UUID
    served_on: date
    amount: Money | None
    deadlines: tuple[Deadline, ...]
    objection: str
    """`none-yet`; `counts`; `late`; `does-not-count` where only means or time were objected to;
    `not-known` while a holiday may still move the end."""
    can_be_enforced: bool | None
    """None while it is not known."""


class JudgedReading(msgspec.Struct, frozen=True, kw_only=True):
    """A judgment over one loan, with the doubled part of interest for late performance."""

    judgment_id: UUID
    loan_id: UUID
    judged: Money
    interest: Money | None
    perform_by: date | None
    delay: DelayInterest | None
    unknown: Unknown | None


class CourtReading(msgspec.Struct, frozen=True, kw_only=True):
    """Everything in court, on a day."""

    case_id: UUID
    position: int
    as_of: date
    pack: str | None
    data: str | None
    suits: tuple[SuitReading, ...]
    orders: tuple[OrderReading, ...]
    judged: tuple[JudgedReading, ...]
    other_deadlines: tuple[Deadline, ...]
    """Of mediated agreements."""


def court(history: History, as_of: date, books: Books | Unknown) -> CourtReading:
    """Suits, orders and judgments on `as_of`. Pure."""
    running = tuple(court_deadlines(history, as_of, books))
    suits = [
        _suit(history, as_of, running, suit_id, fact)
        for suit_id, fact in _by_day(history, SuitFiled, as_of)
    ]
    orders = [
        _order(history, as_of, running, order_id, fact)
        for order_id, fact in _by_day(history, PaymentOrderServed, as_of)
    ]
    shown = {each.key for suit in suits for each in suit.deadlines}
    shown |= {each.key for order in orders for each in order.deadlines}
    return CourtReading(
        case_id=history.case_id,
        position=history.position,
        as_of=as_of,
        pack=None if isinstance(books, Unknown) else books.pack.reference,
        data=None if isinstance(books, Unknown) else books.data.version,
        suits=tuple(suits),
        orders=tuple(orders),
        judged=tuple(_judged(history, as_of)),
        other_deadlines=tuple(each for each in running if each.key not in shown),
    )


def _by_day(history: History, kind: type[F], as_of: date) -> list[tuple[UUID, F]]:
    found = [each for each in history.standing(kind) if each[1].occurred_on <= as_of]
    return sorted(found, key=lambda each: (each[1].occurred_on, each[0].int))


def _suit(
    history: History, as_of: date, running: tuple[Deadline, ...], suit_id: UUID, fact: SuitFiled
) -> SuitReading:
    steps = _steps_of(history, suit_id, as_of)
    own = {suit_id, *(step.entry_id for step in steps)}
    is_ours = fact.claimant is Claimant.CLIENT
    return SuitReading(
        suit_id=suit_id,
        claimant=fact.claimant,
        client_is="claimant" if is_ours else "defendant",
        seeks=fact.seeks,
        filed_on=fact.occurred_on,
        steps=steps,
        deadlines=tuple(each for each in running if each.entry_id in own),
        venue=VENUE_BEFORE if fact.occurred_on <= law.INTERNET_COURTS_UNTIL else VENUE_AFTER,
    )


def _steps_of(history: History, suit_id: UUID, as_of: date) -> tuple[Step, ...]:
    """Steps that name the suit, its judgments, or their enforcement."""
    own, steps, found = {suit_id}, [], True
    names = ("suit_id", "judgment_id", "about_id", "enforcement_id")
    while found:
        found = False
        for entry in history.entries.values():
            fact = entry.fact
            if entry.is_withdrawn or entry.entry_id in own or not isinstance(fact, CourtFact):
                continue
            if fact.occurred_on <= as_of and any(getattr(fact, n, None) in own for n in names):
                own.add(entry.entry_id)
                steps.append(Step(on=fact.occurred_on, entry_id=entry.entry_id, topic=fact.TOPIC))
                found = True
    return tuple(sorted(steps, key=lambda step: (step.on, step.entry_id.int)))


def _order(
    history: History,
    as_of: date,
    running: tuple[Deadline, ...],
    order_id: UUID,
    fact: PaymentOrderServed,
) -> OrderReading:
    deadlines = tuple(each for each in running if each.entry_id == order_id)
    said = [
        objection
        for _, objection in history.standing(PaymentOrderObjected)
        if objection.order_id == order_id and objection.occurred_on <= as_of
    ]
    objection = _objection(deadlines[0], [each.about for each in said])
    enforceable = {"counts": False, "not-known": None}.get(
        objection, deadlines[0].state in (State.MISSED, State.MET_LATE)
    )
    return OrderReading(
        order_id=order_id,
        served_on=fact.occurred_on,
        amount=fact.amount,
        deadlines=deadlines,
        objection=objection,
        can_be_enforced=None if deadlines[0].due_on is None else enforceable,
    )


def _objection(deadline: Deadline, about: list[ObjectionAbout]) -> str:
    if ObjectionAbout.DEBT in about:
        if deadline.due_on is None:
            return "not-known"
        return "late" if deadline.state is State.MET_LATE else "counts"
    return "does-not-count" if about else "none-yet"


def _judged(history: History, as_of: date) -> Iterator[JudgedReading]:
    for judgment_id, fact in _by_day(history, JudgmentGiven, as_of):
        for each in fact.judged:
            delay: DelayInterest | Unknown = NO_PERIOD
            if fact.perform_by is not None:
                paid = list(_paid(history, each.loan_id, fact.occurred_on, as_of))
                delay = delay_interest(each.money, fact.perform_by, as_of, paid)
            yield JudgedReading(
                judgment_id=judgment_id,
                loan_id=each.loan_id,
                judged=each.money,
                interest=each.interest,
                perform_by=fact.perform_by,
                delay=None if isinstance(delay, Unknown) else delay,
                unknown=delay if isinstance(delay, Unknown) else None,
            )


def _paid(history: History, loan_id: UUID, after: date, as_of: date) -> Iterator[Reduction]:
    """Payments credited after the judgment: the judged debt is paid first (法释〔2014〕8号 4)."""
    credited = {fact.payment_id: fact.occurred_on for _, fact in history.standing(PaymentCredited)}
    gone = {
        fact.payment_id
        for _, fact in history.standing(PaymentReversed)
        if fact.occurred_on <= as_of
    }
    for payment_id, payment in history.standing(PaymentMade):
        on = payment.credited_on or credited.get(payment_id)
        if payment.loan_id == loan_id and payment_id not in gone and on and after < on <= as_of:
            yield Reduction(on=on, amount=payment.amount)
