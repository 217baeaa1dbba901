"""Rates without a case: of flows by a named method, or as they are stated."""

import asyncio
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated, Final

import msgspec

from api.call import Answered, Call
from api.figure_books import Computed, asked, books_for, said_of
from api.problems import Problem, invalid
from api.responses import json_answer
from api.stated_rates import Per, RateRead, Words, plain, rate_read, stated
from domain.cases.lending import RatePeriod
from domain.figures.calculation.daycount import DayCount
from domain.figures.calculation.flows import Flow, NotDefined, TimedFlow
from domain.figures.calculation.rates import RateMethod, annual_rate
from domain.figures.figure import Unknown
from domain.money import Money
from domain.rules.books import Books
from domain.rules.cn.rate_words import StatedRate

FLOWS_MAX: Final = 600
"""Fifty years of months."""

SAID: Final = {
    NotDefined.NO_SIGN_CHANGE: "all the money goes one way: nothing is lent, or nothing paid back",
    NotDefined.SEVERAL_SIGN_CHANGES: "the money changes direction more than once, so the equation "
    "may have several roots, and none of them is the rate",
    NotDefined.OUT_OF_RANGE: "the rate is beyond anything that can be meant",
    NotDefined.NO_COMMON_PERIOD: "a nominal rate needs a period that recurs, and these days have "
    "none",
}
"""Why there is no rate, for people."""

At = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[0-9]{1,4}(\.[0-9]{1,4})?$",
        description="Time in periods from the start, a decimal string.",
    ),
]


class FlowGiven(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Money one way when positive, the other way when negative; on a day or at a period."""

    amount: Money
    on: date | None = None
    at: At | None = None


class RateQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Flows and the method that makes a rate of them, or a rate as it is stated."""

    method: RateMethod | None = None
    flows: Annotated[tuple[FlowGiven, ...], msgspec.Meta(max_length=FLOWS_MAX)] = ()
    periods_a_year: Annotated[int, msgspec.Meta(ge=1, le=366)] | None = None
    """With flows at periods, and only with them."""
    rate_pct: Per | None = None
    rate_period: RatePeriod | None = None
    rate_words: Words | None = None
    """As people say it: 三分, 月息2分, 24% a year."""
    day_count: DayCount | None = None
    """How many days a year has, for a daily rate."""


class NoRate(msgspec.Struct, frozen=True, kw_only=True):
    """Why these flows have no rate."""

    code: NotDefined
    said: str


class RateAnswer(Computed, frozen=True, kw_only=True):
    """An annual rate, in per cent, or why there is none."""

    method: RateMethod | None = None
    annual_pct: str | None = None
    """Of the flows, to thirteen places."""
    not_defined: NoRate | None = None
    stated: RateRead | None = None


async def compute_rate(call: Call) -> Answered:
    """`POST /v1/figures/rate`."""
    question = await asked(call, RateQuestion)
    books = await books_for(call)
    rate = stated(question.rate_pct, question.rate_period, question.rate_words)
    if (rate is None) == (not question.flows):
        raise invalid("flows", "give flows with their method, or a stated rate")
    if rate is not None:
        return json_answer(_of_stated(books, rate, question.day_count))
    method, flows, a_year = _read(question)
    # A long table of flows takes a while, and the loop has others to serve.
    found = await asyncio.to_thread(annual_rate, method, flows, a_year)
    if isinstance(found, NotDefined):
        none = NoRate(code=found, said=SAID[found])
        return json_answer(RateAnswer(method=method, not_defined=none, **said_of(books)))
    pct = plain(found.scaleb(2))
    return json_answer(RateAnswer(method=method, annual_pct=pct, **said_of(books)))


def _of_stated(
    books: Books | Unknown, rate: StatedRate | Unknown, count: DayCount | None
) -> RateAnswer:
    if isinstance(rate, Unknown):
        return RateAnswer(**said_of(books, unknown=rate))
    if rate.rule_ids and isinstance(books, Unknown):
        return RateAnswer(**said_of(books, unknown=books))
    return RateAnswer(stated=rate_read(rate, count), **said_of(books, rate.rule_ids))


def _read(
    question: RateQuestion,
) -> tuple[RateMethod, Sequence[Flow] | Sequence[TimedFlow], Fraction | None]:
    """Method, flows and periods in a year; Problem where they do not fit together."""
    if question.method is None:
        raise invalid("method", f"one of: {', '.join(RateMethod)}")
    if len({flow.amount.currency for flow in question.flows}) > 1:
        raise Problem("currency-mixed", "a rate is of one currency", field="flows")
    dated = [Flow(flow.on, flow.amount.minor) for flow in question.flows if flow.on is not None]
    timed = [
        TimedFlow(Fraction(flow.at.strip()), flow.amount.minor)
        for flow in question.flows
        if flow.at is not None
    ]
    if len(dated) + len(timed) != len(question.flows) or (dated and timed):
        raise invalid("flows", "every flow has its day in `on`, or every one its time in `at`")
    if bool(timed) != (question.periods_a_year is not None):
        raise invalid("periods_a_year", "goes with flows at periods, and only with them")
    if timed:
        return question.method, timed, Fraction(question.periods_a_year or 1)
    return question.method, dated, None
