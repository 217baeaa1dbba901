"""The statistics as they are given out, with small numbers left out."""

from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec

from domain.money import Money
from domain.statistics.counting import Period
from domain.statistics.summing import Sums
from domain.statistics.tally import TITLES, Group, Key

SMALL: Final = 5
"""A line that rests on fewer cases than this could tell of somebody."""
SUPPRESSION: Final = (
    "a line that rests on one to four cases is left out; where that would leave one line of its "
    "group to be found by subtraction, the smallest other line is left out with it"
)
_NO_TOTAL: Final = (Group.CASES, Group.MONEY)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One number. What is left out is None everywhere, with `is_left_out`."""

    code: str
    cases: int | None
    """How many cases it rests on."""
    count: int | None
    """How many there were; of amounts, how many loans or plans were summed."""
    amount: Money | None = None
    unknown: int | None = None
    """Loans whose amount is not known, and which are not in the sum."""
    is_left_out: bool = False


class LineGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of one kind, by their codes."""

    group: Group
    zh: str
    en: str
    lines: tuple[Line, ...]


class Statistics(msgspec.Struct, frozen=True, kw_only=True):
    """What was done in a period, over all cases, as known at a position."""

    position: int
    first_day: date
    last_day: date
    pack: str | None
    """None: no rule pack is adopted, and nothing is said of conduct."""
    data: str | None
    cases: int
    """Cases that were looked at."""
    median_days_to_close: int | None
    """Of the cases closed in the period; None where there were none, or too few to say."""
    suppression: str | None
    """The rule by which lines are left out; None where all are shown."""
    groups: tuple[LineGroup, ...]


def statistics(
    sums: Sums, period: Period, position: int, named: tuple[str | None, str | None], *, hide: bool
) -> Statistics:
    """The sums as given out; `hide` leaves small numbers out. Same sums, same bytes."""
    keys = sorted(sums.tallies)
    left_out = _left_out(sums, keys) if hide else frozenset()
    few = hide and 0 < sums.closed < SMALL
    return Statistics(
        position=position,
        first_day=period.first,
        last_day=period.last,
        pack=named[0],
        data=named[1],
        cases=sums.looked_at,
        median_days_to_close=None if few else sums.median_days(),
        suppression=SUPPRESSION if hide else None,
        groups=tuple(
            LineGroup(
                group=group,
                zh=TITLES[group].zh,
                en=TITLES[group].en,
                lines=tuple(_line(sums, key, left_out) for key in keys if key.group == group),
            )
            for group in Group
        ),
    )


def _line(sums: Sums, key: Key, left_out: frozenset[Key]) -> Line:
    if key in left_out:
        return Line(code=key.code, cases=None, count=None, is_left_out=True)
    tally = sums.tallies[key]
    is_amount = key.currency != ""
    return Line(
        code=key.code,
        cases=sums.cases[key],
        count=tally.count,
        amount=Money(tally.minor, key.currency) if is_amount else None,
        unknown=tally.unknown if is_amount else None,
    )


def _left_out(sums: Sums, keys: Iterable[Key]) -> frozenset[Key]:
    found: set[Key] = set()
    for group in Group:
        lines = [key for key in keys if key.group == group]
        small = [key for key in lines if sums.cases[key] < SMALL]
        others = [key for key in lines if key not in small]
        if len(small) == 1 and others and group not in _NO_TOTAL:
            small.append(min(others, key=lambda key: (sums.cases[key], key)))
        found.update(small)
    return frozenset(found)
