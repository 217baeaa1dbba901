"""Clocks in working days: forward to a last day, backward to the last day for sending.

In a year whose holidays are not published the days are counted without holidays and marked
provisional: they may still move.
"""

from datetime import date, timedelta

import msgspec

from domain.figures.figure import Unknown
from domain.rules.books import Books
from domain.rules.reference import Calendar

_SATURDAY = 5
_DAY = timedelta(days=1)


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """A day that working days were counted to."""

    on: date
    provisional: Unknown | None = None
    """Why it may still move."""


def calendar_of(books: Books | Unknown) -> Calendar | Unknown:
    """The calendar of the books, or why there is none."""
    return books if isinstance(books, Unknown) else books.data.calendar


def after_working_days(calendar: Calendar | Unknown, start: date, count: int) -> Counted:
    """The `count`-th working day after `start`, which is not counted."""
    day, doubt = start, None
    while count > 0:
        day += _DAY
        is_working, why = _is_working(calendar, day)
        doubt = doubt or why
        count -= is_working
    return Counted(on=day, provisional=doubt)


def before_working_days(calendar: Calendar | Unknown, end: date, count: int) -> Counted:
    """The last day after which `count` working days are left up to and including `end`."""
    day, doubt = end, None
    while count > 0:
        is_working, why = _is_working(calendar, day)
        doubt = doubt or why
        count -= is_working
        day -= _DAY
    return Counted(on=day, provisional=doubt)


def working_days_between(calendar: Calendar | Unknown, start: date, end: date) -> int | Unknown:
    """Working days after `start` up to and including `end`; 0 where `end` is not after it."""
    found, day = 0, start
    while day < end:
        day += _DAY
        is_working, why = _is_working(calendar, day)
        if why is not None:
            return why
        found += is_working
    return found


def _is_working(calendar: Calendar | Unknown, day: date) -> tuple[bool, Unknown | None]:
    found = calendar if isinstance(calendar, Unknown) else calendar.is_working(day)
    if isinstance(found, Unknown):
        return day.weekday() < _SATURDAY, found
    return found, None
