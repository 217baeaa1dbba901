"""Repayment schedules without a case: what falls due when, from terms."""

import asyncio
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Final

import msgspec

from api.call import Answered, Call
from api.figure_books import Computed, asked, books_for, said_of
from api.problems import Problem, invalid
from api.responses import json_answer
from api.stated_rates import Per, RateRead, Words, annual, rate_read, stated
from domain.cases.lending import RatePeriod, Repayment
from domain.figures.calculation.daycount import DayCount, monthly
from domain.figures.calculation.rounding import Rounding
from domain.figures.calculation.schedules import schedule
from domain.figures.calculation.terms import Grace, NeverAmortises, Plan, Row
from domain.figures.figure import Unknown
from domain.money import AMOUNT_MINOR_MAX, Money

ROWS_MAX: Final = 600
"""Fifty years of months."""

ONE_UNIT: Final = 1

GROWN_MINOR_MAX: Final = AMOUNT_MINOR_MAX * 1000
"""Interest may outgrow what is taken in, but not the digits that an amount is written with."""


class ScheduleQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Terms of a loan that is paid out at once."""

    principal: Money
    start: date
    """The day the money arrived."""
    repayment: Repayment
    months: Annotated[int, msgspec.Meta(ge=1, le=ROWS_MAX)] | None = None
    """So many due days, a month apart from `start`; or `due` names them."""
    due: Annotated[tuple[date, ...], msgspec.Meta(max_length=ROWS_MAX)] = ()
    rate_pct: Per | None = None
    rate_period: RatePeriod | None = None
    rate_words: Words | None = None
    day_count: DayCount | None = None
    """How days count; absent, every period is a twelfth of a year."""
    rounding: Rounding = Rounding.HALF_UP
    """Of each period's interest, to the smallest unit of the currency."""
    unit: Money | None = None
    """Instalments are whole multiples of it; the last takes what is left."""
    instalments: Annotated[tuple[Money, ...], msgspec.Meta(max_length=ROWS_MAX)] = ()
    """Instalments that the contract names; the last repeats."""
    grace_periods: Annotated[int, msgspec.Meta(ge=0, le=ROWS_MAX)] = 0
    """Without principal, at the start."""
    grace: Grace = Grace.INTEREST_ONLY
    balloon: Money | None = None
    """Principal kept for the last due day."""


class ScheduleRow(msgspec.Struct, frozen=True, kw_only=True):
    """One due day."""

    number: int
    due_on: date
    total: Money
    principal: Money
    interest: Money
    capitalised: Money
    """Interest added to the principal instead of falling due."""
    balance: Money
    """Principal left after it."""


class ScheduleAnswer(Computed, frozen=True, kw_only=True):
    """The rows and their sums, or why there are none."""

    rate: RateRead | None = None
    rows: tuple[ScheduleRow, ...] = ()
    principal: Money | None = None
    interest: Money | None = None
    total: Money | None = None


async def compute_schedule(call: Call) -> Answered:
    """`POST /v1/figures/schedule`."""
    question = await asked(call, ScheduleQuestion)
    books = await books_for(call)
    rate = stated(question.rate_pct, question.rate_period, question.rate_words)
    if rate is None:
        raise invalid("rate_pct", "a schedule needs a rate, though it be 0")
    if not isinstance(rate, Unknown) and rate.rule_ids and isinstance(books, Unknown):
        rate = books
    if isinstance(rate, Unknown):
        return json_answer(ScheduleAnswer(**said_of(books, unknown=rate)))
    read, basis = rate_read(rate, question.day_count), said_of(books, rate.rule_ids)
    year = annual(rate, question.day_count)
    if isinstance(year, Unknown):
        return json_answer(ScheduleAnswer(rate=read, **(basis | {"unknown": year})))
    rows = await asyncio.to_thread(_rows, question, year)
    sums = _sums(rows, question.principal.currency)
    return json_answer(ScheduleAnswer(rate=read, rows=rows, **sums, **basis))


def _rows(question: ScheduleQuestion, rate_year: Fraction) -> tuple[ScheduleRow, ...]:
    plan = _plan(question, rate_year)
    for field, is_wrong, reason in _mistakes(question, plan):
        if is_wrong:
            raise invalid(field, reason)
    currency = question.principal.currency
    try:
        rows = schedule(plan)
    except NeverAmortises as never:
        instalment = Money(never.instalment_minor, currency).text()
        interest = Money(never.interest_minor, currency).text()
        detail = f"instalment {never.number} is {instalment}, its period's interest {interest}"
        field = "instalments" if question.instalments else "repayment"
        raise Problem("never-amortises", detail, field=field) from None
    except ValueError as unfit:
        # What is left after `_mistakes` is about how the loan is paid back.
        raise invalid("repayment", str(unfit)) from None
    if max(row.total_minor + row.balance_minor for row in rows) > GROWN_MINOR_MAX:
        field = "rate_pct" if question.rate_words is None else "rate_words"
        raise invalid(field, "at this rate the amounts grow beyond any that can be meant")
    return tuple(_row(row, currency) for row in rows)


def _plan(question: ScheduleQuestion, rate_year: Fraction) -> Plan:
    if (question.months is None) == (not question.due):
        raise invalid("due", "give due days, or `months` from the start")
    amounts = [question.principal, question.unit, question.balloon, *question.instalments]
    if len({amount.currency for amount in amounts if amount is not None}) > 1:
        raise Problem("currency-mixed", "a schedule is of one currency", field="principal")
    counted = monthly(question.start, question.months or 0)
    # A bullet loan has one due day, however many months it runs.
    counted = counted[-1:] if question.repayment is Repayment.BULLET else counted
    return Plan(
        principal_minor=question.principal.minor,
        rate_year=rate_year,
        start=question.start,
        due=question.due or counted,
        method=question.repayment,
        count=question.day_count,
        rounding=question.rounding,
        unit_minor=ONE_UNIT if question.unit is None else question.unit.minor,
        instalments_minor=tuple(amount.minor for amount in question.instalments),
        grace=question.grace_periods,
        grace_kind=question.grace,
        balloon_minor=0 if question.balloon is None else question.balloon.minor,
    )


def _mistakes(question: ScheduleQuestion, plan: Plan) -> Iterator[tuple[str, bool, str]]:
    """(field, whether it is wrong, why): what `terms.check` refuses, said of our own fields."""
    due = plan.due
    yield "principal", plan.principal_minor <= 0, "a schedule needs a principal"
    yield "due", list(due) != sorted(set(due)), "due days rise, no two on one day"
    yield "due", due[0] <= plan.start, "the first due day is after the start"
    yield "unit", plan.unit_minor < 1, "more than nothing"
    yield "grace_periods", plan.grace >= len(due), "grace ends before the last due day"
    is_part = 0 <= plan.balloon_minor < plan.principal_minor
    yield "balloon", not is_part, "a balloon is part of the principal"
    for index, amount in enumerate(question.instalments):
        yield f"instalments/{index}", amount.minor <= 0, "more than nothing"


def _row(row: Row, currency: str) -> ScheduleRow:
    return ScheduleRow(
        number=row.number,
        due_on=row.due_on,
        total=Money(row.total_minor, currency),
        principal=Money(row.principal_minor, currency),
        interest=Money(row.interest_minor, currency),
        capitalised=Money(row.capitalised_minor, currency),
        balance=Money(row.balance_minor, currency),
    )


def _sums(rows: tuple[ScheduleRow, ...], currency: str) -> dict[str, Any]:
    return {
        "principal": Money(sum(row.principal.minor for row in rows), currency),
        "interest": Money(sum(row.interest.minor for row in rows), currency),
        "total": Money(sum(row.total.minor for row in rows), currency),
    }
