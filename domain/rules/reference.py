"""Published series that rules read: rates and working days. Refused past their end.

Values come from files that an operator loads, each row with its source; nothing is extrapolated.
"""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import msgspec

from domain.figures.figure import Unknown

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Calendar(msgspec.Struct, frozen=True):
    """Days off and make-up working days, by the yearly public notice.

    `days` holds the exceptions only: True for a day worked, False for a day off. A year counts as
    published when its New Year's Day is listed, for every notice lists it.
    """

    days: Mapping[date, bool]

    def is_published(self, year: int) -> bool:
        """Whether the year's notice is loaded."""
        return date(year, 1, 1) in self.days

    def is_working(self, day: date) -> bool | Unknown:
        """Whether `day` is a working day; Unknown in a year whose notice is not loaded."""
        if not self.is_published(day.year):
            return Unknown(
                reason=f"the public holidays of {day.year} are not loaded",
                settled_by=f"the holiday notice for {day.year}, loaded with its source",
            )
        return self.days.get(day, day.weekday() < SATURDAY)

    def roll(self, day: date) -> date | Unknown:
        """`day` itself when worked, else the first working day after it."""
        while True:
            working = self.is_working(day)
            if isinstance(working, Unknown):
                return working
            if working:
                return day
            day += ONE_DAY

    def add_working_days(self, day: date, count: int) -> date | Unknown:
        """The `count`-th working day after `day`, which is not counted; ValueError below 0."""
        if count < 0:
            raise ValueError("working days are counted forward")
        while count:
            day += ONE_DAY
            working = self.is_working(day)
            if isinstance(working, Unknown):
                return working
            count -= working
        return day


class RateRow(msgspec.Struct, frozen=True, kw_only=True):
    """One published rate, from the day of publication."""

    on: date
    value_pct: Decimal
    """Per cent a year."""
    source: str
    status: str
    """How well the row is established, in the words of its file."""


class RateSeries(msgspec.Struct, frozen=True, kw_only=True):
    """Published rates in order of days. `name` is how an Unknown speaks of the series.

    With `release_day` a row holds until the next release is due: that day of the next month,
    moved to a working day. Without it rows hold until the next, the last one to `known_through`.
    """

    name: str
    rows: tuple[RateRow, ...]
    calendar: Calendar
    release_day: int | None = None
    known_through: date | None = None

    def __post_init__(self) -> None:
        """ValueError for rows out of order, or when nothing says how long they hold."""
        if (self.release_day is None) == (self.known_through is None):
            raise ValueError(f"{self.name}: give either the day of release or the last known day")
        days = [row.on for row in self.rows]
        if any(later <= earlier for earlier, later in pairwise(days)):
            raise ValueError(f"{self.name}: rows are not in order of days, or a day stands twice")

    def at(self, day: date) -> Decimal | Unknown:
        """The rate in force on `day`, in per cent a year; its own day has the new rate."""
        row = self.row_at(day)
        return row if isinstance(row, Unknown) else row.value_pct

    def row_at(self, day: date) -> RateRow | Unknown:
        """The row in force on `day`; Unknown before the first, and once a release is missing."""
        index = bisect_right(self.rows, day, key=lambda row: row.on) - 1
        if index < 0:
            first = self.rows[0].on.isoformat() if self.rows else "any row"
            return Unknown(
                reason=f"{self.name} was not published before {first}; asked for {day}",
                settled_by="a rule that does not rest on this rate",
            )
        row = self.rows[index]
        end = self._known_until(index)
        return row if end is None or day < end else self._not_loaded(row, end)

    def between(self, first: date, last: date) -> tuple[RateRow, ...]:
        """The releases from `first` to `last`, both inclusive."""
        return tuple(row for row in self.rows if first <= row.on <= last)

    def _known_until(self, index: int) -> date | None:
        """First day on which the row can no longer be trusted; None where the next one follows."""
        following = self.rows[index + 1] if index + 1 < len(self.rows) else None
        if self.release_day is None:
            return self.known_through + ONE_DAY if self.known_through and not following else None
        due = _next_month(self.rows[index].on, self.release_day)
        if following and (following.on.year, following.on.month) <= (due.year, due.month):
            return None
        rolled = self.calendar.roll(due)
        return due if isinstance(rolled, Unknown) else rolled

    def _not_loaded(self, row: RateRow, end: date) -> Unknown:
        return Unknown(
            reason=f"{self.name} is loaded up to its release of {row.on}, which is known to hold "
            f"through {end - ONE_DAY}",
            settled_by=f"the release due on {end}, loaded with its source",
        )


def _next_month(day: date, day_of_month: int) -> date:
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, day_of_month)


class ReferenceData(msgspec.Struct, frozen=True, kw_only=True):
    """Everything published that figures rest on, under one version."""

    version: str
    """Names the loaded bytes: the same text means the same rows."""
    lpr_1y: RateSeries
    calendar: Calendar
    bank_benchmark: RateSeries | None = None
    """Benchmark lending rate for loans of six to twelve months, where an operator loaded one."""
