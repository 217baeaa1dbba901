"""Paying early: the whole on a day, or a part with a shorter term or lower instalments.

Interest runs to the day of payment only (民法典 art. 677: a loan paid back early bears interest
for the time it was actually used; for private loans 法释〔2020〕17号 art. 30). Every instalment due
by then counts as paid; what was missed is the position's matter, not a schedule's.
"""

from datetime import date
from enum import StrEnum
from fractions import Fraction

import msgspec
from msgspec.structs import replace

from domain.cases.lending import Repayment
from domain.figures.calculation.daycount import DayCount, year_fraction
from domain.figures.calculation.rounding import to_minor
from domain.figures.calculation.schedules import Course, run, schedule
from domain.figures.calculation.terms import Grace, Plan, Row, parts_of_year


class Keep(StrEnum):
    """What a part payment leaves as it was."""

    INSTALMENT = "instalment"
    """The term becomes shorter."""
    TERM = "term"
    """The instalments become lower."""


class PayOff(msgspec.Struct, frozen=True, kw_only=True):
    """What pays a loan off on a day, in minor units."""

    on: date
    principal_minor: int
    interest_minor: int
    """Since the last due day."""

    @property
    def total_minor(self) -> int:
        """What to pay."""
        return self.principal_minor + self.interest_minor


class Prepaid(msgspec.Struct, frozen=True, kw_only=True):
    """What a part payment did, in minor units, and what falls due after it."""

    on: date
    interest_minor: int
    """Of the payment; it comes first."""
    principal_minor: int
    rows: tuple[Row, ...]


class _Standing(msgspec.Struct, frozen=True):
    """A loan on a day, all instalments due by then paid."""

    index: int
    """Of the next row."""
    balance_minor: int
    used: Fraction
    """Part of a year since the last due day."""
    interest_minor: int
    """For that time."""


def pay_off(plan: Plan, on: date, count: DayCount | None = None) -> PayOff:
    """What pays the loan of `plan` off on `on`, instalments due that day included as paid.

    `count` counts the days since the last due day where the plan counts whole periods only.
    ValueError for a day outside the loan's time, or odd days without a day count; errors of
    `schedule`.
    """
    standing = _standing(plan, schedule(plan), on, count)
    return PayOff(
        on=on, principal_minor=standing.balance_minor, interest_minor=standing.interest_minor
    )


def prepay(
    plan: Plan, on: date, amount_minor: int, keep: Keep, count: DayCount | None = None
) -> Prepaid:
    """A payment of `amount_minor` on `on`, beyond the instalments due by then.

    It pays the interest since the last due day, then principal. ValueError where it does not
    reach the principal, pays everything (see `pay_off`), or the interest is flat, which only the
    contract can say how to lower; else as `pay_off`.
    """
    if plan.method is Repayment.FLAT:
        raise ValueError("a part payment on flat interest needs the contract's own rule")
    rows = schedule(plan)
    standing = _standing(plan, rows, on, count)
    principal = amount_minor - standing.interest_minor
    if principal <= 0:
        raise ValueError(f"the payment does not exceed the interest of {standing.interest_minor}")
    if principal >= standing.balance_minor:
        raise ValueError("the payment pays the loan off")
    return Prepaid(
        on=on,
        interest_minor=standing.interest_minor,
        principal_minor=principal,
        rows=_rest(plan, rows, standing, standing.balance_minor - principal, keep),
    )


def _standing(plan: Plan, rows: tuple[Row, ...], on: date, count: DayCount | None) -> _Standing:
    if not plan.start <= on < plan.due[-1]:
        raise ValueError(f"{on} is not between {plan.start} and the day before {plan.due[-1]}")
    index = sum(row.due_on <= on for row in rows)
    last = rows[index - 1].due_on if index else plan.start
    balance = rows[index - 1].balance_minor if index else plan.principal_minor
    used = _used(last, on, plan.count or count)
    bearing = plan.principal_minor if plan.method is Repayment.FLAT else balance
    is_free = index < plan.grace and plan.grace_kind is Grace.INTEREST_FREE
    rate = Fraction(0) if is_free or not balance else plan.rate_year
    return _Standing(index, balance, used, to_minor(bearing * rate * used, plan.rounding))


def _used(last: date, on: date, count: DayCount | None) -> Fraction:
    if on == last:
        return Fraction(0)
    if count is None:
        raise ValueError(f"the days from {last} to {on} need a day count")
    return year_fraction(last, on, count)


def _rest(
    plan: Plan, rows: tuple[Row, ...], standing: _Standing, balance: int, keep: Keep
) -> tuple[Row, ...]:
    """The rows after a part payment; with the instalment kept, those that are still needed."""
    first, *others = parts_of_year(plan)[standing.index :]
    regular = rows[plan.grace]
    is_level = plan.method is Repayment.LEVEL
    kept = regular.total_minor if is_level else regular.principal_minor
    course = Course(
        balance_minor=balance,
        due=plan.due[standing.index :],
        parts=(max(Fraction(0), first - standing.used), *others),
        number=standing.index + 1,
        grace=max(0, plan.grace - standing.index),
        kept_minor=kept if keep is Keep.INSTALMENT else None,
    )
    if keep is Keep.TERM:
        plan = replace(plan, instalments_minor=())
    found = run(plan, course)
    done = next(at for at, row in enumerate(found) if row.balance_minor == 0)
    return found[: done + 1]
