"""Accrual in exact fractions, stretch by stretch: what the meters of a line are held to.

Interest of a day is principal x annual rate x the day's part of a year. Nothing is rounded while
it accrues; `posting` rounds, where and which way its rule says.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import msgspec

from domain.figures.calculation.daycount import DayCount, Ends, days_between, year_fraction

_DAY = timedelta(days=1)


class RateSpan(msgspec.Struct, frozen=True):
    """An annual rate, as a fraction of one, on every day from `start` to `end`, both included."""

    start: date
    end: date | None
    """None: without end."""
    rate_year: Fraction


class Segment(msgspec.Struct, frozen=True):
    """A principal in minor units that stood from `start` until `end`, the day it changed."""

    start: date
    end: date
    principal_minor: int


class AccruedSegment(msgspec.Struct, frozen=True):
    """Interest on one principal at one rate."""

    start: date
    end: date
    """The day after its last day; with both ends in, the last stretch's last day itself."""
    days: int
    principal_minor: int
    rate_year: Fraction
    interest: Fraction
    """Minor units, exact."""


class NoRate(ValueError):
    """A day that bears interest has no rate."""

    def __init__(self, day: date) -> None:
        """Name the first such day."""
        super().__init__(f"no rate is given for {day}")
        self.day = day


def accrue(
    segments: Sequence[Segment],
    rates: Sequence[RateSpan],
    count: DayCount = DayCount.ACT_365,
    ends: Ends = Ends.FIRST_IN_LAST_OUT,
) -> list[AccruedSegment]:
    """Interest on `segments` under a schedule of rates, split wherever principal or rate change.

    First in, last out: a segment bears interest from its start to the day before its end. Both
    ends in: every yuan bears interest on the day it came and on the day it went, so a day on
    which one segment follows another belongs to the larger of the two principals.

    NoRate where a day has no rate; ValueError where segments or rates overlap, run backwards or
    a principal is negative.
    """
    _check(segments, rates)
    accrued: list[AccruedSegment] = []
    for principal_minor, start, end, last_in in _ranges(segments, ends):
        # With the last day in, the stretch is searched for rates one day further.
        until = end + _DAY if last_in else end
        for part_start, part_end, rate_year in _by_rate(start, until, rates):
            if last_in and part_end == until:
                stretch = (part_start, end, Ends.BOTH_IN)
            else:
                stretch = (part_start, part_end, Ends.FIRST_IN_LAST_OUT)
            accrued.append(_accrued(*stretch, principal_minor, rate_year, count))
    return accrued


def flat_rate(rate_year: Fraction) -> tuple[RateSpan, ...]:
    """A schedule with one rate for all days."""
    return (RateSpan(date.min, None, rate_year),)


def _check(segments: Sequence[Segment], rates: Sequence[RateSpan]) -> None:
    for segment in segments:
        if segment.end < segment.start or segment.principal_minor < 0:
            raise ValueError(f"not a principal over days: {segment}")
    for one, other in pairwise(segments):
        if other.start < one.end:
            raise ValueError(f"two principals on {other.start}")
    for span, following in pairwise(rates):
        if span.end is None or following.start <= span.end:
            raise ValueError(f"two rates on {following.start}")
    if any(span.end is not None and span.end < span.start for span in rates):
        raise ValueError("a rate ends before it begins")


def _ranges(segments: Sequence[Segment], ends: Ends) -> Iterator[tuple[int, date, date, bool]]:
    """(principal, first day, day after the last, whether that day is in too) of each segment."""
    if ends is Ends.FIRST_IN_LAST_OUT:
        for segment in segments:
            yield segment.principal_minor, segment.start, segment.end, False
        return
    # A segment of no length between others stands on a day that its neighbours bear already.
    for index, segment in enumerate(segments):
        before = segments[index - 1] if index else None
        after = segments[index + 1] if index + 1 < len(segments) else None
        follows = before is not None and before.end == segment.start
        goes_on = after is not None and after.start == segment.end
        if segment.start == segment.end and (follows or goes_on):
            continue
        start, end = segment.start, segment.end
        if follows and before is not None and before.principal_minor > segment.principal_minor:
            start += _DAY
        if goes_on and after is not None and segment.principal_minor > after.principal_minor:
            end += _DAY
        yield segment.principal_minor, start, end, not goes_on


def _by_rate(
    start: date, until: date, rates: Sequence[RateSpan]
) -> Iterator[tuple[date, date, Fraction]]:
    """The days from `start` to before `until`, split where the rate changes."""
    at = start
    for span in rates:
        if at >= until or (span.end is not None and span.end < at):
            continue
        if span.start > at:
            break
        stop = until if span.end is None or span.end >= until else span.end + _DAY
        yield at, stop, span.rate_year
        at = stop
    if at < until:
        raise NoRate(at)


def _accrued(
    start: date,
    end: date,
    ends: Ends,
    principal_minor: int,
    rate_year: Fraction,
    count: DayCount,
) -> AccruedSegment:
    days = days_between(start, end, count, ends)
    interest = principal_minor * rate_year * year_fraction(start, end, count, ends)
    return AccruedSegment(start, end, days, principal_minor, rate_year, interest)
