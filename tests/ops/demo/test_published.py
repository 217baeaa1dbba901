"""The published cases are among the demo's, with the figures that their sources print."""

from datetime import date

import pytest

from domain.cases.evidence import NoteAdded
from domain.cases.intake import CaseOpened
from domain.cases.lending import LenderClaimed, LoanTaken
from domain.cases.payments import PaymentExpired, PaymentMade
from domain.figures.position import position
from domain.money import Money

END = date(2026, 11, 19)


def loan_of(told, key, known_at=None):
    (found,) = position(told.history(key, known_at), END).loans
    return found


def standing(told, key, kind):
    return [fact for _, fact in told.history(key).standing(kind)]


@pytest.mark.parametrize(
    ("key", "figure", "published"),
    (
        ("tanghe", "lent", "36000.00"),
        ("tanghe", "withheld", "4000.00"),
        ("tanghe", "paid", "37000.00"),
        ("shanting", "lent", "19200.00"),
        ("jingning", "paid", "59000.00"),
        ("jingning", "principal", "91000.00"),
        ("chongchuan", "paid", "1600.00"),
        ("chongchuan", "pending", "0.00"),
        ("transition-a", "lent", "100000.00"),
        ("transition-b", "lent", "100000.00"),
        ("instalments-20000", "paid", "23599.98"),
        ("instalments-20000", "owed", "0.00"),
        ("head-interest-200000", "lent", "196000.00"),
        ("head-interest-50000", "lent", "46500.00"),
        ("head-interest-20000", "lent", "19400.00"),
        ("fineract-on-time", "owed", "4312.46"),
        ("fineract-reversal", "owed", "3240.00"),
        ("uk-daily-cap", "owed", "0.00"),
        ("uk-daily-cap", "paid", "2284.36"),
        ("hledger-daily", "owed", "1013.15"),
    ),
)
def test_the_figure_is_as_published(told, key, figure, published):
    assert getattr(loan_of(told, key), figure).amount.text() == published


def test_before_the_reversal_2060_was_outstanding(told):
    mark = told.report.marks["reversal"]
    assert loan_of(told, "fineract-reversal", mark.position).owed.amount.text() == "2060.00"


def test_the_same_facts_in_six_orders_give_one_position(told):
    loans = position(told.history("frappe-any-order"), END).loans
    figures = {
        tuple(
            getattr(loan, name).amount
            for name in ("principal", "interest", "penalty", "fees", "owed", "paid")
        )
        for loan in loans
    }
    assert (len(loans), len(figures)) == (6, 1)


@pytest.mark.parametrize(
    ("key", "instalments", "total"),
    (
        ("fineract-declining", 18, "5488.22"),
        ("fineract-flat", 18, "5900.00"),
        ("fineract-on-time", 6, "5175.46"),
        ("frappe-rounded-up", 20, "301034.00"),
        ("instalments-20000", 6, "23599.98"),
        ("uk-daily-cap", 5, "2284.36"),
    ),
)
def test_the_schedule_sums_as_published(told, key, instalments, total):
    (loan,) = standing(told, key, LoanTaken)
    amounts = [instalment.amount for instalment in loan.terms.schedule]
    assert len(amounts) == instalments
    assert sum(amounts[1:], amounts[0]).text() == total


@pytest.mark.parametrize(
    ("key", "rate", "period"),
    (
        ("tanghe", "10", "month"),
        ("jingning", "2.8", "month"),
        ("chongchuan", "3", "month"),
        ("transition-a", "24", "year"),
        ("transition-b", "24", "year"),
        ("uk-daily-cap", "0.8", "day"),
        ("hledger-daily", "5", "year"),
    ),
)
def test_the_rate_is_as_published(told, key, rate, period):
    (loan,) = standing(told, key, LoanTaken)
    assert (loan.terms.rate_pct, loan.terms.rate_period) == (rate, period)


def test_the_published_days_are_kept(told):
    (shanting,) = standing(told, "shanting", LoanTaken)
    assert (shanting.occurred_on, shanting.terms.due_on) == (date(2021, 4, 29), date(2021, 4, 30))
    assert shanting.terms.rate_pct is None
    (before,) = standing(told, "transition-a", LoanTaken)
    (after,) = standing(told, "transition-b", LoanTaken)
    assert (before.occurred_on.year, after.occurred_on.year) == (2018, 2020)
    assert after.occurred_on.month == 9
    (filed,) = standing(told, "transition-a", LenderClaimed)
    assert (filed.occurred_on.year, filed.occurred_on.month) == (2024, 1)
    (capped,) = standing(told, "uk-daily-cap", LoanTaken)
    paid = [p.credited_on for p in standing(told, "uk-daily-cap", PaymentMade)]
    assert [(on - capped.occurred_on).days for on in paid] == [4, 35, 66, 94, 125]


def test_the_transfer_that_expired_was_300(told):
    history = told.history("chongchuan")
    ((_, expired),) = history.standing(PaymentExpired)
    assert history.get(expired.payment_id, PaymentMade).amount == Money.parse("300", "CNY")


def test_the_signed_anew_debt_is_claimed_with_132250(told):
    (claim,) = standing(told, "re-signed", LenderClaimed)
    assert claim.stated_total == Money.parse("132250", "CNY")


def test_cases_with_invented_days_say_so(told):
    for key in ("tanghe", "jingning", "chongchuan", "re-signed", "instalments-20000"):
        notes = [fact.text.value for fact in standing(told, key, NoteAdded)]
        assert any("虚构" in text for text in notes), key


def test_the_british_case_keeps_british_time(told):
    (opened,) = standing(told, "uk-daily-cap", CaseOpened)
    assert opened.zone == "Europe/London"
