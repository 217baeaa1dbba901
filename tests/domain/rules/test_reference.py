"""Rates and working days: known to the last row, refused past it."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.figure import Unknown
from domain.rules.reference import Calendar, RateRow, RateSeries
from tests.domain.rules.conftest import SHIPPED, day

# day, one-year LPR: the days of change of law/cn.md section 2, and the days before them.
LPR = """
2019-08-20 4.25 | 2019-09-19 4.25 | 2019-09-20 4.20 | 2019-11-20 4.15 | 2020-02-20 4.05
2020-04-19 4.05 | 2020-04-20 3.85 | 2021-02-20 3.85 | 2021-02-21 3.85 | 2021-12-19 3.85
2021-12-20 3.80 | 2022-01-20 3.70 | 2022-08-22 3.65 | 2023-06-20 3.55 | 2023-08-21 3.45
2024-01-15 3.45 | 2024-07-22 3.35 | 2024-10-20 3.35 | 2024-10-21 3.10 | 2025-05-20 3.00
2026-09-19 3.00 | 2026-09-20 3.00 | 2026-10-19 3.00
"""


@pytest.mark.parametrize("row", LPR.replace("\n", "|").strip("|").split("|"))
def test_the_lpr_on_published_days(row):
    on, rate = row.split()
    assert SHIPPED.lpr_1y.at(day(on)) == Decimal(rate)


@pytest.mark.parametrize(
    "on", ("1991-01-01", "2019-08-19", "2026-10-20", "2026-11-20", "2031-01-01")
)
def test_the_lpr_is_unknown_outside_its_rows(on):
    assert isinstance(SHIPPED.lpr_1y.at(day(on)), Unknown)


def test_the_missing_release_is_named():
    unknown = SHIPPED.lpr_1y.at(day("2026-11-22"))
    assert "2026-10-19" in unknown.reason
    assert "2026-10-20" in unknown.settled_by


def test_a_release_left_out_between_two_rows_is_not_bridged():
    rows = [row for row in SHIPPED.lpr_1y.rows if row.on != day("2024-10-21")]
    series = msgspec.structs.replace(SHIPPED.lpr_1y, rows=tuple(rows))
    assert series.at(day("2024-10-20")) == Decimal("3.35")  # due on Monday the 21st
    assert isinstance(series.at(day("2024-10-21")), Unknown)
    assert series.at(day("2024-11-20")) == Decimal("3.10")


def test_a_release_due_in_an_unpublished_year_is_due_on_the_twentieth_at_the_latest():
    last = RateRow(on=day("2026-12-21"), value_pct=Decimal(3), source="s", status="A")
    series = msgspec.structs.replace(SHIPPED.lpr_1y, rows=(*SHIPPED.lpr_1y.rows, last))
    assert series.at(day("2027-01-19")) == Decimal(3)
    assert isinstance(series.at(day("2027-01-20")), Unknown)


def test_rows_out_of_order_or_without_an_end_are_refused():
    row = RateRow(on=day("2020-01-01"), value_pct=Decimal(1), source="s", status="A")
    for more in ({"rows": (row, row), "release_day": 20}, {"rows": (row,)}):
        with pytest.raises(ValueError, match="x:"):
            RateSeries(name="x", calendar=Calendar({}), **more)


# Law/cn.md section 5, day by day.
OFF_2026 = ("01-01 01-03", "02-15 02-23", "04-04 04-06", "05-01 05-05", "06-19 06-21",
            "09-25 09-27", "10-01 10-07")  # fmt: skip
WORKED = """
2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
"""


@pytest.mark.parametrize("span", OFF_2026)
def test_the_holidays_of_2026(span):
    first, last = (day(f"2026-{end}") for end in span.split())
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        assert SHIPPED.calendar.is_working(date.fromordinal(ordinal)) is False


@pytest.mark.parametrize("on", WORKED.split())
def test_make_up_days_are_worked_though_they_are_weekends(on):
    assert day(on).weekday() >= 5
    assert SHIPPED.calendar.is_working(day(on)) is True


def test_each_year_has_exactly_the_make_up_days_listed():
    for year in ("2024", "2025", "2026"):
        found = {d for d, works in SHIPPED.calendar.days.items() if works and str(d.year) == year}
        assert found == {day(on) for on in WORKED.split() if on.startswith(year)}


ROLLED = """
2026-02-14 2026-02-14  a make-up Saturday is no holiday
2026-02-15 2026-02-24  first day of a bridged holiday
2026-02-28 2026-02-28  make-up Saturday
2026-03-01 2026-03-02  plain Sunday
2026-05-05 2026-05-06  last day off
2026-10-01 2026-10-08
2026-10-10 2026-10-10  make-up Saturday
2026-10-11 2026-10-12
2026-12-31 2026-12-31  the notice for 2026 is complete
2027-01-01 unknown
2027-06-15 unknown
2018-06-15 unknown     before the rows
"""


@pytest.mark.parametrize("row", ROLLED.strip().splitlines())
def test_rolling_off_holidays(row):
    on, expected = row.split()[:2]
    rolled = SHIPPED.calendar.roll(day(on))
    assert isinstance(rolled, Unknown) if expected == "unknown" else rolled == day(expected)


COUNTED = """
2026-02-13 1 2026-02-14  make-up Saturday counts
2026-02-13 2 2026-02-24
2026-09-18 1 2026-09-20  make-up Sunday
2026-09-30 7 2026-10-15  seven working days over the National Day week, with the make-up Saturday
2026-12-30 1 2026-12-31
2026-12-31 1 unknown
2026-12-25 9 unknown
"""


@pytest.mark.parametrize("row", COUNTED.strip().splitlines())
def test_counting_working_days(row):
    on, count, expected = row.split()[:3]
    found = SHIPPED.calendar.add_working_days(day(on), int(count))
    assert isinstance(found, Unknown) if expected == "unknown" else found == day(expected)


def test_working_days_are_not_counted_backward():
    with pytest.raises(ValueError, match="forward"):
        SHIPPED.calendar.add_working_days(day("2026-05-01"), -1)


@given(st.dates(day("2019-01-01"), day("2026-12-31")))
def test_a_rolled_day_is_the_first_worked_one(on):
    rolled = SHIPPED.calendar.roll(on)
    if isinstance(rolled, Unknown):
        assert on > day("2026-12-24")
        return
    assert SHIPPED.calendar.is_working(rolled) is True
    between = range(on.toordinal(), rolled.toordinal())
    assert not any(SHIPPED.calendar.is_working(date.fromordinal(n)) for n in between)


@given(st.dates(day("2019-08-20"), day("2026-10-19")))
def test_the_lpr_is_the_last_row_on_or_before_the_day(on):
    expected = [row.value_pct for row in SHIPPED.lpr_1y.rows if row.on <= on][-1]
    assert SHIPPED.lpr_1y.at(on) == expected
