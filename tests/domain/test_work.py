"""Tasks, who is in charge, and hand-overs."""

from datetime import UTC, date, datetime

import pytest

from domain.cases.corrections import EntryWithdrawn
from domain.cases.deciding import Record, Rules, decide
from domain.cases.work import (
    CaseAssigned,
    CaseHandedOver,
    TaskDone,
    TaskDropped,
    TaskKind,
    TaskSet,
)
from domain.deadlines import State, deadlines
from domain.refusals import Code, Refusal
from domain.warnings import AnsweredWarning, WarningCode
from domain.work import TaskState, in_charge, open_tasks, tasks_of
from ops.rechecking import shipped_books
from tests.histories import CaseFile, day, given, opening, said

RULES = Rules(
    now=datetime(2026, 11, 20, 4, 0, tzinfo=UTC),
    today=date(2026, 11, 20),
    zones=frozenset({"Asia/Shanghai"}),
)


def task(on="2026-03-02", due="2026-03-06", **fields):
    return TaskSet(
        set_on=day(on),
        title=said("向客服要明细"),
        kind=TaskKind.CALL,
        due_on=due and day(due),
        **fields,
    )


def hand_over(*task_ids, to="m-2", of="m-1", on="2026-04-01", answered=()):
    return CaseHandedOver(
        from_member=of,
        to_member=to,
        handed_over_on=day(on),
        note=said("晚上再打"),
        task_ids=task_ids,
        answered=answered,
    )


def decided(case, fact):
    return decide(case.history(), Record(fact=fact), RULES)


@pytest.fixture
def case():
    return given(opening("2026-03-01", adviser="m-1"))


def test_a_task_is_done_by_its_day_or_missed(case):
    task_id = case.record(task())
    (open_one,) = open_tasks(case.history(), day("2026-03-05"))
    assert (open_one.member, open_one.due_on) == ("m-1", day("2026-03-06"))
    assert _state(case, "2026-03-07") is State.MISSED
    case.record(TaskDone(task_id=task_id, done_on=day("2026-03-09")))
    assert open_tasks(case.history(), day("2026-03-09")) == ()
    assert _state(case, "2026-03-09") is State.MET_LATE
    # On a day before it was done, it was not.
    assert len(open_tasks(case.history(), day("2026-03-08"))) == 1
    assert _state(case, "2026-03-08") is State.MISSED


def test_a_dropped_task_falls_away(case):
    task_id = case.record(task())
    case.record(TaskDropped(task_id=task_id, dropped_on=day("2026-03-03"), reason=said("不用了")))
    assert _state(case, "2026-03-20") is State.FALLEN_AWAY
    assert tasks_of(case.history(), day("2026-03-20"))[0].state is TaskState.DROPPED


def test_a_task_without_a_day_is_no_deadline(case):
    case.record(task(due=None))
    assert deadlines(case.history(), day("2026-03-20"), shipped_books()) == ()


def _state(case, on):
    (found,) = deadlines(case.history(), day(on), shipped_books())
    assert found.kind == "task"
    return found.state


def test_whoever_was_assigned_last_by_a_day_is_in_charge_on_it(case):
    assert in_charge(case.history(), day("2026-03-01")) == "m-1"
    case.record(hand_over(on="2026-04-01"))
    assigned = case.record(CaseAssigned(to_member="m-3", assigned_on=day("2026-05-01")))
    # Recorded late, told of an earlier day.
    case.record(CaseAssigned(to_member="m-9", assigned_on=day("2026-03-15")))
    by_day = {on: in_charge(case.history(), day(on)) for on in ("2026-03-31", "2026-04-30")}
    assert by_day == {"2026-03-31": "m-9", "2026-04-30": "m-2"}
    assert in_charge(case.history(), day("2026-05-01")) == "m-3"
    case.record(EntryWithdrawn(entry_id=assigned, reason=said("误录")))
    assert in_charge(case.history(), day("2026-05-01")) == "m-2"


def test_nobody_is_in_charge_where_nobody_was_named():
    assert in_charge(CaseFile().history(), day("2026-03-01")) is None


def test_a_task_of_nobody_follows_the_case(case):
    case.record(task())
    case.record(task(member="m-7"))
    case.record(hand_over(on="2026-03-04"))
    members = [each.member for each in open_tasks(case.history(), day("2026-03-05"))]
    assert members == ["m-2", "m-7"]


def test_a_hand_over_that_leaves_a_task_unnamed_is_asked_about(case):
    named, left = case.record(task()), case.record(task())
    refusal = decided(case, hand_over(named))
    assert refusal.code is Code.WARNING_UNANSWERED
    (warning,) = refusal.warnings
    assert (warning.code, warning.entries) == (WarningCode.TASKS_NOT_NAMED, (str(left),))
    answer = AnsweredWarning(code=WarningCode.TASKS_NOT_NAMED, reason=said("已另行说明"))
    assert not isinstance(decided(case, hand_over(named, answered=(answer,))), Refusal)
    assert not isinstance(decided(case, hand_over(named, left)), Refusal)


@pytest.mark.parametrize(
    ("fact", "code", "field"),
    (
        (task(due="2026-03-01"), Code.DATE_ORDER, "due_on"),
        (hand_over(of="m-8"), Code.ENTRY_WRONG_KIND, "from_member"),
        (hand_over(to="m-1"), Code.STEP_RECORDED, "to_member"),
        (
            CaseAssigned(to_member="m-1", assigned_on=day("2026-03-09")),
            Code.STEP_RECORDED,
            "to_member",
        ),
    ),
)
def test_what_is_refused(case, fact, code, field):
    refusal = decided(case, fact)
    assert (refusal.code, refusal.field) == (code, field)


def test_a_task_ends_once_and_not_before_it_was_set(case):
    task_id = case.record(task())
    early = decided(case, TaskDone(task_id=task_id, done_on=day("2026-03-01")))
    assert (early.code, early.field) == (Code.DATE_ORDER, "done_on")
    case.record(TaskDone(task_id=task_id, done_on=day("2026-03-03")))
    for again in (
        TaskDone(task_id=task_id, done_on=day("2026-03-04")),
        TaskDropped(task_id=task_id, dropped_on=day("2026-03-04"), reason=said("重复")),
    ):
        assert decided(case, again).code is Code.STEP_RECORDED


def test_a_task_about_an_entry_of_another_case_is_refused(case):
    other = given(name="other").record(task())
    assert decided(case, task(about_id=other)).code is Code.ENTRY_UNKNOWN
