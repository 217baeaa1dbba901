"""A contract's terms, stated as data, and the lines that they give: the published cases first."""

from datetime import timedelta

import pytest

from domain.cases.lending import ChargeKind, LenderClass, LoanCalledDue, LoanDisbursed
from domain.cases.terms import (
    Capitalised,
    DayCount,
    Ends,
    Grace,
    Instalments,
    InterestRounding,
    PaymentPart,
    RatePeriod,
    Renewal,
    Repayment,
    Terms,
)
from domain.facts import Grade
from domain.figures.position import position
from domain.figures.ruled import ruled
from domain.money import Money
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.histories import CaseFile, cny, day

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())
PRIVATE = {"lender_class": LenderClass.PRIVATE}
BANK = {"lender_class": LenderClass.BANK}


def yearly(pct, **more):
    return Terms(rate_pct=pct, rate_period=RatePeriod.YEAR, **more)


def loans_of(case, as_of):
    return {loan.loan_id: loan for loan in ruled(case.history(), day(as_of), BOOKS).loans}


def lines_of(case, as_of, loan=None):
    loans = loans_of(case, as_of)
    found = loans[loan] if loan else next(iter(loans.values()))
    return {line.line_id: line for line in found.lines}


def lent(case, on, amount, terms, **more):
    loan = case.loan(on, amount, terms=terms, **(BANK | more))
    case.disbursed(on, loan, amount)
    return loan


# Day counts


@pytest.mark.parametrize(
    ("count", "ends", "as_of", "interest"),
    (
        # 100,000 at 12 % from 2024-01-31
        (None, None, "2024-03-01", "986.30"),  # 30 days of 365
        (DayCount.ACT_360, None, "2024-03-01", "1000.00"),
        (DayCount.THIRTY_360, None, "2024-03-01", "1033.33"),  # from the 30th: 31 days of 360
        (DayCount.ACT_ACT, None, "2024-03-01", "983.61"),  # 30 days of 366
        (DayCount.MONTHLY, None, "2024-02-29", "1000.00"),  # a month, to its end
        (DayCount.MONTHLY, None, "2024-03-31", "2000.00"),
        (None, Ends.BOTH_IN, "2024-03-01", "1019.18"),  # 31 days of 365
        (DayCount.ACT_360, Ends.BOTH_IN, "2024-03-01", "1033.33"),
    ),
)
def test_interest_runs_by_the_clock_of_the_contract(count, ends, as_of, interest):
    case = CaseFile()
    lent(case, "2024-01-31", "100000", yearly("12", day_count=count, ends=ends))
    assert lines_of(case, as_of)["contract"].cost.amount == cny(interest)


def test_with_both_ends_in_the_day_of_payment_bears_interest_on_what_it_pays_back():
    """36,500 at 10 %: 10 yuan a day; half of it goes on the tenth day, which still bears 10."""
    case = CaseFile()
    loan = lent(case, "2024-01-01", "36500", yearly("10", ends=Ends.BOTH_IN))
    case.payment("2024-01-10", loan, "18350")  # ten days of interest, and half of the principal
    line = lines_of(case, "2024-01-20")["contract"]
    assert line.principal.amount == cny("18250")
    assert line.cost.amount == cny("50")  # the 11th to the 20th, both in, at 5 a day


def test_a_daily_rate_is_for_every_actual_day():
    """0.05 % a day on 10,000 for 31 days: 155, whatever the contract makes of a month."""
    for count in (None, DayCount.MONTHLY, DayCount.ACT_360):
        case = CaseFile()
        terms = Terms(rate_pct="0.05", rate_period=RatePeriod.DAY, day_count=count)
        lent(case, "2024-01-01", "10000", terms)
        assert lines_of(case, "2024-02-01")["contract"].cost.amount == cny("155")


def test_simple_daily_interest():
    """hledger-interest README: 1000 at 5 % actual/365 from 2010-09-26, 96 days: 13.15."""
    case = CaseFile()
    lent(case, "2010-09-26", "1000", yearly("5"))
    assert lines_of(case, "2010-12-31")["contract"].cost.amount == cny("13.15")


def test_interest_rounded_down_at_each_payment():
    """FSharp.Finance.Personal test 000: 1500 at 0.8 % a day, five payments, balance 0.00."""
    case = CaseFile()
    terms = Terms(
        rate_pct="0.8", rate_period=RatePeriod.DAY, rounding=InterestRounding.EACH_PERIOD_DOWN
    )
    start = day("2022-11-26")
    loan = case.loan("2022-11-26", "1", terms=terms, face_amount=Money(150000, "GBP"))
    case.record(
        LoanDisbursed(
            occurred_on=start, loan_id=loan, received=Money(150000, "GBP"), grade=Grade.BANK_LINE
        )
    )
    paid = ((4, 45688), (35, 45688), (66, 45688), (94, 45688), (125, 45684))
    for days, minor in paid:
        on = (start + timedelta(days=days)).isoformat()
        case.payment(on, loan, "1", amount=Money(minor, "GBP"))
    line = lines_of(case, (start + timedelta(days=125)).isoformat())["contract"]
    interest = [part.amount.minor for part in line.cost.parts if part.what == "interest"]
    assert interest == [4800, 27059, 22439, 15060, 9078]
    assert line.owed.amount == Money(0, "GBP")


# Methods of repayment


def test_flat_interest_is_on_all_that_was_lent():
    """Fineract RS01: 5000 at 12 % flat over 18 months: 5900 in all, 17 x 328 and 324."""
    case = CaseFile()
    regular = Instalments(number=18, first_due_on=day("2022-12-01"), unit=cny("1"))
    terms = yearly("12", repayment=Repayment.FLAT, day_count=DayCount.MONTHLY, instalments=regular)
    loan = lent(case, "2022-11-01", "5000", terms)
    case.payment("2022-12-01", loan, "328")
    line = lines_of(case, "2024-05-01")["contract"]
    assert line.owed.amount == cny("5572")  # 5900 less 328: paying back lowers no flat interest
    (position_of,) = position(case.history(), day("2024-05-02")).loans
    assert position_of.arrears.amount == cny("5572")
    assert position_of.arrears_basis == "schedule"
    due = [part.amount for part in position_of.arrears.parts]
    assert due == [cny("328")] * 16 + [cny("324")]


@pytest.mark.parametrize(
    ("method", "more", "first", "last"),
    (
        # Fineract RS02: 5000 at 12 %, 18 months, whole units: 17 x 305 and 303.22
        (Repayment.LEVEL, {}, "305.00", "303.22"),
        (Repayment.EQUAL_PRINCIPAL, {}, "328.00", "276.74"),
        (Repayment.INTEREST_FIRST, {}, "50.00", "5050.00"),
        (Repayment.LEVEL, {"grace": 2, "grace_kind": Grace.INTEREST_ONLY}, "50.00", None),
    ),
)
def test_instalments_made_from_the_terms(method, more, first, last):
    case = CaseFile()
    regular = Instalments(number=18, first_due_on=day("2022-12-01"), unit=cny("1"), **more)
    terms = yearly("12", repayment=method, instalments=regular)
    lent(case, "2022-11-01", "5000", terms)
    (loan,) = position(case.history(), day("2024-06-01")).loans
    amounts = [part.amount for part in loan.arrears.parts]
    assert amounts[0] == cny(first)
    if last:
        assert amounts[-1] == cny(last)


def test_overdue_interest_is_on_the_instalments_that_are_overdue():
    """12,000 in three equal shares at 12 %, 18 % on what is overdue; nothing is paid.

    Each share of 4,000 bears the overdue rate from the day after its own due day.
    """
    case = CaseFile()
    regular = Instalments(number=3, first_due_on=day("2023-02-01"))
    terms = yearly(
        "12",
        overdue_rate_pct="18",
        overdue_rate_period=RatePeriod.YEAR,
        repayment=Repayment.EQUAL_PRINCIPAL,
        instalments=regular,
    )
    lent(case, "2023-01-01", "12000", terms)
    line = lines_of(case, "2023-03-04")["contract"]
    parts = [(p.what, p.principal.text(), p.start.isoformat()) for p in line.cost.parts]
    assert parts == [
        ("interest", "12000.00", "2023-01-01"),
        ("interest", "8000.00", "2023-02-02"),
        ("interest", "4000.00", "2023-03-02"),
        ("overdue-interest", "4000.00", "2023-02-02"),
        ("overdue-interest", "8000.00", "2023-03-02"),
    ]
    # 32 days on 12,000, 28 on 8,000, 2 on 4,000 at 12 %; 28 on 4,000, 2 on 8,000 at 18 %
    assert line.cost.amount == cny("265.64")


def test_a_loan_called_due_is_overdue_from_then_on():
    case = CaseFile()
    terms = yearly(
        "12", overdue_rate_pct="18", overdue_rate_period=RatePeriod.YEAR, due_on=day("2025-01-01")
    )
    loan = lent(case, "2024-01-01", "36500", terms)
    case.record(
        LoanCalledDue(
            occurred_on=day("2024-03-01"),
            loan_id=loan,
            due_on=day("2024-03-10"),
            grade=Grade.DOCUMENT,
        )
    )
    before = lines_of(case, "2024-02-29")["contract"]
    assert {part.rate_pct for part in before.cost.parts} == {"12"}
    line = lines_of(case, "2024-03-21")["contract"]
    # 70 days at 12 yuan, ten at 18
    assert line.cost.amount == cny("1020")


# Capitalisation and renewal


def test_unpaid_interest_becomes_principal_where_the_contract_says_so():
    """10,000 at 12 %, a month a twelfth, capitalised monthly: 10,000 x 1.01^3 = 10,303.01."""
    case = CaseFile()
    terms = yearly("12", day_count=DayCount.MONTHLY, capitalised=Capitalised.MONTHLY)
    lent(case, "2024-01-01", "10000", terms)
    line = lines_of(case, "2024-04-01")["contract"]
    assert line.owed.amount == cny("10303.01")
    assert [p.amount for p in line.principal.parts if p.what == "became-principal"] == [
        cny("100"),
        cny("101"),
        cny("102.01"),
    ]


def test_compound_interest_is_held_to_simple_interest_at_the_cap():
    """Article 27: first principal and simple interest at the cap, and no more."""
    case = CaseFile()
    terms = yearly("14.8", capitalised=Capitalised.YEARLY)
    case_loan = case.loan("2022-03-01", "100000", terms=terms, **PRIVATE)
    case.disbursed("2022-03-01", case_loan, "100000")
    lines = lines_of(case, "2024-02-29")  # 730 days; the cap is 4 x 3.70
    assert lines["contract"].owed.amount == cny("131790.40")
    assert lines["private-lending"].owed.amount == cny("129600")


def renewed(case, on, earlier, carried, *, fresh="0", terms=None, **more):
    face = Money(cny(carried).minor + cny(fresh).minor, "CNY").text()
    renewal = Renewal(loan_id=earlier, carried_over=cny(carried))
    loan = case.loan(on, face, terms=terms, renews=renewal, **(PRIVATE | more))
    if fresh != "0":
        case.disbursed(on, loan, fresh)
    return loan


def test_a_re_signed_debt():
    """Rule art. 27 (worked-examples.md): step 1 gives 114,800, the ceiling 129,600."""
    case = CaseFile()
    first = case.loan("2022-02-01", "100000", terms=yearly("15"), **PRIVATE)
    case.disbursed("2022-02-01", first, "100000")
    second = renewed(case, "2023-02-01", first, "115000", terms=yearly("15"))
    before = lines_of(case, "2023-02-01", second)["private-lending"]
    assert before.principal.amount == cny("114800")
    assert before.owed.amount == cny("114800")
    lines = lines_of(case, "2024-02-01", second)
    assert lines["contract"].owed.amount == cny("132250")
    # The LPR fell between the two signatures, from 3.70 to 3.65 (law/cn.md 1.6 has both sums).
    assert lines["private-lending:first-contract"].owed.amount == cny("129600")
    assert lines["private-lending"].owed.amount == cny("129200")
    loans = loans_of(case, "2024-02-01")
    assert loans[first].lines == ()
    assert loans[first].renewed_by == second


def test_interest_over_the_cap_does_not_come_back_after_a_renewal():
    """A second contract below the cap gives no room for what was over it in the first."""
    case = CaseFile()
    first = case.loan("2022-02-01", "100000", terms=yearly("36"), **PRIVATE)
    case.disbursed("2022-02-01", first, "100000")
    second = renewed(case, "2023-02-01", first, "136000", terms=yearly("1"))
    line = lines_of(case, "2024-02-01", second)["private-lending"]
    assert line.principal.amount == cny("114800")
    assert line.cost.amount == cny("1148")


def test_a_renewal_that_names_less_gives_the_rest_up():
    case = CaseFile()
    first = case.loan("2022-02-01", "100000", terms=yearly("10"), **PRIVATE)
    case.disbursed("2022-02-01", first, "100000")
    second = renewed(case, "2023-02-01", first, "95000", terms=yearly("10"))
    for line_id in ("contract", "private-lending"):
        line = lines_of(case, "2023-02-01", second)[line_id]
        assert (line.principal.amount, line.cost.amount) == (cny("95000"), cny("0"))


def test_fresh_money_comes_on_top_and_payments_on_the_old_loan_count():
    case = CaseFile()
    first = case.loan("2022-02-01", "100000", terms=yearly("10"), **PRIVATE)
    case.disbursed("2022-02-01", first, "100000")
    second = renewed(case, "2023-02-01", first, "110000", fresh="20000", terms=yearly("10"))
    case.payment("2023-02-11", first, "1000")
    line = lines_of(case, "2023-02-11", second)["contract"]
    # ten days at 10 % on 130,000 are 356.16; the rest of the payment goes to principal
    assert line.principal.amount == cny("129356.16")


def test_a_renewal_as_recorded():
    """Without any rate: what stood open on the old loan goes into the new one."""
    case = CaseFile()
    first = case.loan("2024-01-01", "1000")
    case.disbursed("2024-01-01", first, "1000")
    case.charge("2024-02-01", first, "50")
    second = renewed(case, "2024-03-01", first, "1050", fresh="100", lender_class=LenderClass.BANK)
    case.payment("2024-04-01", second, "150")
    by = {loan.loan_id: loan for loan in position(case.history(), day("2024-04-02")).loans}
    assert by[first].owed.amount == cny("0")
    assert by[second].owed.amount == cny("1000")
    earlier = {loan.loan_id: loan for loan in position(case.history(), day("2024-02-29")).loans}
    assert earlier[first].owed.amount == cny("1050")


def test_head_interest_does_not_come_back_in_a_new_contract():
    """90,000 received of 100,000; the new paper names 100,000 again, and no interest was agreed."""
    case = CaseFile()
    first = case.loan("2022-02-01", "100000", **PRIVATE)
    case.disbursed("2022-02-01", first, "90000", withheld="10000")
    second = renewed(case, "2023-02-01", first, "100000")
    lines = lines_of(case, "2023-02-01", second)
    assert lines["contract"].owed.amount == cny("100000")
    assert lines["private-lending"].owed.amount == cny("90000")


# The order of payment


def test_an_agreed_order_is_used():
    """Principal first: 20,000 paid on 100,000 with 36,000 of interest lowers the principal."""
    order = (
        PaymentPart.COSTS,
        PaymentPart.PRINCIPAL,
        PaymentPart.INTEREST,
        PaymentPart.PENALTY,
        PaymentPart.FEES,
    )
    case = CaseFile()
    loan = lent(case, "2021-01-01", "100000", yearly("12", payment_order=order))
    case.charge("2022-01-01", loan, "300", ChargeKind.COURT_FEE)
    case.payment("2024-01-01", loan, "20300")
    line = lines_of(case, "2024-01-01")["contract"]
    assert line.apart.amount == cny("0")
    assert line.principal.amount == cny("80000")
    assert line.cost.amount == cny("36000")


def test_costs_of_realising_the_claim_come_first_by_statute():
    case = CaseFile()
    loan = lent(case, "2021-01-01", "100000", yearly("12"))
    case.charge("2022-01-01", loan, "300", ChargeKind.COURT_FEE)
    case.payment("2022-01-01", loan, "12300")
    line = lines_of(case, "2022-01-01")["licensed-24"]
    figures = [line.principal.amount, line.cost.amount, line.apart.amount]
    assert figures == [cny("100000"), cny("0"), cny("0")]


def test_an_agreed_order_holds_for_the_entries_as_recorded_too():
    order = (
        PaymentPart.PRINCIPAL,
        PaymentPart.INTEREST,
        PaymentPart.PENALTY,
        PaymentPart.FEES,
        PaymentPart.COSTS,
    )
    case = CaseFile()
    loan = lent(case, "2024-01-01", "1000", Terms(payment_order=order))
    case.charge("2024-02-01", loan, "50", ChargeKind.INTEREST)
    case.payment("2024-03-01", loan, "600")
    (found,) = position(case.history(), day("2024-03-01")).loans
    assert (found.principal.amount, found.interest.amount) == (cny("400"), cny("50"))
