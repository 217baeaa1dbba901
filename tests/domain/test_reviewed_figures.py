"""Figures that were once wrong, each worked out by hand."""

import pytest

from domain.cases.lending import ChargeKind, LenderClass, LoanCalledDue
from domain.cases.terms import (
    Capitalised,
    DayCount,
    Ends,
    Instalments,
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
from tests.histories import CaseFile, cny, day, due

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())
PRIVATE = {"lender_class": LenderClass.PRIVATE, "security": cny("0")}
BANK = {"lender_class": LenderClass.BANK}
YEAR = RatePeriod.YEAR
PRINCIPAL_FIRST = (
    PaymentPart.COSTS,
    PaymentPart.FEES,
    PaymentPart.PRINCIPAL,
    PaymentPart.INTEREST,
    PaymentPart.PENALTY,
)


def yearly(pct, **more):
    return Terms(rate_pct=pct, rate_period=YEAR, **more)


def lent(case, on, amount, terms=None, **more):
    loan = case.loan(on, amount, terms=terms, **(PRIVATE | more))
    case.disbursed(on, loan, amount)
    return loan


def renewed(case, on, earlier, carried, *, fresh="0", terms=None, **more):
    face = Money(cny(carried).minor + cny(fresh).minor, "CNY").text()
    renewal = Renewal(loan_id=earlier, carried_over=cny(carried))
    return case.loan(on, face, terms=terms, renews=renewal, **(PRIVATE | more))


def line(case, as_of, loan, line_id="contract"):
    loans = {found.loan_id: found for found in ruled(case.history(), day(as_of), BOOKS).loans}
    return next(line for line in loans[loan].lines if line.line_id == line_id)


def amounts(found):
    """Principal, cost, apart, overpaid."""
    figures = (found.principal, found.cost, found.apart, found.overpaid)
    for figure in figures:
        assert sum(part.amount.minor for part in figure.parts) == figure.amount.minor
    return [figure.amount.text() for figure in figures]


def positions(case, as_of):
    return {loan.loan_id: loan for loan in position(case.history(), day(as_of)).loans}


# One loan


def test_flat_interest_ends_when_everything_is_paid_back():
    """12,000 at 12 % flat: 360 of interest in three months, all paid; nothing runs after that."""
    case = CaseFile()
    regular = Instalments(number=12, first_due_on=day("2024-02-01"))
    terms = yearly("12", repayment=Repayment.FLAT, instalments=regular)
    loan = lent(case, "2024-01-01", "12000", terms, **BANK)
    case.payment("2024-04-01", loan, "12360")
    for line_id in ("contract", "licensed-24"):
        found = line(case, "2025-03-01", loan, line_id)
        assert amounts(found) == ["0.00", "0.00", "0.00", "0.00"]


def test_with_both_ends_in_the_last_day_of_overdue_interest_counts_too():
    """36,500 at 10 % both before and after the due day: ten yuan for each of twenty days."""
    case = CaseFile()
    terms = yearly(
        "10",
        overdue_rate_pct="10",
        overdue_rate_period=YEAR,
        due_on=day("2024-01-10"),
        ends=Ends.BOTH_IN,
    )
    loan = lent(case, "2024-01-01", "36500", terms)
    assert line(case, "2024-01-10", loan).cost.amount == cny("100")
    assert line(case, "2024-01-11", loan).cost.amount == cny("110")
    assert line(case, "2024-01-20", loan).cost.amount == cny("200")
    case.payment("2024-01-20", loan, "36700")
    assert amounts(line(case, "2024-02-20", loan)) == ["0.00", "0.00", "0.00", "0.00"]


def test_a_penalty_does_not_become_principal_where_the_interest_was_paid():
    """The first month's 100 is paid; then 50 of penalty and a second month's 100 stand open."""
    case = CaseFile()
    terms = yearly("12", day_count=DayCount.MONTHLY, capitalised=Capitalised.MONTHLY)
    loan = lent(case, "2024-01-01", "10000", terms, **BANK)
    case.payment("2024-02-01", loan, "100")
    case.charge("2024-02-02", loan, "50", ChargeKind.PENALTY)
    assert amounts(line(case, "2024-03-01", loan)) == ["10100.00", "50.00", "0.00", "0.00"]


def test_interest_kept_above_24_per_cent_meets_none_of_the_next_year():
    """36,000 paid on a year at 36 % stays paid; the second year bears 24,000 of its own."""
    case = CaseFile()
    loan = lent(case, "2018-01-01", "100000", yearly("36"))
    case.payment("2019-01-01", loan, "36000")
    found = line(case, "2020-01-01", loan, "private-lending")
    assert amounts(found) == ["100000.00", "24000.00", "0.00", "0.00"]
    new = renewed(case, "2019-01-01", loan, "100000", terms=yearly("24"))
    found = line(case, "2020-01-01", new, "private-lending")
    assert amounts(found) == ["100000.00", "24000.00", "0.00", "0.00"]


# Renewals


def first_of(case, pct="10", **more):
    return lent(case, "2022-02-01", "100000", yearly(pct, **more))


def test_flat_interest_of_a_renewal_is_on_what_the_new_contract_names():
    """90,000 is paid on 110,000; 12 % flat for a year on the 20,000 that are left is 2,400."""
    case = CaseFile()
    first = first_of(case)
    case.payment("2023-02-01", first, "90000")
    regular = Instalments(number=12, first_due_on=day("2023-03-01"))
    terms = yearly("12", repayment=Repayment.FLAT, instalments=regular)
    new = renewed(case, "2023-02-01", first, "20000", terms=terms)
    for line_id in ("contract", "private-lending"):
        found = line(case, "2024-02-01", new, line_id)
        assert amounts(found) == ["20000.00", "2400.00", "0.00", "0.00"]


def test_an_instalment_of_a_renewal_that_is_paid_is_not_overdue():
    """110,000 in two halves: the first is paid with its 6,545.75 of interest on its own day."""
    case = CaseFile()
    first = first_of(case)
    terms = yearly(
        "12",
        overdue_rate_pct="24",
        overdue_rate_period=YEAR,
        repayment=Repayment.EQUAL_PRINCIPAL,
        instalments=Instalments(number=2, first_due_on=day("2023-08-01"), every_months=6),
    )
    new = renewed(case, "2023-02-01", first, "110000", terms=terms)
    case.payment("2023-08-01", new, "61545.75")
    found = line(case, "2023-12-01", new)
    # 122 days at 12 % on 55,000
    assert amounts(found) == ["55000.00", "2206.03", "0.00", "0.00"]
    assert "overdue-interest" not in {part.what for part in found.cost.parts}


def test_the_order_of_the_new_contract_is_not_used_for_payments_before_it():
    """Ten yuan a day: 2,000 paid on the 200th day were interest; 165 days are open at its end."""
    case = CaseFile()
    first = lent(case, "2022-01-01", "36500", yearly("10"), **BANK)
    case.payment("2022-07-20", first, "2000")
    terms = yearly("10", payment_order=PRINCIPAL_FIRST)
    new = renewed(case, "2023-01-01", first, "38150", terms=terms, **BANK)
    found = line(case, "2023-01-01", new)
    assert amounts(found) == ["38150.00", "0.00", "0.00", "0.00"]
    assert [part.amount for part in found.cost.parts if part.what == "interest"] == [cny("3650")]
    case.charge("2023-02-01", new, "200", ChargeKind.SERVICE_FEE)
    case.payment("2023-02-01", new, "300")  # the fee, then 100 of principal
    assert line(case, "2023-02-01", new).principal.amount == cny("38050")


@pytest.mark.parametrize(
    ("pct", "carried", "owed"),
    (
        ("10", "110000", "126060.00"),  # 110,000 and 14.6 % of it; 4.8 % of room were left before
        ("14.8", "100000", "114600.00"),  # what was given up leaves no room either
    ),
)
def test_room_under_the_first_cap_does_not_pass_to_the_second_contract(pct, carried, owed):
    """Each contract's interest is cut at its own cap: the second, at 20 %, at 14.6."""
    case = CaseFile()
    new = renewed(case, "2023-02-01", first_of(case, pct), carried, terms=yearly("20"))
    for line_id in ("private-lending", "private-lending:first-contract"):
        assert line(case, "2024-02-01", new, line_id).owed.amount == cny(owed)


def test_costs_that_a_renewal_names_too_are_owed_once():
    case = CaseFile()
    first = lent(case, "2022-02-01", "10000")
    case.charge("2022-06-01", first, "300", ChargeKind.COURT_FEE)
    new = renewed(case, "2023-02-01", first, "10300")
    for line_id in ("contract", "private-lending"):
        found = line(case, "2023-03-01", new, line_id)
        assert amounts(found) == ["10300.00", "0.00", "0.00", "0.00"]


def test_what_a_new_contract_charges_on_its_first_day_is_not_given_up():
    case = CaseFile()
    new = renewed(case, "2023-02-01", first_of(case), "110000", terms=yearly("10"))
    case.charge("2023-02-01", new, "500", ChargeKind.SERVICE_FEE)
    assert amounts(line(case, "2023-02-01", new)) == ["110000.00", "500.00", "0.00", "0.00"]


def test_what_is_paid_on_a_new_contract_on_its_first_day_counts():
    """And what is paid on the old loan that day was paid before it was renewed."""
    case = CaseFile()
    first = first_of(case)
    case.payment("2023-02-01", first, "1000")
    new = renewed(case, "2023-02-01", first, "109000", terms=yearly("10"))
    case.payment("2023-02-01", new, "5000")
    for line_id in ("contract", "private-lending"):
        found = line(case, "2023-02-01", new, line_id)
        assert amounts(found) == ["104000.00", "0.00", "0.00", "0.00"]
    assert positions(case, "2023-02-01")[new].owed.amount == cny("104000")


def test_all_interest_of_a_renewal_becomes_principal_by_its_terms():
    """14,000 of interest and penalty were carried over; the year's 11,400 becomes principal."""
    case = CaseFile()
    first = lent(case, "2022-02-01", "100000", yearly("10"), **BANK)
    case.charge("2022-06-01", first, "4000", ChargeKind.PENALTY)
    terms = yearly("10", capitalised=Capitalised.YEARLY)
    new = renewed(case, "2023-02-01", first, "114000", terms=terms, **BANK)
    assert amounts(line(case, "2024-02-01", new)) == ["125400.00", "0.00", "0.00", "0.00"]


def test_the_overdue_rate_of_a_loan_renewed_before_its_due_day_is_not_asked_for():
    """It would have been an LPR that is not published yet: 172 days at 10 % on 10,000."""
    case = CaseFile()
    first = lent(case, "2026-01-01", "10000", Terms(due_on=day("2026-11-01")))
    new = renewed(case, "2026-06-01", first, "10000", terms=yearly("10"))
    assert amounts(line(case, "2026-11-20", new)) == ["10000.00", "471.23", "0.00", "0.00"]


def test_a_debt_counts_once_as_recorded_while_a_renewal_is_under_way():
    """Fresh money comes before the contract is signed; until then only the old debt is there."""
    case = CaseFile()
    first = lent(case, "2024-01-01", "1000")
    new = renewed(case, "2024-03-01", first, "1000", fresh="100")
    case.disbursed("2024-02-25", new, "100")
    for as_of, owed in (("2024-02-26", ("1000", "100")), ("2024-03-01", ("0", "1100"))):
        found = positions(case, as_of)
        assert (found[first].owed.amount, found[new].owed.amount) == tuple(map(cny, owed))
        assert position(case.history(), day(as_of)).totals[0].owed.amount == cny("1100")


def test_a_loan_that_was_renewed_is_not_in_arrears():
    case = CaseFile()
    schedule = due(("2024-02-01", "500"), ("2024-03-01", "500"))
    first = lent(case, "2024-01-01", "1000", Terms(schedule=schedule))
    renewed(case, "2024-03-05", first, "1000", terms=Terms(due_on=day("2025-01-01")))
    assert positions(case, "2024-03-04")[first].arrears.amount == cny("1000")
    assert positions(case, "2024-04-01")[first].arrears.amount == cny("0")
    assert position(case.history(), day("2024-04-01")).totals[0].arrears.amount == cny("0")


# Several debts


def debt(case, amount, pct, due_on, on="2024-01-01", **more):
    terms = Terms(rate_pct=pct, rate_period=YEAR if pct else None, due_on=day(due_on))
    return lent(case, on, amount, terms, **more)


def test_a_payment_for_a_loan_that_was_renewed_goes_to_the_new_one():
    """1,060 carried over and 31 days at 12 % are 1,070.80; the heavier debt takes all 500."""
    case = CaseFile()
    first, other = debt(case, "1000", "12", "2024-06-01"), debt(case, "1000", "6", "2024-06-01")
    new = renewed(case, "2024-07-01", first, "1060", terms=yearly("12"))
    case.payment("2024-08-01", first, "500", also_for=(other,))
    assert line(case, "2024-08-01", new).owed.amount == cny("570.80")
    assert line(case, "2024-08-01", other).owed.amount == cny("1035.01")


def test_where_the_order_is_not_known_the_loan_that_took_one_over_is_not_known_either():
    case = CaseFile()
    first = debt(case, "1000", "12", "2024-06-01", security=None)
    other = debt(case, "1000", "6", "2024-06-01")
    new = renewed(case, "2024-07-01", first, "1060", terms=yearly("12"))
    case.payment("2024-08-01", first, "500", also_for=(other,))
    assert "secured" in line(case, "2024-08-01", new).owed.unknown.reason
    assert positions(case, "2024-08-01")[new].owed.unknown is not None
    assert positions(case, "2024-07-31")[new].owed.amount == cny("1060")


def test_a_debt_that_was_called_due_ranks_as_due():
    """Both are due on the day of payment; the heavier one, called due, takes the payment."""
    case = CaseFile()
    first, other = debt(case, "1000", "24", "2025-06-01"), debt(case, "1000", "6", "2024-06-01")
    called = LoanCalledDue(
        occurred_on=day("2024-02-20"), loan_id=first, due_on=day("2024-03-01"), grade=Grade.DOCUMENT
    )
    case.record(called)
    case.payment("2024-07-01", first, "500", also_for=(other,))
    assert line(case, "2024-07-01", first).owed.amount == cny("619.67")
    assert positions(case, "2024-07-01")[first].owed.amount == cny("500")
    assert positions(case, "2024-07-01")[other].owed.amount == cny("1000")


def test_beside_a_debt_whose_line_is_not_known_none_is_guessed():
    """How much the other debt takes rests on an overdue rate that is not published."""
    case = CaseFile()
    first = debt(case, "1000", "24", "2026-10-30", on="2026-01-01", security=cny("500"))
    other = debt(case, "1000", None, "2026-10-25", on="2026-01-01")
    case.payment("2026-11-01", first, "500", also_for=(other,))
    assert "LPR" in line(case, "2026-11-02", first).owed.unknown.reason
    assert "LPR" in line(case, "2026-11-02", other).owed.unknown.reason


def test_the_last_day_of_a_contract_with_both_ends_in_is_its_own():
    """36,500 at 10 %, both in: 365 days are 3,650; the second, at 20 %, runs from the next day."""
    case = CaseFile()
    first = lent(case, "2022-01-01", "36500", yearly("10", ends=Ends.BOTH_IN), **BANK)
    new = renewed(case, "2022-12-31", first, "36500", terms=yearly("20"), **BANK)
    found = line(case, "2022-12-31", new)
    assert amounts(found) == ["36500.00", "0.00", "0.00", "0.00"]
    assert [part.amount for part in found.cost.parts if part.what == "interest"] == [cny("3650")]
    assert line(case, "2023-01-02", new).cost.amount == cny("20")


def test_unpaid_interest_over_24_per_cent_does_not_become_principal():
    """At 36 %, capitalised yearly, nothing paid: 124,000, and by the ceiling 148,000 after two."""
    case = CaseFile()
    terms = yearly("36", capitalised=Capitalised.YEARLY)
    loan = lent(case, "2018-01-01", "100000", terms)
    for as_of, owed in (("2019-01-01", "124000"), ("2020-01-01", "148000")):
        assert line(case, as_of, loan, "private-lending").owed.amount == cny(owed)


def test_which_of_several_payments_is_named_does_not_rest_on_the_order_of_recording():
    case = CaseFile()
    first = debt(case, "1000", "24", "2024-06-01", security=None)
    other = debt(case, "1000", "6", "2024-06-01")
    case.payment("2024-08-01", first, "500", also_for=(other,))
    early = case.payment("2024-07-01", first, "500", also_for=(other,))
    assert str(early) in line(case, "2024-08-01", first).owed.unknown.reason
    assert str(early) in line(case, "2024-08-01", other).owed.unknown.reason


def test_a_payment_that_may_be_for_a_new_contract_counts_on_its_first_day():
    """Both are due that day; the heavier one, of 1,060, takes all 500."""
    case = CaseFile()
    first, other = debt(case, "1000", "12", "2024-06-01"), debt(case, "1000", "6", "2024-06-01")
    terms = yearly("12", due_on=day("2024-07-01"))
    new = renewed(case, "2024-07-01", first, "1060", terms=terms)
    case.payment("2024-07-01", new, "500", also_for=(other,))
    assert line(case, "2024-07-01", new).owed.amount == cny("560")
