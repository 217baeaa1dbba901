"""The doubled part of interest for late performance of a judgment (法释〔2014〕8号; 民诉法 264)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

import msgspec

from domain.money import Money
from domain.rules.cn import rule_ids as ids
from domain.rules.rounding import half_up

A_DAY: Final = Fraction(175, 1_000_000)
"""0.0175 % a day (日万分之一点七五)."""


class Reduction(msgspec.Struct, frozen=True, kw_only=True):
    """What a payment or deduction took off the judged money on a day."""

    on: date
    amount: Money


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """Days, both inclusive, on which the doubled part does not run."""

    start: date
    end: date


class DelayStretch(msgspec.Struct, frozen=True, kw_only=True):
    """Days between two payments: after `after`, through `through`."""

    after: date
    through: date
    days: int
    base: Money
    interest: Money


class DelayInterest(msgspec.Struct, frozen=True, kw_only=True):
    """The doubled part and its stretches, whose interest sums to it."""

    total: Money
    stretches: tuple[DelayStretch, ...]
    unpaid: Money
    """Judged money without general interest that is left."""
    rule_ids: tuple[str, ...] = (ids.DELAY_INTEREST,)


def delay_interest(
    judged: Money,
    period_end: date,
    as_of: date,
    reductions: Sequence[Reduction] = (),
    stays: Sequence[Stay] = (),
) -> DelayInterest:
    """0.0175 % a day on what is unpaid, from the end of the performance period.

    `judged` excludes general interest. The day of each payment is the last that counts for what
    it paid. Each stretch is rounded half up to the fen. Nothing runs up to `period_end`.
    """
    left, start, stretches = judged, period_end, []
    zero = Money.zero(judged.currency)
    for day, paid in _by_day(reductions, as_of, zero):
        if day > start and left.minor > 0:
            stretches.append(_stretch(left, start, day, stays))
            start = day
        left = max(left - paid, zero)
    total = zero
    for stretch in stretches:
        total += stretch.interest
    return DelayInterest(total=total, stretches=tuple(stretches), unpaid=left)


def _by_day(reductions: Sequence[Reduction], as_of: date, zero: Money) -> list[tuple[date, Money]]:
    """Reductions up to `as_of`, summed by day, with `as_of` itself as the last day."""
    days: dict[date, Money] = {as_of: zero}
    for reduction in reductions:
        if reduction.on <= as_of:
            days[reduction.on] = days.get(reduction.on, zero) + reduction.amount
    return sorted(days.items(), key=lambda item: item[0])


def _stretch(base: Money, after: date, through: date, stays: Sequence[Stay]) -> DelayStretch:
    stayed = {
        day
        for stay in stays
        for day in range(
            max(stay.start.toordinal(), after.toordinal() + 1),
            min(stay.end.toordinal(), through.toordinal()) + 1,
        )
    }
    days = (through - after).days - len(stayed)
    return DelayStretch(
        after=after,
        through=through,
        days=days,
        base=base,
        interest=half_up(base.minor * A_DAY * days, base.currency),
    )
