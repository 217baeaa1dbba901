"""The annual rate of flows, by the methods that laws name. One entry: `annual_rate`."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeGuard

from domain.figures.calculation.flows import Flow, NotDefined, TimedFlow, netted_days, refusal
from domain.figures.calculation.roots import compounding, simple_in_parts, working
from domain.figures.calculation.unitperiods import common_period, in_unit_periods, unit_period

RATE_PLACES: Final = Decimal("1e-15")
"""Every rate is given to fifteen places, half-even."""
RATE_MAX: Final = Decimal(10) ** 9
"""An annual rate above it, a thousand million times the loan, is out of range."""


class RateMethod(StrEnum):
    """Whose rule makes an annual rate of flows."""

    EU = "eu-98-7-ec"
    """Directive 98/7/EC, as 2008/48/EC Annex I: effective, days over 365."""
    US = "us-regulation-z"
    """12 CFR 1026 Appendix J, actuarial: rate of a unit-period x unit-periods in a year."""
    CN_NOMINAL = "cn-nominal"
    """PBoC announcement 2021 no. 3, simple (单利): rate of a period x periods in a year."""
    CN_EFFECTIVE = "cn-irr"
    """The same announcement, compound (复利, IRR)."""
    XIRR = "xirr"
    """The spreadsheet function: effective, days over 365."""


def annual_rate(
    method: RateMethod,
    flows: Sequence[Flow] | Sequence[TimedFlow],
    periods_a_year: Fraction | int | None = None,
    days_a_year: Fraction | int = 365,
) -> Decimal | NotDefined:
    """The annual rate of dated flows, or of flows timed in periods, as a fraction of one.

    `periods_a_year` goes with timed flows, and only with them. `days_a_year` is for dated flows
    of an effective rate: Directive 98/7/EC allows 365, 365.25 and 366. Flows of one day or time
    count as one. NotDefined where they change sign never or more than once, or where a nominal
    rate finds no period that recurs; a loan without cost has exactly nought. ValueError for
    timed flows without periods in a year, or before time nought.
    """
    if not flows:
        return NotDefined.NO_SIGN_CHANGE
    if _are_dated(flows):
        if periods_a_year is not None:
            raise ValueError("dated flows say themselves how many periods a year has")
        found = _of_days(method, netted_days(flows), Fraction(days_a_year))
    else:
        timed = [flow for flow in flows if isinstance(flow, TimedFlow)]
        if len(timed) < len(flows):
            raise ValueError("flows are all dated or all timed")
        if not periods_a_year or periods_a_year < 0 or any(flow.periods < 0 for flow in timed):
            raise ValueError("timed flows need periods in a year and begin at nought or later")
        found = _of_periods(method, timed, Fraction(periods_a_year))
    if isinstance(found, NotDefined):
        return found
    if found > RATE_MAX:
        return NotDefined.OUT_OF_RANGE
    with working():
        return found.quantize(RATE_PLACES, ROUND_HALF_EVEN)


def _are_dated(flows: Sequence[Flow] | Sequence[TimedFlow]) -> TypeGuard[Sequence[Flow]]:
    return all(isinstance(flow, Flow) for flow in flows)


def _of_periods(
    method: RateMethod, flows: Sequence[TimedFlow], periods_a_year: Fraction
) -> Decimal | NotDefined:
    if method in (RateMethod.US, RateMethod.CN_NOMINAL):
        return _nominal(flows, periods_a_year)
    return compounding(flows, periods_a_year)


def _of_days(
    method: RateMethod, flows: Sequence[Flow], days_a_year: Fraction
) -> Decimal | NotDefined:
    refused = refusal([flow.minor for flow in flows])
    if refused:
        return refused
    if method is RateMethod.US:
        unit = unit_period(flows)
        return _nominal(in_unit_periods(flows, unit), unit.a_year)
    if method is RateMethod.CN_NOMINAL:
        return _chinese_nominal(flows)
    if method is RateMethod.CN_EFFECTIVE:
        whole = _in_whole_periods(flows)
        if whole is not None:
            return compounding(*whole)
    start = flows[0].on
    timed = [TimedFlow(Fraction((flow.on - start).days), flow.minor) for flow in flows]
    return compounding(timed, days_a_year)


def _chinese_nominal(flows: Sequence[Flow]) -> Decimal | NotDefined:
    """By the period that recurs; the announcement has no rule where none does."""
    unit = unit_period(flows) if len(flows) == 2 else common_period(flows)
    if unit is None:
        return NotDefined.NO_COMMON_PERIOD
    return _nominal(in_unit_periods(flows, unit), unit.a_year)


def _in_whole_periods(flows: Sequence[Flow]) -> tuple[list[TimedFlow], Fraction] | None:
    """The flows in periods, and periods in a year, where all lie whole periods apart."""
    unit = common_period(flows)
    if unit is None:
        return None
    timed = in_unit_periods(flows, unit)
    is_whole = all(flow.periods.denominator == 1 for flow in timed)
    return (timed, unit.a_year) if is_whole else None


def _nominal(flows: Sequence[TimedFlow], periods_a_year: Fraction) -> Decimal | NotDefined:
    rate = simple_in_parts(flows)
    if isinstance(rate, NotDefined):
        return rate
    with working():
        return rate * periods_a_year.numerator / periods_a_year.denominator
