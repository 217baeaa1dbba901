"""The question that a cap answers and the labelled lines of the answer."""

from datetime import date
from decimal import Decimal

import msgspec

from domain.cases.lending import LenderClass
from domain.figures.figure import Unknown


class CapQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """What decides which cap applies (law/cn.md 1.2). Days are local days in China."""

    formation: date | None
    """Between natural persons the day the money was provided, otherwise the contract date."""
    sued_on: date | None
    """Day of suing: it selects the LPR where a rule says so."""
    accepted_on: date | None
    """Day the first-instance court accepted the case: it selects the rule."""
    as_of: date
    """Day for which the question is asked; later suing or acceptance has not happened yet."""
    lender_class: LenderClass = LenderClass.UNKNOWN
    decided_on: date | None = None
    """Day the case was decided; None while it is pending or that is not on record."""
    disclosed_cost_pct: Decimal | None = None
    """All-in cost that the table shown before signing states, in per cent a year."""


class CapPeriod(msgspec.Struct, frozen=True, kw_only=True):
    """One stretch of time under one rate. Both ends are inclusive; no `end` while it runs."""

    start: date
    end: date | None
    annual_rate_pct: Decimal
    """Supported up to this many per cent a year, all charges together."""
    refundable_above_pct: Decimal | None = None
    """What was paid above this can be claimed back; None where the instrument is silent."""

    @property
    def annual_rate(self) -> Decimal:
        """The supported rate as a fraction of one: 0.24 for 24 %."""
        return self.annual_rate_pct.scaleb(-2)


class CapLine(msgspec.Struct, frozen=True, kw_only=True):
    """One answer among several. Either `periods` tile the time from formation, or `unknown`."""

    line_id: str
    """Stable: `private-lending`, and `private-lending:accepted-2020-08-10` for an assumption."""
    label_zh: str
    label_en: str
    why: str
    rule_ids: tuple[str, ...]
    periods: tuple[CapPeriod, ...] = ()
    hypothetical: bool = False
    """Rests on a day that is assumed: not sued yet, or a date that is not on record."""
    information_only: bool = False
    """Stated for the caseworker; no figure is cut by it."""
    unknown: Unknown | None = None

    def at(self, day: date) -> CapPeriod | None:
        """The period that holds `day`; None before formation, or where the line is unknown."""
        for period in self.periods:
            if period.start <= day and (period.end is None or day <= period.end):
                return period
        return None


class Schedule(msgspec.Struct, frozen=True):
    """The periods that one set of dates gives, and the rules they come from."""

    periods: tuple[CapPeriod, ...]
    rule_ids: tuple[str, ...]
    why: str
