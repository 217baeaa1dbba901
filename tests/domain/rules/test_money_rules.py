"""Rules on sums, against published results (law/worked-examples.md)."""

from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.lending import ChargeKind, LenderClass
from domain.figures.figure import Unknown
from domain.money import Money
from domain.rules.cn.compounding import Stretch, ceiling, compounding, years_between
from domain.rules.cn.counts_in import counts_in
from domain.rules.cn.court_fee import court_fee
from domain.rules.cn.delay_interest import Reduction, Stay, delay_interest
from domain.rules.cn.disclosure import Charged, Disclosed, ShownCost, disclosure_check
from domain.rules.cn.head_interest import Disbursed, TakeBack, principal_received
from domain.rules.cn.void_loans import Occupancy, VoidFinding, void_loan
from domain.rules.pack import pack_of
from domain.rules.rounding import half_up
from tests.domain.rules.conftest import NEW, SHIPPED, day


def yuan(text):
    return Money.parse(text.replace(",", ""), "CNY")


def entry(number):
    return UUID(int=number)


# Head interest: published principals. lent, kept back, principal
PRINCIPALS = """
40,000  4,000 36,000  Tanghe county court, pvnews.cn 2024-03-05
20,000    800 19,200  Shanting district court, 2021 case 326
200,000 4,000 196,000
50,000  3,500 46,500
20,000    600 19,400
"""


@pytest.mark.parametrize("row", PRINCIPALS.strip().splitlines())
def test_the_principal_is_what_arrived(row):
    lent, kept, expected = (yuan(cell) for cell in row.split()[:3])
    at_source = Disbursed(entry_id=entry(1), on=day("2021-01-15"), received=lent - kept)
    assert principal_received([at_source]).amount == expected
    whole = Disbursed(entry_id=entry(1), on=day("2021-01-15"), received=lent)
    back = TakeBack(entry_id=entry(2), on=day("2021-01-15"), amount=kept, found=True)
    assert principal_received([whole], [back]).amount == expected


def test_a_take_back_that_nobody_found_is_an_open_question():
    paid_out = Disbursed(entry_id=entry(1), on=day("2021-01-15"), received=yuan("1000"))
    backs = [
        TakeBack(entry_id=entry(n), on=day("2021-01-15"), amount=yuan("100"), found=found)
        for n, found in ((2, None), (3, False), (4, True))
    ]
    found = principal_received([paid_out], backs)
    assert (found.amount, found.open_questions) == (yuan("900"), (entry(2),))
    assert found.counted == (entry(1), entry(4))


def test_no_disbursement_or_too_much_taken_back_is_unknown():
    paid_out = Disbursed(entry_id=entry(1), on=day("2021-01-15"), received=yuan("100"))
    back = TakeBack(entry_id=entry(2), on=day("2021-01-15"), amount=yuan("101"), found=True)
    assert isinstance(principal_received([]), Unknown)
    assert isinstance(principal_received([paid_out], [back]), Unknown)


# Court fee measures art. 13: the published vectors, then each edge and one yuan beyond.
FEES = """
37,000     725        362.50
100,000    2,300      1,150
200,000    4,300      2,150
500,000    8,800      4,400
1,000,000  13,800     6,900
0.01       50         25
10,000     50         25
10,001     50.03      25.01
10,000.20  50.01      25.00
100,001    2,300.02   1,150.01
200,001    4,300.02   2,150.01
500,001    8,800.01   4,400.01
1,000,001  13,800.01  6,900.00
2,000,000  22,800     11,400
5,000,000  46,800     23,400
10,000,000 81,800     40,900
20,000,000 141,800    70,900
20,000,200 141,801    70,900.50
"""


@pytest.mark.parametrize("row", FEES.strip().splitlines())
def test_the_court_fee(row):
    claim, fee, half = (yuan(cell) for cell in row.split())
    found = court_fee(claim)
    assert (found.fee, found.half) == (fee, half)


@pytest.mark.parametrize("claim", (Money(0, "CNY"), Money(-1, "CNY"), Money(100, "USD")))
def test_no_court_fee_without_a_sum_in_yuan(claim):
    assert isinstance(court_fee(claim), Unknown)


@given(st.integers(1, 10**12), st.integers(1, 10**9))
def test_a_higher_claim_never_costs_less(claim, more):
    assert court_fee(Money(claim, "CNY")).fee <= court_fee(Money(claim + more, "CNY")).fee


def test_delay_interest_of_the_published_case():
    found = delay_interest(yuan("100000"), day("2024-01-31"), day("2024-05-10"))
    assert (found.total, found.stretches[0].days) == (yuan("1750.00"), 100)


def test_delay_interest_ends_on_each_payment_day():
    paid = [
        Reduction(on=day("2024-03-11"), amount=yuan("30000")),
        Reduction(on=day("2024-03-11"), amount=yuan("20000")),
        Reduction(on=day("2024-06-01"), amount=yuan("50000")),
    ]
    found = delay_interest(yuan("100000"), day("2024-01-31"), day("2024-05-10"), paid)
    # 40 days on 100,000 = 700.00; 60 days on 50,000 = 525.00
    assert [s.interest for s in found.stretches] == [yuan("700.00"), yuan("525.00")]
    assert (found.total, found.unpaid) == (yuan("1225.00"), yuan("50000"))


def test_delay_interest_before_the_end_of_the_period_and_in_a_stay():
    assert delay_interest(yuan("1000"), day("2024-01-31"), day("2024-01-31")).total.minor == 0
    early = [Reduction(on=day("2024-01-10"), amount=yuan("100000"))]
    done = delay_interest(yuan("100000"), day("2024-01-31"), day("2024-05-10"), early)
    assert (done.total.minor, done.unpaid.minor) == (0, 0)
    stays = [
        Stay(start=day("2024-02-01"), end=day("2024-02-10")),
        Stay(start=day("2024-02-05"), end=day("2024-02-20")),
    ]
    found = delay_interest(yuan("100000"), day("2024-01-31"), day("2024-05-10"), (), stays)
    assert found.stretches[0].days == 80


# Re-signed debt, rule art. 27: LPR, step 1, ceiling.
@pytest.mark.parametrize(
    ("lpr", "step_one", "limit"),
    (("3.70", "114800", "129600"), ("3.65", "114600", "129200")),
)
def test_the_re_signed_debt(lpr, step_one, limit):
    year = [Stretch(4 * Decimal(lpr), Fraction(1))]
    found = compounding(yuan("100000"), [(yuan("115000"), year)], year, yuan("132250"))
    assert (found.principal, found.ceiling) == (yuan(step_one), yuan(limit))
    assert found.lawful == yuan(limit)


def test_compounding_below_the_cap_stays_as_agreed():
    year = [Stretch(Decimal("14.8"), Fraction(1))]
    found = compounding(yuan("100000"), [(yuan("108000"), year)], year, yuan("116640"))
    assert (found.principal, found.lawful) == (yuan("108000"), yuan("116640"))


def test_years_are_actual_days_over_365():
    assert years_between(day("2022-03-01"), day("2023-03-01")) == 1
    assert years_between(day("2024-01-01"), day("2025-01-01")) == Fraction(366, 365)
    with pytest.raises(ValueError, match="before it starts"):
        years_between(day("2024-01-02"), day("2024-01-01"))


@given(st.integers(1, 10**11), st.lists(st.integers(0, 800), min_size=1, max_size=5))
def test_no_chain_of_renewals_passes_the_ceiling(minor, spans):
    first, cap = Money(minor, "CNY"), Decimal("14.8")
    times = [[Stretch(cap, Fraction(days, 365))] for days in spans]
    greedy = Money(10**14, "CNY")
    found = compounding(first, [(greedy, time) for time in times[:-1]], times[-1], greedy)
    assert found.lawful <= ceiling(first, [part for time in times for part in time])


def test_the_void_loan_of_jingning():
    finding = VoidFinding(entry_id=entry(9), found_on=day("2020-07-02"))
    found = void_loan(finding, yuan("150000"), yuan("59000"), SHIPPED)
    assert (found.left, found.refund) == (yuan("91000"), yuan("0"))
    assert isinstance(found.occupancy_unknown, Unknown)


OCCUPANCY = (
    (Occupancy.NONE, None, None),
    (Occupancy.LPR, "2020-07-02", Decimal("3.85")),
    (Occupancy.LPR, None, Unknown),
    (Occupancy.LPR, "2018-07-02", Unknown),
    (Occupancy.DEPOSIT_RATE, None, Unknown),
    (Occupancy.NOT_SAID, None, Unknown),
)


@pytest.mark.parametrize(("said", "on", "expected"), OCCUPANCY)
def test_the_fee_for_having_had_the_money_is_what_the_finding_says(said, on, expected):
    finding = VoidFinding(
        entry_id=entry(9), found_on=day("2020-07-02"), occupancy=said, rate_on=day(on)
    )
    found = void_loan(finding, yuan("100"), yuan("160"), SHIPPED)
    assert (found.left, found.refund) == (yuan("0"), yuan("60"))
    if expected is Unknown:
        assert isinstance(found.occupancy_unknown, Unknown)
    else:
        assert (found.occupancy_rate_pct, found.occupancy_unknown) == (expected, None)


def test_which_charges_count_into_the_cap():
    switched = pack_of("cn@2026.2+enforcement-costs-outside-cap")
    outside = {kind for kind in ChargeKind if not counts_in(kind, NEW).inside}
    assert outside == {ChargeKind.COURT_FEE}
    outside = {kind for kind in ChargeKind if not counts_in(kind, switched).inside}
    assert outside == {ChargeKind.COURT_FEE, ChargeKind.LAWYER_FEE, ChargeKind.COLLECTION_COST}
    assert "courts" in counts_in(ChargeKind.LAWYER_FEE, NEW).why


FEE = Charged(entry_id=entry(1), kind=ChargeKind.SERVICE_FEE, amount=yuan("300"))
CLUB = Charged(
    entry_id=entry(2), kind=ChargeKind.MEMBERSHIP_FEE, amount=yuan("99"), payee="Platform"
)
TABLE = [ShownCost(kind=ChargeKind.SERVICE_FEE)]


def test_charges_that_the_table_does_not_name():
    check = disclosure_check(day("2026-08-01"), LenderClass.BANK, TABLE, [FEE, CLUB])
    assert (check.state, check.not_in_table) == (Disclosed.NOT_IN_TABLE, (entry(2),))
    assert check.amount == yuan("99")
    assert disclosure_check(day("2026-08-01"), LenderClass.BANK, TABLE, [FEE]).amount is None
    named = [*TABLE, ShownCost(kind=ChargeKind.MEMBERSHIP_FEE, payee="Platform")]
    check = disclosure_check(day("2026-08-01"), LenderClass.BANK, named, [FEE, CLUB])
    assert check.state is Disclosed.COMPLETE
    nothing = disclosure_check(day("2026-08-01"), LenderClass.BANK, [], [FEE, CLUB])
    assert nothing.amount == yuan("399")


@pytest.mark.parametrize(
    ("formed", "kind", "expected"),
    (
        ("2026-07-31", "bank", Disclosed.NOT_APPLICABLE),
        ("2026-07-31", "unknown", Disclosed.NOT_APPLICABLE),
        ("2026-08-01", "private", Disclosed.NOT_APPLICABLE),
        ("2026-08-01", "unknown", None),
        ("2026-08-01", "trust", None),
    ),
)
def test_whether_the_table_is_owed_at_all(formed, kind, expected):
    check = disclosure_check(day(formed), LenderClass(kind), None, [FEE])
    assert isinstance(check, Unknown) if expected is None else check.state is expected


@given(st.fractions(-(10**6), 10**6))
def test_half_up_is_the_nearest_unit_and_halves_go_outward(exact):
    rounded = half_up(exact, "CNY").minor
    assert abs(rounded - exact) <= Fraction(1, 2)
    assert half_up(-exact, "CNY").minor == -rounded


@pytest.mark.parametrize(("exact", "fen"), (("0.5", 1), ("0.49", 0), ("1.5", 2), ("-2.5", -3)))
def test_halves(exact, fen):
    assert half_up(Decimal(exact), "CNY").minor == fen
