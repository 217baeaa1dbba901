"""Day counts and rounding, as tables; and what holds for any days."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.calculation.daycount import (
    DayCount,
    Ends,
    add_months,
    days_between,
    monthly,
    whole_months,
    year_fraction,
)
from domain.figures.calculation.rounding import Rounding, to_minor

DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize(
    ("start", "end", "count", "ends", "part"),
    (
        # Ordinary year, leap year, and one that crosses both.
        ("2022-11-01", "2022-12-01", DayCount.ACT_365, Ends.FIRST_IN_LAST_OUT, "30/365"),
        ("2024-02-01", "2024-03-01", DayCount.ACT_365, Ends.FIRST_IN_LAST_OUT, "29/365"),
        ("2024-01-01", "2025-01-01", DayCount.ACT_365, Ends.FIRST_IN_LAST_OUT, "366/365"),
        ("2024-01-01", "2025-01-01", DayCount.ACT_ACT, Ends.FIRST_IN_LAST_OUT, "1"),
        ("2023-12-31", "2024-01-02", DayCount.ACT_ACT, Ends.FIRST_IN_LAST_OUT, "731/133590"),
        ("2022-11-01", "2022-12-01", DayCount.ACT_360, Ends.FIRST_IN_LAST_OUT, "1/12"),
        ("2022-11-01", "2022-11-30", DayCount.ACT_360, Ends.BOTH_IN, "1/12"),
        ("2022-01-31", "2022-02-28", DayCount.THIRTY_360, Ends.FIRST_IN_LAST_OUT, "28/360"),
        ("2022-02-28", "2022-03-31", DayCount.THIRTY_360, Ends.FIRST_IN_LAST_OUT, "32/360"),
        ("2022-01-01", "2022-12-31", DayCount.THIRTY_360, Ends.BOTH_IN, "1"),
        ("2022-05-05", "2022-05-05", DayCount.ACT_365, Ends.FIRST_IN_LAST_OUT, "0"),
        ("2022-05-05", "2022-05-05", DayCount.ACT_365, Ends.BOTH_IN, "1/365"),
    ),
)
def test_parts_of_a_year(start, end, count, ends, part):
    found = year_fraction(date.fromisoformat(start), date.fromisoformat(end), count, ends)
    assert found == Fraction(part)


@pytest.mark.parametrize("count", tuple(DayCount))
def test_days_the_wrong_way_round_are_refused(count):
    with pytest.raises(ValueError, match="2022-01-01 is before 2022-01-02"):
        year_fraction(date(2022, 1, 2), date(2022, 1, 1), count)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    (
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2022-08-31", 6, "2023-02-28"),
        ("2024-03-31", -1, "2024-02-29"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-01-15", -1, "2023-12-15"),
    ),
)
def test_months_end_on_the_same_day_or_the_last(start, months, end):
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_the_31st_comes_back_after_a_short_month():
    due = monthly(date(2023, 12, 31), 4)
    assert [day.isoformat()[5:] for day in due] == ["01-31", "02-29", "03-31", "04-30"]
    assert [whole_months(a, b) for a, b in itertools.pairwise(due)] == [1, 1, 1]
    assert whole_months(date(2024, 1, 30), date(2024, 2, 28)) is None


@given(DAYS, DAYS, DAYS, st.sampled_from([c for c in DayCount if c is not DayCount.MONTHLY]))
def test_parts_of_a_year_add_up(one, two, three, count):
    a, b, c = sorted((one, two, three))
    assert year_fraction(a, b, count) + year_fraction(b, c, count) == year_fraction(a, c, count)


@given(DAYS, DAYS, st.sampled_from((DayCount.ACT_365, DayCount.ACT_360, DayCount.ACT_ACT)))
def test_both_ends_in_is_one_day_more(one, two, count):
    a, b = sorted((one, two))
    further = b + timedelta(days=1)
    assert year_fraction(a, b, count, Ends.BOTH_IN) == year_fraction(a, further, count)
    assert days_between(a, b, count, Ends.BOTH_IN) == days_between(a, b) + 1


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "down", "up"),
    (
        ("2.4", 2, 2, 2, 3),
        ("2.5", 3, 2, 2, 3),
        ("3.5", 4, 4, 3, 4),
        ("2.6", 3, 3, 2, 3),
        ("-2.5", -3, -2, -2, -3),
        ("2", 2, 2, 2, 2),
        ("0.5000000000000000000000000000000001", 1, 1, 0, 1),
        ("0.4999999999999999999999999999999999", 0, 0, 0, 1),
        ("99999999999999999999999999999999999999.5", 10**38, 10**38, 10**38 - 1, 10**38),
    ),
)
def test_rounding_is_exact_and_as_stated(value, half_up, half_even, down, up):
    found = [to_minor(Decimal(value), rounding) for rounding in Rounding]
    assert found == [half_up, half_even, down, up]


@pytest.mark.parametrize(
    ("minor", "rounding", "whole"),
    (
        (30491, Rounding.HALF_UP, 30500),
        (30449, Rounding.HALF_UP, 30400),
        (1505169, Rounding.UP, 1505200),
        (1505169, Rounding.DOWN, 1505100),
    ),
)
def test_amounts_go_to_whole_yuan(minor, rounding, whole):
    assert to_minor(minor, rounding, 100) == whole


def test_a_unit_of_nothing_is_refused():
    with pytest.raises(ValueError, match="multiples of 0"):
        to_minor(1, Rounding.DOWN, 0)


@given(st.fractions(), st.sampled_from(Rounding), st.integers(1, 1000))
def test_rounding_moves_less_than_a_unit_and_mirrors(value, rounding, unit):
    found = to_minor(value, rounding, unit)
    assert found % unit == 0
    assert abs(found - value) < unit
    assert to_minor(-value, rounding, unit) == -found
