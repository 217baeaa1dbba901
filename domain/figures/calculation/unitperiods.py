"""How Regulation Z measures time: in unit-periods, chosen and counted as Appendix J says.

12 CFR 1026 Appendix J (b)(3) to (b)(5): the unit-period is the interval that occurs most often;
time is counted in whole ones back from the later day, and the days left over are a part of one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

import msgspec

from domain.figures.calculation.daycount import add_months, whole_months
from domain.figures.calculation.flows import Flow, TimedFlow


class Interval(StrEnum):
    """Standard intervals of time, (b)(3)(iii)."""

    DAY = "day"
    WEEK = "week"
    SEMIMONTH = "semimonth"
    MONTH = "month"
    TERM = "term"
    """The whole term of a loan paid back at once within a year, (b)(5)(vi) and (vii)."""


class UnitPeriod(msgspec.Struct, frozen=True):
    """So many intervals; a year is twelve months."""

    interval: Interval
    multiple: int
    a_year: Fraction
    """Unit-periods in a year."""


_LENGTHS: Final = {
    Interval.DAY: Fraction(1),
    Interval.WEEK: Fraction(7),
    Interval.SEMIMONTH: Fraction(365, 24),
    Interval.MONTH: Fraction(365, 12),
}
_DAY = UnitPeriod(Interval.DAY, 1, Fraction(365))
_SEMIMONTH = UnitPeriod(Interval.SEMIMONTH, 1, Fraction(24))


def weeks(multiple: int) -> UnitPeriod:
    """A unit-period of so many weeks, (b)(5)(iv)."""
    return UnitPeriod(Interval.WEEK, multiple, Fraction(52, multiple))


def months(multiple: int) -> UnitPeriod:
    """A unit-period of so many months, (b)(5)(ii), (iii) and (v)."""
    return UnitPeriod(Interval.MONTH, multiple, Fraction(12, multiple))


def common_period(flows: Sequence[Flow]) -> UnitPeriod | None:
    """The standard interval that occurs most often, and more than once; the smaller of two.

    Intervals lie between advances, between payments, and from the first advance to the first
    payment, (b)(3)(i). `flows` are one a day in order; the first is an advance.
    """
    found: Counter[UnitPeriod] = Counter()
    for start, end in _intervals(flows):
        found.update(_names(start, end))
    common = [unit for unit, times in found.items() if times > 1]
    return min(common, key=lambda unit: (-found[unit], _length(unit)), default=None)


def unit_period(flows: Sequence[Flow]) -> UnitPeriod:
    """The unit-period of a transaction, (b)(4); `flows` as for `common_period`, at least two."""
    if len(flows) == 2:
        return _single(flows[0].on, flows[1].on)
    common = common_period(flows)
    if common is not None:
        return common
    spans = [(end - start).days for start, end in _intervals(flows)]
    average = Fraction(sum(spans), len(spans))
    standard = [_DAY, _SEMIMONTH, *map(weeks, range(1, 53)), *map(months, range(1, 13))]
    return min(standard, key=lambda unit: (abs(_length(unit) - average), _length(unit)))


def in_unit_periods(flows: Sequence[Flow], unit: UnitPeriod) -> list[TimedFlow]:
    """The flows at their times in unit-periods from the first, (b)(5).

    A payment, or advance, one unit-period after the one before it is one further, so that the
    31st of each month, or the 1st and 16th, stay regular.
    """
    start, is_advance = flows[0].on, flows[0].minor > 0
    last = {True: (start, Fraction(0)), False: (start, Fraction(0))}
    timed: list[TimedFlow] = []
    for flow in flows:
        side = (flow.minor > 0) == is_advance
        before, at = last[side]
        is_next = before < flow.on and unit in _names(before, flow.on)
        periods = at + 1 if is_next else _measured(start, flow.on, unit)
        last[side] = (flow.on, periods)
        timed.append(TimedFlow(periods, flow.minor))
    return timed


def _single(start: date, end: date) -> UnitPeriod:
    if end >= add_months(start, 12):
        return months(12)
    whole = whole_months(start, end)
    a_year = Fraction(12, whole) if whole else Fraction(365, (end - start).days)
    return UnitPeriod(Interval.TERM, 1, a_year)


def _intervals(flows: Sequence[Flow]) -> list[tuple[date, date]]:
    is_advance = flows[0].minor > 0
    advances = [flow.on for flow in flows if (flow.minor > 0) == is_advance]
    payments = [flow.on for flow in flows if (flow.minor > 0) != is_advance]
    return [*pairwise(advances), *pairwise([advances[0], *payments])]


def _names(start: date, end: date) -> Iterable[UnitPeriod]:
    """The standard intervals that lie exactly between two days."""
    days = (end - start).days
    found = [_DAY] if days == 1 else []
    if days % 7 == 0 and 1 <= days // 7 <= 52:
        found.append(weeks(days // 7))
    if _is_semimonth(start, end):
        found.append(_SEMIMONTH)
    whole = whole_months(start, end)
    if whole and whole <= 12:
        found.append(months(whole))
    return found


def _is_semimonth(start: date, end: date) -> bool:
    """Fifteen days within a month, or from a day in the second half to the one it pairs with."""
    if (start.year, start.month) == (end.year, end.month):
        return end.day - start.day == 15 or (start.day == 15 and _is_last(end))
    if end >= add_months(start, 1):
        return False
    return start.day - end.day == 15 or (_is_last(start) and end.day == 15)


def _is_last(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _length(unit: UnitPeriod) -> Fraction:
    return _LENGTHS[unit.interval] * unit.multiple


def _measured(start: date, end: date, unit: UnitPeriod) -> Fraction:
    """Unit-periods between two days, whole months counted back from the later one."""
    days = (end - start).days
    if unit.interval is Interval.TERM:
        return Fraction(1 if days else 0)
    if unit.interval in (Interval.DAY, Interval.WEEK):
        return Fraction(days) / _length(unit)
    whole = whole_months(start, end)
    back = (end.year - start.year) * 12 + end.month - start.month if whole is None else whole
    if whole is None and add_months(end, -back) < start:
        back -= 1
    left = 0 if whole is not None else (add_months(end, -back) - start).days
    if unit.multiple == 12:
        return _years(start, end, back, left)
    length = 15 if unit.interval is Interval.SEMIMONTH else 30 * unit.multiple
    return Fraction(30 * back + left, length)


def _years(start: date, end: date, back: int, left: int) -> Fraction:
    """Full years back from the later day; the rest in months if whole ones, else in days."""
    years, odd = divmod(back, 12)
    if left == 0:
        return years + Fraction(odd, 12)
    return years + Fraction((add_months(end, -12 * years) - start).days, 365)
