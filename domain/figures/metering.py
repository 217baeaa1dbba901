"""Meters: interest on a principal that changes, at a rate that changes, exactly.

Interest is in whole grains: a minor unit has `Meter.unit` of them, a year's ticks times SCALE, so
that any rate with up to twelve decimal places is a whole number of grains a tick. A meter is only
read forward; between two changes of principal it costs one multiplication to read.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from domain.figures.calculation.clock import ACTUAL_365, Clock

SCALE: Final = 10**12
_DAY: Final = timedelta(days=1)

NOBODY: Final = UUID(int=0)
"""Cause of a principal of nothing: no segment ever names it."""


def half_up(grains: int, unit: int) -> int:
    """Grains to whole minor units, halves up. Amounts here are never negative."""
    return (2 * grains + unit) // (2 * unit)


def scaled(rate_year: Fraction) -> int:
    """A yearly rate times SCALE; ValueError for one with more than twelve decimal places."""
    whole = rate_year * SCALE
    if whole.denominator != 1:
        raise ValueError(f"a rate of {rate_year} has more than twelve decimal places")
    return whole.numerator


def per_cent(rate: Fraction) -> str:
    """A rate as a decimal string in per cent, at most six places: `15.4`."""
    value = Decimal(rate.numerator * 100) / Decimal(rate.denominator)
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text or "0"


class RatePeriod(msgspec.Struct, frozen=True, kw_only=True):
    """An annual rate in force from a day up to and including another; None: without end."""

    start: date
    end: date | None
    rate_year: Fraction | None
    """A fraction of one for a year; None: no limit in this period."""
    rule_ids: tuple[str, ...] = ()
    flat: bool = False
    """On all that was lent, whatever was paid back since (等本等息)."""
    what: str = "interest"
    """How its part is called: `interest`, `overdue-interest`."""
    clock: Clock = ACTUAL_365
    """How its days are counted."""


class Segment(msgspec.Struct, frozen=True, gc=False):
    """Interest on one principal at one rate, first day in, last day out."""

    start: date
    end: date
    principal_minor: int
    upto: int
    """What the meter stood at when it ended, in grains."""
    cause: UUID
    """What made the principal what it is: the last entry that changed it."""
    period: RatePeriod
    rate_pct: str


class _Span(NamedTuple):
    """A stretch of time under one rate or none, half-open: together they cover all time."""

    stop: date
    scaled: int
    tick: Callable[[date], int]
    period: RatePeriod | None = None
    rate_pct: str = ""
    is_flat: bool = False


def _spans(periods: Sequence[RatePeriod], ticks_a_year: int) -> list[_Span]:
    found: list[_Span] = []
    at = date.min
    for period in periods:
        stop = date.max if period.end is None else period.end + _DAY
        if stop <= at:
            continue
        if period.start > at:
            found.append(_Span(period.start, 0, date.toordinal))
        at = stop
        if period.rate_year is None:
            found.append(_Span(stop, 0, date.toordinal))
        else:
            rate, clock = period.rate_year, period.clock
            whole = scaled(rate) * (ticks_a_year // clock.ticks_a_year)
            found.append(_Span(stop, whole, clock.tick, period, per_cent(rate), period.flat))
    if at < date.max:
        found.append(_Span(date.max, 0, date.toordinal))
    return found


class Meter:
    """Interest that ran so far. Days are asked for in rising order only."""

    __slots__ = (
        "_base",
        "_cause",
        "_closed",
        "_from",
        "_from_tick",
        "_is_kept",
        "_lent",
        "_rate",
        "_span",
        "_spans",
        "segments",
        "unit",
    )

    def __init__(self, periods: Sequence[RatePeriod], *, is_kept: bool = True) -> None:
        """Nothing has run yet, and there is no principal. `is_kept`: with its segments."""
        ticks_a_year = lcm(*(period.clock.ticks_a_year for period in periods))
        self.unit = ticks_a_year * SCALE
        self.segments: list[Segment] = []
        self._is_kept = is_kept
        self._spans = iter(_spans(periods, ticks_a_year))
        self._span = next(self._spans)
        self._closed = self._base = self._lent = self._rate = 0
        self._from = date.min
        self._from_tick = self._span.tick(date.min)
        self._cause = NOBODY

    def minor(self, day: date) -> int:
        """Interest in all up to `day`, that day not included, half-up to the minor unit."""
        if day > self._span.stop:
            self._pass(day)
        grains = self._closed
        if self._rate and day > self._from:
            grains += self._rate * (self._span.tick(day) - self._from_tick)
        return (2 * grains + self.unit) // (2 * self.unit)

    def change(self, day: date, base: int, lent: int, cause: UUID) -> None:
        """From `day` on the principal is `base` minor units, and `lent` of all that was lent."""
        if day > self._span.stop:
            self._pass(day)
        self._close(day)
        self._base, self._lent, self._cause = base, lent, cause
        self._rate = self._span.scaled * self._bears()

    def round(self, day: date, *, down: bool) -> None:
        """A period ends on `day`: what ran so far becomes whole minor units, half-up or down."""
        if day > self._span.stop:
            self._pass(day)
        self._close(day)
        whole = self._closed // self.unit if down else half_up(self._closed, self.unit)
        self._closed = whole * self.unit
        if self.segments and self.segments[-1].end == day:
            self.segments[-1] = msgspec.structs.replace(self.segments[-1], upto=self._closed)

    def _pass(self, day: date) -> None:
        """Go through every change of the rate before `day`."""
        while day > self._span.stop:
            self._close(self._span.stop)
            self._span = next(self._spans)
            self._from_tick = self._span.tick(self._from)
            self._rate = self._span.scaled * self._bears()

    def _bears(self) -> int:
        """What interest is on; once all is paid back there is no flat interest either."""
        return self._lent if self._span.is_flat and self._base else self._base

    def _close(self, day: date) -> None:
        """Put what ran since the last change on record, up to `day`."""
        if day <= self._from:
            return
        span = self._span
        tick = span.tick(day)
        if self._rate:
            self._closed += self._rate * (tick - self._from_tick)
            if self._is_kept and span.period is not None:
                base = self._lent if span.is_flat else self._base
                self.segments.append(
                    Segment(
                        self._from, day, base, self._closed, self._cause, span.period, span.rate_pct
                    )
                )
        self._from, self._from_tick = day, tick
