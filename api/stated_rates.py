"""Rates as they are stated: per cent with a period, or words; never a bare number.

So 3 % a month, 0.03 % a year and 三分 cannot be taken for one another: a number alone is refused,
and words whose period or unit is open give Unknown.
"""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Final

import msgspec

from api.problems import invalid
from domain.cases.lending import RatePeriod
from domain.figures.calculation.daycount import DayCount
from domain.figures.calculation.limits import annual_from_daily
from domain.figures.figure import Unknown
from domain.rules.cn.rate_words import StatedRate, read_rate

MONTHS: Final = 12

Per = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[0-9]{1,4}(\.[0-9]{1,10})?$",
        description='Per cent as a decimal string: "1.5" is one and a half of a hundred.',
        examples=["1.5"],
    ),
]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=80, examples=["三分"])]


class RateRead(msgspec.Struct, frozen=True, kw_only=True):
    """A stated rate as it was read. All of them in per cent."""

    rate_pct: str
    rate_period: RatePeriod
    read_as: str
    annual_pct: str | None
    """For a year, without compounding; null where the days of a year are not said."""


def stated(
    pct: str | None, period: RatePeriod | None, words: str | None
) -> StatedRate | Unknown | None:
    """The rate that a body states; None where it states none.

    Problem for a percentage without a period, a period without one, or both forms at once.
    """
    if words is not None:
        if pct is not None or period is not None:
            raise invalid("rate_words", "give the rate in words or in per cent, not both")
        return read_rate(words)
    if pct is None and period is None:
        return None
    if pct is None:
        raise invalid("rate_pct", "a period alone is no rate")
    if period is None:
        raise invalid("rate_period", "a rate means nothing without its period: year, month or day")
    # The pattern lets a final line break through.
    rate = Decimal(pct.strip())
    read_as = f"{plain(rate)} % a {period}"
    return StatedRate(rate_pct=rate, period=period, read_as=read_as, rule_ids=())


def annual(rate: StatedRate, count: DayCount | None) -> Fraction | Unknown:
    """The rate for a year as a fraction of one: twelve months, or the day count's days.

    Unknown for a daily rate whose year has no one number of days.
    """
    part = Fraction(rate.rate_pct) / 100
    if rate.period is RatePeriod.YEAR:
        return part
    if rate.period is RatePeriod.MONTH:
        return part * MONTHS
    if count is None or count is DayCount.ACT_ACT:
        return Unknown(
            reason="a daily rate is not the same for every year of days",
            settled_by="the day count of the contract: 365 or 360 days a year",
        )
    return annual_from_daily(part, count)


def rate_read(rate: StatedRate, count: DayCount | None) -> RateRead:
    """The rate as answered."""
    year = annual(rate, count)
    exact = None if isinstance(year, Unknown) else year * 100
    return RateRead(
        rate_pct=plain(rate.rate_pct),
        rate_period=rate.period,
        read_as=rate.read_as,
        # A decimal string of at most ten places times 12, 360 or 365 ends.
        annual_pct=None if exact is None else plain(Decimal(exact.numerator) / exact.denominator),
    )


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros: `24`, `1.5`."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
