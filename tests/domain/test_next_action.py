"""What is to be done next on a case, and when client and adviser last spoke."""

from datetime import timedelta

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from domain.cases.complaints import ComplaintChannel
from domain.cases.contacts import ContactOutcome, ContactParty
from domain.cases.court import Claimant, HearingSet, SuitFiled
from domain.cases.phases import Urgency, UrgencySet
from domain.cases.work import TaskDone, TaskKind, TaskSet
from domain.deadlines import Obliged, State, deadlines
from domain.facts import Grade
from domain.work.contact import last_contact_on
from domain.work.next_action import NONE_LAST, ActionKind, due_within, next_action, unmet
from ops.rechecking import shipped_books
from tests.histories import CaseFile, day, given, opening, said

BOOKS = shipped_books()


def task(due=None, kind=TaskKind.CALL, on="2026-03-02"):
    return TaskSet(set_on=day(on), title=said("打给客服"), kind=kind, due_on=due and day(due))


def review(due, on="2026-03-01"):
    return UrgencySet(
        level=Urgency.URGENT, set_on=day(on), review_on=day(due), reason=said("扬言上门")
    )


def first(case: CaseFile, on="2026-03-10"):
    history = case.history()
    return next_action(history, day(on), deadlines(history, day(on), BOOKS))


@pytest.fixture
def case():
    return given(opening("2026-03-01"))


def test_given_nothing_to_do_then_there_is_no_next_action(case):
    assert first(case) is None


def test_given_a_missed_task_then_it_comes_before_what_is_due_sooner(case):
    case.record(task("2026-03-10"))
    missed = case.record(task("2026-03-09", TaskKind.WRITE))
    found = first(case)
    assert (found.code, found.kind, found.is_missed) == ("write", ActionKind.TASK, True)
    assert (found.entry_id, found.due_on, found.key) == (
        missed,
        day("2026-03-09"),
        f"{missed}/task",
    )


def test_given_two_missed_then_the_older_comes_first(case):
    case.record(task("2026-03-09", TaskKind.WRITE))
    case.record(task("2026-03-04", TaskKind.CHECK))
    assert first(case).code == "check"


def test_given_a_deadline_and_an_undated_task_then_the_deadline_comes_first(case):
    undated = case.record(task())
    assert (first(case).entry_id, first(case).due_on, first(case).sort) == (undated, None, "2")
    case.record(review("2026-12-01"))
    found = first(case)
    assert (found.code, found.kind) == ("urgency-review", ActionKind.DEADLINE)


def test_given_only_a_lenders_deadline_then_it_is_waited_for_and_nothing_is_to_be_done(case):
    case.complaint("2026-03-02", channel=ComplaintChannel.LENDER)
    history = case.history()
    found = deadlines(history, day("2026-03-30"), BOOKS)
    assert [(each.obliged, each.state) for each in found] == [(Obliged.LENDER, State.MISSED)]
    assert (unmet(found), first(case, "2026-03-30")) == ((), None)


def test_given_the_task_is_done_or_the_case_closed_then_nothing_is_left(case):
    entry = case.record(task("2026-03-05"))
    assert first(case) is not None
    case.record(TaskDone(task_id=entry, done_on=day("2026-03-09")))
    assert first(case) is None
    assert first(case, "2026-03-08").is_missed
    case.record(review("2026-03-20"))
    case.closed("2026-03-10")
    assert first(case) is None


def test_when_a_hearings_day_is_corrected_then_the_next_action_moves_and_the_old_answer_stays(
    case,
):
    suit = case.record(
        SuitFiled(
            occurred_on=day("2026-03-01"),
            grade=Grade.DOCUMENT,
            claimant=Claimant.LENDER,
            loan_ids=(),
        )
    )
    hearing = case.record(
        HearingSet(
            occurred_on=day("2026-03-02"),
            grade=Grade.DOCUMENT,
            suit_id=suit,
            hearing_on=day("2026-04-01"),
        )
    )
    before = case.position
    assert first(case).due_on == day("2026-04-01")
    case.corrected(hearing, hearing_on=day("2026-04-08"))
    assert first(case).due_on == day("2026-04-08")
    history = case.history(before)
    found = next_action(history, day("2026-03-10"), deadlines(history, day("2026-03-10"), BOOKS))
    assert found.due_on == day("2026-04-01")


@any_of(st.lists(st.one_of(st.none(), st.integers(-40, 40)), max_size=8))
def test_the_next_action_is_the_least_of_all_by_hand(offsets):
    today, case = day("2026-03-10"), given(opening("2026-01-01"))
    wanted = []
    for offset in offsets:
        due = None if offset is None else today + timedelta(days=offset)
        case.record(task(due, on="2026-01-02"))
        wanted.append((2, 0) if offset is None else (0 if offset < 0 else 1, offset))
    found = first(case)
    if not wanted:
        assert found is None
        return
    rank, offset = min(wanted)
    assert (found.is_missed, found.due_on) == (
        rank == 0,
        None if rank == 2 else today + timedelta(days=offset),
    )
    assert found.sort < NONE_LAST
    ours = deadlines(case.history(), today, BOOKS)
    in_week = [each for each in offsets if each is not None and 0 <= each <= 7]
    assert due_within(ours, today, 7) == len(in_week)


def test_only_what_client_and_adviser_said_to_each_other_counts_as_contact(case):
    def spoke(at, by=ContactParty.ADVISER, to=ContactParty.CLIENT, **more):
        case.contact(f"{at}T10:00:00+08:00", initiated_by=by, reached=to, **more)

    spoke("2026-03-01", by=ContactParty.COLLECTOR)
    assert last_contact_on(case.history(), day("2026-04-01")) is None
    spoke("2026-03-02", outcome=ContactOutcome.NO_ANSWER)
    spoke("2026-03-03", connected=False)
    assert last_contact_on(case.history(), day("2026-04-01")) is None
    spoke("2026-03-04")
    spoke("2026-03-06", by=ContactParty.CLIENT, to=ContactParty.ADVISER)
    assert last_contact_on(case.history(), day("2026-03-05")) == day("2026-03-04")
    assert last_contact_on(case.history(), day("2026-04-01")) == day("2026-03-06")


def test_when_a_contacts_hour_is_corrected_over_midnight_then_the_day_moves(case):
    entry = case.contact(
        "2026-03-06T23:59:00+08:00",
        initiated_by=ContactParty.CLIENT,
        reached=ContactParty.ADVISER,
    )
    moved = case.fact(entry).occurred_at + timedelta(minutes=2)
    case.corrected(entry, occurred_at=moved)
    assert last_contact_on(case.history(), day("2026-04-01")) == day("2026-03-07")
