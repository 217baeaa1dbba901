"""More schedules that somebody printed, row by row: terms, instalments, interest, source."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from domain.cases.lending import Repayment
from domain.figures.calculation.daycount import DayCount, Ends, monthly
from domain.figures.calculation.flows import Flow
from domain.figures.calculation.rates import RateMethod, annual_rate
from domain.figures.calculation.rounding import Rounding, to_minor
from domain.figures.calculation.schedules import level_instalment, schedule
from domain.figures.calculation.terms import Plan
from tests.domain.calculation.cash import percent
from tests.domain.calculation.exact_accrual import Segment, accrue, flat_rate
from tests.domain.calculation.exact_posting import interest_minor

THIRTY, ACT, ACT_360 = DayCount.THIRTY_360, DayCount.ACT_365, DayCount.ACT_360


def terms(principal, rate, start, due, method=Repayment.LEVEL, **more):
    first = date.fromisoformat(start)
    return Plan(
        principal_minor=principal,
        rate_year=Fraction(rate) / 100,
        start=first,
        due=monthly(first, due) if isinstance(due, int) else tuple(due),
        method=method,
        **more,
    )


def rows(*agreed, **more):
    return schedule(terms(*agreed, **more))


def fen(text):
    """`17.25 x5, 17.28` as minor units."""
    found = []
    for cell in text.split(","):
        amount, _, times = cell.strip().partition(" x")
        found += [int(Decimal(amount) * 100)] * int(times or 1)
    return found


def apart(days, start, number):
    first = date.fromisoformat(start)
    return [first + timedelta(days=days * n) for n in range(1, number + 1)]


NEW_YEAR, NOVEMBER = "2024-01-01", "2022-11-01"

# Apache Fineract, features EMICalculation, LoanBulletBalloon and LoanRepayment: each row's total
# due and interest as the feature prints them.
FINERACT = {
    "C3154, 30/360": (
        terms(10000, "12", NEW_YEAR, 6, count=THIRTY),
        "17.25 x5, 17.28", "1.00, 0.84, 0.67, 0.51, 0.34, 0.17",
    ),
    "C3155": (
        terms(10000, "9.4822", NEW_YEAR, 6, count=THIRTY),
        "17.13 x6", "0.79, 0.66, 0.53, 0.40, 0.27, 0.13",
    ),
    "C3165, the instalment as named": (
        terms(7500, "12.3", NEW_YEAR, 5, count=THIRTY, instalments_minor=(1547,)),
        "15.47 x4, 15.45", "0.77, 0.62, 0.47, 0.31, 0.16",
    ),
    "C3157, every second month": (
        terms(10000, "12", NEW_YEAR, monthly(date(2024, 1, 1), 3, 2), count=THIRTY),
        "34.68 x2, 34.67", "2.00, 1.35, 0.68",
    ),
    "C3158, every second week": (
        terms(10000, "9.4822", NEW_YEAR, apart(14, NEW_YEAR, 6), count=ACT_360),
        "16.88 x5, 16.90", "0.37, 0.31, 0.25, 0.19, 0.12, 0.06",
    ),
    "C3159, actual/365": (
        terms(10000, "12", NEW_YEAR, 6, count=ACT),
        "17.25 x5, 17.28", "1.02, 0.80, 0.69, 0.50, 0.35, 0.17",
    ),
    "C3160": (
        terms(10000, "9.4822", NEW_YEAR, 6, count=ACT),
        "17.13 x5, 17.12", "0.81, 0.63, 0.54, 0.39, 0.27, 0.13",
    ),
    "C3161, after a down payment of 25": (
        terms(7500, "5", NEW_YEAR, 5, count=THIRTY),
        "15.19 x4, 15.18", "0.31, 0.25, 0.19, 0.13, 0.06",
    ),
    "C3166, every fifteen days, as named": (
        terms(10000, "9.4822", NEW_YEAR, apart(15, NEW_YEAR, 6), count=ACT,
             instalments_minor=(1690,)),
        "16.90 x5, 16.88", "0.39, 0.33, 0.26, 0.20, 0.13, 0.07",
    ),
    "C3167": (
        terms(10000, "15.678", NEW_YEAR, 6, count=ACT),
        "17.43 x5, 17.47", "1.33, 1.05, 0.90, 0.66, 0.46, 0.22",
    ),
    "BL01, all at the end": (
        terms(10000, "30", NEW_YEAR, 8, count=THIRTY, grace=7),
        "2.50 x7, 102.50", "2.50 x8",
    ),
    "RS04, equal principal": (
        terms(500000, "12", NOVEMBER, 18, Repayment.EQUAL_PRINCIPAL),
        ("327.78, 325.00, 322.22, 319.45, 316.67, 313.89, 311.11, 308.34, 305.56, 302.78, 300.00, "
        "297.22, 294.45, 291.67, 288.89, 286.11, 283.34, 280.52"),
        ("50.00, 47.22, 44.44, 41.67, 38.89, 36.11, 33.33, 30.56, 27.78, 25.00, 22.22, 19.44, "
        "16.67, 13.89, 11.11, 8.33, 5.56, 2.78"),
    ),
    "RS05, three months without principal": (
        terms(500000, "12", NOVEMBER, 18, grace=3, unit_minor=100),
        "50.00 x3, 361.00 x14, 354.87",
        ("50.00 x4, 46.89, 43.75, 40.58, 37.37, 34.14, 30.87, 27.57, 24.23, 20.86, 17.46, 14.03, "
        "10.56, 7.05, 3.51"),
    ),
    "RS06, six months without principal": (
        terms(500000, "12", NOVEMBER, 18, grace=6, unit_minor=100),
        "50.00 x6, 444.00 x11, 447.09",
        "50.00 x7, 46.06, 42.08, 38.06, 34.00, 29.90, 25.76, 21.58, 17.35, 13.09, 8.78, 4.43",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", tuple(FINERACT))
def test_apache_fineract(name):
    agreed, due, interest = FINERACT[name]
    found = schedule(agreed)
    assert [row.total_minor for row in found] == fen(due)
    assert [row.interest_minor for row in found] == fen(interest)
    assert found[-1].balance_minor == 0


# frappe/lending test_loan.py, in whole units: number, principal, interest, balance.
FRAPPE = """
 4  13392  1660  226979
18  14745   307   29715
20  14875   106       0
"""


def test_frappe_lending_by_actual_days():
    """280,000 at 8.4 % from 2025-01-27, twenty months of 15,052: interest 20,970 in all."""
    found = rows(28000000, "8.4", "2025-01-27", 20, count=ACT, instalments_minor=(1505200,))
    for line in FRAPPE.strip().splitlines():
        number, *printed = map(int, line.split())
        row = found[number - 1]
        exact = (row.principal_minor, row.interest_minor, row.balance_minor)
        assert [to_minor(one, Rounding.HALF_UP, 100) // 100 for one in exact] == printed
    interest = sum(row.interest_minor for row in found)
    assert to_minor(interest, Rounding.HALF_UP, 100) == 2097000


def test_frappe_lending_with_a_fixed_amount():
    """280,000 at 8.4 % from 2020-10-01, 14,000 a month: the 22nd pays it off, interest 22,708."""
    found = rows(28000000, "8.4", "2020-10-01", 22, count=ACT, instalments_minor=(1400000,))
    assert [row.total_minor for row in found[:21]] == [1400000] * 21
    assert 0 < found[21].total_minor < 1400000
    interest = sum(row.interest_minor for row in found)
    assert to_minor(interest, Rounding.HALF_UP, 100) == 2270800


def test_a_short_british_loan_to_the_penny():
    """FSharp.Finance.Personal AprEuTest_fp08_pc4: 317.26 at 0.798 % a day on days 8, 38, 69, 99.

    Interest rounded down, the instalment up; the rate of what is then paid is printed as 1310 %.
    """
    start = date(2025, 4, 1)
    due = [start + timedelta(days=after) for after in (8, 38, 69, 99)]
    daily = Fraction("0.798") * 365
    found = rows(
        31726, daily, "2025-04-01", due,
        count=ACT, rounding=Rounding.DOWN, unit_rounding=Rounding.UP,
    )  # fmt: skip
    printed = ((11343, 2025, 22408), (11343, 5364, 16429), (11343, 4064, 9150), (11340, 2190, 0))
    assert [(r.total_minor, r.interest_minor, r.balance_minor) for r in found] == list(printed)
    flows = [Flow(start, 31726), *(Flow(row.due_on, -row.total_minor) for row in found)]
    assert percent(annual_rate(RateMethod.EU, flows), 1) == Decimal("1310.0")


@pytest.mark.parametrize(
    ("principal", "rate", "periods", "a_year", "printed"),
    (
        # The spreadsheet's PMT and the payments behind its IPMT and PPMT.
        (1000000, "8", 10, 12, "1037.03"),
        (800000, "10", 3, 1, "3216.92"),
        (200000, "10", 24, 12, "92.29"),
        # numpy-financial's pmt: 1854.0247200054619.
        (20000000, "7.5", 180, 12, "1854.02"),
    ),
)
def test_spreadsheet_payments(principal, rate, periods, a_year, printed):
    exact = level_instalment(principal, [Fraction(rate) / 100 / a_year] * periods)
    assert to_minor(exact, Rounding.HALF_UP) == fen(printed)[0]


HLEDGER = {
    # hledger-interest README: principal | from | to | interest, actual/365 at 5 %.
    "interest kept apart": (("1000.00", "2010-12-31", "2011-08-22", 3205),),
    "interest added": (("1013.15", "2010-12-31", "2011-08-22", 3248),),
    "with payments": (
        ("1000.00", "2010-09-26", "2010-12-11", 1041),
        ("860.41", "2010-12-11", "2010-12-31", 236),
        ("862.77", "2010-12-31", "2011-03-07", 780),
        ("570.57", "2011-03-07", "2011-08-21", 1305),
    ),
}


def accrued(principal, rate, start, end, count=ACT, ends=Ends.FIRST_IN_LAST_OUT):
    minor = int(Decimal(principal) * 100)
    piece = Segment(date.fromisoformat(start), date.fromisoformat(end), minor)
    return interest_minor(accrue([piece], flat_rate(Fraction(rate) / 100), count, ends))


@pytest.mark.parametrize("name", tuple(HLEDGER))
def test_hledger_interest(name):
    for principal, start, end, interest in HLEDGER[name]:
        assert accrued(principal, "5", start, end) == interest


@pytest.mark.parametrize(
    ("principal", "rate", "start", "end", "interest"),
    (
        # The same README, § 288 BGB: 35.00 at 5.12 % over 107 and 76 days.
        ("35.00", "5.12", "2010-09-15", "2010-12-31", 53),
        ("35.00", "5.12", "2010-12-31", "2011-03-17", 37),
        # A Chinese lawyers' calculator's own checks: a leap year by 365 days, and the LPR of 2026.
        ("1000000.00", "3.65", "2024-01-01", "2025-01-01", 3660000),
        ("1000000.00", "3", "2026-01-01", "2026-04-11", 821918),
        ("1000000.00", "4.5", "2026-01-01", "2026-04-11", 1232877),
    ),
)
def test_simple_interest_as_printed(principal, rate, start, end, interest):
    assert accrued(principal, rate, start, end) == interest
