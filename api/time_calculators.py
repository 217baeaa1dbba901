"""Time, without a case: where limitation stands, and working days by the holiday notices."""

from datetime import date, timedelta
from typing import Annotated, Final
from uuid import UUID

import msgspec

from api.call import Answered, Call
from api.figure_books import Computed, asked, books_for, day_or_today, said_of
from api.problems import invalid
from api.responses import json_answer
from domain.figures.figure import Unknown
from domain.rules.cn import rule_ids as ids
from domain.rules.cn.counting import LastDay, last_day
from domain.rules.cn.limitation import LimitationEvent, LimitationQuestion, limitation
from domain.rules.cn.limitation_facts import Cause, Effect, LimitationKind, LimitationState
from domain.rules.reference import Calendar

ONE_DAY: Final = timedelta(days=1)
DUE_DATES_MAX: Final = 600
EVENTS_MAX: Final = 200
WORKING_DAYS_MAX: Final = 2000


class Happened(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event that may move the clock; a demand only once it reached the debtor."""

    kind: LimitationKind
    on: date
    until: date | None = None
    """End of a suspension or of proceedings; absent while open or not on record."""


class LimitationAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One debt: when it fell due, and what happened since, in any order."""

    due_dates: Annotated[tuple[date, ...], msgspec.Meta(max_length=DUE_DATES_MAX)] = ()
    events: Annotated[tuple[Happened, ...], msgspec.Meta(max_length=EVENTS_MAX)] = ()
    as_of: date | None = None
    """Day to answer for; today in China where absent."""
    called_in_on: date | None = None
    """Day to which the lender called the whole loan in, where it did."""


class LimitationCause(msgspec.Struct, frozen=True, kw_only=True):
    """One link of the chain."""

    on: date
    effect: Effect
    event: int | None
    """Which of the events asked about, from 0; null for the start and the long stop."""
    kind: LimitationKind | None
    runs_to: date | None
    rule_id: str


class LimitationAnswer(Computed, frozen=True, kw_only=True):
    """Where the clock stands. A court asks about it only when the debtor pleads it."""

    as_of: date
    state: LimitationState = LimitationState.UNKNOWN
    expires_on: date | None = None
    """Last day."""
    provisional: Unknown | None = None
    """Why that day may still move."""
    chain: tuple[LimitationCause, ...] = ()


class WorkingDaysAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day alone; with `days` to count forward from it; with `end` to count up to."""

    start: date
    """Does not count itself."""
    days: Annotated[int, msgspec.Meta(ge=0, le=WORKING_DAYS_MAX)] | None = None
    end: date | None = None
    """Counts itself."""


class WorkingDaysAnswer(Computed, frozen=True, kw_only=True):
    """By the holiday notices that are loaded, make-up days among them."""

    is_working: bool | None = None
    """Whether `start` is worked; null in a year without a notice."""
    last_day: LastDay | None = None
    """Last day of a period that is counted to `start`: rolled off a holiday."""
    on: date | None = None
    """The day that `days` leads to."""
    working_days: int | None = None
    """How many there are up to `end`."""


async def compute_limitation(call: Call) -> Answered:
    """`POST /v1/figures/limitation`."""
    said, books = await asked(call, LimitationAsked), await books_for(call)
    as_of = day_or_today(call, said.as_of)
    for index, event in enumerate(said.events):
        if event.until is not None and event.until < event.on:
            raise invalid(f"events/{index}/until", "not before the day it began")
    if isinstance(books, Unknown):
        return json_answer(LimitationAnswer(as_of=as_of, **said_of(books, unknown=books)))
    question = LimitationQuestion(
        due_dates=said.due_dates,
        # No entries stand behind them: their places do as ids, and come back as places.
        events=tuple(
            LimitationEvent(kind=event.kind, on=event.on, until=event.until, entry_id=UUID(int=at))
            for at, event in enumerate(said.events)
        ),
        as_of=as_of,
        called_in_on=said.called_in_on,
    )
    found = limitation(question, books.data.calendar, books.pack)
    answer = LimitationAnswer(
        as_of=as_of,
        state=found.state,
        expires_on=found.expires_on,
        provisional=found.provisional,
        chain=tuple(_cause(cause) for cause in found.chain),
        **said_of(books, found.rule_ids, found.unknown),
    )
    return json_answer(answer)


def _cause(cause: Cause) -> LimitationCause:
    return LimitationCause(
        on=cause.on,
        effect=cause.effect,
        event=None if cause.entry_id is None else cause.entry_id.int,
        kind=cause.kind,
        runs_to=cause.runs_to,
        rule_id=cause.rule_id,
    )


async def compute_working_days(call: Call) -> Answered:
    """`POST /v1/figures/working-days`."""
    said, books = await asked(call, WorkingDaysAsked), await books_for(call)
    if said.days is not None and said.end is not None:
        raise invalid("end", "give `days` or `end`, not both")
    if said.end is not None and said.end < said.start:
        raise invalid("end", "not before `start`")
    if isinstance(books, Unknown):
        return json_answer(WorkingDaysAnswer(**said_of(books, unknown=books)))
    calendar = books.data.calendar
    working = calendar.is_working(said.start)
    on = None if said.days is None else calendar.add_working_days(said.start, said.days)
    number = None if said.end is None else _between(calendar, said.start, said.end)
    wanted = working if on is None and number is None else on if number is None else number
    answer = WorkingDaysAnswer(
        is_working=None if isinstance(working, Unknown) else working,
        last_day=last_day(said.start, calendar),
        on=None if isinstance(on, Unknown) else on,
        working_days=None if isinstance(number, Unknown) else number,
        **said_of(books, (ids.COUNTING,), wanted if isinstance(wanted, Unknown) else None),
    )
    return json_answer(answer)


def _between(calendar: Calendar, start: date, end: date) -> int | Unknown:
    found, day = 0, start
    while day < end:
        day += ONE_DAY
        working = calendar.is_working(day)
        if isinstance(working, Unknown):
            return working
        found += working
    return found
