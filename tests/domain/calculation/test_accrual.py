"""Interest on a changing principal at a changing rate, posted and capped by stated rules."""

import itertools
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.calculation.clock import clock_of
from domain.figures.calculation.daycount import DayCount, Ends
from domain.figures.calculation.limits import (
    annual_from_daily,
    daily_rate,
    total_allowed,
    within_total,
)
from domain.figures.calculation.rounding import Rounding, to_minor
from domain.figures.metering import Meter, RatePeriod
from tests.domain.calculation.exact_accrual import NoRate, RateSpan, Segment, accrue, flat_rate
from tests.domain.calculation.exact_posting import RoundAt, interest_minor, posted

START = date(2024, 1, 1)


def day(text):
    return date.fromisoformat(text)


def pct(text):
    return Fraction(text) / 100


def span(start, end, rate):
    return RateSpan(day(start), day(end) if end else None, pct(rate))


@pytest.mark.parametrize(
    ("principal", "rate", "count", "start", "days", "ends", "interest"),
    (
        # hledger-interest README: 1000 at 5 % actual/365 from 2010-09-26, 96 days.
        (100000, "5", DayCount.ACT_365, "2010-09-26", 96, Ends.FIRST_IN_LAST_OUT, 1315),
        # By hand: 100,000 at 24 %, ninety days, one more with both ends in.
        (10000000, "24", DayCount.ACT_365, "2021-03-01", 90, Ends.FIRST_IN_LAST_OUT, 591781),
        (10000000, "24", DayCount.ACT_360, "2021-03-01", 90, Ends.FIRST_IN_LAST_OUT, 600000),
        (10000000, "24", DayCount.ACT_360, "2021-03-01", 90, Ends.BOTH_IN, 606667),
        # A leap year has 366 days over 365 unless the contract counts actual/actual.
        (36500000, "10", DayCount.ACT_365, "2024-01-01", 366, Ends.FIRST_IN_LAST_OUT, 3660000),
        (36500000, "10", DayCount.ACT_ACT, "2024-01-01", 366, Ends.FIRST_IN_LAST_OUT, 3650000),
    ),
)
def test_simple_interest(principal, rate, count, start, days, ends, interest):
    end = day(start) + timedelta(days=days)
    accrued = accrue([Segment(day(start), end, principal)], flat_rate(pct(rate)), count, ends)
    assert interest_minor(accrued) == interest


def test_the_rate_changes_on_the_day_it_says():
    """The split of 2020-08-20 (法释〔2020〕17号 art. 31): 24 % up to and including 08-19."""
    rates = [span("2018-05-01", "2020-08-19", "24"), span("2020-08-20", None, "13.8")]
    one = Segment(day("2020-08-10"), day("2020-08-30"), 10000000)
    found = accrue([one], rates)
    assert [(p.start, p.end, p.days, p.rate_year) for p in found] == [
        (day("2020-08-10"), day("2020-08-20"), 10, pct("24")),
        (day("2020-08-20"), day("2020-08-30"), 10, pct("13.8")),
    ]
    assert [p.interest for p in found] == [
        Fraction(24000000, 365),
        Fraction(13800000, 365),
    ]


@pytest.mark.parametrize(
    ("first", "then", "days"),
    (
        # Paid back in part on the 11th: that day still bears interest on all of it.
        (300, 100, [(300, 11), (100, 10)]),
        # Lent more on the 11th: that day bears interest on all of it already.
        (100, 300, [(100, 10), (300, 11)]),
        (100, 100, [(100, 10), (100, 11)]),
    ),
)
def test_both_ends_in_counts_no_day_twice(first, then, days):
    segments = [
        Segment(day("2024-01-01"), day("2024-01-11"), first),
        Segment(day("2024-01-11"), day("2024-01-21"), then),
    ]
    for count in (DayCount.ACT_365, DayCount.THIRTY_360):
        found = accrue(segments, flat_rate(pct("1")), count, Ends.BOTH_IN)
        assert [(p.principal_minor, p.days) for p in found] == days


def test_both_ends_in_takes_the_last_days_own_rate():
    rates = [span("2024-01-01", "2024-01-10", "10"), span("2024-01-11", None, "5")]
    (segment,) = [Segment(day("2024-01-01"), day("2024-01-11"), 100)]
    found = accrue([segment], rates, DayCount.ACT_365, Ends.BOTH_IN)
    assert [(p.days, p.rate_year) for p in found] == [(10, pct("10")), (1, pct("5"))]
    lent_and_back = Segment(day("2024-01-11"), day("2024-01-11"), 100)
    assert [p.days for p in accrue([lent_and_back], rates, ends=Ends.BOTH_IN)] == [1]
    assert accrue([lent_and_back], rates) == []


@pytest.mark.parametrize(
    ("rates", "missing"),
    (
        ([], "2024-01-01"),
        ([span("2024-01-05", None, "1")], "2024-01-01"),
        ([span("2023-01-01", "2024-01-03", "1")], "2024-01-04"),
        ([span("2023-01-01", "2024-01-03", "1"), span("2024-01-06", None, "1")], "2024-01-04"),
    ),
)
def test_a_day_without_a_rate_is_named(rates, missing):
    with pytest.raises(NoRate) as caught:
        accrue([Segment(START, day("2024-01-11"), 100)], rates)
    assert caught.value.day == day(missing)


@pytest.mark.parametrize(
    ("segments", "rates"),
    (
        ([Segment(day("2024-01-02"), START, 1)], flat_rate(pct("1"))),
        ([Segment(START, day("2024-01-02"), -1)], flat_rate(pct("1"))),
        ([Segment(START, day("2024-01-09"), 1), Segment(day("2024-01-08"), day("2024-01-10"), 1)],
         flat_rate(pct("1"))),
        ([], [span("2024-01-01", None, "1"), span("2024-01-05", None, "2")]),
        ([], [span("2024-01-01", "2024-01-05", "1"), span("2024-01-05", None, "2")]),
        ([], [span("2024-01-05", "2024-01-01", "1")]),
    ),
)  # fmt: skip
def test_two_principals_or_rates_on_a_day_are_refused(segments, rates):
    with pytest.raises(ValueError, match=r"two |not a principal|before it begins"):
        accrue(segments, rates)


def test_rounding_happens_where_the_rule_says():
    """Ten fen at 36.5 % bear one hundredth of a fen a day; each stretch alone bears 0.5."""
    cuts = [START + timedelta(days=50 * n) for n in range(4)]
    pieces = [Segment(a, b, 10) for a, b in itertools.pairwise(cuts)]
    accrued = accrue(pieces, flat_rate(pct("36.5")))

    def minor(at, rounding=Rounding.HALF_UP, postings=()):
        return [(p.on, p.minor) for p in posted(accrued, at, rounding, postings)]

    assert minor(RoundAt.END) == [(cuts[3], 2)]
    assert minor(RoundAt.END, Rounding.DOWN) == [(cuts[3], 1)]
    assert minor(RoundAt.PERIOD) == [(cuts[3], 3)]
    assert minor(RoundAt.POSTING, postings=[cuts[2]]) == [(cuts[2], 1), (cuts[3], 1)]
    assert sum(p.exact for p in posted(accrued, RoundAt.POSTING)) == Fraction(3, 2)
    assert posted([], RoundAt.END) == []
    with pytest.raises(ValueError, match="posting day lies between"):
        posted(accrued, RoundAt.POSTING, postings=[START + timedelta(days=1)])


def test_uk_daily_cap():
    """FSharp.Finance.Personal test 000: 0.8 % a day, rounded down at each payment."""
    rates = flat_rate(annual_from_daily(pct("0.8"), DayCount.ACT_365))
    start, balance, last, found = date(2022, 11, 26), 150000, 0, []
    for after, paid in ((4, 45688), (35, 45688), (66, 45688), (94, 45688), (125, 45684)):
        piece = Segment(start + timedelta(days=last), start + timedelta(days=after), balance)
        interest = interest_minor(accrue([piece], rates), Rounding.DOWN)
        balance, last = balance - (paid - interest), after
        found.append(interest)
    assert found == [4800, 27059, 22439, 15060, 9078]
    assert balance == 0


@pytest.mark.parametrize(
    ("principal", "share", "so_far", "more", "added"),
    (
        # FSharp.Finance.Personal InterestTests: of 150 more, only 125 is added.
        (20000, 1, 7500, 15000, 12500),
        (20000, 1, 0, 15000, 15000),
        (20000, 1, 20000, 1, 0),
        (20000, 1, 25000, 1, 0),
        (49900, Fraction("1.2345"), 61600, 100, 1),
    ),
)
def test_uk_total_cap(principal, share, so_far, more, added):
    allowed = total_allowed(principal, Fraction(share))
    assert within_total(Fraction(so_far), Fraction(more), allowed) == added


@pytest.mark.parametrize(
    ("rate", "cap", "count", "daily", "annual"),
    (
        ("0.1", None, DayCount.ACT_365, "0.1", "36.5"),
        ("0.05", None, DayCount.ACT_365, "0.05", "18.25"),
        ("0.05", None, DayCount.ACT_360, "0.05", "18"),
        ("10", "0.8", DayCount.ACT_365, "0.8", "292"),
    ),
)
def test_daily_and_annual_rates(rate, cap, count, daily, annual):
    found = daily_rate(pct(rate), pct(cap) if cap else None)
    assert (found, annual_from_daily(found, count)) == (pct(daily), pct(annual))


def test_limits_refuse_what_cannot_be():
    with pytest.raises(ValueError, match="actual/actual"):
        annual_from_daily(pct("1"), DayCount.ACT_ACT)
    with pytest.raises(ValueError, match="not negative"):
        total_allowed(-1, Fraction(1))
    with pytest.raises(ValueError, match="not negative"):
        within_total(Fraction(0), Fraction(-1), 1)


COUNTS, BOTH = (
    st.sampled_from([c for c in DayCount if c is not DayCount.MONTHLY]),
    st.sampled_from(Ends),
)
RATES = st.fractions(0, 1, max_denominator=1000)
STEPS = st.lists(st.tuples(st.integers(1, 200), st.integers(0, 10**9)), min_size=1, max_size=6)


def laid(steps):
    found, at = [], START
    for days, principal in steps:
        found.append(Segment(at, at + timedelta(days=days), principal))
        at = found[-1].end
    return found


@given(STEPS, RATES, RATES, st.integers(0, 300), COUNTS, BOTH)
def test_a_higher_rate_never_gives_less(steps, one, other, after, count, ends):
    low, high = sorted((one, other))
    split = START + timedelta(days=after)
    before = RateSpan(date.min, split, low)
    mixed = [before, RateSpan(split + timedelta(days=1), None, high)]
    totals = [
        sum(p.interest for p in accrue(laid(steps), rates, count, ends))
        for rates in (flat_rate(low), mixed, flat_rate(high))
    ]
    assert totals == sorted(totals)


@given(STEPS, RATES, st.integers(1, 1000), COUNTS, BOTH)
def test_splitting_rates_or_segments_changes_nothing(steps, rate, after, count, ends):
    segments = laid(steps)
    split = START + timedelta(days=after)
    halves = [RateSpan(date.min, split, rate), RateSpan(split + timedelta(days=1), None, rate)]
    cut = [
        piece
        for s in segments
        for piece in (
            (Segment(s.start, split, s.principal_minor), Segment(split, s.end, s.principal_minor))
            if s.start < split < s.end
            else (s,)
        )
    ]
    whole = sum(p.interest for p in accrue(segments, flat_rate(rate), count, ends))
    for parts in (accrue(segments, halves, count, ends), accrue(cut, flat_rate(rate), count, ends)):
        assert sum(p.interest for p in parts) == whole


@given(STEPS, RATES)
def test_both_ends_in_gives_each_run_one_day_more(steps, rate):
    def days(ends):
        return sum(p.days for p in accrue(laid(steps), flat_rate(rate), ends=ends))

    assert days(Ends.BOTH_IN) == days(Ends.FIRST_IN_LAST_OUT) + 1


@given(STEPS, st.lists(st.tuples(st.integers(0, 900), RATES), min_size=1, max_size=4), COUNTS)
def test_the_meters_of_a_line_give_the_same_exactly(steps, changes, count):
    """Whole grains lose nothing; rates here have at most twelve places, as a meter wants."""
    starts = sorted(dict(changes).items())
    rates, periods = [], []
    for number, (after, rate) in enumerate(starts):
        first = date.min if number == 0 else START + timedelta(days=after)
        last = number == len(starts) - 1
        end = None if last else START + timedelta(days=starts[number + 1][0] - 1)
        exact = Fraction(round(rate * 10**6), 10**6)
        rates.append(RateSpan(first, end, exact))
        clock = clock_of(count, START)
        periods.append(RatePeriod(start=first, end=end, rate_year=exact, clock=clock))
    meter, segments = Meter(periods), laid(steps)
    for segment in segments:
        meter.change(segment.start, segment.principal_minor, 0, UUID(int=1))
    end = segments[-1].end
    exact = sum((p.interest for p in accrue(segments, rates, count)), Fraction(0))
    assert meter.minor(end) == to_minor(exact, Rounding.HALF_UP)
    meter.change(end, 0, 0, UUID(int=1))
    assert Fraction(meter.segments[-1].upto if meter.segments else 0, meter.unit) == exact
