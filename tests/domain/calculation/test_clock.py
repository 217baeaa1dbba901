"""Clocks: every day count as whole ticks, the same as the exact part of a year."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.calculation.clock import clock_of
from domain.figures.calculation.daycount import DayCount, add_months, year_fraction

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def part(clock, start, end):
    return Fraction(clock.tick(end) - clock.tick(start), clock.ticks_a_year)


@given(DAYS, DAYS, st.sampled_from([c for c in DayCount if c is not DayCount.MONTHLY]))
def test_ticks_are_the_part_of_a_year(one, two, count):
    start, end = sorted((one, two))
    assert part(clock_of(count, start), start, end) == year_fraction(start, end, count)


@given(DAYS, st.integers(0, 800))
def test_months_from_their_own_first_day_are_the_part_of_a_year(start, days):
    end = start + timedelta(days=days)
    # Month ends wander: the 30th of January begins a month on the 28th of February.
    anchor = start if start.day <= 28 else start.replace(day=28)
    clock = clock_of(DayCount.MONTHLY, anchor)
    begun = anchor if start.day > 28 else start
    assert part(clock, begun, end) == year_fraction(begun, end, DayCount.MONTHLY)


@given(DAYS, st.integers(1, 120))
def test_a_whole_month_is_a_twelfth(start, months):
    clock = clock_of(DayCount.MONTHLY, start)
    assert part(clock, start, add_months(start, months)) == Fraction(months, 12)


@given(DAYS, DAYS, DAYS)
def test_time_adds_up_and_never_runs_back(anchor, one, two):
    clock, (start, end) = clock_of(DayCount.MONTHLY, anchor), sorted((one, two))
    assert clock.tick(start) <= clock.tick(end)
    assert (clock.tick(start) < clock.tick(end)) == (start < end)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    (
        ("2024-01-31", "2024-02-29", Fraction(1, 12)),
        ("2024-01-31", "2024-03-31", Fraction(2, 12)),
        # 15 of the 29 days from the 31st of January to the 29th of February
        ("2024-01-31", "2024-02-15", Fraction(15, 29 * 12)),
        ("2023-12-31", "2024-12-31", Fraction(1)),
    ),
)
def test_months_that_begin_on_the_31st(start, end, expected):
    first = date.fromisoformat(start)
    assert part(clock_of(DayCount.MONTHLY, first), first, date.fromisoformat(end)) == expected
