"""Day counts: which part of a year lies between two days.

First day in, last day out (算头不算尾) unless the contract says otherwise: interest for the day
money arrives, none for the day it is paid back.
"""

from calendar import isleap, monthrange
from datetime import date, timedelta
from fractions import Fraction

from domain.cases.terms import DayCount, Ends

__all__ = [
    "DayCount",
    "Ends",
    "add_months",
    "days_between",
    "monthly",
    "whole_months",
    "year_fraction",
]


def days_between(
    start: date,
    end: date,
    count: DayCount = DayCount.ACT_365,
    ends: Ends = Ends.FIRST_IN_LAST_OUT,
) -> int:
    """Days that bear interest from `start` to `end`; ValueError when they stand the wrong way.

    Actual days, or days in months of thirty where the count says so (30E/360, ISDA 2006
    Definitions section 4.16(g)); one more where both ends are in.
    """
    if end < start:
        raise ValueError(f"{end} is before {start}")
    more = 1 if ends is Ends.BOTH_IN else 0
    if count is DayCount.THIRTY_360:
        years, months = end.year - start.year, end.month - start.month
        return 360 * years + 30 * months + min(end.day, 30) - min(start.day, 30) + more
    return (end - start).days + more


def year_fraction(
    start: date, end: date, count: DayCount, ends: Ends = Ends.FIRST_IN_LAST_OUT
) -> Fraction:
    """The part of a year from `start` to `end`, exactly; ValueError as `days_between`."""
    days = days_between(start, end, count, ends)
    if count is DayCount.ACT_365:
        return Fraction(days, 365)
    if count in (DayCount.ACT_360, DayCount.THIRTY_360):
        return Fraction(days, 360)
    if count is DayCount.MONTHLY:
        return _monthly(start, end + timedelta(days=1) if ends is Ends.BOTH_IN else end)
    return _actual_actual(start, end + timedelta(days=1) if ends is Ends.BOTH_IN else end)


def _actual_actual(start: date, end: date) -> Fraction:
    """Each day over the length of its own year (ISDA 2006 Definitions section 4.16(b))."""
    total, at = Fraction(0), start
    while at < end:
        until = min(end, date(at.year + 1, 1, 1))
        total += Fraction((until - at).days, 366 if isleap(at.year) else 365)
        at = until
    return total


def _monthly(start: date, end: date) -> Fraction:
    """Whole months as twelfths, and the rest as its share of the month that it lies in."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    begun, over = add_months(start, months), add_months(start, months + 1)
    return Fraction(months, 12) + Fraction((end - begun).days, (over - begun).days * 12)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or that month's last day where it has none (民法典 art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def monthly(start: date, number: int, step: int = 1) -> tuple[date, ...]:
    """`number` due days, `step` months apart, the first one step after `start`.

    Each is counted from `start`, so that the 31st comes back after a short month.
    """
    return tuple(add_months(start, step * index) for index in range(1, number + 1))


def whole_months(start: date, end: date) -> int | None:
    """Months from `start` to `end` where they are whole ones, month ends included; else None."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) == end or add_months(end, -months) == start:
        return months
    return None
