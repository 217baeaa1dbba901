"""When tasks and hand-overs may be recorded."""

from collections.abc import Iterator
from datetime import date
from typing import assert_never
from uuid import UUID

from domain.cases.deciding.commands import Rules
from domain.cases.deciding.common import need
from domain.cases.history import History
from domain.cases.work import (
    CaseAssigned,
    CaseHandedOver,
    TaskDone,
    TaskDropped,
    TaskSet,
    WorkFact,
)
from domain.refusals import Code, Refusal
from domain.warnings import RaisedWarning, WarningCode
from domain.work.tasks import in_charge, open_tasks


def check(history: History, fact: WorkFact, rules: Rules) -> Refusal | None:
    """A task ends once; whoever hands a case over is in charge of it."""
    match fact:
        case TaskSet():
            return _check_about(history, fact)
        case TaskDone():
            return _check_end(history, fact.task_id, fact.done_on, "done_on")
        case TaskDropped():
            return _check_end(history, fact.task_id, fact.dropped_on, "dropped_on")
        case CaseAssigned():
            return _check_not_in_charge(history, fact.to_member, fact.assigned_on)
        case CaseHandedOver():
            return _check_hand_over(history, fact)
        case _:
            assert_never(fact)


def _check_about(history: History, fact: TaskSet) -> Refusal | None:
    if fact.due_on is not None and fact.due_on < fact.set_on:
        detail = f"due on {fact.due_on}, set on {fact.set_on}"
        return Refusal(code=Code.DATE_ORDER, field="due_on", detail=detail)
    if fact.about_id is None:
        return None
    entry = history.entries.get(fact.about_id)
    if entry is None:
        detail = f"this case has no entry {fact.about_id}"
        return Refusal(code=Code.ENTRY_UNKNOWN, field="about_id", detail=detail)
    if entry.is_withdrawn:
        detail = f"entry {fact.about_id} was withdrawn"
        return Refusal(code=Code.ENTRY_WITHDRAWN, field="about_id", detail=detail)
    return None


def _check_end(history: History, task_id: UUID, on: date, field: str) -> Refusal | None:
    refusal = need(history, task_id, TaskSet, "task_id")
    task = history.get(task_id, TaskSet)
    if refusal or task is None:
        return refusal
    if on < task.set_on:
        detail = f"the task was set on {task.set_on}"
        return Refusal(code=Code.DATE_ORDER, field=field, detail=detail)
    kinds: tuple[type[TaskDone | TaskDropped], ...] = (TaskDone, TaskDropped)
    for kind in kinds:
        for entry_id, other in history.standing(kind):
            if other.task_id == task_id:
                detail = f"entry {entry_id} ended it already"
                return Refusal(code=Code.STEP_RECORDED, field="task_id", detail=detail)
    return None


def _check_not_in_charge(history: History, member: str, on: date) -> Refusal | None:
    if in_charge(history, on) != member:
        return None
    detail = f"{member} is in charge already"
    return Refusal(code=Code.STEP_RECORDED, field="to_member", detail=detail)


def _check_hand_over(history: History, fact: CaseHandedOver) -> Refusal | None:
    charge = in_charge(history, fact.handed_over_on)
    if charge != fact.from_member:
        detail = f"in charge is {charge or 'nobody'}: assign the case first, or name them"
        return Refusal(code=Code.ENTRY_WRONG_KIND, field="from_member", detail=detail)
    for index, task_id in enumerate(fact.task_ids):
        refusal = need(history, task_id, TaskSet, f"task_ids/{index}")
        if refusal:
            return refusal
    return _check_not_in_charge(history, fact.to_member, fact.handed_over_on)


def warnings(history: History, fact: WorkFact) -> Iterator[RaisedWarning]:
    """Open tasks that a hand-over does not name."""
    if not isinstance(fact, CaseHandedOver):
        return
    left = [
        str(task.task_id)
        for task in open_tasks(history, fact.handed_over_on)
        if task.task_id not in fact.task_ids
    ]
    if left:
        yield RaisedWarning(
            code=WarningCode.TASKS_NOT_NAMED,
            field="task_ids",
            detail=f"{len(left)} open tasks are not named",
            entries=tuple(left),
        )
