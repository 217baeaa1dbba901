"""What a contract promises: its due days, and how much of each instalment is principal.

Read from the terms as data; nothing here knows a lender by name.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from domain.cases.terms import DayCount, Instalment, RatePeriod, Repayment, Terms
from domain.figures.calculation.clock import ACTUAL_365, Clock, clock_of
from domain.figures.calculation.daycount import add_months
from domain.figures.calculation.rounding import Rounding, to_minor
from domain.figures.calculation.schedules import schedule
from domain.figures.calculation.terms import Plan, Row
from domain.figures.figure import Unknown
from domain.money import Money

_MONTHS = 12
_OF_360_DAYS = (DayCount.ACT_360, DayCount.THIRTY_360)


def due_days(terms: Terms) -> tuple[date, ...]:
    """The days on which something falls due, rising."""
    if terms.schedule:
        return tuple(instalment.due_on for instalment in terms.schedule)
    if terms.instalments is not None:
        regular = terms.instalments
        return tuple(
            add_months(regular.first_due_on, number * regular.every_months)
            for number in range(regular.number)
        )
    return () if terms.due_on is None else (terms.due_on,)


def last_due_on(terms: Terms) -> date | None:
    """The last day for paying back, by the contract."""
    days = list(due_days(terms))
    if terms.due_on is not None:
        days.append(terms.due_on)
    return max(days, default=None)


def annual(rate_pct: str | None, period: RatePeriod | None, days_a_year: int) -> Fraction | None:
    """A stated rate as a fraction of one a year; a month is a twelfth of it."""
    if rate_pct is None or period is None:
        return None
    times = {RatePeriod.YEAR: 1, RatePeriod.MONTH: _MONTHS, RatePeriod.DAY: days_a_year}
    return Fraction(rate_pct) * times[period] / 100


def stated(
    terms: Terms, rate_pct: str | None, period: RatePeriod | None, anchor: date
) -> tuple[Fraction, Clock] | None:
    """A rate of the contract and the clock it runs by; None where none is stated.

    A daily rate is for each actual day, whatever share of a year the contract makes of a month.
    Flat interest is so much a period by its own words: it runs by months unless stated otherwise.
    """
    count = terms.day_count or (DayCount.MONTHLY if is_flat(terms) else DayCount.ACT_365)
    days = 360 if count in _OF_360_DAYS else 365
    rate = annual(rate_pct, period, days)
    if rate is None:
        return None
    if period is RatePeriod.DAY and count not in _OF_360_DAYS:
        return rate, ACTUAL_365
    return rate, clock_of(count, anchor)


def rows(terms: Terms, principal_minor: int, start: date) -> tuple[Row, ...] | Unknown:
    """The contract's instalments, each split into principal and interest.

    From its printed table and its rate, or made from its terms. Unknown, with what would settle
    it, where the terms do not say enough or never pay the loan back.
    """
    rate = stated(terms, terms.rate_pct, terms.rate_period, start)
    if terms.schedule:
        if rate is None:
            return _lacking("how much of each instalment is interest", "the contract's rate")
        return tuple(_printed(terms.schedule, principal_minor, start, *rate))
    if rate is None or terms.repayment is None or terms.instalments is None:
        return _lacking("the contract's instalments", "its schedule, or rate, number and method")
    try:
        return schedule(_plan(terms, principal_minor, start, rate[0]))
    except ValueError as error:
        return _lacking(f"a schedule from the contract's terms ({error})", "the printed schedule")


def instalments(terms: Terms, principal: Money, start: date) -> tuple[Instalment, ...] | Unknown:
    """What falls due on which day: as printed, else made from the terms; Unknown as `rows`."""
    if terms.schedule:
        return terms.schedule
    found = rows(terms, principal.minor, start)
    if isinstance(found, Unknown):
        return found
    return tuple(
        Instalment(due_on=row.due_on, amount=Money(row.total_minor, principal.currency))
        for row in found
        if row.total_minor
    )


def _plan(terms: Terms, principal_minor: int, start: date, rate_year: Fraction) -> Plan:
    regular = terms.instalments
    if regular is None or terms.repayment is None:
        raise ValueError("no instalments are stated")
    is_counted = terms.day_count not in (None, DayCount.MONTHLY)
    return Plan(
        principal_minor=principal_minor,
        rate_year=rate_year,
        start=start,
        due=due_days(terms),
        method=terms.repayment,
        count=terms.day_count if is_counted else None,
        periods_a_year=_MONTHS // regular.every_months,
        unit_minor=regular.unit.minor if regular.unit else 1,
        grace=regular.grace,
        grace_kind=regular.grace_kind,
        balloon_minor=regular.balloon.minor if regular.balloon else 0,
    )


def _printed(
    table: tuple[Instalment, ...], principal_minor: int, start: date, rate: Fraction, clock: Clock
) -> Iterator[Row]:
    balance, begun = principal_minor, start
    for number, instalment in enumerate(table, start=1):
        ticks = max(0, clock.tick(instalment.due_on) - clock.tick(begun))
        exact = balance * rate * ticks / clock.ticks_a_year
        interest = min(to_minor(exact, Rounding.HALF_UP), instalment.amount.minor)
        repaid = min(balance, instalment.amount.minor - interest)
        balance -= repaid
        begun = max(begun, instalment.due_on)
        yield Row(
            number=number,
            due_on=instalment.due_on,
            principal_minor=repaid,
            interest_minor=interest,
            balance_minor=balance,
        )


def _lacking(what: str, settled_by: str) -> Unknown:
    return Unknown(reason=f"{what} is not known", settled_by=settled_by)


def is_flat(terms: Terms) -> bool:
    """Whether interest is on all that was lent to the end, whatever was paid back (等本等息)."""
    return terms.repayment is Repayment.FLAT
