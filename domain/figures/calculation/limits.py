"""Ceilings on interest that a rule states: so much a day, so much in all.

The United Kingdom's cap on short-term credit has both: 0.8 % a day on the principal outstanding,
and never more than the principal in all (FCA Handbook, CONC 5A.2.3 R and 5A.2.2 R). The figures
come with the rule; nothing here names them.
"""

from fractions import Fraction

from domain.figures.calculation.daycount import DayCount
from domain.figures.calculation.rounding import Rounding, to_minor


def annual_from_daily(rate_day: Fraction, count: DayCount) -> Fraction:
    """The annual rate that, accrued by `count`, gives `rate_day` on every day.

    ValueError for actual/actual, whose days are not worth the same in every year.
    """
    if count is DayCount.ACT_ACT:
        raise ValueError("a daily rate has no one annual rate under actual/actual")
    return rate_day * (365 if count is DayCount.ACT_365 else 360)


def daily_rate(rate_day: Fraction, cap_day: Fraction | None) -> Fraction:
    """The rate of a day under a ceiling for a day, fractions of one; None for no ceiling."""
    return rate_day if cap_day is None else min(rate_day, cap_day)


def total_allowed(principal_minor: int, share: Fraction, rounding: Rounding = Rounding.DOWN) -> int:
    """All the interest that a ceiling of `share` of the first principal allows, in minor units.

    ValueError for a negative principal or share.
    """
    if principal_minor < 0 or share < 0:
        raise ValueError("a ceiling needs a principal and a share that are not negative")
    return to_minor(principal_minor * share, rounding)


def within_total(so_far: Fraction, more: Fraction, allowed_minor: int) -> Fraction:
    """How much of `more` may still be added to `so_far` under a ceiling on the total.

    All three in minor units, the first two exact. Never negative: what was charged above the
    ceiling before is for the caller to take back. ValueError for a negative amount.
    """
    if so_far < 0 or more < 0:
        raise ValueError("interest so far and interest to add are not negative")
    return max(Fraction(0), min(more, allowed_minor - so_far))
