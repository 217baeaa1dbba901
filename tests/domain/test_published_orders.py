"""The same facts in all six orders: the same balances and the same allocation, payment by payment.

frappe/lending pull 878: a demand of 2025-03-05, payments of 2025-03-20 and 2025-03-16.
"""

from itertools import permutations

import pytest

from domain.cases.lending import ChargeKind, LenderClass, RatePeriod, Terms
from domain.figures.position import position
from domain.figures.ruled import ruled
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.histories import CaseFile, day

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())
AS_OF = day("2025-06-30")
ORDERS = tuple(permutations(range(3)))


def recorded(order):
    """The three facts in an order, on a loan of 1,000 at 12 %."""
    case = CaseFile()
    terms = Terms(rate_pct="12", rate_period=RatePeriod.YEAR)
    loan = case.loan("2025-01-01", "1000", terms=terms, lender_class=LenderClass.PRIVATE)
    case.disbursed("2025-01-01", loan, "1000")
    steps = (
        lambda: case.charge("2025-03-05", loan, "80", ChargeKind.SERVICE_FEE),
        lambda: case.payment("2025-03-20", loan, "300"),
        lambda: case.payment("2025-03-16", loan, "50"),
    )
    for number in order:
        steps[number]()
    return case


def told(figure):
    """A figure with its allocation: what each movement took or gave, and on which day."""
    amount = figure.amount.text() if figure.amount else None
    return amount, [(part.on, part.what, part.amount.text()) for part in figure.parts]


def by_the_records(case):
    (loan,) = position(case.history(), AS_OF).loans
    names = ("principal", "interest", "penalty", "fees", "owed", "paid", "overpaid")
    return {name: told(getattr(loan, name)) for name in names}


def by_the_lines(case):
    (loan,) = ruled(case.history(), AS_OF, BOOKS).loans
    names = ("principal", "cost", "apart", "owed", "overpaid")
    return {
        (line.line_id, name): told(getattr(line, name)) for line in loan.lines for name in names
    }


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("reading", (by_the_records, by_the_lines))
def test_the_same_balances_and_the_same_allocation(order, reading):
    assert reading(recorded(order)) == reading(recorded(ORDERS[0]))


def test_the_earlier_payment_is_used_first_on_what_was_charged():
    """50 of the 80 on 03-16, the other 30 and then principal on 03-20, in every order."""
    fees, parts = by_the_records(recorded(ORDERS[-1]))["fees"]
    assert fees == "0.00"
    assert [(str(on), what, amount) for on, what, amount in parts] == [
        ("2025-03-05", "charged", "80.00"),
        ("2025-03-16", "paid", "-50.00"),
        ("2025-03-20", "paid", "-30.00"),
    ]
    assert by_the_records(recorded(ORDERS[-1]))["principal"][0] == "730.00"
