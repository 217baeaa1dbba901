"""Repayment schedules: published ones as tables, and what holds for any terms."""

from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.lending import Repayment
from domain.figures.calculation.daycount import DayCount, monthly
from domain.figures.calculation.rounding import Rounding, to_minor
from domain.figures.calculation.schedules import level_instalment, schedule
from domain.figures.calculation.terms import Grace, NeverAmortises, Plan

START = date(2022, 11, 1)


def plan(method=Repayment.LEVEL, principal=500000, rate="12", periods=18, **others):
    due = others.pop("due", monthly(START, periods))
    return Plan(
        principal_minor=principal,
        rate_year=Fraction(rate) / 100,
        start=START,
        due=due,
        method=method,
        **others,
    )


def totals(rows):
    return [row.total_minor for row in rows]


def interests(rows):
    return [row.interest_minor for row in rows]


@pytest.mark.parametrize(
    ("terms", "instalments", "interest", "first"),
    (
        # Apache Fineract LoanRepayment.feature RS02: declining balance, whole units.
        (plan(unit_minor=100), [30500] * 17 + [30322], 48822, [5000, 4745, 4487]),
        # RS01: the same, flat.
        (plan(Repayment.FLAT, unit_minor=100), [32800] * 17 + [32400], 90000, [5000, 5000]),
        # RP02: actual/365, instalments as the schedule names them.
        (
            plan(
                periods=6,
                count=DayCount.ACT_365,
                instalments_minor=(86300, 86200),
            ),
            [86300] + [86200] * 4 + [86446],
            17546,
            [4932, 4267, 3432, 2338, 1733, 844],
        ),
        # Fineract line 1612: 3000 at 12 % flat, 3 x (1000 + 30).
        (plan(Repayment.FLAT, 300000, periods=3), [103000] * 3, 9000, [3000] * 3),
    ),
    ids=["RS02", "RS01", "RP02", "1612"],
)
def test_published_schedules(terms, instalments, interest, first):
    rows = schedule(terms)
    assert totals(rows) == instalments
    assert sum(interests(rows)) == interest
    assert interests(rows)[: len(first)] == first


def test_sums_of_published_schedules():
    """RS01 comes to 5900; after 863 is paid on RP02's first day, 4312.46 is outstanding."""
    assert sum(totals(schedule(plan(Repayment.FLAT, unit_minor=100)))) == 590000
    terms = plan(periods=6, count=DayCount.ACT_365, instalments_minor=(86300, 86200))
    assert sum(totals(schedule(terms))[1:]) == 431246


def test_an_instalment_rounded_up():
    """frappe/lending test_loan.py, printed in whole units: 15,052; interest 21,034; 301,034."""
    up = {"unit_minor": 100, "unit_rounding": Rounding.UP}
    rows = schedule(plan(principal=28000000, rate="8.4", periods=20, **up))
    assert totals(rows)[:19] == [1505200] * 19
    assert to_minor(sum(interests(rows)), Rounding.HALF_UP, 100) == 2103400
    assert to_minor(sum(totals(rows)), Rounding.HALF_UP, 100) == 30103400


def test_the_real_cost_at_the_cap():
    """wwpfw.com 108045: 20,000 over six months at 36 % is 3,691.95 a month, interest 2,151.70.

    That is 241.38 less a month and 1,448.30 less in all than 20,000/6 + 600.
    """
    charged = Fraction(2000000, 6) + 60000
    at_cap = level_instalment(2000000, [Fraction(3, 100)] * 6)
    assert to_minor(at_cap, Rounding.HALF_UP) == 369195
    assert 6 * 369195 - 2000000 == 215170
    less = to_minor(charged, Rounding.HALF_UP) - to_minor(at_cap, Rounding.HALF_UP)
    assert less == 24138
    assert to_minor(6 * charged, Rounding.HALF_UP) - 6 * 369195 == 144830


@pytest.mark.parametrize(
    ("principal", "rate", "periods", "instalment"),
    (
        # Printed in textbooks and lenders' tables; each is checked below by present value.
        (10000000, "6", 360, 59955),
        (20000000, "4.5", 360, 101337),
        (1000000, "8", 60, 20276),
        (100000000, "4.9", 360, 530727),
        (100000000, "4.9", 240, 654444),
        (2000000, "36", 6, 369195),
        (500000, "12", 18, 30491),
    ),
)
def test_level_instalments(principal, rate, periods, instalment):
    monthly_rate = Fraction(rate) / 1200
    exact = level_instalment(principal, [monthly_rate] * periods)
    assert to_minor(exact, Rounding.HALF_UP) == instalment
    # Horner's scheme from the last payment: another way to the same value.
    worth = Fraction(0)
    for _ in range(periods):
        worth = (worth + exact) / (1 + monthly_rate)
    assert abs(worth - principal) < Fraction(1, 10**30)


def test_a_million_at_4_9_percent_by_both_methods():
    """Over thirty years: level 5,307.27, interest 910,616.19; equal principal 6,861.11 first."""
    exact = level_instalment(100000000, [Fraction(49, 12000)] * 360)
    assert to_minor(360 * exact - 100000000, Rounding.HALF_UP) == 91061619
    rows = schedule(plan(Repayment.EQUAL_PRINCIPAL, 100000000, "4.9", 360))
    assert totals(rows)[0] == 686111
    # 1,000,000 x 0.049/12 x 361/2 = 737,041.67, each month's interest rounded for itself.
    assert abs(sum(interests(rows)) - 73704167) < 180


@pytest.mark.parametrize(
    ("terms", "principal", "interest"),
    (
        (plan(Repayment.EQUAL_PRINCIPAL, 120000, periods=4), [30000] * 4, [1200, 900, 600, 300]),
        (plan(Repayment.EQUAL_PRINCIPAL, 1000, periods=3), [333, 333, 334], [10, 7, 3]),
        (plan(Repayment.INTEREST_FIRST, 120000, periods=3), [0, 0, 120000], [1200] * 3),
        (plan(Repayment.BULLET, 120000, due=(date(2023, 11, 1),)), [120000], [14400]),
        (
            plan(Repayment.BULLET, 36500, due=(date(2023, 1, 10),), count=DayCount.ACT_365),
            [36500],
            [840],
        ),
        # A balloon of 600 on 1200, the rest in equal shares.
        (
            plan(Repayment.EQUAL_PRINCIPAL, 120000, periods=3, balloon_minor=60000),
            [20000, 20000, 80000],
            [1200, 1000, 800],
        ),
        (
            plan(Repayment.EQUAL_PRINCIPAL, 120000, periods=4, grace=2),
            [0, 0, 60000, 60000],
            [1200, 1200, 1200, 600],
        ),
        (
            plan(
                Repayment.EQUAL_PRINCIPAL,
                120000,
                periods=3,
                grace=1,
                grace_kind=Grace.INTEREST_FREE,
            ),
            [0, 60000, 60000],
            [0, 1200, 600],
        ),
        (
            plan(
                Repayment.EQUAL_PRINCIPAL, 100000, periods=3, grace=1, grace_kind=Grace.CAPITALISED
            ),
            [0, 50500, 50500],
            [0, 1010, 505],
        ),
        # Irregular days, by hand: 365.00 at 10 % is ten fen a day.
        (
            plan(
                Repayment.EQUAL_PRINCIPAL,
                36500,
                "10",
                due=(date(2022, 11, 11), date(2023, 1, 10)),
                count=DayCount.ACT_365,
            ),
            [18250, 18250],
            [100, 300],
        ),
        # Weekly, each the fifty-second part of a year.
        (
            plan(Repayment.INTEREST_FIRST, 52000, "10", 2, periods_a_year=52),
            [0, 52000],
            [100, 100],
        ),
        (plan(rate="0", principal=1000, periods=3), [333, 333, 334], [0, 0, 0]),
    ),
)  # fmt: skip
def test_methods_by_hand(terms, principal, interest):
    rows = schedule(terms)
    assert [row.principal_minor for row in rows] == principal
    assert interests(rows) == interest
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.due_on for row in rows] == list(terms.due)


def test_a_balloon_is_left_to_the_last_day():
    """100,000 at 6 % over 12 months with 40,000 at the end: worth 100,000 at 0.5 % a month."""
    rows = schedule(plan(principal=10000000, rate="6", periods=12, balloon_minor=4000000))
    level = rows[0].total_minor
    assert totals(rows)[:-1] == [level] * 11
    assert abs(rows[-1].total_minor - level - 4000000) < 12
    worth = Fraction(0)
    for total in reversed(totals(rows)):
        worth = (worth + total) / Fraction("1.005")
    assert abs(worth - 10000000) < 12


@pytest.mark.parametrize(
    ("terms", "number", "instalment", "interest"),
    (
        (plan(instalments_minor=(5000,)), 1, 5000, 5000),
        (plan(instalments_minor=(4999,)), 1, 4999, 5000),
        (plan(instalments_minor=(30000, 4000)), 2, 4000, 4750),
        (plan(Repayment.FLAT, instalments_minor=(5000,)), 1, 5000, 5000),
        (plan(periods=18, grace=2, instalments_minor=(5000,)), 3, 5000, 5000),
    ),
)
def test_a_loan_that_never_amortises_is_named(terms, number, instalment, interest):
    with pytest.raises(NeverAmortises, match="would never be paid back") as caught:
        schedule(terms)
    found = caught.value
    assert (found.number, found.instalment_minor, found.interest_minor) == (
        number,
        instalment,
        interest,
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    (
        ({"due": ()}, "needs due days"),
        ({"due": (START,)}, "after the start"),
        ({"due": (date(2023, 2, 1), date(2023, 1, 1))}, "due days rise"),
        ({"due": (date(2023, 2, 1), date(2023, 2, 1))}, "due days rise"),
        ({"principal": 0}, "needs a principal"),
        ({"rate": "-1"}, "not negative"),
        ({"periods": 3, "grace": 3}, "grace ends"),
        ({"balloon_minor": 500000}, "balloon is part"),
        ({"unit_minor": 0}, "unit"),
        ({"periods_a_year": 0}, "a year has"),
        ({"instalments_minor": (0,)}, "more than nothing"),
        ({"method": Repayment.OTHER}, "not named"),
        ({"method": Repayment.BULLET}, "one due day"),
        ({"method": Repayment.BULLET, "due": (date(2023, 1, 9),)}, "day count"),
        ({"method": Repayment.FLAT, "grace": 1}, "contract's own rows"),
        ({"method": Repayment.INTEREST_FIRST, "instalments_minor": (9,)}, "no instalments"),
    ),
)
def test_terms_that_make_no_schedule_are_refused(changes, reason):
    with pytest.raises(ValueError, match=reason):
        schedule(plan(**changes))


def test_no_periods_no_instalment():
    with pytest.raises(ValueError, match="needs a period"):
        level_instalment(100, [])


@st.composite
def plans(draw, methods=tuple(m for m in Repayment if m is not Repayment.OTHER)):
    method = draw(st.sampled_from(methods))
    periods = 1 if method is Repayment.BULLET else draw(st.integers(1, 24))
    gaps = draw(st.lists(st.integers(1, 60), min_size=periods, max_size=periods))
    due = [START + timedelta(days=days) for days in accumulate(gaps)]
    extras = {}
    if method is not Repayment.FLAT and method is not Repayment.BULLET:
        extras["grace"] = draw(st.integers(0, periods - 1))
        extras["grace_kind"] = draw(st.sampled_from(Grace))
    return plan(
        method,
        draw(st.integers(10**5, 10**9)),
        str(draw(st.fractions(0, 36, max_denominator=100))),
        due=tuple(due),
        count=draw(st.sampled_from(DayCount)),
        unit_minor=draw(st.sampled_from((1, 100))),
        **extras,
    )


@given(plans())
def test_principal_sums_to_the_loan(terms):
    rows = schedule(terms)
    capitalised = sum(row.capitalised_minor for row in rows)
    assert sum(row.principal_minor for row in rows) == terms.principal_minor + capitalised
    assert rows[-1].balance_minor == 0
    assert all(row.principal_minor >= 0 and row.interest_minor >= 0 for row in rows)
    assert len(rows) == len(terms.due)


@given(plans((Repayment.LEVEL,)))
def test_level_instalments_are_level_but_for_the_last(terms):
    rows = schedule(terms)[terms.grace : -1]
    assert len({row.total_minor for row in rows if row.balance_minor}) <= 1


@given(plans((Repayment.LEVEL, Repayment.EQUAL_PRINCIPAL, Repayment.INTEREST_FIRST)))
def test_interest_of_a_row_is_that_of_the_balance_before(terms):
    rows = schedule(terms)
    balance = terms.principal_minor
    free = terms.grace if terms.grace_kind is Grace.INTEREST_FREE else 0
    for row, start in zip(rows[free:], (START, *terms.due)[free:], strict=False):
        bare = schedule(
            Plan(
                principal_minor=balance,
                rate_year=terms.rate_year,
                start=start,
                due=(row.due_on,),
                method=Repayment.BULLET,
                count=terms.count,
            )
        )
        assert row.interest_minor + row.capitalised_minor == bare[0].interest_minor
        balance = row.balance_minor
        if not balance:
            break
