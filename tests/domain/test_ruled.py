"""Labelled lines under the pack `cn`: published cases, and the properties of functions.md 8."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cases.court import Claimant, SuitFiled
from domain.cases.findings import Finding, FindingRecorded, FoundBy
from domain.cases.history import replay
from domain.cases.lending import ChargeKind, LenderClass, LoanDisbursed, RatePeriod, Terms
from domain.codec import edge_out
from domain.facts import Grade
from domain.figures.ruled import ruled
from domain.money import Money
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.histories import CaseFile, cny, day, due, in_order

DATA = read_reference()
BOOKS = Books(pack=pack_of("cn@2026.2"), data=DATA)
PRIVATE = {"lender_class": LenderClass.PRIVATE}


def yearly(pct, **more):
    return Terms(rate_pct=pct, rate_period=RatePeriod.YEAR, **more)


def monthly(pct, **more):
    return Terms(rate_pct=pct, rate_period=RatePeriod.MONTH, **more)


def sued(case, loan, on, accepted_on):
    suit = SuitFiled(
        occurred_on=day(on),
        loan_ids=(loan,),
        claimant=Claimant.LENDER,
        accepted_on=day(accepted_on),
        grade=Grade.DOCUMENT,
    )
    return case.record(suit)


def found(case, loan, finding, about=None, on="2026-01-01"):
    return case.record(
        FindingRecorded(
            occurred_on=day(on),
            loan_id=loan,
            finding=finding,
            found_by=FoundBy.COURT,
            about_id=about,
            grade=Grade.COURT_FOUND,
        )
    )


def lines_of(case, as_of, books=BOOKS):
    (loan,) = ruled(case.history(), day(as_of), books).loans
    return {line.line_id: line for line in loan.lines}


def rates_of(line):
    """The rates that a line's interest was cut at or computed with, by first day."""
    interest = ("interest", "overdue-interest")
    return [(part.start, part.rate_pct) for part in line.cost.parts if part.what in interest]


def test_head_and_oral_interest():
    """Tanghe county court: 40,000 on paper, 36,000 sent, 10 % a month, 37,000 paid.

    Days of payment are not published: the invariants are tested, and that little is left.
    """
    case = CaseFile()
    loan = case.loan("2021-01-15", "40000", terms=monthly("10"), **PRIVATE)
    case.disbursed("2021-01-15", loan, "36000", withheld="4000")
    for number in range(10):
        case.payment((day("2021-02-15") + timedelta(days=35 * number)).isoformat(), loan, "3700")
    sued(case, loan, "2023-04-03", "2023-04-10")
    line = lines_of(case, "2023-04-15")["private-lending"]
    to_cost = -sum(p.amount.minor for p in line.cost.parts if p.what == "paid")
    to_principal = -sum(p.amount.minor for p in line.principal.parts if p.what == "paid")
    assert to_cost + to_principal == 3_700_000
    lent = [p.amount for p in line.principal.parts if p.what == "lent"]
    assert lent == [cny("36000")]
    assert line.principal.amount.minor == 3_600_000 - to_principal
    assert 0 < line.principal.amount.minor < 400_000


def test_no_interest_agreed_then_overdue_interest_at_the_lpr():
    """Shanting district court, 2021 case 326: 19,200, nothing in the term, 3.85 from 05-01."""
    case = CaseFile()
    terms = Terms(due_on=day("2021-04-30"))
    loan = case.loan("2021-04-29", "20000", terms=terms, **PRIVATE)
    case.disbursed("2021-04-29", loan, "19200", withheld="800")
    sued(case, loan, "2021-07-01", "2021-07-05")
    line = lines_of(case, "2021-08-09")["private-lending"]
    assert line.principal.amount == cny("19200")
    assert rates_of(line) == [(day("2021-05-01"), "3.85")]
    # 19,200 x 3.85 % x 100 days / 365
    assert line.cost.amount == cny("202.52")


def test_a_void_loan_bears_no_interest():
    """Jingning court: 150,000 lent, 59,000 paid as interest, 91,000 left."""
    case = CaseFile()
    loan = case.loan("2018-06-08", "150000", terms=monthly("2.8"), **PRIVATE)
    case.disbursed("2018-06-08", loan, "150000")
    case.payment("2019-06-08", loan, "59000")
    found(case, loan, Finding.LOAN_VOID, on="2020-07-02")
    assert "void" not in lines_of(case, "2020-07-01")
    line = lines_of(case, "2020-07-02")["void"]
    assert (line.principal.amount, line.cost.amount) == (cny("91000"), cny("0"))


@pytest.mark.parametrize(
    ("lent_on", "sued_on", "expected"),
    (
        ("2018-03-15", "2024-01-15", [("2018-03-15", "24"), ("2020-08-20", "13.8")]),
        ("2020-09-15", "2021-10-12", [("2020-09-15", "15.4")]),
    ),
    ids=["a", "b"],
)
def test_the_transition_of_2020(lent_on, sued_on, expected):
    """Netease legal column (2024): (a) 24 % to 2020-08-19, then 13.8 %; (b) 15.4 %."""
    case = CaseFile()
    loan = case.loan(lent_on, "100000", terms=yearly("24"), **PRIVATE)
    case.disbursed(lent_on, loan, "100000")
    sued(case, loan, sued_on, sued_on)
    line = lines_of(case, "2024-02-01")["private-lending"]
    as_of = day("2024-02-01")
    total = 0
    for number, (start, pct) in enumerate(expected):
        end = day(expected[number + 1][0]) if number + 1 < len(expected) else as_of
        total += 100_000_00 * float(pct) / 100 * (end - day(start)).days / 365
    assert abs(line.cost.amount.minor - total) <= 1
    assert line.owed.amount.minor == line.cost.amount.minor + 100_000_00


def test_the_same_loan_in_autumn_2020_and_in_january_2021():
    """The rule of transition itself changed on 2021-01-01 (law/cn.md 1.2)."""
    case = CaseFile()
    loan = case.loan("2018-03-15", "100000", terms=yearly("24"), **PRIVATE)
    case.disbursed("2018-03-15", loan, "100000")
    autumn = lines_of(case, "2020-12-01")["private-lending"]
    winter = lines_of(case, "2021-01-02")["private-lending"]
    assert autumn.hypothetical
    # Whole time at 4 x 3.85 = 15.4 % against 24 % up to 2020-08-19 and 15.4 % after.
    assert autumn.cost.amount.minor == round(100_000_00 * 0.154 * 992 / 365)
    assert winter.cost.amount.minor == round(100_000_00 * (0.24 * 889 + 0.154 * 135) / 365)


@pytest.mark.parametrize(
    ("paid", "principal"), (("36000", "100000"), ("40000", "96000")), ids=["36", "over-36"]
)
def test_what_was_paid_between_24_and_36_per_cent_stays_paid(paid, principal):
    """法释〔2015〕18号 arts. 26, 31: natural debt up to 36 %, refundable above."""
    case = CaseFile()
    loan = case.loan("2018-01-01", "100000", terms=yearly("48"), **PRIVATE)
    case.disbursed("2018-01-01", loan, "100000")
    case.payment("2019-01-01", loan, paid)
    sued(case, loan, "2020-01-10", "2020-01-15")
    line = lines_of(case, "2020-02-01")["private-lending"]
    assert line.principal.amount == cny(principal)


def test_fees_count_into_the_total_and_only_the_total_is_cut():
    case = CaseFile()
    loan = case.loan("2022-01-10", "10000", terms=yearly("10"), **PRIVATE)
    case.disbursed("2022-01-10", loan, "10000")
    case.charge("2022-02-10", loan, "2000", ChargeKind.SERVICE_FEE)
    sued(case, loan, "2023-01-05", "2023-01-10")
    lines = lines_of(case, "2023-01-10")
    # A year: 1,000 of interest and 2,000 of fees; 4 x 3.80 = 15.2 % allows 1,520.
    assert lines["contract"].cost.amount == cny("3000")
    assert lines["private-lending"].cost.amount == cny("1520")
    (cut,) = [p for p in lines["private-lending"].cost.parts if p.what == "over-the-cap"]
    assert cut.amount == cny("-1480")


def test_what_is_found_taken_back_was_never_lent():
    case = CaseFile()
    loan = case.loan("2022-01-10", "10000", **PRIVATE)
    case.disbursed("2022-01-10", loan, "10000")
    fee = case.charge("2022-01-10", loan, "1500", ChargeKind.SERVICE_FEE)
    paid = case.payment("2022-01-10", loan, "1500")
    found(case, loan, Finding.TAKEN_BACK, about=paid)
    found(case, loan, Finding.NOT_A_COST, about=fee)
    line = lines_of(case, "2026-02-01")["private-lending"]
    assert line.principal.amount == cny("8500")
    assert line.apart.amount == cny("1500")


def test_documented_counts_nobodys_mere_word():
    case = CaseFile()
    loan = case.loan("2022-01-10", "10000")
    case.disbursed("2022-01-10", loan, "10000")
    case.payment("2022-02-10", loan, "500", grade=Grade.CLIENT_SAYS)
    case.payment("2022-03-10", loan, "300")
    assert lines_of(case, "2022-04-01")["documented"].principal.amount == cny("9700")


def test_past_the_data_the_line_is_unknown_and_says_what_settles_it():
    case = CaseFile()
    loan = case.loan("2018-03-15", "100000", terms=yearly("24"), **PRIVATE)
    case.disbursed("2018-03-15", loan, "100000")
    line = lines_of(case, "2026-11-23")["private-lending"]
    assert line.owed.unknown is not None
    assert "2026-10-20" in line.owed.unknown.settled_by


def test_a_loan_in_another_currency_has_no_chinese_cap():
    case = CaseFile()
    loan = case.loan("2022-11-26", "1", face_amount=Money(150000, "GBP"))
    case.record(
        LoanDisbursed(
            occurred_on=day("2022-11-26"),
            loan_id=loan,
            received=Money(150000, "GBP"),
            grade=Grade.BANK_LINE,
        )
    )
    assert set(lines_of(case, "2022-12-26")) == {"contract", "documented"}


def test_the_open_filing_date_is_shown_to_move_the_figure():
    case = CaseFile()
    loan = case.loan("2018-03-15", "100000", terms=yearly("24"), **PRIVATE)
    case.disbursed("2018-03-15", loan, "100000")
    (ruled_loan,) = ruled(case.history(), day("2024-09-01"), BOOKS).loans
    owed = {s.value: s.owed.minor for s in ruled_loan.sensitivities}
    assert len(set(owed.values())) == 3


offsets = st.integers(0, 1500)
amounts = st.integers(1, 3_000_000)
FIRST = date(2018, 3, 1)


@st.composite
def cases(draw):
    case = CaseFile()
    rate = draw(st.sampled_from(["0", "6", "15.4", "24", "36", "60"]))
    loan = case.loan(FIRST.isoformat(), "100000", terms=yearly(rate), **PRIVATE)
    case.disbursed(FIRST.isoformat(), loan, Money(draw(st.integers(1, 10**7)), "CNY").text())
    for offset, minor, kind in draw(
        st.lists(st.tuples(offsets, amounts, st.sampled_from(["pay", *ChargeKind])), max_size=12)
    ):
        on = (FIRST + timedelta(days=offset)).isoformat()
        text = Money(minor, "CNY").text()
        if kind == "pay":
            case.payment(on, loan, text)
        else:
            case.charge(on, loan, text, kind)
    if draw(st.booleans()):
        on = (FIRST + timedelta(days=draw(offsets))).isoformat()
        sued(case, loan, on, on)
    return case


def as_bytes(value):
    return msgspec.json.encode(value, enc_hook=edge_out)


def known_lines(case, as_of):
    (loan,) = ruled(case.history(), as_of, BOOKS).loans
    return [line for line in loan.lines if line.owed.amount is not None]


@settings(max_examples=250, deadline=None)
@given(cases(), offsets)
def test_every_figure_is_the_sum_of_leaves_that_name_an_entry(case, offset):
    for line in known_lines(case, FIRST + timedelta(days=offset)):
        for figure in (line.principal, line.cost, line.apart, line.overpaid):
            assert figure.amount.minor == sum(p.amount.minor for p in figure.parts)
            assert figure.amount.minor >= 0
            assert all(part.entry_id in case.history().entries for part in figure.parts)
        parts = (line.principal, line.cost, line.apart)
        assert line.owed.amount.minor == sum(f.amount.minor for f in parts)


@settings(max_examples=250, deadline=None)
@given(cases(), offsets)
def test_the_law_never_gives_more_than_is_claimed_and_payments_are_all_accounted_for(case, offset):
    as_of = FIRST + timedelta(days=offset)
    for line in known_lines(case, as_of):
        cut = sum(p.amount.minor for p in line.cost.parts if p.what == "over-the-cap")
        assert cut <= 0
        paid = sum(
            p.amount.minor
            for f in (line.principal, line.cost, line.apart)
            for p in f.parts
            if p.what in ("paid", "set-off")
        )
        credited = sum(
            e.fact.amount.minor
            for e in case.history().entries.values()
            if e.fact.TOPIC == "payment-made" and e.fact.occurred_on <= as_of
        )
        assert line.overpaid.amount.minor - paid == credited


@settings(max_examples=150, deadline=None)
@given(cases(), st.randoms(use_true_random=False), offsets)
def test_order_of_recording_and_replaying_change_nothing(case, random, offset):
    as_of = FIRST + timedelta(days=offset)

    def mixed(events):
        shuffled = list(events)
        random.shuffle(shuffled)
        return shuffled

    once = as_bytes(ruled(case.history(), as_of, BOOKS))
    assert as_bytes(ruled(case.history(), as_of, BOOKS)) == once
    again = replay(case.case_id, in_order(case, mixed))
    assert as_bytes(ruled(again, as_of, BOOKS)) == once


@settings(max_examples=100, deadline=None)
@given(cases(), offsets, st.sampled_from(["0.05", "0.2", "1"]))
def test_a_higher_cap_never_lowers_what_is_owed(case, offset, more):
    from fractions import Fraction

    from domain.figures.chain import moved_steps
    from domain.figures.course import Course, Kind
    from domain.figures.metering import RatePeriod as Rate
    from domain.figures.running import run
    from domain.figures.story import story_of

    standing = list(case.history().entries.values())
    loan = next(e for e in standing if e.fact.TOPIC == "loan-taken")
    as_of = FIRST + timedelta(days=offset)
    steps = moved_steps(story_of(loan, standing, as_of))

    def owed(rate):
        caps = (Rate(start=FIRST, end=None, rate_year=rate),)
        claimed = (Rate(start=FIRST, end=None, rate_year=Fraction(3, 5)),)
        result = run(steps, Course(rates=claimed, caps=caps), as_of)
        return result.principal + result.cost - result.over

    low = Fraction("0.1")
    # Rounding at each payment may move a fen for every payment.
    assert owed(low + Fraction(more)) >= owed(low) - sum(step.kind is Kind.PAID for step in steps)


def test_a_schedule_alone_has_no_rate_and_none_is_invented():
    case = CaseFile()
    schedule = due(("2025-02-01", "600"), ("2025-03-01", "600"))
    loan = case.loan("2025-01-01", "1000", terms=Terms(schedule=schedule))
    case.disbursed("2025-01-01", loan, "1000")
    assert lines_of(case, "2025-06-01")["contract"].cost.amount == cny("0")
