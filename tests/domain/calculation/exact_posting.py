"""Posting: accrued interest made due, rounded where and which way a rule says."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction

import msgspec

from domain.figures.calculation.rounding import Rounding, to_minor
from tests.domain.calculation.exact_accrual import AccruedSegment


class RoundAt(StrEnum):
    """Where interest is rounded."""

    PERIOD = "each-period"
    """Every stretch with one principal and one rate by itself."""
    POSTING = "at-posting"
    """The sum of what accrued since the last posting."""
    END = "at-the-end"
    """Once, the sum of everything."""


class Posted(msgspec.Struct, frozen=True):
    """Interest made due on a day."""

    on: date
    exact: Fraction
    """What accrued, in minor units."""
    minor: int
    """What was posted of it."""


def posted(
    accrued: Sequence[AccruedSegment],
    at: RoundAt,
    rounding: Rounding = Rounding.HALF_UP,
    postings: Sequence[date] = (),
) -> list[Posted]:
    """The interest made due, rounded as the rule says, in order of days.

    Each accrued stretch is posted on the first of `postings` that is not before its end, or on
    the last end where none is; at the end, everything together on the last end. ValueError where
    a posting day lies inside a stretch: split it there first.
    """
    if not accrued:
        return []
    last = max(part.end for part in accrued)
    days = [] if at is RoundAt.END else sorted(postings)
    groups: dict[date, list[Fraction]] = {}
    for part in accrued:
        on = next((day for day in days if day >= part.end), last)
        if any(part.start < day < part.end for day in days):
            raise ValueError(f"a posting day lies between {part.start} and {part.end}")
        groups.setdefault(on, []).append(part.interest)
    return [_post(on, groups[on], at, rounding) for on in sorted(groups)]


def interest_minor(accrued: Sequence[AccruedSegment], rounding: Rounding = Rounding.HALF_UP) -> int:
    """All of it in minor units, rounded once."""
    return to_minor(sum((part.interest for part in accrued), Fraction(0)), rounding)


def _post(on: date, interests: list[Fraction], at: RoundAt, rounding: Rounding) -> Posted:
    exact = sum(interests, Fraction(0))
    if at is RoundAt.PERIOD:
        return Posted(on, exact, sum(to_minor(interest, rounding) for interest in interests))
    return Posted(on, exact, to_minor(exact, rounding))
