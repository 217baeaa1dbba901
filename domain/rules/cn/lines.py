"""What the Chinese pack says of one loan: caps to run it under, overdue rate, costs."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec

from domain.cases.lending import ChargeKind, ChargeMade, LenderClass
from domain.figures.claiming import joined
from domain.figures.figure import Unknown
from domain.figures.line import Label
from domain.figures.metering import RatePeriod
from domain.figures.story import Story
from domain.rules.books import Books
from domain.rules.cn import rule_ids as ids
from domain.rules.cn.cap_line import CapLine, CapPeriod, CapQuestion
from domain.rules.cn.caps import cap_schedule
from domain.rules.cn.counts_in import counts_in
from domain.rules.cn.disclosure import Charged, Disclosed, Disclosure, disclosure_check
from domain.rules.cn.overdue import OverdueQuestion, overdue_rate

CURRENCY = "CNY"


class RuledCap(msgspec.Struct, frozen=True, kw_only=True):
    """A cap that could apply, ready to be run; or why it is unknown."""

    label: Label
    caps: tuple[RatePeriod, ...] = ()
    keeps: tuple[RatePeriod, ...] | None = None
    ceiling: tuple[RatePeriod, ...] | None = None
    first: tuple[RatePeriod, ...] = ()
    """The caps of the first contract of a chain; the loan's own where it took none over."""
    unknown: Unknown | None = None


def applies(story: Story) -> bool:
    """Whether the pack has anything to say of a loan: it is for loans in its currency."""
    return story.currency == CURRENCY


def caps(story: Story, books: Books, sued_on: date | None = None) -> list[RuledCap]:
    """Every cap that could apply to the loan; `sued_on` asks as if it had been sued over then.

    Where the loan took another over, the cap of each contract runs in its own time.
    """
    if not applies(story):
        return []
    found = _caps(story, books, sued_on or story.sued_on, sued_on or story.accepted_on)
    if story.before is None:
        return found
    earlier = caps(_sued_alike(story.before, story), books, sued_on)
    by_id = {cap.label.line_id: cap for cap in earlier}
    return [line for cap in found for line in _chained(cap, by_id.get(cap.label.line_id), story)]


def _caps(
    story: Story, books: Books, sued_on: date | None, accepted_on: date | None
) -> list[RuledCap]:
    question = CapQuestion(
        formation=_formation(story),
        sued_on=sued_on,
        accepted_on=accepted_on,
        as_of=story.as_of,
        lender_class=story.loan.lender_class,
        decided_on=story.decided_on,
        disclosed_cost_pct=_shown_pct(story),
    )
    lines = cap_schedule(question, books.data, books.pack)
    return [_ruled(line) for line in lines if not line.information_only]


def _sued_alike(earlier: Story, story: Story) -> Story:
    """The loan taken over is judged in the suit over the one that took it over."""
    return msgspec.structs.replace(
        earlier,
        sued_on=story.sued_on,
        accepted_on=story.accepted_on,
        decided_on=story.decided_on,
    )


def _chained(cap: RuledCap, earlier: RuledCap | None, story: Story) -> Iterator[RuledCap]:
    """The cap of a loan that took another over: each contract's own, and a ceiling over both.

    The rule takes the ceiling's rate from "the making of the contract" and does not say of which:
    where the latest and the first differ, each has its line.
    """
    if cap.unknown is not None or earlier is None or earlier.unknown is not None:
        yield RuledCap(
            label=cap.label, unknown=cap.unknown or (earlier and earlier.unknown) or _NONE
        )
        return
    day, since = story.loan.occurred_on, earlier.first[0].start
    rule_ids = (*cap.label.rule_ids, *earlier.label.rule_ids, ids.COMPOUNDING)
    latest = RuledCap(
        label=msgspec.structs.replace(cap.label, rule_ids=tuple(dict.fromkeys(rule_ids))),
        caps=joined(earlier.caps, cap.caps, day),
        keeps=joined(earlier.keeps or (), cap.keeps or (), day) or None,
        first=earlier.first,
        ceiling=(msgspec.structs.replace(cap.caps[0], start=since), *cap.caps[1:]),
    )
    yield latest
    if [p.rate_year for p in earlier.first] != [p.rate_year for p in cap.caps]:
        yield msgspec.structs.replace(
            latest, label=_by_the_first(latest.label), ceiling=earlier.first
        )


_NONE = Unknown(
    reason="the loan taken over has no such cap on record",
    settled_by="its contract, its lender's class and its days",
)


def _by_the_first(label: Label) -> Label:
    return msgspec.structs.replace(
        label,
        line_id=f"{label.line_id}:first-contract",
        title_zh=f"{label.title_zh}（以首份合同成立时为准）",
        title_en=f"{label.title_en} (ceiling by the first contract)",
    )


def _shown_pct(story: Story) -> Decimal | None:
    shown = story.cost_table
    return Decimal(shown.annual_cost_pct) if shown and shown.annual_cost_pct else None


def disclosed(story: Story) -> Disclosure | Unknown | None:
    """The charges of a loan beside the table of its all-in cost; None before the rule."""
    formed = _formation(story)
    if not applies(story) or formed is None:
        return None
    charges = [
        Charged(
            entry_id=entry.entry_id,
            kind=entry.fact.kind,
            amount=entry.fact.amount,
            payee=entry.fact.charged_by,
        )
        for entry in story.charges
        if isinstance(entry.fact, ChargeMade)
    ]
    table = None if story.cost_table is None else story.cost_table.items
    found = disclosure_check(formed, story.loan.lender_class, table, charges)
    is_older = isinstance(found, Disclosure) and found.state is Disclosed.NOT_APPLICABLE
    return None if is_older else found


def counted_kinds(books: Books) -> frozenset[ChargeKind]:
    """Kinds of charges that count into the total which a cap limits."""
    return frozenset(kind for kind in ChargeKind if counts_in(kind, books.pack).inside)


def silent_rates(story: Story, books: Books) -> Callable[[date], tuple[RatePeriod, ...] | Unknown]:
    """The overdue rate from a day on where the contract of a private loan is silent on any.

    Nothing for other lenders and currencies; Unknown where the rule is silent too, or its rate
    is not published.
    """

    def rates(start: date) -> tuple[RatePeriod, ...] | Unknown:
        if not applies(story) or story.loan.lender_class is not LenderClass.PRIVATE:
            return ()
        question = OverdueQuestion(
            formation=_formation(story) or start,
            overdue_from=start,
            as_of=story.as_of,
            accepted_on=story.accepted_on,
            decided_on=story.decided_on,
        )
        found = overdue_rate(question, books.data, books.pack)
        if isinstance(found, Unknown):
            return found
        return tuple(
            RatePeriod(
                start=period.start,
                end=period.end,
                rate_year=Fraction(period.annual_rate_pct) / 100,
                rule_ids=found.rule_ids,
            )
            for period in found.periods
        )

    return rates


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
    caps = tuple(_period(period, period.annual_rate_pct, line) for period in line.periods)
    return RuledCap(
        label=label,
        caps=caps,
        first=caps,
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
