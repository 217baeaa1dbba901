"""Printed figures that need a contract's own terms: rounding, renewal, whole-unit instalments."""

from datetime import timedelta

import pytest

from domain.cases.court import Claimant, SuitFiled
from domain.cases.lending import LenderClass, LoanDisbursed, RatePeriod, Renewal, Terms
from domain.cases.payments import PaymentChannel, PaymentMade
from domain.cases.terms import InterestRounding
from domain.facts import Grade
from domain.figures.ruled import ruled
from domain.money import Money
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.histories import CaseFile, cny, day

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())


def lines(case, as_of):
    return {
        line.line_id: line
        for loan in ruled(case.history(), day(as_of), BOOKS).loans
        for line in loan.lines
    }


def amounts(figure, what):
    return [part.amount.text() for part in figure.parts if part.what == what]


def test_the_uk_daily_cap_by_the_contracts_own_line():
    """FSharp.Finance.Personal test 000: 0.8 % a day on 1,500.00, rounded down at each payment."""
    case = CaseFile()
    terms = Terms(
        rate_pct="0.8",
        rate_period=RatePeriod.DAY,
        rounding=InterestRounding.EACH_PERIOD_DOWN,
    )
    of = {"grade": Grade.BANK_LINE}
    loan = case.loan("2022-11-26", "1", face_amount=Money(150000, "GBP"), terms=terms)
    lent = Money(150000, "GBP")
    case.record(LoanDisbursed(occurred_on=day("2022-11-26"), loan_id=loan, received=lent, **of))
    for after, paid in ((4, 45688), (35, 45688), (66, 45688), (94, 45688), (125, 45684)):
        on = day("2022-11-26") + timedelta(days=after)
        case.record(
            PaymentMade(
                occurred_on=on,
                credited_on=on,
                loan_id=loan,
                amount=Money(paid, "GBP"),
                channel=PaymentChannel.BANK_TRANSFER,
                **of,
            )
        )
    line = lines(case, "2023-04-01")["contract"]
    assert amounts(line.cost, "interest") == ["48.00", "270.59", "224.39", "150.60", "90.78"]
    assert (line.owed.amount.text(), line.overpaid.amount.text()) == ("0.00", "0.00")


@pytest.mark.parametrize("pct", ("15", "24"))
def test_the_re_signed_debt_by_the_caps_line(pct):
    """Rule art. 27: step 1 makes 114,800 of the 115,000; the ceiling is 129,600."""
    case = CaseFile()
    terms = Terms(rate_pct=pct, rate_period=RatePeriod.YEAR)
    kind = {"terms": terms, "lender_class": LenderClass.PRIVATE}
    first = case.loan("2022-02-01", "100000", **kind)
    case.disbursed("2022-02-01", first, "100000")
    carried = Renewal(loan_id=first, carried_over=cny("115000"))
    again = case.loan("2023-02-01", "115000", renews=carried, **kind)
    suit = SuitFiled(
        occurred_on=day("2024-02-01"),
        loan_ids=(again,),
        claimant=Claimant.LENDER,
        accepted_on=day("2024-02-01"),
        grade=Grade.DOCUMENT,
    )
    case.record(suit)
    # The first contract's LPR is 3.70, hence 14.8 %; the second's 3.65 gives 129,200.
    line = lines(case, "2024-02-01")["private-lending:first-contract"]
    assert line.principal.amount == cny("114800")
    assert line.owed.amount == cny("129600")
    assert lines(case, "2024-02-01")["private-lending"].owed.amount == cny("129200")
