"""Deadlines of plans and negotiations: who has to do what by when, and what met it."""

from datetime import date

import pytest

from domain.cases.contacts import ContactChannel
from domain.cases.negotiating import (
    AnswerKind,
    Offer,
    PaperHanded,
    PaperKind,
    PapersAsked,
    PapersHandedIn,
    ProposalAnswered,
    ProposalKind,
    ProposalMade,
)
from domain.cases.paying import BalanceChecked, ChannelDaysNoted, DaysSource
from domain.cases.payments import PaymentChannel
from domain.cases.plans import DeclaredBy, PlanEnded, PlanReviewed, ReviewOutcome
from domain.deadlines import deadlines
from domain.facts import Grade
from domain.figures.figure import Unknown
from domain.rules.books import Books
from domain.rules.pack import pack_of
from ops.reference_files import read_reference
from tests.histories import CaseFile, cny, day

BOOKS = Books(pack=pack_of("cn@2026.2"), data=read_reference())
TWO = (("2026-05-06", "100.00"), ("2026-06-08", "100.00"))
EMAIL = ContactChannel.EMAIL


@pytest.fixture
def case():
    case = CaseFile()
    case.lent = case.loan("2025-01-10", "1000.00", lender="A")
    case.agreed = case.plan("2026-04-01", [case.lent], *TWO, channel=PaymentChannel.BANK_TRANSFER)
    return case


def of(case, kind, on, books=BOOKS):
    found = deadlines(case.history(), date.fromisoformat(on), books)
    return [each for each in found if each.kind == kind]


def states(case, kind, on):
    return [each.state.value for each in of(case, kind, on)]


def noted(case, days=2):
    return case.record(
        ChannelDaysNoted(
            occurred_on=day("2026-04-01"),
            grade=Grade.CLIENT_SAYS,
            channel=PaymentChannel.BANK_TRANSFER,
            working_days=days,
            source=DaysSource.BANK,
        )
    )


def test_each_instalment_is_due_on_its_day(case):
    assert [each.due_on for each in of(case, "instalment", "2026-04-02")] == [
        day("2026-05-06"), day("2026-06-08"),
    ]  # fmt: skip
    assert states(case, "instalment", "2026-05-06") == ["open", "open"]
    assert states(case, "instalment", "2026-05-07") == ["missed", "open"]
    paid = case.payment("2026-05-09", case.lent, "100.00")
    (late, _) = of(case, "instalment", "2026-05-20")
    assert (late.state.value, late.days_late, late.met_by) == ("met-late", 3, paid)
    assert len({each.key for each in deadlines(case.history(), date(2026, 5, 20), BOOKS)}) == len(
        deadlines(case.history(), date(2026, 5, 20), BOOKS)
    )


def test_a_correction_moves_it_and_what_comes_later_does_not_count(case):
    then = case.position
    plan = case.fact(case.agreed)
    case.corrected(case.agreed, instalments=(plan.instalments[0],))
    assert len(of(case, "instalment", "2026-04-02")) == 1
    before = deadlines(case.history(then), date(2026, 4, 2), BOOKS)
    assert sum(each.kind == "instalment" for each in before) == 2
    case.payment("2026-05-04", case.lent, "100.00")
    assert states(case, "instalment", "2026-05-03") == ["open"]
    assert states(case, "instalment", "2026-05-04") == ["met"]


def test_it_is_to_be_sent_before_the_holiday(case):
    assert [each.due_on for each in of(case, "send-by", "2026-04-02")] == [None]
    assert "noted" in of(case, "send-by", "2026-04-02")[0].unknown.reason
    noted(case)
    assert [each.due_on for each in of(case, "send-by", "2026-04-02")] == [
        day("2026-04-29"), day("2026-06-04"),
    ]  # fmt: skip
    assert states(case, "send-by", "2026-04-29") == ["open", "open"]
    assert states(case, "send-by", "2026-04-30") == ["missed", "open"]
    sent = case.payment("2026-04-28", case.lent, "100.00", credited_on=None)
    (met, _) = of(case, "send-by", "2026-04-30")
    assert (met.state.value, met.met_by) == ("met", sent)
    assert states(case, "instalment", "2026-04-30") == ["open", "open"]


def test_without_a_calendar_the_day_for_sending_is_provisional(case):
    noted(case)
    nothing = Unknown(reason="no pack", settled_by="one")
    (found, _) = of(case, "send-by", "2026-04-02", nothing)
    assert (found.due_on, found.provisional) == (day("2026-05-04"), nothing)


def test_the_balance_is_looked_at_days_before(case):
    found = of(case, "balance-check", "2026-04-02")
    assert [each.due_on for each in found] == [day("2026-05-03"), day("2026-06-05")]
    assert states(case, "balance-check", "2026-05-03") == ["open", "open"]
    assert states(case, "balance-check", "2026-05-04") == ["missed", "open"]
    look = BalanceChecked(
        plan_id=case.agreed,
        occurred_on=day("2026-05-02"),
        due_on=day("2026-05-06"),
        available=cny("0"),
        grade=Grade.BANK_LINE,
    )
    seen = case.record(look)
    assert of(case, "balance-check", "2026-05-04")[0].met_by == seen
    assert states(case, "balance-check", "2026-05-04") == ["met", "open"]
    case.payment("2026-05-20", case.lent, "200.00")
    assert states(case, "balance-check", "2026-07-01") == ["met", "fallen-away"]


def test_what_an_ended_plan_still_wanted_falls_away(case):
    case.record(
        PlanEnded(
            plan_id=case.agreed,
            occurred_on=day("2026-05-10"),
            grade=Grade.DOCUMENT,
            ended_by=DeclaredBy.CLIENT,
        )
    )
    assert states(case, "instalment", "2026-07-01") == ["missed", "fallen-away"]


def test_a_review_is_due_where_the_plan_or_the_last_review_says(case):
    case.corrected(case.agreed, review_on=day("2026-05-10"))
    assert states(case, "plan-review", "2026-05-10") == ["open"]
    assert states(case, "plan-review", "2026-05-11") == ["missed"]
    review = PlanReviewed(
        plan_id=case.agreed,
        occurred_on=day("2026-05-12"),
        grade=Grade.DOCUMENT,
        outcome=ReviewOutcome.KEEP,
        review_on=day("2026-08-01"),
    )
    held = case.record(review)
    late, following = of(case, "plan-review", "2026-05-20")
    assert (late.state.value, late.met_by, late.days_late) == ("met-late", held, 2)
    assert (following.state.value, following.due_on) == ("open", day("2026-08-01"))


def test_a_lender_has_its_working_days_to_answer(case):
    made = ProposalMade(
        occurred_on=day("2026-04-30"),
        grade=Grade.DOCUMENT,
        kind=ProposalKind.INSTALMENTS,
        loan_ids=(case.lent,),
        offers=(Offer(loan_id=case.lent, amount=cny("50.00")),),
        channel=EMAIL,
        answer_working_days=3,
    )
    proposed = case.record(made)
    (found,) = of(case, "proposal-answer", "2026-05-08")
    assert (found.due_on, found.state.value) == (day("2026-05-08"), "open")
    assert states(case, "proposal-answer", "2026-05-09") == ["missed"]
    answer = ProposalAnswered(
        occurred_on=day("2026-05-11"),
        grade=Grade.LENDER_SAYS,
        proposal_id=proposed,
        loan_ids=(case.lent,),
        answer=AnswerKind.REFUSED,
        channel=EMAIL,
    )
    case.record(answer)
    (found,) = of(case, "proposal-answer", "2026-06-01")
    assert (found.state.value, found.days_late) == ("met-late", 3)


def test_papers_are_due_on_the_day_that_was_named(case):
    common = {"grade": Grade.DOCUMENT, "lender": "A", "loan_ids": (case.lent,), "channel": EMAIL}
    asked = case.record(
        PapersAsked(
            occurred_on=day("2026-04-02"),
            papers=(PaperKind.INCOME,),
            due_on=day("2026-04-09"),
            **common,
        )
    )
    assert states(case, "papers", "2026-04-09") == ["open"]
    assert states(case, "papers", "2026-04-10") == ["missed"]
    handed = PapersHandedIn(
        occurred_on=day("2026-04-08"),
        papers=(PaperHanded(kind=PaperKind.INCOME),),
        asked_id=asked,
        **common,
    )
    case.record(handed)
    assert states(case, "papers", "2026-04-10") == ["met"]
