"""More annual rates that somebody printed: what was lent and paid, the figure, who printed it."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from domain.figures.calculation.flows import Flow, NotDefined
from domain.figures.calculation.rates import RateMethod, annual_rate
from domain.figures.calculation.unitperiods import in_unit_periods, unit_period
from tests.domain.calculation.cash import every, loan, one, percent, timed

EU, US = RateMethod.EU, RateMethod.US
NOMINAL, EFFECTIVE = RateMethod.CN_NOMINAL, RateMethod.CN_EFFECTIVE

# One payment: lent | paid back | after so many days | APR printed, in a year of 365.25 days.
SINGLE = """
100.00 | 125.00 | 31 | 1286.2
250.00 | 319.97 | 28 | 2400.3
350.00 | 447.97 | 23 | 4935.9
150.00 | 191.99 | 36 | 1123.2
100.00 | 127.99 | 26 | 3103.4
280.00 | 358.40 | 25 | 3584.2
400.00 | 511.96 | 36 | 1122.9
250.00 | 319.97 | 27 | 2716.8
150.00 | 191.99 |  9 | 2238723.9
200.00 | 255.98 | 27 | 2717.4
300.00 | 383.97 | 16 | 27865.8
364.54 | 450.00 | 30 | 1199.0
250.00 | 319.98 | 16 | 27875.8
"""


def pence(text):
    return int(text.strip().replace(".", ""))


@pytest.mark.parametrize("row", SINGLE.strip().splitlines())
def test_one_payment(row):
    """British lenders' advertised rates, as php-apr-calculator's CalculatorSpec collects them."""
    lent, paid, days, apr = row.split("|")
    start = date(2020, 1, 1)
    flows = [Flow(start, pence(lent)), Flow(start + timedelta(int(days)), -pence(paid))]
    found = annual_rate(EU, flows, days_a_year=Fraction("365.25"))
    assert percent(found, 1) == Decimal(apr.strip())


def monthly(lent, number, payment):
    return timed((0, lent), *((month, -payment) for month in range(1, number + 1)))


SERIES = {
    # Consumer Finance Association, three products: as printed in the same collection.
    "CFA personal loan": (EU, monthly(1000000, 60, 22244), 12, "12.7"),
    "CFA short-term loan": (EU, monthly(20000, 1, 25000), 12, "1355.2"),
    "CFA overdraft": (EU, monthly(20000, 1, 35000), 12, "82400.5"),
    # Z88 library disc Z165, example 1: 150 in eleven instalments of 15.
    "Z165 example 1": (EU, monthly(15000, 11, 1500), 12, "21.3"),
    # Free-Standing Mathematics Activities, "APR": three yearly payments of 2,000 on 5,000.
    "FSMQ": (EU, monthly(500000, 3, 200000), 1, "9.7"),
    # The spreadsheet's RATE(4*12, -200, 8000) is 0.00770147248820 a month, 9.24 % a year.
    "RATE": (NOMINAL, monthly(800000, 48, 20000), 12, "9.2417669858"),
    # The spreadsheet's IRR over four years, five years and two.
    "IRR, four years": (EFFECTIVE, timed(*enumerate((-70, 12, 15, 18, 21))), 1, "-2.1"),
    "IRR, five years": (EFFECTIVE, timed(*enumerate((-70, 12, 15, 18, 21, 26))), 1, "8.7"),
    "IRR, two years": (EFFECTIVE, timed(*enumerate((-70, 12, 15))), 1, "-44.4"),
    # numpy-financial's irr, documented to five places.
    "irr 1": (EFFECTIVE, timed(*enumerate((-100, 39, 59, 55, 20))), 1, "28.095"),
    "irr 2": (EFFECTIVE, timed(*enumerate((-100, 0, 0, 74))), 1, "-9.550"),
    "irr 4": (EFFECTIVE, timed(*enumerate((-100, 100, 0, 7))), 1, "6.206"),
}


@pytest.mark.parametrize("name", tuple(SERIES))
def test_a_series_of_payments(name):
    method, flows, a_year, printed = SERIES[name]
    places = len(printed.partition(".")[2])
    assert percent(annual_rate(method, flows, a_year), places) == Decimal(printed)


@pytest.mark.parametrize("amounts", ((-100, 100, 0, -7), (-50, 105, 10, -80, 10)))
def test_others_print_one_of_several_roots_and_we_refuse(amounts):
    """numpy-financial documents -0.0833 and 0.0886 for these: one root among several."""
    found = annual_rate(EFFECTIVE, timed(*enumerate(amounts)), 1)
    assert found is NotDefined.SEVERAL_SIGN_CHANGES


DATED = {
    # FSharp.Finance.Personal, AprUnitedKingdomTests and AprEuropeanUnionTests.
    "510 for 500 after five days": (
        loan(50000, "2012-10-10", one("2012-10-15", 51000)), "324.436",
    ),
    "two of 270 for 500": (
        loan(50000, "2012-10-10", every(1, "2012-11-10", 2, 27000)), "84.63",
    ),
    "1,000 at 20 % over a year": (
        loan(100000, "2025-01-01", every(1, "2025-02-01", 12, 9263)), "22.0298",
    ),
    "the same with a fee of 50": (
        loan(100000, "2025-01-01", every(1, "2025-02-01", 12, 9727)), "34.0792",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", tuple(DATED))
def test_dated_payments(name):
    flows, printed = DATED[name]
    places = len(printed.partition(".")[2])
    assert percent(annual_rate(EU, flows), places) == Decimal(printed)


def four_weeks_apart_but_once_a_month(first, number):
    """Every four weeks; the second of two in a month waits two weeks more."""
    days, on = [], first
    while len(days) < number:
        if days and (on.year, on.month) == (days[-1].year, days[-1].month):
            on += timedelta(days=14)
        days.append(on)
        on += timedelta(days=28)
    return days


def test_a_loan_with_skipped_payments():
    """12 CFR 1026 Appendix J (c)(6)(i): 2,135 on 1978-01-25, 24 of 100 from 02-20: 12.00 %."""
    days = four_weeks_apart_but_once_a_month(date(1978, 2, 20), 24)
    flows = loan(213500, "1978-01-25", [(on, 10000) for on in days])
    assert percent(annual_rate(US, flows), 2) == Decimal("12.00")
    times = [flow.periods for flow in in_unit_periods(flows, unit_period(flows))]
    assert times[1] == Fraction(26, 28)
    assert unit_period(flows).a_year == 13


def test_a_loan_in_three_advances():
    """12 CFR 1026 Appendix J (c)(7)(i): three of 20,000, then 240 of 612.36: 10.25 %."""
    advances = [Flow(date(1979, *on), 2000000) for on in ((4, 10), (6, 12), (9, 18))]
    payments = [Flow(on, -amount) for on, amount in every(1, "1979-12-10", 240, 61236)]
    flows = [*advances, *payments]
    assert percent(annual_rate(US, flows), 2) == Decimal("10.25")
    times = [flow.periods for flow in in_unit_periods(flows, unit_period(flows))]
    assert times[:4] == [0, Fraction(62, 30), Fraction(158, 30), 8]
