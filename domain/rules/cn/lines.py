"""What the Chinese pack says of one loan: caps as courses to run, overdue rate, costs."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import msgspec

from domain.cases.lending import ChargeKind, LenderClass
from domain.cases.lending import RatePeriod as StatedPeriod
from domain.figures.figure import Unknown
from domain.figures.line import Label
from domain.figures.running import RatePeriod
from domain.figures.story import Story
from domain.rules.books import Books
from domain.rules.cn.cap_line import CapLine, CapPeriod, CapQuestion
from domain.rules.cn.caps import cap_schedule
from domain.rules.cn.counts_in import counts_in
from domain.rules.cn.overdue import OverdueQuestion, overdue_rate

CURRENCY = "CNY"
ONE_DAY = timedelta(days=1)
_A_YEAR = {StatedPeriod.YEAR: 1, StatedPeriod.MONTH: 12, StatedPeriod.DAY: 365}


class RuledCap(msgspec.Struct, frozen=True, kw_only=True):
    """A cap that could apply, ready to be run; or why it is unknown."""

    label: Label
    caps: tuple[RatePeriod, ...] = ()
    keeps: tuple[RatePeriod, ...] | None = None
    unknown: Unknown | None = None


def applies(story: Story) -> bool:
    """Whether the pack has anything to say of a loan: it is for loans in its currency."""
    return story.currency == CURRENCY


def caps(story: Story, books: Books, sued_on: date | None = None) -> list[RuledCap]:
    """Every cap that could apply to the loan; `sued_on` asks as if it had been sued over then."""
    if not applies(story):
        return []
    question = CapQuestion(
        formation=_formation(story),
        sued_on=sued_on or story.sued_on,
        accepted_on=sued_on or story.accepted_on,
        as_of=story.as_of,
        lender_class=story.loan.lender_class,
    )
    lines = cap_schedule(question, books.data, books.pack)
    return [_ruled(line) for line in lines if not line.information_only]


def counted_kinds(books: Books) -> frozenset[ChargeKind]:
    """Kinds of charges that count into the total which a cap limits."""
    return frozenset(kind for kind in ChargeKind if counts_in(kind, books.pack).inside)


def claimed_rates(story: Story, books: Books) -> tuple[RatePeriod, ...]:
    """The rate that interest is claimed at: of the term, and once overdue.

    No rate on record for the term means no interest in the term (民法典 680). Overdue: the agreed
    rate, else the rate of the term, else what the pack gives; none where that is unknown.
    """
    terms = story.loan.terms
    term = annual(terms.rate_pct, terms.rate_period)
    overdue = annual(terms.overdue_rate_pct, terms.overdue_rate_period)
    last, first = story.last_due_on, story.first_lent_on
    if first is None:
        return ()
    if last is None or last < first:
        return _one(first, None, term)
    return _one(first, last, term) + _overdue(story, books, last + ONE_DAY, term, overdue)


def annual(rate_pct: str | None, period: StatedPeriod | None) -> Fraction | None:
    """A stated rate as a fraction of one for a year of 365 days; a month is a twelfth."""
    if rate_pct is None or period is None:
        return None
    return Fraction(Decimal(rate_pct)) * _A_YEAR[period] / 100


def _overdue(
    story: Story, books: Books, start: date, term: Fraction | None, agreed: Fraction | None
) -> tuple[RatePeriod, ...]:
    chosen = agreed if agreed is not None else term
    if chosen is not None or not applies(story):
        return _one(start, None, chosen)
    if story.loan.lender_class is not LenderClass.PRIVATE:
        return ()
    question = OverdueQuestion(
        formation=_formation(story) or start,
        overdue_from=start,
        as_of=story.as_of,
        accepted_on=story.accepted_on,
    )
    found = overdue_rate(question, books.data, books.pack)
    if isinstance(found, Unknown):
        return ()
    return tuple(
        RatePeriod(
            start=period.start,
            end=period.end,
            rate_year=Fraction(period.annual_rate_pct) / 100,
            rule_ids=found.rule_ids,
        )
        for period in found.periods
    )


def _one(start: date, end: date | None, rate: Fraction | None) -> tuple[RatePeriod, ...]:
    return () if rate is None else (RatePeriod(start=start, end=end, rate_year=rate),)


def _formation(story: Story) -> date | None:
    """Between private persons the day the money was provided (民法典 679), else the contract's."""
    if story.loan.lender_class is LenderClass.PRIVATE:
        return story.first_lent_on
    return story.loan.occurred_on


def _ruled(line: CapLine) -> RuledCap:
    label = Label(
        line_id=line.line_id,
        title_zh=line.label_zh,
        title_en=line.label_en,
        why=line.why,
        rule_ids=line.rule_ids,
        hypothetical=line.hypothetical,
    )
    if line.unknown is not None:
        return RuledCap(label=label, unknown=line.unknown)
    return RuledCap(
        label=label,
        caps=tuple(_period(period, period.annual_rate_pct, line) for period in line.periods),
        keeps=_keeps(line.periods, line),
    )


def _keeps(periods: Sequence[CapPeriod], line: CapLine) -> tuple[RatePeriod, ...] | None:
    kept = [
        _period(period, period.refundable_above_pct, line)
        for period in periods
        if period.refundable_above_pct is not None
        and period.refundable_above_pct > period.annual_rate_pct
    ]
    return tuple(kept) or None


def _period(period: CapPeriod, pct: Decimal, line: CapLine) -> RatePeriod:
    return RatePeriod(
        start=period.start,
        end=period.end,
        rate_year=Fraction(pct) / 100,
        rule_ids=line.rule_ids,
    )
