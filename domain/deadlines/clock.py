"""Running a clock: from the day that sets it off to its last day, and how it stands on a day."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

import msgspec

from domain.deadlines.deadline import Deadline, Obliged, State, Words
from domain.figures.figure import Unknown
from domain.rules.books import Books
from domain.rules.cn.clocks import Clock, Unit
from domain.rules.cn.counting import LastDay, after_months, last_day
from domain.rules.reference import Calendar

NO_BOOKS: Final = "no rule pack is adopted"


class Event(msgspec.Struct, frozen=True):
    """Something that met a deadline, or ended it: the day and the entry."""

    on: date
    entry_id: UUID


def ends(clock: Clock, start: date, calendar: Calendar) -> LastDay:
    """The last day of a clock that `start` sets off; that day does not count (民法典 200-203).

    A calendar period rolls off a holiday at its end only, and a make-up working day is none.
    Working days in a year whose notice is not loaded are counted as if nothing were changed, and
    the day is provisional.
    """
    if clock.unit is Unit.WORKING_DAYS:
        return working_days_after(start, clock.count, calendar)
    if clock.unit is Unit.DAYS:
        counted = start + timedelta(days=clock.count)
    else:
        months = clock.count * (12 if clock.unit is Unit.YEARS else 1)
        counted = after_months(start, months)
    return last_day(counted, calendar)


def working_days_after(start: date, count: int, calendar: Calendar) -> LastDay:
    """The `count`-th working day after `start`, by the calendar as far as it is published."""
    exact = calendar.add_working_days(start, count)
    if not isinstance(exact, Unknown):
        return LastDay(on=exact)
    day, left = start, count
    while left:
        day += timedelta(days=1)
        working = calendar.is_working(day)
        left -= day.weekday() < 5 if isinstance(working, Unknown) else working
    return LastDay(on=day, provisional=exact)


def working_days_before(end: date, count: int, calendar: Calendar) -> LastDay:
    """The day that lies `count` working days before `end`, which is not counted."""
    day, left, provisional = end, count, None
    while left:
        day -= timedelta(days=1)
        working = calendar.is_working(day)
        if isinstance(working, Unknown):
            provisional, working = working, day.weekday() < 5
        left -= working
    return LastDay(on=day, provisional=provisional)


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a deadline, before it is looked at on a day."""

    key: str
    kind: str
    what: Words
    obliged: Obliged
    entry_id: UUID
    starts_on: date
    rule_id: str | None = None
    next_step: Words | None = None
    met: Event | None = None
    """What was asked for was done."""
    ended: Event | None = None
    """Something made it pointless."""


def run(
    clock: Clock,
    start: date,
    entry_id: UUID,
    as_of: date,
    books: Books | Unknown,
    *,
    met: Event | None = None,
    ended: Event | None = None,
    until: LastDay | None = None,
) -> Deadline:
    """A deadline by a clock of the pack; `until` where something moved its last day."""
    course = Course(
        key=f"{entry_id}/{clock.kind}",
        kind=clock.kind,
        what=Words(clock.zh, clock.en),
        obliged=Obliged(clock.obliged),
        entry_id=entry_id,
        starts_on=start,
        rule_id=clock.rule_id,
        next_step=Words(clock.next_zh, clock.next_en) if clock.next_en else None,
        met=met,
        ended=ended,
    )
    if isinstance(books, Unknown):
        return without_day(course, as_of, books)
    if not books.pack.applies(clock.rule_id):
        return without_day(course, as_of, _not_established(books, clock))
    return on_day(course, until or ends(clock, start, books.data.calendar), as_of)


def _not_established(books: Books, clock: Clock) -> Unknown:
    if all(rule.rule_id != clock.rule_id for rule in books.pack.rules):
        return Unknown(
            reason=f"{books.pack.reference} has no rule {clock.rule_id}",
            settled_by="adopting a later release of the pack",
        )
    switch = books.pack.rule(clock.rule_id).switch
    return Unknown(
        reason=f"the length of this clock is not established: {clock.rule_id} is known from "
        "general knowledge only",
        settled_by=f"the instrument's text, and the switch `{switch}` of the pack",
    )


def without_day(course: Course, as_of: date, unknown: Unknown) -> Deadline:
    """A deadline of which only that it runs is known."""
    met, ended = _by(course.met, as_of), _by(course.ended, as_of)
    state = State.MET if met else State.FALLEN_AWAY if ended else State.OPEN
    return _deadline(course, None, state, met or ended, None, unknown=unknown)


def on_day(course: Course, last: LastDay, as_of: date) -> Deadline:
    """How a deadline with a last day stands on `as_of`.

    While a holiday may still move the end it is not yet missed.
    """
    met, ended = _by(course.met, as_of), _by(course.ended, as_of)
    if met is not None:
        is_late = last.is_past(met.on) is True
        late = (met.on - last.on).days if is_late else None
        return _deadline(course, last, State.MET_LATE if is_late else State.MET, met, late)
    if ended is not None:
        return _deadline(course, last, State.FALLEN_AWAY, ended, None)
    if last.is_past(as_of) is True:
        return _deadline(course, last, State.MISSED, None, (as_of - last.on).days)
    return _deadline(course, last, State.OPEN, None, None)


def _by(event: Event | None, as_of: date) -> Event | None:
    return event if event is not None and event.on <= as_of else None


def _deadline(
    course: Course,
    last: LastDay | None,
    state: State,
    by: Event | None,
    late: int | None,
    unknown: Unknown | None = None,
) -> Deadline:
    return Deadline(
        key=course.key,
        kind=course.kind,
        what=course.what,
        obliged=course.obliged,
        entry_id=course.entry_id,
        rule_id=course.rule_id,
        starts_on=course.starts_on,
        due_on=last.on if last else None,
        provisional=last.provisional if last else None,
        unknown=unknown,
        state=state,
        met_by=by.entry_id if by else None,
        days_late=late,
        next_step=course.next_step,
    )


def first(events: list[Event]) -> Event | None:
    """The earliest of them, whatever the order of recording."""
    return min(events, key=lambda event: (event.on, event.entry_id.int), default=None)
