"""Regulation Z: the examples of Appendix J, with their unit-periods, and unit-periods at large."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from domain.figures.calculation.daycount import add_months, monthly
from domain.figures.calculation.flows import Flow
from domain.figures.calculation.rates import RateMethod, annual_rate
from domain.figures.calculation.unitperiods import in_unit_periods, unit_period
from tests.domain.calculation.cash import day, days_apart, every, loan, one, percent


def twice_a_month(number, amount):
    """On the 1st and the 16th from 1978-03-01."""
    starts = (add_months(date(1978, 3, 1), n // 2) for n in range(number))
    return [(start + timedelta(days=15 * (n % 2)), amount) for n, start in enumerate(starts)]


M23, M22 = every(1, "1978-03-10", 23, 23000), every(1, "1978-03-10", 22, 23000)

APPENDIX_J = {
    # 12 CFR 1026 Appendix J (c): first payment after whole unit-periods and a part of one.
    "(c)(1)(i)": (
        loan(500000, "1978-01-10", every(1, "1978-02-10", 24, 23000)),
        "1", 12, "9.69",
    ),
    "(c)(1)(ii)": (
        loan(600000, "1978-02-10", every(1, "1978-04-01", 36, 20000)),
        "49/30", 12, "11.82",
    ),
    "(c)(1)(iii)": (
        loan(500000, "1978-02-23", twice_a_month(24, 21917)),
        "6/15", 24, "10.34",
    ),
    "(c)(1)(iv)": (
        loan(1000000, "1978-05-23", every(3, "1978-10-01", 40, 38500)),
        "129/90", 4, "8.97",
    ),
    "(c)(1)(v)": (
        loan(50000, "1978-03-20", days_apart(7, "1978-04-21", 30, 1760)),
        "32/7", 52, "14.96",
    ),
    "(c)(2)(i)": (
        loan(500000, "1978-01-10", one("1978-02-10", 25000) + M23),
        "1", 12, "10.08",
    ),
    "(c)(2)(ii)": (
        loan(40000, "1978-03-18",
             one("1978-04-20", 3950) + days_apart(28, "1978-05-18", 11, 3831)),
        "33/28", 13, "28.50",
    ),
    "(c)(3)(i)": (
        loan(500000, "1978-01-10",
             every(1, "1978-02-10", 23, 23000) + one("1980-01-10", 28000)),
        "1", 12, "10.50",
    ),
    "(c)(3)(ii)": (
        loan(20000, "1978-04-03",
             days_apart(14, "1978-04-11", 19, 950) + one("1979-01-02", 3000)),
        "8/14", 26, "12.22",
    ),
    "(c)(4)(i)": (
        loan(500000, "1978-01-10",
             one("1978-02-10", 25000) + M22 + one("1980-01-10", 28000)),
        "1", 12, "10.90",
    ),
    "(c)(4)(ii)": (
        loan(800000, "1978-01-10",
             one("1978-03-01", 44936) + every(2, "1978-05-01", 18, 46500)
             + one("1981-05-01", 20000)),
        "52/60", 6, "7.30",
    ),
    "(c)(5)(i)": (
        loan(100000, "1978-01-03", one("1978-09-15", 108000)),
        "1", Fraction(365, 255), "11.45",
    ),
    "(c)(5)(ii)": (
        loan(100000, "1978-07-15", one("1979-01-15", 104400)),
        "1", 2, "8.80",
    ),
    "(c)(5)(iii)": (
        loan(100000, "1978-01-17", one("1979-07-17", 113519)),
        "3/2", 1, "8.76",
    ),
    "(c)(5)(iv)": (
        loan(100000, "1978-01-03", one("1980-01-03", 124000)),
        "2", 1, "11.36",
    ),
    # FSharp.Finance.Personal AprUsActuarialTests, "all confirmed using Excel".
    "shorter first quarter": (
        loan(1000000, "1978-06-23", every(3, "1978-10-01", 40, 38500)),
        "98/90", 4, "9.15",
    ),
    "first period within a quarter": (
        loan(1000000, "1978-07-23", every(3, "1978-10-01", 40, 38500)),
        "69/90", 4, "9.32",
    ),
    "daily": (
        loan(100000, "2023-10-26", days_apart(1, "2023-11-30", 5, 22000)),
        "35", 365, "94.15",
    ),
    "weekly, long first": (
        loan(100000, "2023-10-28", days_apart(7, "2023-11-30", 5, 25000)),
        "33/7", 52, "176.52",
    ),
    "weekly": (
        loan(100000, "2023-11-23", days_apart(7, "2023-11-30", 5, 25000)),
        "1", 52, "412.40",
    ),
    "weekly, short first": (
        loan(100000, "2023-11-24", days_apart(7, "2023-11-30", 5, 25000)),
        "6/7", 52, "434.30",
    ),
    "yearly": (
        loan(100000, "2023-10-26", every(12, "2023-11-30", 5, 50000)),
        "35/365", 1, "78.34",
    ),
}  # fmt: skip


@pytest.mark.parametrize("example", tuple(APPENDIX_J))
def test_regulation_z(example):
    flows, first, a_year, rate = APPENDIX_J[example]
    assert percent(annual_rate(RateMethod.US, flows), 2) == Decimal(rate)
    unit = unit_period(flows)
    timed = in_unit_periods(flows, unit)
    assert (timed[1].periods, unit.a_year) == (Fraction(first), a_year)
    assert worth_parts_at(Fraction(rate) / 100, timed, unit.a_year)


def worth_parts_at(rate, timed, a_year):
    """Whether the present value passes nil within half a hundredth of a percent of `rate`.

    General equation of (b)(8) in exact fractions: nothing is solved.
    """
    values = []
    for near in (rate - Fraction(5, 10**5), rate + Fraction(5, 10**5)):
        period = near / a_year
        values.append(
            sum(
                flow.minor / ((1 + flow.periods % 1 * period) * (1 + period) ** (flow.periods // 1))
                for flow in timed
            )
        )
    return values[0] * values[1] <= 0


def test_the_day_of_the_month_may_be_missing():
    """A loan of a month's last day, paid on each month's last day, is regular."""
    flows = [Flow(date(2024, 1, 31), 100000)]
    flows += [Flow(on, -9000) for on in monthly(date(2024, 1, 31), 12)]
    timed = in_unit_periods(flows, unit_period(flows))
    assert [flow.periods for flow in timed] == list(range(13))


@pytest.mark.parametrize(
    ("dates", "a_year"),
    (
        # No interval twice: the average, to the nearest standard interval.
        (("2024-01-01", "2024-01-10", "2024-02-29"), 12),
        (("2024-01-01", "2024-01-05", "2024-01-15"), 52),
        # As often one as the other: the smaller.
        (("2024-01-01", "2024-02-01", "2024-03-01", "2024-03-08", "2024-03-15"), 52),
        # Twice a month on the 15th and the last day.
        (("2024-01-15", "2024-01-31", "2024-02-15", "2024-02-29", "2024-03-15"), 24),
    ),
)
def test_unit_periods(dates, a_year):
    first, *others = (day(text) for text in dates)
    assert unit_period([Flow(first, 100), *(Flow(on, -50) for on in others)]).a_year == a_year


def test_two_advances_are_timed_from_the_first():
    flows = [Flow(date(2024, 1, 1), 100000), Flow(date(2024, 7, 1), 100000)]
    flows += [Flow(on, -19000) for on in monthly(date(2024, 7, 1), 12)]
    unit = unit_period(flows)
    assert unit.a_year == 12
    times = [flow.periods for flow in in_unit_periods(flows, unit)]
    assert times == [0, 6, *range(7, 19)]
