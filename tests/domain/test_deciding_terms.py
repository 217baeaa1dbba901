"""Terms, renewals and guarantees that cannot be, each with its code and its field."""

import pytest

from domain.cases.deciding import decide
from domain.cases.deciding.commands import Record
from domain.cases.guarantees import GuaranteeGiven, GuarantorCalled
from domain.cases.lending import LoanCalledDue, LoanDisbursed, LoanTaken
from domain.cases.terms import (
    Instalments,
    PaymentPart,
    RatePeriod,
    Renewal,
    Repayment,
    Terms,
)
from domain.facts import Grade
from domain.money import Money
from domain.refusals import Code, Refusal
from tests.domain.test_deciding import RULES
from tests.histories import CaseFile, cny, day, due


def loan(terms=None, **more):
    values = {
        "occurred_on": day("2025-01-01"),
        "lender": "Kuaidai",
        "face_amount": cny("10000"),
        "grade": Grade.DOCUMENT,
        "terms": terms or Terms(),
    }
    return LoanTaken(**(values | more))


def regular(**more):
    values = {"number": 6, "first_due_on": day("2025-02-01")}
    return Terms(
        rate_pct="12",
        rate_period=RatePeriod.YEAR,
        repayment=Repayment.LEVEL,
        instalments=Instalments(**(values | more)),
    )


def decided(fact, case=None):
    return decide((case or CaseFile()).history(), Record(fact), RULES)


@pytest.mark.parametrize(
    ("terms", "code", "field"),
    (
        (Terms(payment_order=(PaymentPart.PRINCIPAL,)), Code.AMOUNT_INCONSISTENT, "payment_order"),
        (
            Terms(payment_order=(*PaymentPart, PaymentPart.FEES)),
            Code.AMOUNT_INCONSISTENT,
            "payment_order",
        ),
        (regular(number=0), Code.AMOUNT_INCONSISTENT, "instalments/number"),
        (regular(number=601), Code.AMOUNT_INCONSISTENT, "instalments/number"),
        (regular(every_months=5), Code.AMOUNT_INCONSISTENT, "instalments/every_months"),
        (regular(grace=6), Code.AMOUNT_INCONSISTENT, "instalments/grace"),
        (regular(balloon=cny("10000")), Code.AMOUNT_INCONSISTENT, "instalments/balloon"),
        (
            Terms(
                schedule=due(("2025-02-01", "5")),
                instalments=Instalments(number=1, first_due_on=day("2025-02-01")),
            ),
            Code.AMOUNT_INCONSISTENT,
            "instalments",
        ),
    ),
)
def test_terms_that_no_contract_has(terms, code, field):
    refusal = decided(loan(terms))
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.field) == (code, f"terms/{field}")


def test_instalments_before_the_contract():
    refusal = decided(loan(regular(first_due_on=day("2024-12-01"))))
    assert (refusal.code, refusal.field) == (Code.DATE_ORDER, "terms")


def test_terms_that_fit_are_recorded():
    assert not isinstance(decided(loan(regular(grace=2, balloon=cny("500")))), Refusal)
    order = Terms(payment_order=tuple(reversed(PaymentPart)))
    assert not isinstance(decided(loan(order)), Refusal)


def renewal(earlier, carried="9000", **more):
    return loan(renews=Renewal(loan_id=earlier, carried_over=cny(carried)), **more)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    (
        ({"carried": "10000.01"}, Code.AMOUNT_INCONSISTENT, "renews/carried_over"),
        ({"occurred_on": day("2024-05-31")}, Code.DATE_ORDER, "occurred_on"),
        ({"face_amount": Money(10**6, "USD")}, Code.CURRENCY_MIXED, "renews/carried_over"),
    ),
)
def test_a_renewal_that_cannot_be(more, code, field):
    case = CaseFile()
    earlier = case.loan("2024-06-01", "8000")
    refusal = decided(renewal(earlier, **more), case)
    assert (refusal.code, refusal.field) == (code, field)


def test_a_loan_is_taken_over_once():
    case = CaseFile()
    earlier = case.loan("2024-06-01", "8000")
    first = case.record(renewal(earlier))
    refusal = decided(renewal(earlier), case)
    assert (refusal.code, refusal.field) == (Code.ENTRY_IN_USE, "renews/loan_id")
    assert refusal.entries == (str(first),)


def test_only_fresh_money_is_paid_out_on_a_renewal():
    case = CaseFile()
    second = case.record(renewal(case.loan("2024-06-01", "8000")))
    case.disbursed("2025-01-01", second, "1000")
    more = LoanDisbursed(
        loan_id=second,
        occurred_on=day("2025-01-02"),
        received=cny("0.01"),
        grade=Grade.BANK_LINE,
    )
    refusal = decided(more, case)
    assert (refusal.code, refusal.field) == (Code.AMOUNT_INCONSISTENT, "received")


def test_a_loan_is_not_called_due_to_a_day_before_the_call():
    case = CaseFile()
    called = LoanCalledDue(
        loan_id=case.loan("2025-01-01", "100"),
        occurred_on=day("2025-06-02"),
        due_on=day("2025-06-01"),
        grade=Grade.DOCUMENT,
    )
    refusal = decided(called, case)
    assert (refusal.code, refusal.field) == (Code.DATE_ORDER, "due_on")


def test_guarantees_that_cannot_be():
    case = CaseFile()
    given = GuaranteeGiven(
        loan_id=case.loan("2025-01-01", "100"),
        occurred_on=day("2025-01-01"),
        until=day("2024-12-31"),
        grade=Grade.DOCUMENT,
    )
    assert decided(given, case).code is Code.DATE_ORDER
    called = GuarantorCalled(
        guarantee_id=case.loan("2025-01-01", "100"),
        occurred_on=day("2025-02-01"),
        grade=Grade.DOCUMENT,
    )
    assert decided(called, case).code is Code.ENTRY_WRONG_KIND
