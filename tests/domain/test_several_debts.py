"""A payment that names none of several debts to one creditor (民法典 art. 560)."""

from itertools import permutations

import pytest

from domain.cases.deciding import decide
from domain.cases.deciding.commands import Record
from domain.cases.history import replay
from domain.cases.terms import RatePeriod, Terms
from domain.figures.position import position
from domain.figures.ruled import ruled
from domain.refusals import Code
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.domain.test_deciding import RULES
from tests.histories import CaseFile, cny, day, in_order

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())


def debt(case, amount, pct, due_on, **more):
    terms = Terms(rate_pct=pct, rate_period=RatePeriod.YEAR, due_on=day(due_on))
    loan = case.loan("2024-01-01", amount, terms=terms, **({"security": cny("0")} | more))
    case.disbursed("2024-01-01", loan, amount)
    return loan


def owed(case, as_of, line_id="contract"):
    found = {}
    for loan in ruled(case.history(), day(as_of), BOOKS).loans:
        line = next(line for line in loan.lines if line.line_id == line_id)
        found[loan.loan_id] = line.owed.amount or line.owed.unknown
    return found


@pytest.mark.parametrize(
    ("one", "other", "paid", "left"),
    (
        # What is due comes first: the second is due, the first is not yet.
        (("24", "2025-06-01"), ("6", "2024-06-01"), "500", ("1119.67", "529.92")),
        # Both due: the heavier one.
        (("24", "2024-06-01"), ("6", "2024-03-01"), "500", ("619.67", "1029.92")),
        # As heavy: the one due earlier.
        (("12", "2024-06-01"), ("12", "2024-03-01"), "500", ("1059.84", "559.84")),
        # The same day: in proportion.
        (("12", "2024-06-01"), ("12", "2024-06-01"), "500", ("809.84", "809.84")),
        # What the first cannot take goes to the next.
        (("24", "2024-06-01"), ("6", "2024-03-01"), "1620", ("0", "529.59")),
    ),
)
def test_the_rank_of_debts(one, other, paid, left):
    """Two loans of 1,000; 182 days at 24, 12 and 6 % are 119.67, 59.84 and 29.92."""
    case = CaseFile()
    first, second = debt(case, "1000", *one), debt(case, "1000", *other)
    case.payment("2024-07-01", first, paid, also_for=(second,))
    found = owed(case, "2024-07-01")
    assert [found[first], found[second]] == [cny(amount) for amount in left]


def test_a_debt_that_is_secured_less_comes_first():
    case = CaseFile()
    first = debt(case, "1000", "24", "2024-06-01", security=cny("800"))
    second = debt(case, "1000", "6", "2024-06-01")
    case.payment("2024-07-01", first, "500", also_for=(second,))
    found = owed(case, "2024-07-01")
    assert (found[first], found[second]) == (cny("1119.67"), cny("529.92"))
    by = {loan.loan_id: loan for loan in position(case.history(), day("2024-07-01")).loans}
    assert (by[first].owed.amount, by[second].owed.amount) == (cny("1000"), cny("500"))


def test_without_the_facts_that_decide_nothing_is_guessed():
    case = CaseFile()
    first = debt(case, "1000", "24", "2024-06-01", security=None)
    second = debt(case, "1000", "6", "2024-06-01")
    apart = debt(case, "700", "6", "2024-06-01")
    case.payment("2024-07-01", first, "500", also_for=(second,))
    found = owed(case, "2024-07-01")
    for loan in (first, second):
        assert "secured" in found[loan].reason
        assert "which debt the client named" in found[loan].settled_by
    assert found[apart] > cny("700")
    by = {loan.loan_id: loan for loan in position(case.history(), day("2024-07-01")).loans}
    assert by[first].owed.unknown is not None
    assert by[apart].owed.amount == cny("700")
    # Before the payment everything is known.
    assert owed(case, "2024-06-30")[first] > cny("1000")


def test_a_payment_that_names_its_debt_goes_there():
    case = CaseFile()
    first, second = debt(case, "1000", "24", "2024-06-01"), debt(case, "1000", "6", "2025-06-01")
    case.payment("2024-07-01", second, "500")
    assert owed(case, "2024-07-01")[second] < cny("531")
    assert owed(case, "2024-07-01")[first] > cny("1100")


def test_the_same_in_whatever_order_it_was_recorded():
    def told(case):
        return ruled(case, day("2025-01-01"), BOOKS).loans, position(case, day("2025-01-01")).loans

    case = CaseFile()
    first, second = debt(case, "1000", "24", "2024-06-01"), debt(case, "1000", "6", "2024-03-01")
    case.payment("2024-07-01", first, "900", also_for=(second,))
    case.payment("2024-08-01", second, "100")
    case.payment("2024-08-01", second, "600", also_for=(first,))
    once = told(case.history())
    for order in list(permutations(range(len(case.events()) - 1)))[::97]:
        events = in_order(case, lambda early, order=order: [early[at] for at in order])
        assert told(replay(case.case_id, events)) == once


def test_several_debts_are_to_one_lender_and_named_once():
    case = CaseFile()
    first = debt(case, "1000", "24", "2024-06-01")
    other = debt(case, "1000", "6", "2024-03-01", lender="Another")
    paid = case.fact(case.payment("2024-07-01", first, "1"))

    def refused(also_for):
        fact = type(paid)(
            loan_id=first,
            also_for=also_for,
            occurred_on=paid.occurred_on,
            amount=paid.amount,
            channel=paid.channel,
            grade=paid.grade,
        )
        return decide(case.history(), Record(fact), RULES)

    assert refused((other,)).code is Code.ENTRY_WRONG_KIND
    assert refused((first,)).code is Code.LIST_REPEATS
