"""A payment and its reversal as Apache Fineract prints them, and that the row stays, marked."""

from domain.cases.lending import ChargeKind
from domain.figures.position import position
from projections.timeline import timeline
from tests.histories import CaseFile, cny, day

AS_OF = day("2023-06-01")


def loan_1612():
    """LoanRepayment.feature line 1612: 3,000 at 12 % flat, three of 1,030 from 2023-01-01.

    Fineract puts penalties and fee into the first instalment, which the payment of 2023-01-15
    pays; so they are recorded here as charged by then.
    """
    case = CaseFile()
    loan = case.loan("2023-01-01", "3000")
    case.disbursed("2023-01-01", loan, "3000")
    for on in ("2023-01-15", "2023-03-01", "2023-04-01"):
        case.charge(on, loan, "30")
    for kind in (ChargeKind.PENALTY, ChargeKind.PENALTY, ChargeKind.SERVICE_FEE):
        case.charge("2023-01-15", loan, "50", kind)
    return case, case.payment("2023-01-15", loan, "1180")


def standing(case, as_of=AS_OF):
    """(principal, interest, fee, penalty) used by the payment, and what is outstanding."""
    (loan,) = position(case.history(), as_of).loans
    buckets = (loan.principal, loan.interest, loan.fees, loan.penalty)
    used = [-sum(p.amount.minor for p in one.parts if p.what == "paid") for one in buckets]
    return used, loan.owed.amount


def test_the_payment_and_its_reversal_as_printed():
    """Principal 1000, interest 30, fee 50, penalty 100, 2060 open; reversed: nothing, 3240."""
    case, paid = loan_1612()
    assert standing(case) == ([100000, 3000, 5000, 10000], cny("2060"))
    case.reversed("2023-01-25", paid)
    assert standing(case) == ([0, 0, 0, 0], cny("3240"))
    # Interest of the second and third month is charged later.
    assert standing(case, day("2023-01-24")) == ([100000, 3000, 5000, 10000], cny("2000"))
    assert standing(case, day("2023-01-25")) == ([0, 0, 0, 0], cny("3180"))


def row(case, entry, as_of=AS_OF):
    (found,) = [one for one in timeline(case.history(), as_of=as_of).lines if one.entry_id == entry]
    return found


def test_the_row_is_still_shown_and_marked_reversed():
    case, paid = loan_1612()
    assert row(case, paid).ended is None
    reversal = case.reversed("2023-01-25", paid)
    shown = row(case, paid)
    assert (shown.amount, shown.ended.what) == (cny("1180"), "reversed")
    assert (shown.ended.on, shown.ended.entry_id) == (day("2023-01-25"), reversal)
    assert row(case, paid, day("2023-01-24")).ended is None
    case.withdrawn(reversal)
    assert row(case, paid).ended is None


def test_a_transfer_that_expired_is_marked_expired():
    case, _ = loan_1612()
    loan = next(iter(case.history().entries.values())).entry_id
    loan = case.loan("2023-01-01", "500")
    sent = case.payment("2023-05-01", loan, "300", credited_on=None)
    gone = case.expired("2023-05-02", sent)
    shown = row(case, sent)
    assert (shown.ended.what, shown.ended.on, shown.ended.entry_id) == (
        "expired",
        day("2023-05-02"),
        gone,
    )
