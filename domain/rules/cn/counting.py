"""Counting of periods (民法典 200-203): corresponding days, month-ends, rolling off holidays."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

import msgspec

from domain.figures.figure import Unknown
from domain.rules.reference import Calendar

LONGEST_BREAK: Final = timedelta(days=15)
"""No public break is longer: a day later than this is past the end however the year is cut."""


def after_months(start: date, months: int) -> date:
    """The corresponding day `months` later, or the month's last day. `start` does not count."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def after_years(start: date, years: int) -> date:
    """The corresponding day `years` later; 29 February ends on the 28th where there is none."""
    return after_months(start, 12 * years)


class LastDay(msgspec.Struct, frozen=True, kw_only=True):
    """The last day of a period."""

    on: date
    """Rolled off a holiday where the calendar is known, else as counted."""
    provisional: Unknown | None = None
    """Why the day may still roll on."""

    def is_past(self, day: date) -> bool | Unknown:
        """Whether `day` lies after the period; Unknown while a holiday may still move the end."""
        if day <= self.on:
            return False
        if self.provisional is None or day > self.on + LONGEST_BREAK:
            return True
        return self.provisional


def last_day(counted: date, calendar: Calendar) -> LastDay:
    """The period's last day, from the day it was counted to (民法典 203)."""
    rolled = calendar.roll(counted)
    if isinstance(rolled, Unknown):
        return LastDay(on=counted, provisional=rolled)
    return LastDay(on=rolled)
