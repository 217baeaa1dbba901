"""Repayment schedules from terms: what falls due on which day, split into principal and interest.

Every period's interest is rounded to the minor unit (half-up by default: a published judgment is
reproduced to the fen only so, law/functions.md section 8); the last due day takes the remainder.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

import msgspec

from domain.cases.lending import Repayment
from domain.figures.calculation.rounding import to_minor
from domain.figures.calculation.terms import (
    Grace,
    NeverAmortises,
    Plan,
    Row,
    check,
    parts_of_year,
)

_PRECISION: Final = 50


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """The rest of a loan: a balance in minor units, its due days, each period's part of a year."""

    balance_minor: int
    due: tuple[date, ...]
    parts: tuple[Fraction, ...]
    number: int = 1
    """Of the first of these due days."""
    grace: int = 0
    kept_minor: int | None = None
    """The instalment, or share of principal, that stays as it was; None: computed."""


def schedule(plan: Plan) -> tuple[Row, ...]:
    """The rows of a plan, one for each due day.

    Their principal sums to the loan and what was capitalised. NeverAmortises where an instalment
    does not cover its interest, ValueError for terms that make no schedule.
    """
    check(plan)
    parts = tuple(parts_of_year(plan))
    if plan.method is Repayment.FLAT:
        return _flat(plan, sum(parts, Fraction(0)))
    balance = plan.principal_minor
    return run(plan, Course(balance_minor=balance, due=plan.due, parts=parts, grace=plan.grace))


def run(plan: Plan, course: Course) -> tuple[Row, ...]:
    """The rows of the rest of a loan, by the plan's method; errors as `schedule`."""
    rows = _grace(plan, course)
    balance = rows[-1].balance_minor if rows else course.balance_minor
    rates = [plan.rate_year * part for part in course.parts[course.grace :]]
    regular = course.kept_minor or _regular(plan, balance, rates)
    for index, rate in enumerate(rates):
        at = course.grace + index
        interest = to_minor(balance * rate, plan.rounding)
        if at == len(course.due) - 1:
            repaid = balance
        else:
            number = course.number + at
            instalment = _named(plan, number) or regular
            repaid = _repaid(plan, instalment, interest, balance, number)
        balance -= repaid
        rows.append(_row(course, at, repaid, interest, balance))
    return tuple(rows)


def level_instalment(
    balance_minor: int, rates: Sequence[Fraction], balloon_minor: int = 0
) -> Fraction:
    """The equal instalment, in minor units, that pays `balance_minor` down to the balloon.

    `rates` are the rates of the periods, one each: what is lent equals the instalments and the
    balloon, each discounted over its periods. To 50 digits. ValueError without periods.
    """
    if not rates:
        raise ValueError("an instalment needs a period")
    with localcontext() as context:
        context.prec = _PRECISION
        factor, total = Decimal(1), Decimal(0)
        for rate in rates:
            factor /= 1 + Decimal(rate.numerator) / Decimal(rate.denominator)
            total += factor
        return Fraction((balance_minor - balloon_minor * factor) / total)


def _grace(plan: Plan, course: Course) -> list[Row]:
    rows: list[Row] = []
    balance = course.balance_minor
    for at in range(course.grace):
        interest = to_minor(balance * plan.rate_year * course.parts[at], plan.rounding)
        due = interest if plan.grace_kind is Grace.INTEREST_ONLY else 0
        added = interest if plan.grace_kind is Grace.CAPITALISED else 0
        balance += added
        rows.append(_row(course, at, 0, due, balance, added))
    return rows


def _regular(plan: Plan, balance: int, rates: Sequence[Fraction]) -> int:
    """The level instalment, or the equal share of principal, in the plan's whole units."""
    if plan.method is Repayment.LEVEL:
        exact = level_instalment(balance, rates, plan.balloon_minor)
    elif plan.method is Repayment.EQUAL_PRINCIPAL:
        exact = Fraction(balance - plan.balloon_minor, len(rates))
    else:
        return 0
    return to_minor(exact, plan.unit_rounding, plan.unit_minor)


def _named(plan: Plan, number: int) -> int | None:
    """The instalment that the contract names for a row; None where it names none."""
    named = plan.instalments_minor
    return named[min(number - plan.grace, len(named)) - 1] if named else None


def _repaid(plan: Plan, instalment: int, interest: int, balance: int, number: int) -> int:
    room = max(0, balance - plan.balloon_minor)
    if plan.method is not Repayment.LEVEL:
        return min(instalment, room)
    if instalment < interest or (instalment == interest and not plan.balloon_minor and room):
        raise NeverAmortises(number, instalment, interest)
    return min(instalment - interest, room)


def _flat(plan: Plan, years: Fraction) -> tuple[Row, ...]:
    """Interest on the first principal for the whole time, in equal shares."""
    periods = len(plan.due)
    interest_left = to_minor(plan.principal_minor * plan.rate_year * years, plan.rounding)
    share = to_minor(Fraction(interest_left, periods), plan.rounding)
    level = Fraction(plan.principal_minor + interest_left, periods)
    regular = to_minor(level, plan.unit_rounding, plan.unit_minor)
    course = Course(balance_minor=plan.principal_minor, due=plan.due, parts=())
    balance, rows = plan.principal_minor, []
    for at in range(periods):
        is_last = at == periods - 1
        interest = interest_left if is_last else min(share, interest_left)
        instalment = _named(plan, at + 1) or regular
        if not is_last and instalment <= interest and balance:
            raise NeverAmortises(at + 1, instalment, interest)
        repaid = balance if is_last else min(max(0, instalment - interest), balance)
        balance, interest_left = balance - repaid, interest_left - interest
        rows.append(_row(course, at, repaid, interest, balance))
    return tuple(rows)


def _row(
    course: Course, at: int, principal: int, interest: int, balance: int, capitalised: int = 0
) -> Row:
    return Row(
        number=course.number + at,
        due_on=course.due[at],
        principal_minor=principal,
        interest_minor=interest,
        balance_minor=balance,
        capitalised_minor=capitalised,
    )
