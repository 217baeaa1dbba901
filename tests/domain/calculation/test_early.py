"""Paying early: the whole or a part, by hand and for any terms."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.lending import Repayment
from domain.figures.calculation.daycount import DayCount, monthly
from domain.figures.calculation.early import Keep, pay_off, prepay
from domain.figures.calculation.schedules import schedule
from domain.figures.calculation.terms import Grace, Plan

START = date(2022, 11, 1)


def plan(method=Repayment.LEVEL, principal=120000, periods=12, **others):
    return Plan(
        principal_minor=principal,
        rate_year=others.pop("rate", Fraction(12, 100)),
        start=START,
        due=monthly(START, periods),
        method=method,
        **others,
    )


@pytest.mark.parametrize(
    ("terms", "on", "count", "principal", "interest"),
    (
        # On a due day nothing has accrued since; 30 days over 365 in November.
        (plan(Repayment.EQUAL_PRINCIPAL), "2022-12-01", None, 110000, 0),
        (plan(Repayment.EQUAL_PRINCIPAL), "2022-12-11", DayCount.THIRTY_360, 110000, 367),
        (plan(Repayment.INTEREST_FIRST, 365000), "2023-01-11", DayCount.ACT_365, 365000, 1200),
        (plan(Repayment.INTEREST_FIRST), "2022-11-01", None, 120000, 0),
        # The plan's own day count comes before the one given.
        (
            plan(Repayment.INTEREST_FIRST, 365000, count=DayCount.ACT_365),
            "2023-01-11",
            DayCount.ACT_360,
            365000,
            1200,
        ),
        # Flat: what is left of the principal, and the flat rate on all of it, for these days only.
        (plan(Repayment.FLAT), "2022-12-16", DayCount.THIRTY_360, 110000, 600),
        # Nothing for a stretch that the contract left free; what was capitalised is principal.
        (
            plan(grace=2, grace_kind=Grace.INTEREST_FREE),
            "2022-12-16",
            DayCount.THIRTY_360,
            120000,
            0,
        ),
        (
            plan(grace=2, grace_kind=Grace.CAPITALISED),
            "2022-12-16",
            DayCount.THIRTY_360,
            121200,
            606,
        ),
    ),
)
def test_pay_off_bears_interest_to_that_day_only(terms, on, count, principal, interest):
    """民法典 art. 677: interest for the time actually used."""
    found = pay_off(terms, date.fromisoformat(on), count)
    assert (found.principal_minor, found.interest_minor) == (principal, interest)
    assert found.total_minor == principal + interest


def test_a_part_payment_shortens_the_term():
    """1,200 at 1 % a month in shares of 100: 500 more on the first due day leaves six."""
    found = prepay(plan(Repayment.EQUAL_PRINCIPAL), date(2022, 12, 1), 50000, Keep.INSTALMENT)
    assert (found.interest_minor, found.principal_minor) == (0, 50000)
    assert [row.principal_minor for row in found.rows] == [10000] * 6
    assert [row.interest_minor for row in found.rows] == [600, 500, 400, 300, 200, 100]
    assert [row.number for row in found.rows] == [2, 3, 4, 5, 6, 7]
    assert found.rows[-1].due_on == date(2023, 6, 1)


def test_a_part_payment_lowers_the_instalments():
    """The same, keeping the term: 600 over the eleven months that are left."""
    found = prepay(plan(Repayment.EQUAL_PRINCIPAL), date(2022, 12, 1), 50000, Keep.TERM)
    assert [row.principal_minor for row in found.rows] == [5455] * 10 + [5450]
    assert found.rows[-1].due_on == date(2023, 11, 1)


def test_level_instalments_stay_or_fall():
    terms = plan()
    (level, *_) = {row.total_minor for row in schedule(terms)[:-1]}
    same = prepay(terms, date(2023, 2, 1), 40000, Keep.INSTALMENT).rows
    lower = prepay(terms, date(2023, 2, 1), 40000, Keep.TERM).rows
    assert {row.total_minor for row in same[:-1]} == {level}
    assert len(same) < len(lower) == 9
    (reduced,) = {row.total_minor for row in lower[:-1]}
    assert reduced < level
    # Both are worth the balance that the payment left, at 1 % a month.
    left = schedule(terms)[2].balance_minor - 40000
    for rows in (same, lower):
        worth = Fraction(0)
        for row in reversed(rows):
            worth = (worth + row.total_minor) / Fraction("1.01")
        assert abs(worth - left) < 9


def test_between_due_days_interest_comes_first_and_is_not_asked_twice():
    terms = plan(Repayment.INTEREST_FIRST, 365000, periods=2, count=DayCount.ACT_365)
    found = prepay(terms, date(2022, 11, 11), 101200, Keep.TERM)
    assert (found.interest_minor, found.principal_minor) == (1200, 100000)
    # Twenty days of November and the thirty-one of December on 2,650.
    assert [row.interest_minor for row in found.rows] == [1742, 2701]


def test_named_instalments_stay_or_are_computed_anew():
    terms = plan(instalments_minor=(11000,))
    same = prepay(terms, date(2022, 12, 1), 50000, Keep.INSTALMENT).rows
    assert {row.total_minor for row in same[:-1]} == {11000}
    lower = prepay(terms, date(2022, 12, 1), 50000, Keep.TERM).rows
    assert len({row.total_minor for row in lower[:-1]}) == 1
    assert lower[0].total_minor < 11000


@pytest.mark.parametrize(
    ("method", "on", "amount", "reason"),
    (
        (Repayment.LEVEL, "2022-10-31", 1000, "not between"),
        (Repayment.LEVEL, "2023-11-01", 1000, "not between"),
        (Repayment.LEVEL, "2022-12-02", 1000, "need a day count"),
        (Repayment.LEVEL, "2022-12-01", 0, "does not exceed the interest"),
        (Repayment.LEVEL, "2022-12-01", 120000, "pays the loan off"),
        (Repayment.FLAT, "2022-12-01", 1000, "contract's own rule"),
    ),
)
def test_what_cannot_be_paid_early_is_refused(method, on, amount, reason):
    with pytest.raises(ValueError, match=reason):
        prepay(plan(method), date.fromisoformat(on), amount, Keep.TERM)


METHODS = (Repayment.LEVEL, Repayment.EQUAL_PRINCIPAL, Repayment.INTEREST_FIRST)


@given(
    st.sampled_from(METHODS),
    st.integers(0, 330),
    st.integers(1, 99),
    st.sampled_from(Keep),
    st.sampled_from(DayCount),
)
def test_a_part_payment_and_the_rest_sum_to_the_balance(method, after, percent, keep, count):
    terms = plan(method, 12000000, count=count)
    on = START + timedelta(days=after)
    whole = pay_off(terms, on)
    amount = whole.interest_minor + whole.principal_minor * percent // 100
    found = prepay(terms, on, amount, keep)
    assert found.interest_minor == whole.interest_minor
    rest = sum(row.principal_minor for row in found.rows)
    assert found.principal_minor + rest == whole.principal_minor
    assert found.rows[-1].balance_minor == 0
    assert all(row.due_on > on for row in found.rows)
    before = sum(row.interest_minor for row in schedule(terms) if row.due_on > on)
    after_it = found.interest_minor + sum(row.interest_minor for row in found.rows)
    # Paying early never costs more interest; a fen a period is rounding.
    assert after_it <= before + len(terms.due)
