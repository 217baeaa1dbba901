"""Clocks: a day count as whole ticks, so that interest runs exactly and without fractions.

Every day count in use is the difference of one function of the day: actual days, months of
thirty, a day's part of its own year, a day's share of its month. In ticks that divide all of
them evenly the difference is a whole number.
"""

from calendar import isleap
from collections.abc import Callable
from datetime import date
from functools import partial
from math import lcm
from typing import Final, NamedTuple

from domain.cases.terms import DayCount
from domain.figures.calculation.daycount import add_months

_MONTH: Final = lcm(28, 29, 30, 31)
_YEAR: Final = lcm(365, 366)
_FIRST: Final = date(1, 1, 31)


class Clock(NamedTuple):
    """How a line tells time: `tick(end) - tick(start)` ticks lie between two days."""

    ticks_a_year: int
    tick: Callable[[date], int]
    name: DayCount = DayCount.ACT_365


def clock_of(count: DayCount, anchor: date) -> Clock:
    """The clock of a day count; months begin on the day of the month of `anchor`."""
    match count:
        case DayCount.ACT_365:
            return ACTUAL_365
        case DayCount.ACT_360:
            return Clock(360, date.toordinal, count)
        case DayCount.THIRTY_360:
            return Clock(360, _thirty, count)
        case DayCount.ACT_ACT:
            return Clock(_YEAR, _own_year, count)
        case DayCount.MONTHLY:
            return Clock(12 * _MONTH, partial(_months, anchor.day), count)


ACTUAL_365: Final = Clock(365, date.toordinal)


def _thirty(day: date) -> int:
    """30E/360: the 31st counts as the 30th (ISDA 2006 Definitions section 4.16(g))."""
    return 360 * day.year + 30 * day.month + min(day.day, 30)


def _own_year(day: date) -> int:
    in_year = day.timetuple().tm_yday - 1
    return day.year * _YEAR + in_year * (_YEAR // (366 if isleap(day.year) else 365))


def _months(anchor_day: int, day: date) -> int:
    """Months since the year one, begun on `anchor_day`, or on a short month's last day."""
    first = _FIRST.replace(day=anchor_day)
    number = (day.year - 1) * 12 + day.month - 1
    begun = add_months(first, number)
    if begun > day:
        number -= 1
        begun = add_months(first, number)
    length = (add_months(first, number + 1) - begun).days
    return number * _MONTH + (day - begun).days * (_MONTH // length)
