"""Which deadlines a member is reminded of: given a case, on a day, these."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.cases.court import Claimant, ClaimServed, EvidencePeriodSet, SuitFiled
from domain.cases.intake import CaseOpened
from domain.cases.work import CaseAssigned, TaskDone, TaskKind, TaskSet
from domain.deadlines import deadlines
from domain.facts import Grade
from domain.figures.figure import Unknown
from domain.personal import Personal
from ops.rechecking import shipped_books
from projections.reminders import AHEAD, MISSED_FOR, Revision, reminders_of
from tests.histories import CLIENT, CaseFile, day

BOOKS = shipped_books()
NO_BOOKS = Unknown(reason="no rule pack is adopted", settled_by="adopting one")
PAPER = Grade.DOCUMENT
CHANGED = Revision(7, datetime(2026, 3, 1, tzinfo=UTC))
UNTIL = day("2026-06-15")


@pytest.fixture
def case():
    opened = CaseOpened(client_id=CLIENT, opened_on=day("2026-01-02"), adviser="m-1")
    return CaseFile(facts=[opened])


@pytest.fixture
def suit(case):
    loan = case.loan("2025-01-10", "10000.00")
    suit = SuitFiled(
        occurred_on=day("2026-02-01"),
        grade=PAPER,
        loan_ids=(loan,),
        claimant=Claimant.LENDER,
        accepted_on=day("2026-02-03"),
    )
    return case.record(suit)


def until(case, suit):
    return case.record(
        EvidencePeriodSet(occurred_on=day("2026-02-20"), grade=PAPER, suit_id=suit, until=UNTIL)
    )


def shown(case, on, adviser="m-1"):
    found = reminders_of(case.history(), adviser, on, BOOKS, CHANGED)
    return [(each.kind, each.due_on, each.is_missed) for each in found]


def test_a_deadline_is_shown_from_400_days_before_it_to_30_after(case, suit):
    until(case, suit)
    assert ("evidence", UNTIL, False) in shown(case, UNTIL)
    for on, is_missed, is_there in (
        (UNTIL + timedelta(days=1), True, True),
        (UNTIL + MISSED_FOR, True, True),
        (UNTIL + MISSED_FOR + timedelta(days=1), True, False),
    ):
        assert (("evidence", UNTIL, is_missed) in shown(case, on)) is is_there
    far = TaskSet(
        set_on=day("2026-02-01"),
        title=Personal(None, "x"),
        kind=TaskKind.CALL,
        due_on=day("2026-02-01") + AHEAD + timedelta(days=1),
    )
    case.record(far)
    assert "task" not in [kind for kind, _, _ in shown(case, day("2026-02-01"))]
    assert "task" in [kind for kind, _, _ in shown(case, day("2026-02-02"))]


def test_a_task_is_its_members_and_the_rest_of_whoever_is_in_charge(case, suit):
    until(case, suit)
    title = Personal(None, "x")
    due = {"set_on": day("2026-03-01"), "title": title, "due_on": day("2026-03-10")}
    named = case.record(TaskSet(kind=TaskKind.PAPERS, member="m-2", **due))
    case.record(TaskSet(kind=TaskKind.CHECK, **due))
    on = day("2026-03-02")
    assert [kind for kind, _, _ in shown(case, on)] == ["task", "evidence"]
    (theirs,) = reminders_of(case.history(), "m-2", on, BOOKS, CHANGED)
    assert (theirs.zh, theirs.en) == ("任务：材料", "Task: papers")
    assert (theirs.revision, theirs.changed_at) == (7, CHANGED.recorded_at)
    case.record(TaskDone(task_id=named, done_on=on))
    case.record(CaseAssigned(to_member="m-2", assigned_on=on))
    assert shown(case, on) == []
    assert [kind for kind, _, _ in shown(case, on, "m-2")] == ["task", "evidence"]


def test_a_deadline_without_a_day_has_no_event(case, suit):
    case.record(ClaimServed(occurred_on=day("2026-02-20"), grade=PAPER, suit_id=suit))
    on = day("2026-02-21")
    with_pack = {kind for kind, _, _ in shown(case, on)}
    assert "defence" in with_pack
    without = reminders_of(case.history(), "m-1", on, NO_BOOKS, CHANGED)
    assert "defence" not in {each.kind for each in without}
    assert "defence" in {each.kind for each in deadlines(case.history(), on, NO_BOOKS)}


def test_who_was_forgotten_has_none(case, suit):
    until(case, suit)
    history = case.history()
    assert list(reminders_of(history, "m-1", UNTIL, BOOKS, CHANGED))
    history.erased_at = history.position
    assert list(reminders_of(history, "m-1", UNTIL, BOOKS, CHANGED)) == []


def test_every_kind_of_task_has_words_of_its_own(case):
    for kind in TaskKind:
        title = Personal(None, "他母亲住院")
        on = day("2026-03-01")
        case.record(TaskSet(set_on=on, title=title, kind=kind, due_on=on))
    words = [
        (each.zh, each.en)
        for each in reminders_of(case.history(), "m-1", day("2026-03-01"), BOOKS, CHANGED)
    ]
    assert len(set(words)) == len(TaskKind)
    assert not any("母亲" in zh for zh, _ in words)
