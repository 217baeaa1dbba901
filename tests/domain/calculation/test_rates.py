"""Annual rates by every named method: published ones as tables, and what holds for any flows."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.calculation.flows import Flow, NotDefined, TimedFlow, netted_days
from domain.figures.calculation.rates import RATE_PLACES, RateMethod, annual_rate
from tests.domain.calculation.cash import every, loan, one, percent, timed

EU, US, XIRR = RateMethod.EU, RateMethod.US, RateMethod.XIRR
NOMINAL, EFFECTIVE = RateMethod.CN_NOMINAL, RateMethod.CN_EFFECTIVE


EU_1 = [Flow(date(1994, 1, 1), -100000), Flow(date(1995, 7, 1), 120000)]
EU_2 = [Flow(date(1994, 1, 1), -95000), Flow(date(1995, 7, 1), 120000)]


@pytest.mark.parametrize(
    ("flows", "options", "rate"),
    (
        # Directive 98/7/EC Annex II: days over 365, over 365.25, equal months.
        (EU_1, {}, "12.96"),
        (EU_1, {"days_a_year": Fraction("365.25")}, "12.97"),
        (timed((0, -100000), (18, 120000)), {"periods_a_year": 12}, "12.92"),
        # Example 2: fifty of the thousand kept back.
        (EU_2, {}, "16.90"),
        # Example 3: 600 after one and two years.
        (timed((0, -100000), (1, 60000), (2, 60000)), {"periods_a_year": 1}, "13.07"),
        # Example 4: 272 after three and six months, 544 after twelve.
        (
            timed((0, -100000), (3, 27200), (6, 27200), (12, 54400)),
            {"periods_a_year": 12},
            "13.19",
        ),
    ),
)
def test_eu_directive(flows, options, rate):
    assert percent(annual_rate(EU, flows, **options), 2) == Decimal(rate)


def test_xirr_as_documented():
    """The spreadsheet function's own example prints 0.373362535, to be true within 0.000001 %.

    The root is 0.37336253352: the last printed digit is the spreadsheet's own error.
    """
    flows = [
        Flow(date(2008, 1, 1), -1000000),
        Flow(date(2008, 3, 1), 275000),
        Flow(date(2008, 10, 30), 425000),
        Flow(date(2009, 2, 15), 325000),
        Flow(date(2009, 4, 1), 275000),
    ]
    found = annual_rate(XIRR, flows)
    assert abs(found - Decimal("0.373362535")) < Decimal("1e-8")
    assert found.quantize(Decimal("1e-11")) == Decimal("0.37336253352")
    assert annual_rate(XIRR, flows) == annual_rate(EU, flows)


THREE_FEN = every(1, "2024-02-01", 11, 3000) + one("2025-01-01", 103000)


def sixths(count):
    """Three times 20,000 against 20,000/6 + 600, which is whole only so."""
    return loan(6000000, "2024-01-15", every(1, "2024-02-15", count, 1180000))


@pytest.mark.parametrize(
    ("method", "flows", "options", "rate"),
    (
        # wwpfw.com 108045: 20,000 in six payments of 20,000/6 + 600.
        (NOMINAL, sixths(6), {}, "59.3316"),
        (
            NOMINAL,
            timed((0, 6000000), *((n, -1180000) for n in range(1, 7))),
            {"periods_a_year": 12},
            "59.3316",
        ),
        # The same root, compounded over twelve months.
        (EFFECTIVE, sixths(6), {}, "78.4458"),
        # One payment after whole months: nominal by the term, effective by compounding days.
        (NOMINAL, loan(100000, "2024-01-31", one("2024-07-31", 112000)), {}, "24.0000"),
        (EFFECTIVE, loan(100000, "2023-01-31", one("2024-01-31", 124000)), {}, "24.0000"),
        # 3 fen a month for a year, interest each month: 36 % nominal, 42.5761 % effective.
        (
            NOMINAL,
            loan(100000, "2024-01-01", THREE_FEN),
            {},
            "36.0000",
        ),
        (
            EFFECTIVE,
            loan(100000, "2024-01-01", THREE_FEN),
            {},
            "42.5761",
        ),
    ),
)  # fmt: skip
def test_chinese_methods(method, flows, options, rate):
    assert percent(annual_rate(method, flows, **options), 4) == Decimal(rate)


def test_on_irregular_days_only_the_effective_rate_is_defined():
    flows = loan(100000, "2024-01-01", one("2024-01-11", 50000) + one("2024-03-20", 55000))
    assert annual_rate(NOMINAL, flows) is NotDefined.NO_COMMON_PERIOD
    assert annual_rate(EFFECTIVE, flows) == annual_rate(XIRR, flows) > 0


@pytest.mark.parametrize("method", tuple(RateMethod))
@pytest.mark.parametrize(
    ("amounts", "reason"),
    (
        ((), NotDefined.NO_SIGN_CHANGE),
        ((100,), NotDefined.NO_SIGN_CHANGE),
        ((100, 100, 100), NotDefined.NO_SIGN_CHANGE),
        ((-100, 0, -100), NotDefined.NO_SIGN_CHANGE),
        ((0, 0), NotDefined.NO_SIGN_CHANGE),
        ((100, -230, 132), NotDefined.SEVERAL_SIGN_CHANGES),
        ((-50, 100, -60), NotDefined.SEVERAL_SIGN_CHANGES),
        ((100, -50, 100, -170), NotDefined.SEVERAL_SIGN_CHANGES),
    ),
)
def test_no_rate_is_no_number(method, amounts, reason):
    """100, -230, 132 has the two roots 10 % and 20 %: neither is the rate."""
    dated = [Flow(date(2024, 1 + n, 1), amount) for n, amount in enumerate(amounts)]
    assert annual_rate(method, dated) is reason
    periods = [TimedFlow(Fraction(n), amount) for n, amount in enumerate(amounts)]
    assert annual_rate(method, periods, 12) is reason


def test_growth_without_measure_is_out_of_range():
    flows = [Flow(date(2024, 1, 1), 1), Flow(date(2024, 1, 2), -(10**10))]
    assert annual_rate(XIRR, flows) is NotDefined.OUT_OF_RANGE
    back = [Flow(date(2024, 1, 1), 10**10), Flow(date(2024, 1, 2), -1)]
    assert annual_rate(XIRR, back) is NotDefined.OUT_OF_RANGE


@pytest.mark.parametrize("method", tuple(RateMethod))
def test_a_loan_without_cost_has_exactly_nought(method):
    flows = loan(120000, "2024-01-10", every(1, "2024-02-10", 12, 10000))
    assert annual_rate(method, flows) == 0


@pytest.mark.parametrize("method", tuple(RateMethod))
def test_a_loan_forgiven_in_part_has_a_negative_rate(method):
    assert (
        -1 < annual_rate(method, loan(120000, "2024-01-10", every(1, "2024-02-10", 11, 10000))) < 0
    )


def test_what_moves_on_one_day_is_one_flow():
    """A fee taken out of the disbursement is a smaller disbursement, in whatever order."""
    net = loan(96000, "2024-01-10", every(1, "2024-02-10", 12, 9000))
    fee = [Flow(date(2024, 1, 10), -4000), *loan(100000, "2024-01-10", [])]
    for flows in ([*fee, *net[1:]], [*reversed(net[1:]), *reversed(fee)]):
        for method in RateMethod:
            assert annual_rate(method, flows) == annual_rate(method, net)
    assert netted_days([*fee, Flow(date(2024, 1, 9), 5), Flow(date(2024, 1, 9), -5)]) == net[:1]


@pytest.mark.parametrize(
    ("flows", "options", "reason"),
    (
        (timed((0, 100), (1, -110)), {}, "periods in a year"),
        (timed((0, 100), (1, -110)), {"periods_a_year": 0}, "periods in a year"),
        (timed((-1, 100), (1, -110)), {"periods_a_year": 12}, "nought or later"),
        (EU_1, {"periods_a_year": 12}, "say themselves"),
        ([*EU_1, *timed((0, 100))], {"periods_a_year": 12}, "all dated or all timed"),
    ),
)
def test_flows_that_cannot_be_timed_are_refused(flows, options, reason):
    with pytest.raises(ValueError, match=reason):
        annual_rate(EU, flows, **options)


PAYMENTS = st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 10**8)), min_size=1, max_size=15)


def borrowed(advanced, payments):
    start = date(2020, 1, 31)
    return [
        Flow(start, advanced),
        *(Flow(start + timedelta(days=after), -amount) for after, amount in payments),
    ]


@given(st.integers(10**4, 10**8), PAYMENTS)
def test_the_rate_makes_the_present_value_nil(advanced, payments):
    flows = borrowed(advanced, payments)
    rate = annual_rate(XIRR, flows)
    if isinstance(rate, NotDefined):
        assert rate is NotDefined.OUT_OF_RANGE
        return

    def value(at):
        return sum(f.minor * (1 + at) ** (-Decimal((f.on - flows[0].on).days) / 365) for f in flows)

    # Lent first and paid back after: the value rises with the rate, and passes nil at it.
    slack = max(RATE_PLACES, rate * Decimal("1e-20"))
    if rate - slack > -1:
        assert value(rate - slack) <= 0
    assert value(rate + slack) >= 0


@given(st.integers(10**4, 10**8), PAYMENTS, st.integers(1, 10**6), st.sampled_from((XIRR, US)))
def test_a_dearer_loan_has_a_higher_rate(advanced, payments, more, method):
    (after, amount), *others = payments
    dearer = [(after, amount + more), *others]
    rates = [annual_rate(method, borrowed(advanced, one)) for one in (payments, dearer)]
    if not any(isinstance(rate, NotDefined) for rate in rates):
        assert rates[0] <= rates[1]


@given(st.integers(10**4, 10**8), PAYMENTS, st.sampled_from(RateMethod), st.randoms())
def test_neither_order_nor_the_sides_matter(advanced, payments, method, random):
    flows = borrowed(advanced, payments)
    rate = annual_rate(method, flows)
    mirrored = [Flow(flow.on, -flow.minor) for flow in flows]
    random.shuffle(mirrored)
    assert annual_rate(method, mirrored) == rate


@given(st.integers(10**6, 10**9), st.integers(1, 60), st.integers(0, 600))
def test_nominal_is_below_effective_and_finds_the_rate_lent_at(advanced, periods, tenths):
    """Interest each month at an exact rate, the principal at the end: the rate is that rate."""
    rate = Fraction(tenths, 1000)
    scaled = advanced * 12000
    flows = timed((0, scaled), *((n, -scaled * rate / 12) for n in range(1, periods)))
    flows.append(TimedFlow(Fraction(periods), int(-scaled * (1 + rate / 12))))
    flows = [TimedFlow(flow.periods, int(flow.minor)) for flow in flows]
    nominal = annual_rate(NOMINAL, flows, 12)
    assert nominal == Decimal(tenths) / 1000
    assert annual_rate(EFFECTIVE, flows, 12) >= nominal
