"""Financial statements and help from family: months, shares, what is left, what lenders see."""

from datetime import UTC, date, datetime
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from domain.cases.budget import BudgetLine, Category, FinancialStatementMade, Side
from domain.cases.deciding import Record, Rules, decide
from domain.cases.helpers import (
    HelpContributed,
    HelpForgiven,
    HelpPledged,
    HelpPotOpened,
    HelpPotSettled,
    HelpRepaid,
    HelpRepaymentAgreed,
    PledgeTakenBack,
    Relation,
)
from domain.cases.history import replay
from domain.cases.payments import PayerKind
from domain.codec import edge_out
from domain.deadlines import State, deadlines
from domain.facts import Grade
from domain.figures.affordability import affordability
from domain.figures.calculation.monthly import (
    Frequency,
    a_month,
    parts_a_month,
    total_a_month,
)
from domain.figures.helping import helping
from domain.figures.position import position
from domain.figures.ruled import ruled
from domain.figures.statement import statements
from domain.refusals import Code, Refusal
from domain.warnings import AnsweredWarning, WarningCode
from ops.rechecking import shipped_books
from tests.histories import CaseFile, cny, day, due, said

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
RULES = Rules(now=NOW, today=date(2026, 11, 20), zones=frozenset({"Asia/Shanghai"}))
SAYS = Grade.CLIENT_SAYS


def income(amount, frequency=Frequency.MONTHLY, category=Category.WAGES):
    return BudgetLine(side=Side.INCOME, category=category, amount=cny(amount), frequency=frequency)


def goes(amount, frequency=Frequency.MONTHLY, category=Category.FOOD):
    return BudgetLine(
        side=Side.EXPENDITURE, category=category, amount=cny(amount), frequency=frequency
    )


def statement(*lines, on="2026-03-01", **fields):
    return FinancialStatementMade(occurred_on=day(on), grade=SAYS, lines=lines, **fields)


@pytest.fixture
def case():
    case = CaseFile()
    case.one = case.loan("2025-01-10", "6000.00")
    case.disbursed("2025-01-10", case.one, "6000.00")
    return case


def current(case, as_of="2026-11-01"):
    return statements(case.history(), day(as_of)).statements[-1]


@pytest.mark.parametrize(
    ("amount", "frequency", "month"),
    (
        ("100.00", Frequency.WEEKLY, "433.33"),  # 52/12
        ("200.00", Frequency.TWO_WEEKLY, "433.33"),  # 26/12
        ("400.00", Frequency.FOUR_WEEKLY, "433.33"),  # 13/12
        ("4500.00", Frequency.THREE_MONTHLY, "1500.00"),
        ("1000.00", Frequency.YEARLY, "83.33"),
    ),
)
def test_other_frequencies_become_months_by_the_stated_rule(case, amount, frequency, month):
    case.record(statement(income(amount, frequency)))
    (line,) = current(case).lines
    assert line.a_month == cny(month)
    assert Fraction(line.exact) == a_month(cny(amount).minor, frequency)


def test_stated_totals_that_do_not_add_up_are_kept_and_flagged(case):
    case.record(
        statement(
            income("5000.00"),
            goes("100.00", Frequency.WEEKLY),
            stated_income=cny("5000.00"),
            stated_expenditure=cny("400.00"),
            stated_surplus=cny("4600.00"),
        )
    )
    found = current(case)
    assert [(e.what, e.stated, e.computed) for e in found.differs] == [
        ("expenditure", cny("400.00"), cny("433.33")),
        ("surplus", cny("4600.00"), cny("4566.67")),
    ]
    assert found.surplus == cny("4566.67")


def test_a_new_version_leaves_the_old_one_to_be_read(case):
    first = case.record(statement(income("4000.00"), goes("3000.00")))
    case.record(statement(income("4400.00"), goes("3000.00"), on="2026-06-01", replaces=first))
    early = statements(case.history(), day("2026-05-31"))
    late = statements(case.history(), day("2026-06-01"))
    assert early.current_id == first
    assert [e.surplus for e in late.statements] == [cny("1000.00"), cny("1400.00")]
    assert [(e.category, e.a_month) for e in late.statements[1].changed] == [
        (Category.WAGES, cny("400.00"))
    ]


@pytest.mark.parametrize(
    ("fact", "code"),
    (
        (statement(), Code.LIST_EMPTY),
        (statement(goes("1.00", category=Category.WAGES)), Code.ENTRY_WRONG_KIND),
        (statement(income("1.00"), adults=0), Code.AMOUNT_INCONSISTENT),
    ),
)
def test_a_statement_that_cannot_be_meant_is_refused(case, fact, code):
    refusal = decide(case.history(), Record(fact), RULES)
    assert isinstance(refusal, Refusal)
    assert refusal.code is code


def test_zero_lines_and_a_stated_deficit_are_recorded(case):
    fact = statement(income("0.00"), goes("10.00"), stated_surplus=cny("-10.00"))
    assert not isinstance(decide(case.history(), Record(fact), RULES), Refusal)


@generated(
    st.lists(st.tuples(st.integers(0, 10**9), st.sampled_from(Frequency)), min_size=1, max_size=12)
)
def test_the_lines_of_a_side_sum_to_its_total(lines):
    parts = parts_a_month(lines)
    assert sum(parts) == total_a_month(lines)
    for part, line in zip(parts, lines, strict=True):
        assert abs(part - a_month(*line)) < 1


# Help.


def pot(case, whole="3000.00", **fields):
    values = {"loan_ids": (case.one,), "whole": cny(whole)}
    return case.record(
        HelpPotOpened(occurred_on=day("2026-03-01"), grade=SAYS, **(values | fields))
    )


def pledge_fact(pot_id, share, **fields):
    values = {"helper": said("a brother"), "relation": Relation.SIBLING, "share": cny(share)}
    return HelpPledged(
        occurred_on=day("2026-03-02"), grade=SAYS, pot_id=pot_id, **(values | fields)
    )


def on_pledge(kind, on, pledge_id, **fields):
    return kind(occurred_on=day(on), grade=SAYS, pledge_id=pledge_id, **fields)


def code_of(case, fact):
    refusal = decide(case.history(), Record(fact), RULES)
    return refusal.code if isinstance(refusal, Refusal) else None


def test_shares_never_make_up_more_than_the_whole(case):
    whole = pot(case)
    first = case.record(pledge_fact(whole, "2000.00"))
    assert code_of(case, pledge_fact(whole, "1000.01")) is Code.SHARES_OVER
    assert code_of(case, pledge_fact(whole, "1000.00")) is None
    # What was taken back leaves room for somebody else.
    case.record(on_pledge(PledgeTakenBack, "2026-03-03", first))
    assert code_of(case, pledge_fact(whole, "3000.00")) is None


def test_shares_under_the_whole_have_to_be_answered_when_the_pot_is_settled(case):
    whole = pot(case)
    case.record(pledge_fact(whole, "2000.00"))
    settled = HelpPotSettled(occurred_on=day("2026-03-05"), grade=SAYS, pot_id=whole)
    refusal = decide(case.history(), Record(settled), RULES)
    assert [each.code for each in refusal.warnings] == [WarningCode.SHARES_UNDER]
    assert "1000.00" in refusal.warnings[0].detail
    answered = (AnsweredWarning(code=WarningCode.SHARES_UNDER, reason=said("savings")),)
    fine = msgspec.structs.replace(settled, answered=answered)
    (recorded,) = decide(case.history(), Record(fine), RULES)
    assert recorded.answered[0].code is WarningCode.SHARES_UNDER


def test_giving_more_than_was_pledged_is_asked_about(case):
    pledge = case.record(pledge_fact(pot(case), "500.00"))
    given = on_pledge(HelpContributed, "2026-03-05", pledge, amount=cny("500.01"))
    assert code_of(case, given) is Code.WARNING_UNANSWERED


def test_nobody_is_paid_back_more_than_they_gave(case):
    pledge = case.record(pledge_fact(pot(case), "500.00"))
    case.record(on_pledge(HelpContributed, "2026-03-05", pledge, amount=cny("500.00")))
    case.record(on_pledge(HelpForgiven, "2026-04-05", pledge, amount=cny("100.00")))
    for kind in (HelpRepaid, HelpForgiven):
        over = on_pledge(kind, "2026-05-05", pledge, amount=cny("400.01"))
        assert code_of(case, over) is Code.AMOUNT_INCONSISTENT
    gift = case.record(pledge_fact(pot(case), "500.00", is_gift=True))
    case.record(on_pledge(HelpContributed, "2026-03-05", gift, amount=cny("500.00")))
    repaid = on_pledge(HelpRepaid, "2026-05-05", gift, amount=cny("1.00"))
    assert code_of(case, repaid) is Code.AMOUNT_INCONSISTENT


def helped(case):
    """A pot with a gift, a loan of 600 paid back in three, and a pledge taken back."""
    whole = pot(case, due_on=day("2026-04-01"))
    gift = case.record(pledge_fact(whole, "1000.00", is_gift=True))
    loan = case.record(pledge_fact(whole, "600.00", promised_on=day("2026-03-20")))
    back = case.record(pledge_fact(whole, "400.00"))
    case.record(on_pledge(HelpContributed, "2026-03-10", gift, amount=cny("1000.00")))
    case.record(on_pledge(HelpContributed, "2026-03-12", loan, amount=cny("600.00")))
    case.record(on_pledge(PledgeTakenBack, "2026-03-15", back))
    dues = due(("2026-05-01", "200.00"), ("2026-06-01", "200.00"), ("2026-07-01", "200.00"))
    case.record(on_pledge(HelpRepaymentAgreed, "2026-04-01", loan, instalments=dues))
    case.record(on_pledge(HelpRepaid, "2026-05-01", loan, amount=cny("200.00")))
    case.record(on_pledge(HelpRepaid, "2026-06-01", loan, amount=cny("50.00")))
    return loan


def test_what_is_pledged_given_missing_and_owed_back(case):
    loan = helped(case)
    (reading,) = helping(case.history(), day("2026-06-15")).pots
    assert (reading.pledged, reading.unpledged) == (cny("1600.00"), cny("1400.00"))
    assert (reading.given, reading.missing) == (cny("1600.00"), cny("1400.00"))
    (own,) = [each for each in reading.pledges if each.pledge_id == loan]
    assert (own.owed_back, own.repaid, own.late) == (cny("350.00"), cny("250.00"), cny("150.00"))
    assert [each.state for each in own.instalments] == ["paid", "late", "to-come"]
    assert [each.owed_back for each in reading.pledges if each.is_gift] == [cny("0.00")]


def test_helpers_count_in_what_can_be_afforded(case):
    case.record(statement(income("3000.00"), goes("2500.00")))
    helped(case)
    case.plan("2026-04-10", [case.one], ("2026-06-20", "120.00"), ("2026-07-20", "120.00"))
    found = affordability(case.history(), day("2026-06-15"))
    # 200 due to the brother less the 50 he got, and the plan's instalment of June.
    assert [(e.what, e.amount) for e in found.burdens] == [
        ("helper", cny("150.00")),
        ("plan", cny("120.00")),
    ]
    assert (found.surplus, found.left) == (cny("500.00"), cny("230.00"))


def test_without_a_statement_nothing_is_guessed(case):
    found = affordability(case.history(), day("2026-06-15"))
    assert (found.surplus, found.left) == (None, None)
    assert found.unknown.settled_by


def test_helpers_never_count_in_what_a_lender_can_claim(case):
    plain = CaseFile()
    plain.one = plain.loan("2025-01-10", "6000.00")
    plain.disbursed("2025-01-10", plain.one, "6000.00")
    for each in (case, plain):
        paid = each.payment("2026-03-12", each.one, "600.00", payer=PayerKind.FAMILY)
    whole = pot(case)
    pledge = case.record(pledge_fact(whole, "600.00"))
    contributed = on_pledge(
        HelpContributed, "2026-03-12", pledge, amount=cny("600.00"), payment_id=paid
    )
    case.record(contributed)
    books, as_of = shipped_books(), day("2026-06-01")

    def figures(of):
        history = of.history()
        loan = position(history, as_of).loans[0]
        lines = ruled(history, as_of, books)
        said_of = [(line.line_id, line.owed.amount) for line in lines.loans[0].lines]
        return (loan.owed.amount, loan.paid.amount, said_of)

    assert figures(case) == figures(plain)
    over = msgspec.structs.replace(contributed, amount=cny("0.01"))
    assert code_of(case, over) is Code.SHARES_OVER


def test_pledges_repayments_and_reviews_have_deadlines(case):
    case.record(statement(income("3000.00"), review_on=day("2026-09-01")))
    helped(case)
    found = {
        each.kind: each for each in deadlines(case.history(), day("2026-06-15"), shipped_books())
    }
    assert found["pot-needed"].state is State.MISSED
    assert (found["helper-instalment"].obliged, found["statement-review"].due_on) == (
        "client",
        day("2026-09-01"),
    )
    assert "pledge" not in found  # given in full


@generated(st.randoms(use_true_random=False))
def test_the_order_of_recording_changes_nothing(random):
    case = CaseFile()
    case.one = case.loan("2025-01-10", "6000.00")
    helped(case)
    events = case.events()
    shuffled = events[:1] + random.sample(events[1:], len(events) - 1)
    one, other = (
        msgspec.json.encode(
            msgspec.structs.replace(
                helping(replay(case.case_id, of), day("2026-06-15")), position=0
            ),
            enc_hook=edge_out,
        )
        for of in (events, shuffled)
    )
    assert one == other
