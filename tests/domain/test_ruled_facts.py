"""Facts that settle what a line had to leave open: the cost table, the day of the decision."""

import pytest

from domain.cases.court import Claimant, SuitDecided, SuitFiled
from domain.cases.lending import ChargeKind, CostTableShown, LenderClass, ShownCost
from domain.cases.terms import RatePeriod, Terms
from domain.facts import Grade
from domain.figures.ruled import ruled
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.histories import CaseFile, cny, day

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())


def yearly(pct):
    return Terms(rate_pct=pct, rate_period=RatePeriod.YEAR)


def loan_of(case, as_of):
    (found,) = ruled(case.history(), day(as_of), BOOKS).loans
    return found


def line_of(case, as_of, line_id):
    return next(line for line in loan_of(case, as_of).lines if line.line_id == line_id)


def disclosed_case(on="2026-08-10", **table):
    case = CaseFile()
    loan = case.loan(on, "12000", terms=yearly("36"), lender_class=LenderClass.BANK)
    case.disbursed(on, loan, "12000")
    if table:
        shown = CostTableShown(loan_id=loan, occurred_on=day(on), grade=Grade.DOCUMENT, **table)
        case.record(shown)
    return case, loan


def test_the_disclosed_cost_is_unknown_until_the_table_is_on_record():
    case, _ = disclosed_case()
    line = line_of(case, "2026-10-01", "disclosed-cost")
    assert "cost table" in line.owed.unknown.settled_by
    assert loan_of(case, "2026-10-01").disclosure_unknown is not None


def test_what_was_disclosed_limits_the_cost():
    case, _ = disclosed_case(annual_cost_pct="18.25", items=(ShownCost(kind=ChargeKind.INTEREST),))
    line = line_of(case, "2026-08-20", "disclosed-cost")
    # ten days at 18.25 % on 12,000, where the contract says 36 %
    assert line.cost.amount == cny("60")


def test_charges_that_the_table_does_not_name():
    named = (ShownCost(kind=ChargeKind.GUARANTEE_FEE, payee="Pan"),)
    case, loan = disclosed_case(items=named)
    case.charge("2026-09-10", loan, "50", ChargeKind.GUARANTEE_FEE, charged_by="Pan")
    strange = case.charge("2026-09-10", loan, "198", ChargeKind.MEMBERSHIP_FEE)
    found = loan_of(case, "2026-10-01").disclosure
    assert (found.state, found.not_in_table) == ("charges-not-in-table", (strange,))
    assert found.amount == cny("198")


def test_older_loans_have_no_table():
    case, _ = disclosed_case(on="2026-07-31")
    loan = loan_of(case, "2026-10-01")
    assert (loan.disclosure, loan.disclosure_unknown) == (None, None)


@pytest.mark.parametrize(
    ("decided_on", "splits"), (("2020-12-20", False), ("2021-01-05", True), (None, True))
)
def test_a_case_decided_before_2021_keeps_the_transition_of_autumn_2020(decided_on, splits):
    """law/cn.md 1.2: the amended rule reaches cases of autumn 2020 that are still undecided."""
    case = CaseFile()
    loan = case.loan("2018-03-15", "100000", terms=yearly("24"), lender_class=LenderClass.PRIVATE)
    case.disbursed("2018-03-15", loan, "100000")
    suit = case.record(
        SuitFiled(
            occurred_on=day("2020-09-10"),
            loan_ids=(loan,),
            claimant=Claimant.LENDER,
            accepted_on=day("2020-09-15"),
            grade=Grade.DOCUMENT,
        )
    )
    if decided_on:
        case.record(SuitDecided(occurred_on=day(decided_on), suit_id=suit, grade=Grade.COURT_FOUND))
    line = line_of(case, "2021-02-01", "private-lending")
    assert ("2020-08-19" in line.why) is splits
