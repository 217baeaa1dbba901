"""A plan against what was paid, and its agreement with the position."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.deciding import Record, Rules, decide
from domain.cases.history import replay
from domain.cases.plans import (
    Consequence,
    DeclaredBy,
    LoanShare,
    PlanAgreed,
    PlanBroken,
    PlanCompleted,
    PlanEnded,
    PlanReviewed,
    ReviewOutcome,
)
from domain.codec import edge_out
from domain.facts import Grade
from domain.figures.plan_progress import PlanState, plan_progress, plans_reading
from domain.figures.position import position
from domain.refusals import Code, Refusal
from tests.histories import CaseFile, cny, day, due, in_order
from tests.made import examples

RULES = Rules(
    now=datetime(2026, 6, 1, 4, 0, tzinfo=UTC),
    today=date(2026, 6, 1),
    zones=frozenset({"Asia/Shanghai"}),
)
THREE = (("2026-02-10", "100.00"), ("2026-03-10", "100.00"), ("2026-04-10", "100.00"))
PAPER = Grade.DOCUMENT


@pytest.fixture
def case():
    case = CaseFile()
    case.one = case.loan("2025-01-10", "1000.00", lender="A")
    case.two = case.loan("2025-01-11", "1000.00", lender="B")
    return case


def of(case, on, plan=None):
    """The progress of the only plan, or of the one named."""
    found = plan_progress(case.history(), date.fromisoformat(on))
    return next(each for each in found if plan in (None, each.plan_id))


def states(case, on):
    return [row.state.value for row in of(case, on).instalments]


def test_met_late_in_part_missed_ahead_and_to_come(case):
    case.plan("2026-01-10", [case.one], *THREE)
    assert states(case, "2026-02-10") == ["to-come"] * 3
    assert states(case, "2026-02-11") == ["missed", "to-come", "to-come"]
    case.payment("2026-02-08", case.one, "100.00")
    case.payment("2026-03-08", case.one, "60.00")
    assert states(case, "2026-03-11") == ["met", "partial", "to-come"]
    case.payment("2026-03-13", case.one, "140.00")
    assert states(case, "2026-03-13") == ["met", "late", "ahead"]
    assert states(case, "2026-04-10") == ["met", "late", "met"]
    assert [row.margin_days for row in of(case, "2026-04-10").instalments] == [2, -3, 28]


def test_on_the_day_itself_it_is_in_time(case):
    case.plan("2026-01-10", [case.one], *THREE)
    case.payment("2026-02-10", case.one, "100.00")
    assert states(case, "2026-02-10")[0] == "met"
    assert of(case, "2026-02-10").instalments[0].margin_days == 0


def test_a_payment_counts_for_the_plan_in_force_that_day(case):
    """The day of agreeing belongs to the new plan."""
    first = case.plan("2026-01-10", [case.one], *THREE)
    second = case.plan("2026-02-01", [case.one], *THREE[1:])
    case.payment("2026-01-10", case.one, "10.00")
    case.payment("2026-01-31", case.one, "20.00")
    case.payment("2026-02-01", case.one, "40.00")
    credited = [of(case, "2026-02-05", plan).credited for plan in (first, second)]
    assert credited == [cny("30.00"), cny("40.00")]


def test_what_is_behind_and_what_comes_next(case):
    case.plan("2026-01-10", [case.one], *THREE)
    case.payment("2026-02-10", case.one, "30.00")
    plan = of(case, "2026-03-20")
    assert (plan.behind, plan.behind_since) == (cny("170.00"), day("2026-02-10"))
    assert (plan.partial, plan.missed, plan.late) == (1, 1, 0)
    assert (plan.next_due_on, plan.next_due) == (day("2026-04-10"), cny("100.00"))
    assert (plan.credited, plan.left, plan.beyond) == (cny("30.00"), cny("270.00"), cny("0"))
    assert plan.instalments[0].days_behind == 38


def test_what_was_paid_before_it_was_agreed_does_not_count(case):
    case.payment("2026-01-09", case.one, "100.00")
    case.plan("2026-01-10", [case.one], *THREE)
    assert of(case, "2026-02-01").credited == cny("0")


def test_paid_in_full_is_paid_and_completion_is_recorded(case):
    agreed = case.plan("2026-01-10", [case.one], *THREE)
    case.payment("2026-04-01", case.one, "310.00")
    plan = of(case, "2026-04-02")
    assert (plan.state, plan.paid_on, plan.beyond) == (PlanState.PAID, day("2026-04-01"), cny("10"))
    case.record(PlanCompleted(plan_id=agreed, occurred_on=day("2026-04-03"), grade=PAPER))
    assert of(case, "2026-04-02").state is PlanState.PAID
    assert of(case, "2026-04-03").state is PlanState.COMPLETED


def test_several_creditors_have_their_own_rows(case):
    shares = (
        LoanShare(
            loan_id=case.one, instalments=due(("2026-02-10", "60.00"), ("2026-03-10", "60.00"))
        ),
        LoanShare(
            loan_id=case.two, instalments=due(("2026-02-10", "40.00"), ("2026-03-10", "40.00"))
        ),
    )
    case.plan("2026-01-10", [case.one, case.two], *THREE[:2], shares=shares)
    case.payment("2026-02-09", case.one, "100.00")
    plan = of(case, "2026-02-20")
    one, two = plan.loans
    assert [row.state.value for row in plan.instalments] == ["met", "to-come"]
    assert (one.lender, one.credited, one.behind) == ("A", cny("100.00"), cny("0"))
    assert (two.lender, two.credited, two.behind) == ("B", cny("0"), cny("40.00"))
    assert [row.state.value for row in one.instalments] == ["met", "to-come"]


def test_a_newer_plan_takes_over_and_the_older_owes_no_more_after_it(case):
    first = case.plan("2026-01-10", [case.one], *THREE)
    second = case.plan("2026-03-01", [case.one], ("2026-03-20", "50.00"))
    case.payment("2026-03-05", case.one, "50.00")
    older, newer = of(case, "2026-05-01", first), of(case, "2026-05-01", second)
    assert (older.state, older.ended_by, older.ended_on) == (
        PlanState.REPLACED, second, day("2026-03-01"),
    )  # fmt: skip
    assert (older.behind, older.credited, older.missed) == (cny("100.00"), cny("0"), 1)
    assert newer.state is PlanState.PAID


def test_a_plan_that_is_replaced_for_some_loans_is_not_known(case):
    first = case.plan("2026-01-10", [case.one, case.two], *THREE)
    case.plan("2026-03-01", [case.one], ("2026-03-20", "50.00"))
    older = of(case, "2026-03-15", first)
    assert older.state is PlanState.PARTLY_REPLACED
    assert older.behind is None
    assert "newer plan" in older.unknown.reason


def test_an_ended_plan_is_no_ground_for_arrears_and_brings_nothing_back(case):
    case.plan("2026-01-10", [case.one], *THREE)
    second = case.plan("2026-02-15", [case.one], ("2026-03-20", "50.00"))
    ended = PlanEnded(
        plan_id=second, occurred_on=day("2026-04-01"), grade=PAPER, ended_by=DeclaredBy.LENDER
    )
    case.record(ended)
    before = position(case.history(), date(2026, 3, 31)).loans[0]
    after = position(case.history(), date(2026, 4, 1)).loans[0]
    assert (before.arrears.amount, before.arrears_basis) == (cny("50.00"), "plan")
    assert (after.arrears.amount, after.arrears_basis) == (None, None)
    assert position(case.history(), date(2026, 4, 1)).plans == ()
    assert of(case, "2026-04-01", second).state is PlanState.ENDED


def test_a_breach_is_said_and_not_made_into_law(case):
    agreed = case.plan("2026-01-10", [case.one], *THREE, review_on=day("2026-03-01"))
    case.record(
        PlanBroken(
            plan_id=agreed,
            occurred_on=day("2026-03-12"),
            grade=Grade.LENDER_SAYS,
            declared_by=DeclaredBy.LENDER,
            consequence=Consequence.WHOLE_DEBT_DUE,
        )
    )
    plan = of(case, "2026-03-12")
    assert plan.state is PlanState.BREACH_DECLARED
    assert plan.behind == cny("200.00")
    assert (plan.breaches[0].consequence, plan.next_review_on) == (
        Consequence.WHOLE_DEBT_DUE, day("2026-03-01"),
    )  # fmt: skip
    review = {"plan_id": agreed, "grade": PAPER, "outcome": ReviewOutcome.KEEP}
    case.record(PlanReviewed(occurred_on=day("2026-03-14"), review_on=day("2026-09-01"), **review))
    assert of(case, "2026-03-14").next_review_on == day("2026-09-01")


sums = st.integers(1, 40_000)


@st.composite
def paid_plans(draw):
    """A case with a plan for two loans, payments on both, some reversed or pending."""
    case = CaseFile()
    loans = [case.loan("2025-01-10", "1000.00"), case.loan("2025-01-11", "900.00", lender="B")]
    start = date(2026, 1, 10)
    number = draw(st.integers(1, 5))
    pairs = [
        (str(start + timedelta(days=30 * (at + 1))), f"{draw(sums) / 100:.2f}")
        for at in range(number)
    ]
    case.plan(str(start), loans if draw(st.booleans()) else loans[:1], *pairs)
    for _ in range(draw(st.integers(0, 7))):
        sent = start + timedelta(days=draw(st.integers(-20, 200)))
        credited = draw(st.sampled_from(("same day", None)))
        much = f"{draw(sums) / 100:.2f}"
        payment = case.payment(str(sent), draw(st.sampled_from(loans)), much, credited_on=credited)
        if credited and draw(st.integers(0, 4)) == 0:
            case.reversed(str(sent + timedelta(days=5)), payment)
    if draw(st.integers(0, 3)) == 0:
        case.plan(str(start + timedelta(days=80)), loans[:1], ("2026-05-01", "70.00"))
    return case


on_days = st.dates(date(2026, 1, 1), date(2026, 9, 1))


@examples(150)
@given(paid_plans(), on_days)
def test_the_position_and_the_progress_agree_to_the_cent(case, as_of):
    history = case.history()
    progress = {plan.plan_id: plan for plan in plan_progress(history, as_of)}
    for stands in position(history, as_of).plans:
        mine = progress[stands.plan_id]
        assert stands.arrears.amount == mine.behind
        assert stands.arrears.unknown is None or mine.unknown is not None
        assert mine.behind is None or stands.arrears_since == mine.behind_since
        rows = mine.instalments
        unpaid = sum(r.amount.minor - r.credited.minor for r in rows if r.due_on < as_of)
        assert mine.behind is None or mine.behind.minor == unpaid


@examples(150)
@given(paid_plans(), on_days)
def test_every_payment_is_counted_once(case, as_of):
    """What the rows hold, and what is beyond them, is what the loans' rows say was credited."""
    for plan in plan_progress(case.history(), as_of):
        rows = sum(row.credited.minor for row in plan.instalments)
        assert rows + plan.beyond.minor == plan.credited.minor
        assert plan.credited.minor == sum(loan.credited.minor for loan in plan.loans)
        assert rows + plan.left.minor == plan.promised.minor


@examples(100)
@given(paid_plans(), on_days, st.integers(0, 2**32))
def test_the_order_of_recording_changes_nothing(case, as_of, seed):
    shuffled = in_order(case, lambda events: Random(seed).sample(events, len(events)))
    readings = [
        msgspec.json.encode(plans_reading(replay(case.case_id, events), as_of), enc_hook=edge_out)
        for events in (case.events(), shuffled)
    ]
    assert readings[0] == readings[1]


def test_a_correction_moves_the_progress_and_the_past_stays_known(case):
    case.plan("2026-01-10", [case.one], *THREE)
    paid = case.payment("2026-02-10", case.one, "100.00")
    then = case.position
    case.corrected(paid, amount=cny("40.00"))
    on = date(2026, 2, 20)
    assert plan_progress(case.history(then), on)[0].behind == cny("0")
    assert plan_progress(case.history(), on)[0].behind == cny("60.00")


def refused(case, fact):
    answer = decide(case.history(), Record(fact), RULES)
    assert isinstance(answer, Refusal), answer
    return answer.code, answer.field


def agreed_with(case, *shares, **more):
    values = {"occurred_on": day("2026-01-10"), "grade": PAPER, "shares": shares}
    values |= {"loan_ids": (case.one, case.two), "instalments": due(*THREE[:1])}
    return PlanAgreed(**(values | more))


def share(loan, *pairs):
    return LoanShare(loan_id=loan, instalments=due(*pairs))


def test_shares_over_are_refused_and_shares_under_are_asked_about(case):
    on = "2026-02-10"
    exact = agreed_with(case, share(case.one, (on, "60")), share(case.two, (on, "40")))
    assert not isinstance(decide(case.history(), Record(exact), RULES), Refusal)
    over = agreed_with(case, share(case.one, (on, "60")), share(case.two, (on, "40.01")))
    assert refused(case, over) == (Code.SHARES_OVER, "shares")
    stray = agreed_with(case, share(case.one, (on, "60")), share(case.two, ("2026-02-11", "40")))
    assert refused(case, stray) == (Code.SHARES_OVER, "shares")
    under = agreed_with(case, share(case.one, (on, "60")), share(case.two, (on, "39.99")))
    answer = decide(case.history(), Record(under), RULES)
    assert [each.code.value for each in answer.warnings] == ["shares-under"]


def test_a_plan_is_over_once_and_unpaid_is_asked_about(case):
    agreed = case.plan("2026-01-10", [case.one], *THREE)
    done = PlanCompleted(plan_id=agreed, occurred_on=day("2026-05-01"), grade=PAPER)
    answer = decide(case.history(), Record(done), RULES)
    assert [each.code.value for each in answer.warnings] == ["plan-unpaid"]
    case.payment("2026-04-01", case.one, "300.00")
    assert not isinstance(decide(case.history(), Record(done), RULES), Refusal)
    case.record(done)
    ended = PlanEnded(
        plan_id=agreed, occurred_on=day("2026-05-02"), grade=PAPER, ended_by=DeclaredBy.CLIENT
    )
    assert refused(case, ended) == (Code.PLAN_OVER, "plan_id")


def test_what_becomes_of_a_plan_comes_after_it(case):
    agreed = case.plan("2026-01-10", [case.one], *THREE)
    early = {"plan_id": agreed, "occurred_on": day("2026-01-09"), "grade": PAPER}
    assert refused(case, PlanBroken(declared_by=DeclaredBy.LENDER, **early)) == (
        Code.DATE_ORDER, "occurred_on",
    )  # fmt: skip
    elsewhere = {**early, "plan_id": case.one, "occurred_on": day("2026-02-01")}
    assert refused(case, PlanBroken(declared_by=DeclaredBy.LENDER, **elsewhere)) == (
        Code.ENTRY_WRONG_KIND, "plan_id",
    )  # fmt: skip
