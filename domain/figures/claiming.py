"""What a contract lets its lender claim: rates, clock, capitalisation, order, as a course to run.

From the terms as data. A country's rules give only what the contract is silent on.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec

from domain.cases.lending import ChargeKind, part_of
from domain.cases.terms import Capitalised, Ends, InterestRounding, PaymentPart, Terms
from domain.figures.calculation.daycount import add_months
from domain.figures.course import ALL_DUE, Course, Kind, Part, Step
from domain.figures.figure import Unknown
from domain.figures.metering import RatePeriod
from domain.figures.promised import due_days, is_flat, rows, stated
from domain.figures.story import Story

_DAY: Final = timedelta(days=1)
_EVERY: Final = {Capitalised.MONTHLY: 1, Capitalised.QUARTERLY: 3, Capitalised.YEARLY: 12}

Silent = Callable[[date], tuple[RatePeriod, ...] | Unknown]
"""The overdue rate from a day on where neither an overdue rate nor one for the term is agreed."""


def claimed(story: Story, silent: Callable[[Story], Silent]) -> Course:
    """The rates and the order by which the lender claims; without a rate nothing accrues.

    Where the loan took another over, the rates of each contract run in its own time.
    """
    own = own_course(story, silent(story))
    if story.before is None:
        return own
    earlier, day = claimed(story.before, silent), story.loan.occurred_on
    if earlier.both_ends:
        day += _DAY  # the last day of the earlier contract bears interest by that one
    return msgspec.structs.replace(
        own,
        rates=joined(earlier.rates, own.rates, day),
        late_rates=joined(earlier.late_rates, own.late_rates, day),
        before=earlier,
    )


def joined(
    earlier: Sequence[RatePeriod], later: Sequence[RatePeriod], day: date
) -> tuple[RatePeriod, ...]:
    """The one up to the day before `day`, the other from then on."""
    replace = msgspec.structs.replace
    until = [
        replace(period, end=min(period.end or date.max, day - _DAY))
        for period in earlier
        if period.start < day
    ]
    since = [
        replace(period, start=max(period.start, day))
        for period in later
        if period.end is None or period.end >= day
    ]
    return (*until, *since)


def own_course(story: Story, silent: Silent) -> Course:
    """The rates and the order of this contract alone."""
    terms, first, last = story.loan.terms, story.first_lent_on, story.last_due_on
    if first is None:
        return Course()
    if last is not None and last < first:
        last = None
    term, late = _term(terms, first, last), _late(terms, first, last, silent)
    is_both = terms.ends is Ends.BOTH_IN
    return _ordered(
        Course(
            rates=term,
            late_rates=late,
            both_ends=is_both,
            rounding=terms.rounding or InterestRounding.AT_THE_END,
        ),
        terms.payment_order,
    )


def _term(terms: Terms, first: date, last: date | None) -> tuple[RatePeriod, ...]:
    """The rate of the term, which runs on where no overdue rate takes its place."""
    found = stated(terms, terms.rate_pct, terms.rate_period, first)
    if found is None:
        return ()
    rate, clock = found
    if not is_flat(terms) or last is None:
        return (RatePeriod(start=first, end=None, rate_year=rate, clock=clock),)
    return (
        RatePeriod(start=first, end=last - _DAY, rate_year=rate, clock=clock, flat=True),
        RatePeriod(start=last, end=None, rate_year=rate, clock=clock),
    )


def _late(terms: Terms, first: date, last: date | None, silent: Silent) -> tuple[RatePeriod, ...]:
    if last is None:
        return ()
    agreed = stated(terms, terms.overdue_rate_pct, terms.overdue_rate_period, first)
    if agreed is not None:
        rate, clock = agreed
        start = first + _DAY
        return (_overdue(RatePeriod(start=start, end=None, rate_year=rate, clock=clock)),)
    if terms.rate_pct is not None:
        return ()
    found = silent(last + _DAY)
    return () if isinstance(found, Unknown) else tuple(_overdue(period) for period in found)


def open_rate(
    story: Story, silent: Callable[[Story], Silent], until: date = date.max
) -> Unknown | None:
    """Why the overdue rate is not known, where one has begun to run by the day asked about.

    `until`: the day on which another loan took this one over; its rate ran no further.
    """
    terms, first, last = story.loan.terms, story.first_lent_on, story.last_due_on
    if story.before is not None:
        earlier = open_rate(story.before, silent, story.loan.occurred_on)
        if earlier is not None:
            return earlier
    if first is None or last is None or not first <= last < min(story.as_of, until):
        return None
    if terms.rate_pct is not None or terms.overdue_rate_pct is not None:
        return None
    found = silent(story)(last + _DAY)
    return found if isinstance(found, Unknown) else None


def _overdue(period: RatePeriod) -> RatePeriod:
    return RatePeriod(
        start=period.start,
        end=period.end,
        rate_year=period.rate_year,
        rule_ids=period.rule_ids,
        what="overdue-interest",
        clock=period.clock,
    )


def _ordered(course: Course, agreed: tuple[PaymentPart, ...]) -> Course:
    """The course with the order of payment that was agreed, if one was; it names every part."""
    if not agreed:
        return course
    behind = frozenset(agreed[agreed.index(PaymentPart.PRINCIPAL) + 1 :])
    return msgspec.structs.replace(
        course,
        order=tuple(dict.fromkeys(_place(part, behind) for part in agreed)),
        later=frozenset(kind for kind in ChargeKind if part_of(kind) in behind - {_COSTS}),
        interest_later=PaymentPart.INTEREST in behind,
    )


_COSTS: Final = PaymentPart.COSTS


def _place(part: PaymentPart, behind: frozenset[PaymentPart]) -> Part:
    if part is PaymentPart.COSTS:
        return Part.APART
    if part is PaymentPart.PRINCIPAL:
        return Part.PRINCIPAL
    return Part.LATER_COST if part in behind else Part.COST


def is_priced(course: Course) -> bool:
    """Whether interest is computed: charges recorded as interest are then not added to it."""
    return bool(course.rates or course.late_rates)


def promised_steps(story: Story, silent: Silent, lent_minor: int) -> Iterator[Step]:
    """Days that the contract makes: due days, days of capitalising, days of rounding."""
    course = own_course(story, silent)
    terms, first = story.loan.terms, story.first_lent_on
    if first is None:
        return
    last = story.last_due_on
    if course.late_rates and last is not None:
        if terms.overdue_rate_pct is not None and not is_flat(terms):
            yield from _falling_due(story, lent_minor, first, last)
        yield _day(story, last + _DAY, Kind.DUE, ALL_DUE)
    if terms.capitalised is not None:
        for day in _capitalising(story, terms.capitalised, first):
            yield _day(story, day, Kind.CAPITALISED)
    if course.rounding is not InterestRounding.AT_THE_END:
        for day in due_days(terms):
            yield _day(story, day, Kind.PERIOD_ENDED)


def _falling_due(story: Story, lent_minor: int, first: date, last: date) -> Iterator[Step]:
    """The principal of each instalment falls due with it, as far as the terms say how much."""
    found = rows(story.loan.terms, lent_minor, first)
    if isinstance(found, Unknown):
        return
    total = 0
    for row in found:
        total += row.principal_minor
        if row.principal_minor and row.due_on < last:
            yield _day(story, row.due_on + _DAY, Kind.DUE, total)


def _capitalising(story: Story, when: Capitalised, first: date) -> Iterator[date]:
    if when is Capitalised.ON_DUE_DAYS:
        yield from due_days(story.loan.terms)
        return
    months = _EVERY[when]
    day = add_months(first, months)
    while day <= story.as_of:
        yield day
        months += _EVERY[when]
        day = add_months(first, months)


def _day(story: Story, on: date, kind: Kind, minor: int = 0) -> Step:
    return Step(on, kind, minor, story.loan_id, story.loan.grade)
