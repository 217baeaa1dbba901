"""The overdue rate that may be claimed, before any cap (规定 28 of 2021, 29 of 2015)."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import msgspec

from domain.figures.figure import Unknown
from domain.rules.book import RulePack
from domain.rules.cn import rule_ids as ids
from domain.rules.cn.regimes import FIRST_LPR_RULE_DAY, LAST_FIXED_DAY, Regime, regime_of
from domain.rules.reference import RateRow, ReferenceData

SIX_PER_CENT: Final = Decimal(6)
ONE_DAY: Final = timedelta(days=1)


class OverdueQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What decides the overdue rate of a private loan. Rates are per cent a year."""

    formation: date
    overdue_from: date
    """First overdue day: the day after the due date."""
    as_of: date
    accepted_on: date | None
    """Day the court accepted the case; None while not sued: answered for `as_of`."""
    decided_on: date | None = None
    term_rate_pct: Decimal | None = None
    """The rate agreed for the term; None where none was agreed."""
    overdue_rate_pct: Decimal | None = None
    """The overdue rate agreed; None where none was agreed."""


class OverduePeriod(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch under one overdue rate; both ends inclusive, no `end` while it runs."""

    start: date
    end: date | None
    annual_rate_pct: Decimal


class OverdueRate(msgspec.Struct, frozen=True, kw_only=True):
    """The overdue rate over time. The cap limits it, together with penalties and fees."""

    periods: tuple[OverduePeriod, ...]
    why: str
    rule_ids: tuple[str, ...]
    hypothetical: bool


def overdue_rate(
    question: OverdueQuestion, data: ReferenceData, pack: RulePack
) -> OverdueRate | Unknown:
    """The agreed overdue rate, else the rate of the term, else what the rule in force gives.

    Neither agreed: 6 % a year for cases accepted by 2020-08-19; Unknown for those of autumn 2020,
    whose rule is silent; the one-year LPR "of that time" from 2021, as the pack reads it.
    """
    accepted = question.accepted_on
    unsued = accepted is None or accepted > question.as_of
    judged = question.as_of if accepted is None or unsued else accepted
    regime = regime_of(judged, question.as_of, question.decided_on, pack)
    agreed = question.overdue_rate_pct
    chosen = agreed if agreed is not None else question.term_rate_pct
    if chosen is not None:
        which = "the overdue rate agreed" if agreed is not None else "the rate of the term"
        why = f"{which}: {chosen} % a year"
        periods: tuple[OverduePeriod, ...] = (_period(question.overdue_from, chosen),)
    else:
        found = _none_agreed(question, regime, data, pack)
        if isinstance(found, Unknown):
            return found
        why, periods = "neither rate was agreed", found
    rules = _rules(regime, periods[0].start, question.formation, pack)
    return OverdueRate(periods=periods, why=why, rule_ids=rules, hypothetical=unsued)


def _rules(regime: Regime, start: date, formed: date, pack: RulePack) -> tuple[str, ...]:
    amended = ids.OVERDUE_FIXED if pack.applies(ids.OVERDUE_FIXED) else ids.OVERDUE_FLOATING
    if regime is not Regime.AMENDED:
        return (ids.OVERDUE_2015,)
    return (ids.OVERDUE_2015, amended) if max(start, formed) <= LAST_FIXED_DAY else (amended,)


def _period(start: date, rate: Decimal, end: date | None = None) -> OverduePeriod:
    return OverduePeriod(start=start, end=end, annual_rate_pct=rate)


def _none_agreed(
    question: OverdueQuestion, regime: Regime, data: ReferenceData, pack: RulePack
) -> tuple[OverduePeriod, ...] | Unknown:
    start = question.overdue_from
    if regime is Regime.FIXED_LINES:
        return (_period(start, SIX_PER_CENT),)
    if regime is not Regime.AMENDED:
        silent = "is silent" if regime is Regime.AUTUMN_2020 else "is not in this pack"
        return Unknown(
            reason=f"no rate was agreed, and the rule of {regime} {silent} on the overdue rate",
            settled_by="an agreed rate, or the court's decision",
        )
    if start > LAST_FIXED_DAY or question.formation > LAST_FIXED_DAY:
        return _by_lpr(start, start, question.as_of, data, pack)
    # An older loan is split as its cap is: what ran before is under the rule of its time.
    later = _by_lpr(FIRST_LPR_RULE_DAY, start, question.as_of, data, pack)
    if isinstance(later, Unknown):
        return later
    return (_period(start, SIX_PER_CENT, LAST_FIXED_DAY), *later)


def _by_lpr(
    start: date, fell_due: date, as_of: date, data: ReferenceData, pack: RulePack
) -> tuple[OverduePeriod, ...] | Unknown:
    first = data.lpr_1y.row_at(fell_due if pack.applies(ids.OVERDUE_FIXED) else start)
    if isinstance(first, Unknown):
        return first
    if pack.applies(ids.OVERDUE_FIXED):
        return (_period(start, first.value_pct),)
    last = data.lpr_1y.row_at(max(as_of, start))
    if isinstance(last, Unknown):
        return last
    return _as_published(start, first, data.lpr_1y.between(first.on, last.on))


def _as_published(
    start: date, first: RateRow, rows: tuple[RateRow, ...]
) -> tuple[OverduePeriod, ...]:
    """One period for each change of the rate after `start`; equal releases run together."""
    changes = [(start, first.value_pct)]
    for row in rows:
        if row.on > start and row.value_pct != changes[-1][1]:
            changes.append((row.on, row.value_pct))
    ends = [day - ONE_DAY for day, _ in changes[1:]]
    return tuple(
        _period(day, rate, end) for (day, rate), end in zip(changes, [*ends, None], strict=True)
    )
