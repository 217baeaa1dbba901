"""The clocks of complaints, courts and credit records, as tables of dates.

2026: New Year off to 01-03, Spring Festival 02-15 to 02-23, worked 02-14 and 02-28, Qingming
04-04 to 04-06, Labour Day 05-01 to 05-05, worked 05-09, Dragon Boat 06-19 to 06-21, Mid-Autumn
09-25 to 09-27, National Day 10-01 to 10-07, worked 09-20 and 10-10. 2027 is not published.
"""

import pytest

from domain.deadlines.clock import ends, working_days_before
from domain.rules.cn import clocks
from domain.rules.cn.clocks import CLOCKS, Unit
from domain.rules.pack import latest
from ops.rechecking import shipped_books
from tests.histories import day

CALENDAR = shipped_books().data.calendar

TABLE = (
    # clock, set off on, last day, why
    (clocks.LENDER_ANSWER, "2026-03-02", "2026-03-17", "fifteen days, the first not counted"),
    (clocks.LENDER_ANSWER, "2026-09-15", "2026-09-30", "a Wednesday"),
    (clocks.LENDER_ANSWER, "2026-09-16", "2026-10-08", "10-01 is off; rolls over the whole week"),
    (clocks.LENDER_ANSWER, "2026-09-22", "2026-10-08", "10-07 is the last day off"),
    (clocks.LENDER_ANSWER, "2026-09-25", "2026-10-10", "a Saturday that is worked does not roll"),
    (clocks.LENDER_ANSWER, "2026-01-30", "2026-02-14", "a Saturday worked before the festival"),
    (clocks.LENDER_ANSWER, "2026-01-31", "2026-02-24", "02-15 begins nine days off"),
    (clocks.LENDER_ANSWER, "2026-03-06", "2026-03-23", "an ordinary Saturday rolls to Monday"),
    (clocks.MARKET_ANSWER, "2026-02-09", "2026-02-25", "02-14 counts, 02-15 to 02-23 do not"),
    (clocks.MARKET_ANSWER, "2026-09-18", "2026-09-29", "Sunday 09-20 counts, 09-25 to 27 do not"),
    (clocks.MARKET_ANSWER, "2026-09-29", "2026-10-14", "Saturday 10-10 counts"),
    (clocks.MARKET_ANSWER, "2026-04-30", "2026-05-13", "Saturday 05-09 counts"),
    (clocks.OBJECTION_ANSWER, "2026-03-04", "2026-03-24", "twenty days"),
    (clocks.OBJECTION_ANSWER, "2026-03-15", "2026-04-07", "04-04 to 04-06 are off"),
    (clocks.CREDIT_ANSWER, "2026-03-02", "2026-04-01", "thirty days"),
    (clocks.DOCKET, "2026-05-28", "2026-06-04", "seven days"),
    (clocks.DEFENCE, "2026-06-04", "2026-06-22", "06-19 begins the Dragon Boat break"),
    (clocks.APPEAL, "2026-07-06", "2026-07-21", "fifteen days"),
    (clocks.ORDER_OBJECTION, "2026-09-16", "2026-10-08", "rolls off National Day"),
    (clocks.CONFIRMATION, "2026-06-15", "2026-07-15", "thirty days"),
    (clocks.SUMMARY, "2025-11-30", "2026-02-28", "no 31st or 30th: the month's end, worked"),
    (clocks.SMALL_CLAIMS, "2026-08-01", "2026-10-08", "the corresponding day is off"),
    (clocks.ENFORCEMENT, "2024-02-29", "2026-02-28", "29 February ends on the 28th, worked"),
    (clocks.ENFORCEMENT, "2024-10-03", "2026-10-08", "rolls off National Day"),
)


@pytest.mark.parametrize(("clock", "start", "last", "why"), TABLE)
def test_the_last_day(clock, start, last, why):
    found = ends(clock, day(start), CALENDAR)
    assert (found.on, found.provisional) == (day(last), None), why


PROVISIONAL = (
    (clocks.LENDER_ANSWER, "2026-12-20", "2027-01-04"),
    (clocks.MARKET_ANSWER, "2026-12-24", "2027-01-04"),
    (clocks.ENFORCEMENT, "2025-05-01", "2027-05-01"),
    (clocks.APPEAL, "2026-12-31", "2027-01-15"),
)


@pytest.mark.parametrize(("clock", "start", "counted"), PROVISIONAL)
def test_a_last_day_in_2027_is_provisional(clock, start, counted):
    found = ends(clock, day(start), CALENDAR)
    assert found.on == day(counted)
    assert "2027" in found.provisional.reason


@pytest.mark.parametrize(
    ("end", "count", "before"),
    (
        ("2026-10-09", 1, "2026-10-08"),
        ("2026-10-08", 3, "2026-09-28"),
        ("2026-02-24", 2, "2026-02-13"),
    ),
)
def test_working_days_before(end, count, before):
    assert working_days_before(day(end), count, CALENDAR).on == day(before)


def test_every_clock_has_its_rule_and_memory_alone_gives_no_date():
    pack = latest()
    for clock in CLOCKS:
        rule = pack.rule(clock.rule_id)
        assert rule.citation.mark.is_read == pack.applies(clock.rule_id), clock.rule_id
        assert clock.count > 0
        assert str(clock.count) in rule.citation.zh or clock.unit is Unit.YEARS, clock.rule_id


def test_there_is_no_clock_of_fifteen_working_days():
    """The often repeated "12378 answers in 15 working days" has no instrument."""
    assert not [c for c in CLOCKS if (c.count, c.unit) == (15, Unit.WORKING_DAYS)]
